"""A tracker kept as a sheet: one row a recommendation, its columns known by what they are called and what they hold. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from candour.kernel.intake.document import Row, Table
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of

from .guessed import guessed, spelt
from .holds import better
from .labels import PERIOD, label_of
from .synonyms import EXACT, FIELDS

__all__ = ["FIELDS", "field_of", "header_of", "headings_of", "heads", "is_header", "period_of"]

# "Position at January 2025", "Progress to 31/03/24", "Q1 2025/26 update", "June 2025": an update of the period
# in the heading.
_POSITION = re.compile(
    rf"^(?:(?:current|latest|status|management|owner|force|officer)\s+)?"
    rf"(?:position|progress|comments?|status|updates?)(?:\s+updates?)?\s*(?:[–:-]|as\s+at|at|of|to|in|for|during)?\s*"
    rf"\(?(?P<period>{PERIOD})\)?$|"
    rf"^\(?(?P<first>{PERIOD})\)?\s*(?:[–:-]\s*)?(?:(?:audit |panel |committee |board |meeting )*(?:progress\s+|status\s+)?"
    rf"(?:updates?|position|progress|comments?|commentary))?$",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"^q(?:tr|uarter)?\s?[1-4](?:\s+(?:20)?\d\d\s?[/-]\s?(?:20)?\d\d)?\s+(?=[a-z])", re.IGNORECASE)
# "Recommendation / AFI", "Cause of concern or area for improvement": any of them joined.
_ASKED_WORDS = "recommendation recommendations afi afis concern improvement action actions"
_ASKED = frozenset(_ASKED_WORDS.split())
_BESIDE_WORDS = "cause causes area areas of for or and the agreed wording text hmicfrs full"
_BESIDE = frozenset(_BESIDE_WORDS.split())
_WITH_AUDIT = frozenset({"date", "year", "month", "audit_date", "opinion"})  # "Report and date"
# What a row below the headings holds as often: it makes no row one of headings.
_VALUE = re.compile(
    rf"^(?:completed?|implemented|closed|accepted|afi|causes? of concern|areas? for improvement|{PERIOD})$",
    re.IGNORECASE,
)
# "Revised date 2", "Extension (1)", "Second revised date".
_COUNTED = re.compile(r"^(?:1st|2nd|3rd|[45]th|first|second|third|fourth) | (?:no )?[1-9]$")
STRONG = frozenset({
    "priority", "owner", "original_target", "current_target", "status", "updates", "response_text", "audit", "opinion", "left",
})  # fmt: skip
MANY = frozenset({"updates", "current_target"})  # a column to each time that a date was put off
_AGAIN = {"original_target": "current_target", "text": "response_text", "owner": "owner_too", "status": "status_too"}


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str | None:
    """The field that a heading stands for: "Target Date" is original_target, "Update April 2025" an update."""
    if len(heading) > 70:
        return None
    even = heading.casefold().replace("’", "").replace("'", "")
    key = " ".join(re.findall(r"[a-z0-9]+", even))
    plain = " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^()]*\)", " ", heading.casefold())))
    found = EXACT.get(key) or EXACT.get(plain) or EXACT.get(re.sub(r"^(?:the|a) | s$", "", key)) or _joined(key)
    found = found or EXACT.get(spelt(key))
    if found:
        return found
    label = label_of(heading, in_update=False)
    told = label is not None and label.kind == "update" and not label.rest
    return "updates" if _position(heading) or told else None


def _joined(key: str) -> str | None:
    """The field of words that are joined or counted: "Report and date", "Revised date 2", "Recommendation / AFI"."""
    first, _and, second = key.partition(" and ")
    if EXACT.get(first) == "audit" and EXACT.get(second, second) in _WITH_AUDIT:
        return "audit"
    if EXACT.get(_COUNTED.sub("", key)) == "current_target":
        return "current_target"
    words = {*key.split()}
    return "text" if words & _ASKED and words <= _ASKED | _BESIDE else None


def period_of(heading: str) -> str:
    """The period of the updates under a heading, as it is printed; "" where it names none."""
    if found := _position(heading):
        return (found["period"] or found["first"]).strip()
    label = label_of(heading, in_update=False)
    return label.period if label and label.kind == "update" else ""


def _position(heading: str) -> re.Match[str] | None:
    """The match of a heading that names a period, which a quarter may stand before: "Q1 update (June 2025)"."""
    return _POSITION.match(heading.strip()) or _POSITION.match(_QUARTER.sub("", heading.strip()))


def heads(text: str) -> str | None:
    """The field of a heading or label; None for what is as often a value: "Complete", "March 2025"."""
    return None if _VALUE.match(text) else field_of(text)


def is_header(row: Row, told: Told | None = None) -> bool:
    """Most cells known, a recommendation or a reference among them, and what only a tracker has; or mapped by a person."""
    texts = [text for text in row.texts if text]
    if told and len(texts) >= 2 and shape_of(row.texts[: row.width]) in told:
        return True
    fields = [heads(text) for text in texts]
    known = {field for field in fields if field}
    named = known & {"text", "heading", "reference"}
    return len(known) >= 3 and len(known) * 2 >= len(texts) and bool(named) and len(known & STRONG) >= 2


def headings_of(row: Row, below: Sequence[Row], told: Told | None = None, over: Row | None = None) -> Headings:
    """The columns under a row of headings. A second column of one field is asked about, unless there may be many.

    over: the row above the headings, whose cells may stand over several of them: "Target" over "Original" and "Revised".
    """
    labels = list(row.texts[: max([row.width, *(one.width for one in below)])])
    answer = (told or {}).get(shape_of(labels))
    columns: list[Column] = []
    meant = [field_of(label) or field_of(_under(over, n, label)) for n, label in enumerate(labels)]
    if not {"text", "heading"} & {*meant}:  # what management agreed to do is then all that is asked
        acts = (
            n
            for n, name in enumerate(meant)
            if name == "response_text" and re.search(r"action", labels[n], re.IGNORECASE)
        )
        meant = ["text" if n == at else name for at in [next(acts, None)] for n, name in enumerate(meant)]
    meant = _uncounted(labels, meant, below)
    for n, label in enumerate(labels):
        held = [one.texts[n] for one in below if n < len(one.cells) and one.texts[n]]
        if answer is not None:
            name, sure = (answer[n] or None if n < len(answer) else None), "told"
        else:
            name = better(meant[n] or _guessed(label, meant), label, held, len(below))
            name, sure = _once(name, columns)
        columns.append(Column(label, name, sure, tuple(dict.fromkeys(text[:120] for text in held))[:3]))  # type: ignore[arg-type]
    columns = _numbered(columns, below)
    fields = {one.field for one in columns}
    unsure = any(
        one.sure == "unsure" and not _figures(one) and field_of(one.heading) not in (None, "source") for one in columns
    )
    return Headings(tuple(columns), row.place, answer is None and (not fields & {"text", "heading"} or unsure))


def _figures(column: Column) -> bool:
    """Whether a column that is read as nothing holds figures: a system's count of its rows, how much of each is done."""
    return bool(column.samples) and all(re.fullmatch(r"\d{1,6}(?:\.\d+)?\s?%?", text) for text in column.samples)


