"""What a tracker says of itself before its recommendations: totals, the list of proposed closures, targets exceeded. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from candour.audits.intake.days import due_days, ledger, month_of
from candour.audits.intake.words import read_priority
from candour.kernel.intake.document import Place
from candour.kernel.intake.lines import Line
from candour.kernel.intake.printed import NUMBER, is_ditto, read_number

from .labels import heading_of

_PAGES = re.compile(r"^(?:pp?\.?\s*)?(\d{1,4})(?:\s*(?:-|–|to)\s*(\d{1,4}))?$", re.IGNORECASE)
_TICK = re.compile(r"^(?:[^\w\s]|yes|y|x|closed|proposed closed)$", re.IGNORECASE)
_VALUE = re.compile(r"^(?:\d{1,4}|[-–—]|nil|none)$", re.IGNORECASE)
_UNGRADED = re.compile(r"^(?:no priority|none|not graded|ungraded|not prioritised|no grade)\W*$", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:grand |overall )?totals?\W*$", re.IGNORECASE)
_AUDIT_ROW = re.compile(r"^(?P<title>[^\d]{3,70}?)\s*[–-]\s*(?P<date>[A-Za-z]{3,9}\.?\s+20\d\d)\b\s*(?P<note>.*)$")
_COUNT = re.compile(
    rf"(?<![\w/.,£-])(?P<number>{NUMBER})\s+(?P<words>(?:[\w'’-]+\s+){{0,4}}?recommendations?\b[^.:;]{{0,60}})",
    re.IGNORECASE,
)
_KINDS = (
    ("not_accepted", r"\bnot accepted\b|\brejected\b"),
    ("proposed_closed", r"\bpropos\w+\b"),
    ("closed", r"\bclos(?:ed|ure)\b|\bcompleted?\b|(?<!not )\bimplemented\b|\bdischarged\b"),
    ("open", r"\bopen\b|\boutstanding\b|\bremain|\bprogressing\b|\bin progress\b"),
    ("total", r"\btotal\b|\brunning\b|\breported\b|\ball\b|\bnumber\b"),
)
# A count of some of them only: of one audit, one priority, one time.
_PART_OF = re.compile(
    r"\b(?:from|relat\w+|raised in|in respect|overdue|past|over|more than|older|since|last|previous|"
    r"this (?:quarter|period|year)|"
    r"during|between|of which|high|medium|low|fundamental|significant|merits|priority|critical|audits?|reviews?)\b",
    re.IGNORECASE,
)
# What a table of totals may count besides: how it stood before, what came and went since, what is left, what is late.
_SINCE = (
    ("before", r"^before\b"), ("raised", r"^(?:raised|opened|new)\b"), ("ended", r"^ended\b"), ("live", r"^live\b"),
    ("late", r"^(?:late|overdue)\b"),
)  # fmt: skip


@dataclass(frozen=True)
class Closure:
    """A row of the list of proposed closures. pages: first and last, as printed."""

    audit: str
    reference: str
    heading: str
    pages: tuple[int, int] | None
    pages_text: str
    place: Place

    def as_json(self) -> dict[str, Any]:
        return {**_common(self), "pages": self.pages_text}


@dataclass(frozen=True)
class Exceeded:
    """A row of the table of targets that were exceeded."""

    audit: str
    audit_date: str | None
    reference: str
    heading: str
    original_text: str
    current_text: str
    context: str
    place: Place

    @property
    def original(self) -> str | None:
        return next((one.date for one in due_days(self.original_text)), None)

    @property
    def current(self) -> str | None:
        found = ledger(self.current_text)
        return found[-1].date if found else None

    def as_json(self) -> dict[str, Any]:
        return {
            **_common(self),
            "audit_date": self.audit_date,
            "original_target": self.original,
            "original_target_text": self.original_text,
            "current_target": self.current,
            "current_target_text": self.current_text,
            "context": self.context,
        }


def _common(row: Closure | Exceeded) -> dict[str, Any]:
    return {"audit": row.audit, "reference": row.reference, "heading": row.heading, "place": str(row.place)}


@dataclass
class Summary:
    """What was found, each with its place. totals: by priority (or Total) the counts by kind, as numbers."""

    totals: dict[str, dict[str, int]] = field(default_factory=dict)
    split: dict[str, int] = field(default_factory=dict)  # the sum of a row's counts by priority
    total_places: dict[str, Place] = field(default_factory=dict)
    closures: list[Closure] = field(default_factory=list)
    exceeded: list[Exceeded] = field(default_factory=list)
    counts: list[tuple[str, int, str, Place]] = field(default_factory=list)
    has_closures: bool = False
    has_exceeded: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "totals": self.totals,
            "proposed_closed": [one.as_json() for one in self.closures],
            "exceeded": [one.as_json() for one in self.exceeded],
            "counts": [
                {"kind": kind, "number": number, "words": words, "place": str(place)}
                for kind, number, words, place in self.counts
            ],
        }


def graded(priority: str) -> str:
    """What two printings of one priority share: "2" of "2 (Significant)" and "Priority 2"; "" of none."""
    read = read_priority(priority)
    return read.word if read else "" if _UNGRADED.match(priority) else priority.strip()


def read_summary(lines: Sequence[Line], priorities: Collection[str] = ()) -> Summary:
    """The summary in the lines before the recommendations. priorities: those of the recommendations, as printed."""
    found = Summary()
    _totals(found, lines, {graded(one) for one in priorities})
    for n, line in enumerate(lines):
        words = line.words.casefold()
        if line.opens and re.match(r"pages?(?: no\.?| number| reference)?\W*$", words) and not found.has_closures:
            found.has_closures = True
            found.closures = list(_closures(_cells(lines[n + 1 :])))
        elif line.opens and re.match(r"original (?:\w+ )?(?:target|due|completion)", words) and not found.has_exceeded:
            found.has_exceeded = True
            found.exceeded = list(_exceeded(_cells(lines[n + 1 :])))
    for line in lines:
        if not line.cell:
            found.counts += list(_counts(line))
    return found


def _cells(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The cells that follow, each with its lines, until the prose goes on."""
    cell: list[Line] = []
    for line in lines:
        if not line.cell and (line.number or line.kind == "heading" or len(line.words) > 120):
            break
        if line.opens and cell:
            yield cell
            cell = []
        cell.append(line)
    if cell:
        yield cell


