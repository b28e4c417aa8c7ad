"""A report writes each certificate and each rejection once; this puts them where they are mentioned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: The sections that refer to the tables.
_SECTIONS = ("findings", "expiry", "edges", "causes", "additions", "forecast")

#: Keys that hold one id of a certificate, and the key of what it stands for.
_CERTIFICATES = {"certificate_id": "certificate", "add_id": "add", "cause_id": "cause"}


def _rebuilt(value: Any, change: Callable[[dict[str, Any]], None]) -> Any:
    """Copy lists and objects, and give each object to ``change``, the inner ones first."""
    if isinstance(value, list):
        return [_rebuilt(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _rebuilt(item, change) for key, item in value.items()}
    change(copy)
    return copy


def part_of(report: dict[str, Any], *sections: str) -> dict[str, Any]:
    """Give some sections of a report with tables of what they mention; positions are theirs."""
    certificates: set[str] = set()
    rejections: dict[int, int] = {}

    def note(row: dict[str, Any]) -> None:
        certificates.update(row[key] for key in _CERTIFICATES if key in row)
        certificates.update(row.get("certificate_ids", ()))
        if "rejection_ids" in row:
            row["rejection_ids"] = [rejections.setdefault(one, len(rejections)) for one in row["rejection_ids"]]

    parts: dict[str, Any] = {key: report[key] for key in ("judged", "within", "vcenters") if key in report}
    parts.update({section: _rebuilt(report[section], note) for section in sections})
    parts["certificates"] = [row for row in report["certificates"] if row["id"] in certificates]
    parts["rejections"] = [report["rejections"][one] for one in rejections]
    return parts


def whole(report: dict[str, Any]) -> dict[str, Any]:
    """Give the report with its certificates and rejections in place. They are shared: memory grows by references."""
    certificates = {row["id"]: row for row in report["certificates"]}
    rejections = report["rejections"]

    def fill(row: dict[str, Any]) -> None:
        row.update({name: certificates[row[key]] for key, name in _CERTIFICATES.items() if key in row})
        if "certificate_ids" in row:
            row["certificates"] = [certificates[one] for one in row["certificate_ids"]]
        if "rejection_ids" in row:
            row["rejections"] = [rejections[one] for one in row["rejection_ids"]]

    return {**report, **{section: _rebuilt(report[section], fill) for section in _SECTIONS}}