def _uncounted(labels: Sequence[str], meant: Sequence[str | None], below: Sequence[Row]) -> list[str | None]:
    """The fields without that of a system's own count of its rows, where another column holds references: "ID", "Title"."""

    def held(n: int) -> list[str]:
        return [one.texts[n] for one in below if n < len(one.cells) and one.texts[n]]

    counts = [n for n, name in enumerate(meant) if name == "reference" and all(map(str.isdecimal, held(n)))]
    signs = any(n not in counts and better(name, labels[n], held(n), len(below)) == "reference"
                for n, name in enumerate(meant))  # fmt: skip
    return [None if signs and n in counts else name for n, name in enumerate(meant)]


def _guessed(label: str, meant: Sequence[str | None]) -> str | None:
    """What the words of a heading speak for, unless another heading says so outright: "Audit year" beside "Audit"."""
    name = guessed(label)
    return None if name in meant and name not in MANY else name


def _numbered(columns: list[Column], below: Sequence[Row]) -> list[Column]:
    """The columns, the first as the reference where none is one, and under no known heading it holds figures of its own."""
    held = [row.texts[0] for row in below if row.width > 1 and row.cells and row.texts[0]]
    if any(one.field == "reference" for one in columns) or not columns or columns[0].field or len(held) < 2:
        return columns
    signs = all(re.fullmatch(r"[A-Z]{0,6}[-/. ]?\d[\d./-]{0,8}[a-z]?", text) for text in held) and len({*held}) == len(
        held
    )
    return [replace(columns[0], field="reference", sure="sure"), *columns[1:]] if signs else columns


