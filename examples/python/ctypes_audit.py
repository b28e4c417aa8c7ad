"""The C library from ctypes: `python examples/python/ctypes_audit.py libvitrust_c.so examples/estate 2026-06-01`

The package `vitrust` is the better way in Python. This is how any language with a foreign function interface does it.
"""

import ctypes
import json
import sys

ABI_VERSION = 1

library_path, folder, at = sys.argv[1:]
library = ctypes.CDLL(library_path)
if library.vitrust_abi_version() != ABI_VERSION:
    sys.exit("ctypes_audit: written for another vitrust")

# Every pointer travels as `c_void_p`: the default, an int of 32 bits, would cut it.
HANDLE, TEXT, SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
OUT, SIZE_OUT = ctypes.POINTER(HANDLE), ctypes.POINTER(SIZE)
for name, arguments in {
    "vitrust_estate_load": [TEXT, SIZE, OUT, OUT],
    "vitrust_estate_assess": [HANDLE, TEXT, SIZE, OUT, OUT],
    "vitrust_report_count": [HANDLE, TEXT, SIZE, SIZE_OUT, OUT],
    "vitrust_report_item": [HANDLE, TEXT, SIZE, SIZE, OUT, SIZE_OUT, OUT],
}.items():
    getattr(library, name).argtypes = arguments
for name in ("vitrust_estate_free", "vitrust_report_free", "vitrust_error_free"):
    getattr(library, name).argtypes = [HANDLE]
    getattr(library, name).restype = None
library.vitrust_error_message.argtypes = [HANDLE]
library.vitrust_error_message.restype = TEXT


def call(name: str, *arguments: object) -> None:
    """Calls the function, and ends the program with the library's words when it fails."""
    error = HANDLE()
    if getattr(library, name)(*arguments, ctypes.byref(error)) != 0:
        message = library.vitrust_error_message(error).decode()
        library.vitrust_error_free(error)
        sys.exit(f"ctypes_audit: {message}")


def section(report: ctypes.c_void_p, key: str) -> list[dict[str, object]]:
    """The items of a section of the report, taken out one at a time."""
    count, item, length, name = SIZE(), HANDLE(), SIZE(), key.encode()
    call("vitrust_report_count", report, name, len(name), ctypes.byref(count))
    items = []
    for index in range(count.value):
        call("vitrust_report_item", report, name, len(name), index, ctypes.byref(item), ctypes.byref(length))
        items.append(json.loads(ctypes.string_at(item.value or 0, length.value)))
    return items


estate, report = HANDLE(), HANDLE()
paths = json.dumps([folder]).encode()
options = json.dumps({"at": at}).encode()
try:
    call("vitrust_estate_load", paths, len(paths), ctypes.byref(estate))
    call("vitrust_estate_assess", estate, options, len(options), ctypes.byref(report))
    for finding in section(report, "findings"):
        print(finding["id"], finding["severity"], finding["message"])
finally:
    library.vitrust_report_free(report)
    library.vitrust_estate_free(estate)