def _said(cell: Sequence[Line]) -> str:
    return " ".join(line.text for line in cell)


def _closures(cells: Iterator[list[Line]]) -> Iterator[Closure]:
    title, row, pages = "", None, ""
    for cell in cells:
        words = _said(cell)
        parts = [line.text for line in cell if not _TICK.match(line.text)]
        number = next((part for part in parts if _PAGES.match(part)), "")
        if found := heading_of(words):
            if row:
                yield _closure(title, *row, pages)
            row, pages = (found, cell[0].place), ""
        elif number:
            pages = number
        elif not is_ditto(words) and not all(_TICK.match(line.text) for line in cell) and not read_priority(words):
            if row:
                yield _closure(title, *row, pages)
            title, row, pages = words, None, ""
    if row:
        yield _closure(title, *row, pages)


def _closure(title: str, found: re.Match[str], place: Place, pages: str) -> Closure:
    ends = _PAGES.match(pages)
    span = (int(ends[1]), int(ends[2] or ends[1])) if ends else None
    return Closure(title, found["reference"].strip(), found["title"].strip(), span, pages, place)


def _exceeded(cells: Iterator[list[Line]]) -> Iterator[Exceeded]:
    title, date, row = "", None, None
    said: list[str] = []
    for cell in cells:
        words = _said(cell)
        if re.match(
            r"(?:current|revised|latest) (?:\w+ )?(?:target|due|date)|context\W*$|reasons?\W*$|comments?\W*$",
            words,
            re.IGNORECASE,
        ):
            continue
        if found := heading_of(words):
            if row:
                yield _late(title, date, row, said)
            row, said = (found, cell[0].place), []
        elif (audit := _AUDIT_ROW.match(words)) and (audit["title"].isupper() or not row or len(said) > 1):
            if row:
                yield _late(title, date, row, said)
            title, date, row, said = audit["title"].strip(), month_of(audit["date"]), None, []
        elif row:
            said.append(words)
        elif not is_ditto(words):
            title, date = words, None
    if row:
        yield _late(title, date, row, said)