def second_head(rows: Sequence[Row], head: int) -> Row | None:
    """The headings of two rows as one, where the row below them heads parts of what it spans; None where it does not."""
    if head + 1 >= len(rows):
        return None
    top, under = rows[head], rows[head + 1]
    filled = [n for n, text in enumerate(under.texts) if text]
    if not filled or under.texts[0] or len(filled) * 2 > len([text for text in top.texts if text]) + len(filled):
        return None
    if not all(
        heads(under.texts[n]) or field_of(under.texts[n]) or field_of(_under(top, n, under.texts[n])) for n in filled
    ):
        return None
    cells = list(top.cells) + list(under.cells[len(top.cells) :])
    for n in filled:
        cells[n] = under.cells[n]
    return replace(top, cells=tuple(cells))


def _under(over: Row | None, n: int, label: str) -> str:
    """A heading with the one that stands over it, which covers the columns to its right too."""
    above = next((text for text in reversed(over.texts[: n + 1]) if text), "") if over else ""
    return f"{label} {above}".strip() if above else ""


def _once(name: str | None, columns: Sequence[Column]) -> tuple[str | None, str]:
    """(the field, how sure): of a field that is there already the next that it may be, else none."""
    taken = {one.field for one in columns}
    if name is None:
        return None, "unsure"
    if name in MANY or name not in taken:
        return name, "sure"
    again = _AGAIN.get(name)
    return (again, "sure") if again and (again in MANY or again not in taken) else (None, "unsure")


def header_of(table: Table, told: Told | None = None) -> int | None:
    """The row of headings of a table that holds a tracker, by its number from 0."""
    top = [(n, row) for n, row in enumerate(table.rows[:40]) if row.width > 2 or told]
    found = next((n for n, row in top if is_header(row, told)), None)
    if found is None:
        found = next((n for n, row in top[:8] if _means(row)), None)
    return None if found is None or _counts(table.rows[found], table.rows[found + 1 :]) else found


def _means(row: Row) -> bool:
    """Whether nearly all cells of a row are headings by their words, and speak for what only a tracker has."""
    texts = [text for text in row.texts if text]
    fields = [heads(text) or guessed(text) for text in texts]
    known = {field for field in fields if field}
    enough = len(known) >= 5 and sum(map(bool, fields)) * 4 >= len(texts) * 3
    return enough and bool(known & {"text", "heading"}) and len(known & STRONG) >= 3


def _counts(head: Row, below: Sequence[Row]) -> bool:
    """Whether a table counts recommendations by report or priority: the column called so holds figures alone."""
    asked = [n for n, text in enumerate(head.texts) if field_of(text) == "text"]
    held = [row.texts[n] for row in below for n in asked if n < len(row.cells) and row.texts[n]]
    return bool(held) and all(text.isdecimal() and len(text) < 5 for text in held)
