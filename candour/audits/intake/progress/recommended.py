"""The recommendations of a progress report that stand in tables: one to a row, or one to a card of labels and values. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from candour.audits.intake.posts import over_lines
from candour.audits.intake.words import read_priority
from candour.kernel.intake.document import Cell, Document, Paragraph, Place, Row, Table
from candour.kernel.intake.printed import is_ditto

from .found import Recommendation
from .labels import ANCHOR

# By the first form that a heading or label matches.
_FORMS = (
    ("reference", r"(?:rec(?:ommendation)?s?|actions?)?\s*(?:ref(?:erence)?|no\.?|number|id)\.?|#"),
    ("audit", r"(?:audit|report|review|assignment)(?: (?:title|area|name))?"),
    ("text", r"(?:agreed |audit |full )?recommendations?(?: (?:made|agreed|text|detail))?|"
             r"recommended action|what we recommend(?:ed)?"),
    ("action", r"(?:agreed |management |agreed management )?actions?(?: (?:required|agreed|plan))?"),
    ("priority", r"(?:recommendation )?(?:priority|grade|grading|rating|risk rating|category|importance)"
                 r"(?: \(?\w+/\w+/?\w*\)?)?"),
    ("finding", r"(?:audit |key )?(?:findings?|observations?|issues?|weakness(?:es)?)(?: identified| summary)?"),
    ("risk", r"(?:risk|implication)s?(?: (?:and|/) implications?)?"),
    ("response", r"(?:initial )?(?:management|client|agreed|auditee)(?:['’]s)? (?:response|comments?)|response"),
    ("owner", r"(?:responsible|action|lead|accountable)?\s*"
              r"(?:owner|officer|person|manager|post|lead)s?|responsibility|by whom|who|"
              r"(?:responsibility|(?:responsible )?owner|responsible officer) ?"
              r"(?:/|and|&) ?(?:timescale|due date|target date|date|deadline)"),
    ("when", r"(?:agreed |target |implementation |completion |due |original )*(?:date|deadline|timescale|target)s?"
             r"(?: for (?:implementation|completion))?|"
             r"due|when|by when|due by"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(rf"^{form}\W*$", re.IGNORECASE)) for name, form in _FORMS]
_NUMBER = re.compile(r"^(?:recommendation|rec|action)\s*(?P<number>\d{1,2}(?:\.\d{1,2})?)\W*$", re.IGNORECASE)


@dataclass
class Listed:
    """The recommendations of one table with the audit that each names; the places of its rows."""

    found: list[tuple[str, Recommendation]] = field(default_factory=list)
    places: set[Place] = field(default_factory=set)
    first: Place | None = None
    under: str = ""  # the heading above


def recommended(document: Document) -> list[Listed]:
    """Every table of recommendations of a document."""
    found: list[Listed] = []
    under = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            under = block.text if block.kind == "heading" else under
        elif listed := _of_rows(block) or _of_cards(block):
            found.append(replace(listed, under=under))
    return found


def _field(text: str) -> str | None:
    return next((name for name, form in _PATTERNS if form.match(text.strip())), None) if len(text) <= 50 else None


def _of_rows(table: Table) -> Listed | None:
    for n, row in enumerate(table.rows[:3]):
        names = [_field(text) for text in row.texts]
        if "text" not in names and "action" in names:
            names[names.index("action")] = "text"
        if not _heads(names):
            continue
        listed = Listed(places={one.place for one in table.rows}, first=table.rows[0].place)
        audit = ""
        for one in table.rows[n + 1 :]:
            cells = {name: cell for name, cell in zip(names, one.cells, strict=False) if name and cell.text}
            if one.texts == row.texts or "text" not in cells:
                continue
            said = cells["audit"].text if "audit" in cells else ""
            audit = audit if not said or is_ditto(said) else said
            listed.found.append((audit, _recommendation(cells, one.place, len(listed.found) + 1)))
        words = [one.part("text") for _audit, one in listed.found]
        return listed if words and not all(text.isdecimal() for text in words) else None
    return None


def _heads(names: Sequence[str | None]) -> bool:
    known = {name for name in names if name}
    return "text" in known and len(known & {"priority", "owner", "when", "response"}) >= 2


def _of_cards(table: Table) -> Listed | None:
    """Labels in the first column, a card's first or the word Recommendation with its number beginning the next."""
    rows = [row for row in table.rows if row.width]
    if any(ANCHOR.match(row.texts[0]) for row in rows):  # read line by line, whatever is cut
        return None
    labels = [_field(row.texts[0]) or ("text" if _NUMBER.match(row.texts[0]) else None) for row in rows]
    if not _heads(labels) or sum(map(bool, labels)) * 2 <= len(labels) or any(row.width > 2 for row in rows):
        return None
    listed = Listed(places={one.place for one in table.rows}, first=table.rows[0].place)
    for place, cells, number in _cards(rows, labels):
        listed.found.append(("", _recommendation(cells, place, number or len(listed.found) + 1)))
    return listed


def _cards(rows: Sequence[Row], labels: Sequence[str | None]) -> Iterator[tuple[Place, Mapping[str, Cell], int]]:
    cells: dict[str, Cell] = {}
    place, number = rows[0].place, 0
    for row, name in zip(rows, labels, strict=True):
        if name in cells and name in ("text", "reference"):
            yield place, cells, number
            cells, place, number = {}, row.place, 0
        if name and len(row.cells) > 1 and row.texts[1]:
            cells[name] = row.cells[1]
        if hit := _NUMBER.match(row.texts[0]):
            number = int(float(hit["number"]))
    if "text" in cells:
        yield place, cells, number


def _recommendation(cells: Mapping[str, Cell], place: Place, number: int) -> Recommendation:
    said = cells["priority"].text if "priority" in cells else ""
    read = read_priority(said)
    reference = cells["reference"].text.strip() if "reference" in cells else str(number)
    found = Recommendation(reference, read.word if read else said, said, place)
    for name in ("text", "finding", "risk"):
        if name in cells:
            found.parts[name] = [item.text for item in cells[name].items]
    answers = [item.text for name in ("response", "action") if name in cells for item in cells[name].items]
    if answers:
        found.parts["response"] = answers
    who = over_lines([item.text for item in cells["owner"].items]) if "owner" in cells else ""
    when = cells["when"].text if "when" in cells else ""
    if who or when:
        found.parts["timescale"] = [" – ".join(filter(None, (who, when)))]
    return found
