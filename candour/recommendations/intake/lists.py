"""Tables about recommendations that are set out as cards elsewhere in the paper: closures to decide, dates exceeded. Pure."""

import re
from collections.abc import Iterator

from candour.audits.intake.days import due_days
from candour.kernel.intake.document import Document, Place, Row, Table

from .summary import Closure, Exceeded, Summary

_NONE = ("no later date", "no date", "none")


def read_lists(document: Document, cards: set[Place]) -> tuple[Summary, set[Place]]:
    """(what the lists say, the rows that were read so). A list names a recommendation to a row by its reference."""
    summary, used = Summary(), set[Place]()
    for table in document.tables:
        head = next((row for row in table.rows[:1] if row.place not in cards), None)
        keys = [_key(text) for text in head.texts] if head else []
        if "reference" not in keys or "heading" not in keys:
            continue
        used |= {row.place for row in table.rows}
        if "case for closing" in keys:
            summary.has_closures = True
            summary.closures += [_closure(said, row) for row, said in _rows(table, keys)]
        elif "original target" in keys and "current target" in keys:
            summary.has_exceeded = True
            summary.exceeded += [_exceeded(said, row) for row, said in _rows(table, keys)]
    return summary, used


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.casefold()))


def _rows(table: Table, keys: list[str]) -> Iterator[tuple[Row, dict[str, str]]]:
    for row in table.rows[1:]:
        if row.width and [_key(text) for text in row.texts] != keys:  # the headings again, on another page
            yield row, dict(zip(keys, row.texts, strict=False))


def _closure(said: dict[str, str], row: Row) -> Closure:
    return Closure(said.get("report", ""), said["reference"], said["heading"], None, "", row.place)


def _exceeded(said: dict[str, str], row: Row) -> Exceeded:
    original, current = (said[name] for name in ("original target", "current target"))
    context = [said[name] for name in said if name.startswith(("last slip", "latest barrier", "context"))]
    return Exceeded(
        audit=said.get("report", ""),
        audit_date=None,
        reference=said["reference"],
        heading=said["heading"],
        original_text="" if original.casefold() in _NONE or not due_days(original) else original,
        current_text="" if current.casefold() in _NONE else current,
        context="\n".join(filter(None, context)),
        place=row.place,
    )
