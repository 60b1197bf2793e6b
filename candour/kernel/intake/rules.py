"""Settling findings (pure): which must be decided, and what the decisions make of the proposed rows."""

from collections.abc import Mapping, Sequence
from typing import Any

KEEP = "keep"  # as printed; the finding is recorded with the load
ASIDE = "aside"  # the row is set aside


def key_of(record: Mapping[str, Any]) -> str:
    """What names a proposed row in its paper: its key where references repeat (each audit counts anew), else its reference."""
    return str(record.get("key") or record.get("reference") or "")


def undecided(findings: Sequence[Mapping[str, Any]], decisions: Mapping[str, str]) -> list[int]:
    """Numbers of the errors that nobody has decided yet: they stop a load. Warnings and notes stand as printed."""
    return [
        number
        for number, finding in enumerate(findings)
        if finding["severity"] == "error" and str(number) not in decisions
    ]


def settled(
    records: Sequence[Mapping[str, Any]], changes: Mapping[str, Mapping[str, Any]], aside: Sequence[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """(records to save with the decided fields in place, references set aside). Records in = saved + set aside, always."""
    kept, left = [], []
    for record in records:
        reference = key_of(record)
        if reference in aside:
            left.append(reference)
        else:
            kept.append({**record, **changes.get(reference, {})})
    return kept, left
