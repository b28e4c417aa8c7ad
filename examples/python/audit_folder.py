"""What is wrong in a folder of exports? `python examples/python/audit_folder.py examples/estate 2026-06-01`"""

import sys

import vitrust

folder, at = sys.argv[1:]
report = vitrust.assess(vitrust.Estate.load(folder), at=f"{at}T00:00:00Z")
for finding in report.findings:
    print(finding.id, finding.severity, finding.message)
print("every vCenter trusts every other:", report.matrix.is_mutual)
