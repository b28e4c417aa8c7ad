"""make_data.py LIBRARY FOLDER: writes what run.ps1 compares with, out of the C library itself, called through ctypes.

FOLDER holds `estate` and `estate.at`. Beside them come `estate.json`, `report.json` (the report of that estate at that
time), `five.json` (the same vCenters, each in an SSO domain of its own, so that the matrix has five rows),
`five.report.json`, and `vc02.crl`, the only CRL of the estate.
"""

from __future__ import annotations

import base64
import ctypes
import json
import sys
from ctypes import byref, c_char_p, c_int32, c_size_t, c_void_p
from pathlib import Path
from typing import Any


class Library:
    """The few functions of libvitrust_c that are needed here."""

    def __init__(self, path: Path) -> None:
        self._native = ctypes.CDLL(str(path))
        for kind in ("string", "report", "error"):
            data = getattr(self._native, f"vitrust_{kind}_{'message' if kind == 'error' else 'data'}")
            data.argtypes, data.restype = [c_void_p], c_void_p if kind != "error" else c_char_p
            if kind != "error":
                size = getattr(self._native, f"vitrust_{kind}_len")
                size.argtypes, size.restype = [c_void_p], c_size_t

    def call(self, name: str, *arguments: Any) -> c_void_p:
        """Call a function that gives one handle; texts go as pointer and length."""
        words: list[Any] = []
        for argument in arguments:
            words += [argument, c_size_t(len(argument))] if isinstance(argument, bytes) else [argument]
        result, error = c_void_p(), c_void_p()
        function = getattr(self._native, name)
        function.restype = c_int32
        status = function(*words, byref(result), byref(error))
        if status != 0:
            raise SystemExit(f"{name}: status {status}: {self._native.vitrust_error_message(error)}")
        return result

    def text(self, kind: str, handle: c_void_p) -> bytes:
        """The text of a string or a report."""
        start = getattr(self._native, f"vitrust_{kind}_data")(handle)
        return ctypes.string_at(start, getattr(self._native, f"vitrust_{kind}_len")(handle))


def write(library: Library, estate: c_void_p, at: str, folder: Path, name: str) -> None:
    """Write an estate and its report."""
    options = json.dumps({"at": at}).encode()
    report = library.call("vitrust_estate_assess", estate, options)
    (folder / name).write_bytes(library.text("report", report))


def main(path: Path, folder: Path) -> None:
    """Write all files."""
    library = Library(path)
    at = (folder / "estate.at").read_text(encoding="utf-8").strip()
    estate = library.call("vitrust_estate_load", json.dumps([str(folder / "estate")]).encode())
    text = library.text("string", library.call("vitrust_estate_json", estate))
    (folder / "estate.json").write_bytes(text)
    write(library, estate, at, folder, "report.json")

    [crl] = json.loads(text)["crls"].values()
    (folder / "vc02.crl").write_bytes(base64.b64decode(crl))
    five = json.loads(text)
    for vcenter in five["vcenters"]:
        vcenter.pop("sso_domain", None)
    (folder / "five.json").write_text(json.dumps(five), encoding="utf-8")
    estate = library.call("vitrust_estate_from_json", (folder / "five.json").read_bytes())
    write(library, estate, at, folder, "five.report.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