def _late(title: str, date: str | None, row: tuple[re.Match[str], Place], said: Sequence[str]) -> Exceeded:
    original, current, context = [*said, "", "", ""][:3]
    found, place = row
    return Exceeded(title, date, found["reference"].strip(), found["title"].strip(), original, current, context, place)


def _totals(summary: Summary, lines: Sequence[Line], known: Collection[str]) -> None:
    """Rows of a priority (or Total) with two counts at least; the headings above say what each counts, in their order."""
    rows = [row for n in range(len(lines)) if (row := _row(lines, n, known))]
    widest = max((len(row[2]) for row in rows), default=0)
    rows = [row for row in rows if len(row[2]) == widest]
    if len(rows) < 2:
        return
    head = [line for line in lines[max(0, rows[0][0] - 24) : rows[0][0]] if not line.number and len(line.words) <= 60]
    # saved as text, the first line of a cell may look like a heading; what follows it belongs to it
    cells = [
        _said(cell)
        for cell in _cells(
            [replace(line, kind="paragraph", opens=line.opens or line.kind == "heading") for line in head]
        )
    ]
    by_priority = sum(any(read_priority(word) for word in cell.split()) for cell in cells if len(cell) <= 30)
    kinds = _in_order(cells)
    split = by_priority if widest == by_priority + len(kinds) else 0
    if widest != split + len(kinds):
        return
    for _n, label, values, place in rows:
        counts = dict(zip(kinds, values[split:], strict=True))
        summary.totals[label] = counts
        summary.total_places[label] = place
        if split:
            summary.split[label] = sum(values[:split])


def _row(lines: Sequence[Line], n: int, known: Collection[str]) -> tuple[int, str, list[int], Place] | None:
    words = lines[n].words
    label = "Total" if _TOTAL.match(words) else graded(words)
    ours = label in known or (read_priority(words) is not None and not words.isdigit()) or _UNGRADED.match(words)
    if not lines[n].opens or not (ours or label == "Total"):
        return None
    values = []
    for line in lines[n + 1 :]:
        if not (line.opens and _VALUE.match(line.words)):
            break
        values.append(int(line.words) if line.words.isdigit() else 0)
    return (n, label, values, lines[n].place) if len(values) > 1 else None


def _in_order(cells: Sequence[str]) -> list[str]:
    """The kinds of count that headings name; one named twice (above a span and below it) stands where it is named last."""
    found: list[str] = []
    for cell in cells:
        kind = next((name for name, pattern in (*_SINCE, *_KINDS) if re.search(pattern, cell, re.IGNORECASE)), None)
        if kind and len(cell) <= 60:
            found = [one for one in found if one != kind] + [kind]
    return found


def _counts(line: Line) -> Iterator[tuple[str, int, str, Place]]:
    for hit in _COUNT.finditer(line.words):
        number = read_number(hit["number"])
        kind = next((name for name, pattern in _KINDS[:4] if re.search(pattern, hit["words"], re.IGNORECASE)), None)
        if number is not None and kind and not _PART_OF.search(f"{hit[0]}{line.words[hit.end() : hit.end() + 30]}"):
            yield kind, number, hit[0].strip(), line.place
