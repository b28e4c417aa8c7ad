"""A report writes each certificate and each rejection once; this puts them where they are spoken of."""

from __future__ import annotations

from typing import Any

#: The sections that refer to the tables.
_SECTIONS = ("findings", "expiry", "edges", "causes", "additions", "forecast")

#: Keys that hold one id of a certificate, and the key of what it stands for.
_CERTIFICATES = {"certificate_id": "certificate", "add_id": "add", "cause_id": "cause"}


def part_of(report: dict[str, Any], *sections: str) -> dict[str, Any]:
    """Give some sections of a report with tables of what they speak of; positions are theirs."""
    certificates: dict[str, None] = {}
    rejections: dict[int, int] = {}

    def taken(value: Any) -> Any:
        if isinstance(value, list):
            return [taken(item) for item in value]
        if not isinstance(value, dict):
            return value
        taken_over = {key: taken(item) for key, item in value.items()}
        certificates.update(dict.fromkeys(taken_over[key] for key in _CERTIFICATES if key in taken_over))
        if "rejection_ids" in taken_over:
            numbers = [rejections.setdefault(one, len(rejections)) for one in taken_over["rejection_ids"]]
            taken_over["rejection_ids"] = numbers
        return taken_over

    parts = {section: taken(report[section]) for section in sections}
    parts["certificates"] = [row for row in report["certificates"] if row["id"] in certificates]
    parts["rejections"] = [report["rejections"][one] for one in rejections]
    return parts


def whole(report: dict[str, Any]) -> dict[str, Any]:
    """Give the report with its certificates and rejections in place. They are shared: memory grows by references."""
    certificates = {row["id"]: row for row in report["certificates"]}
    rejections = report["rejections"]

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(item) for item in value]
        if not isinstance(value, dict):
            return value
        filled = {key: fill(item) for key, item in value.items()}
        for key, name in _CERTIFICATES.items():
            if key in filled:
                filled[name] = certificates[filled[key]]
        if "certificate_ids" in filled:
            filled["certificates"] = [certificates[one] for one in filled["certificate_ids"]]
        if "rejection_ids" in filled:
            filled["rejections"] = [rejections[one] for one in filled["rejection_ids"]]
        return filled

    return {**report, **{section: fill(report[section]) for section in _SECTIONS}}
