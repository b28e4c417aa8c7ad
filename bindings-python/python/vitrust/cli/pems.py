"""``--write-pems``: the certificates of the additions as files, under names that every system takes."""

from __future__ import annotations

import re
from pathlib import Path

import vitrust
from vitrust.cli.paint import complain

#: How long the telling part of a file's name is at most.
_LONGEST = 60
#: Names that Windows keeps for devices, whatever stands behind a dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def write(report: vitrust.Report, folder: Path) -> None:
    """Write each addition of a report, and say where it goes; a file with other content is never overwritten."""
    rows = report.additions.rows
    if not rows:
        complain(f"{folder}: nothing to write: the report has no additions")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if row.unverified:
            complain(
                f"{row.add.short_name}: not written, as it is not verified: compare its SHA-256 {row.add.sha256} with"
                f" the owner's; it was seen in {', '.join(row.sources)}"
            )
            continue
        path = folder / file_name(row.add)
        _write_new(path, row.pem.encode("ascii"))
        complain(f"{path}: add to TRUSTED_ROOTS of {', '.join(row.to)}")


def file_name(record: vitrust.CertificateRecord) -> str:
    """Give the name of a file: what people call the certificate, and the first eight digits of its SHA-1."""
    # Where two have one name, the name has the digest already.
    name = re.sub(r" \((?:[0-9A-F]{2}:)+[0-9A-F]{2}\)$", "", record.short_name)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:_LONGEST].strip("-. ")
    name = f"_{name}" if _DEVICES.match(name) else name
    return f"{name or 'certificate'}-{(record.sha1 or '')[:8]}.pem"


def _write_new(path: Path, content: bytes) -> None:
    try:
        # It must not be there yet: nothing is overwritten, and no link that somebody else put there is followed.
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        if path.is_file() and path.read_bytes() == content:
            return
        message = f"{path}: there is a different file with this name, left as it was: remove it, or name another folder"
        raise vitrust.FileError(message) from None
