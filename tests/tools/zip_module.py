"""zip_module.py MODULE FOLDER: packs a PowerShell module into FOLDER/NAME-VERSION.zip.

The same files give the same bytes.
"""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

#: The oldest date a zip can hold: files carry no date of their own.
DATE = (1980, 1, 1, 0, 0, 0)


def pack(module: Path, folder: Path) -> Path:
    """Pack every file of the module below the module's name, and return the archive."""
    manifest = (module / f"{module.name}.psd1").read_text(encoding="utf-8")
    version = re.search(r"^\s*ModuleVersion\s*=\s*'([^']+)'", manifest, re.MULTILINE)
    if version is None:
        raise SystemExit(f"{module}: the manifest has no ModuleVersion")
    archive = folder / f"{module.name}-{version[1]}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(path for path in module.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(module.parent).as_posix(), DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            # A regular file on Unix, readable by all: 0644.
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, file.read_bytes())
    return archive


if __name__ == "__main__":
    print(f"powershell: {pack(Path(sys.argv[1]), Path(sys.argv[2]))}")
