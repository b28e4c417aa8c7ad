"""Why does this store not trust this chain? `python examples/python/explain_chain.py CHAIN STORE 2026-06-01`"""

import sys
from pathlib import Path

import vitrust

chain, store, at = sys.argv[1:]
anchors = vitrust.TrustStore.load(Path(store))
presented = list(vitrust.TrustStore.load(Path(chain)))
for profile in ("strict", "openssl", "java", "go", "webpki"):
    verdict = anchors.explain(presented, at=f"{at}T00:00:00Z", profile=profile)
    print(profile, "trusted" if verdict.trusted else "not trusted")
    for rejection in verdict.rejections:
        print("  ", rejection.code, rejection.message)
