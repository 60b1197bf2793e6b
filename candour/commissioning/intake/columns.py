"""The columns of registers of contracts, lists of grants and files of spend, known by what they are called. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from candour.commissioning.intake.days import year_of
from candour.commissioning.intake.holds import better, publisher, with_options
from candour.commissioning.intake.names import EXACT, Family
from candour.commissioning.intake.speaks import holds, spoken_of
from candour.kernel.intake.document import Cell, Row, Table
from candour.kernel.intake.mapping import Column, Headings, Sure, Told, shape_of

_UNIT = re.compile(r"£\s?['’]?000s?|£\s?k\b|\(k\)|\bin thousands\b|\b000s\b", re.IGNORECASE)
_MONEY_WORDS = {
    "fy", "value", "amount", "award", "awarded", "year", "spend", "budget", "grant", "funding", "total", "allocation",
    "contract", "gbp", "1", "2", "3", "4", "5", "of", "in", "for", "cost", "payment", "actual", "k", "000", "000s",
}  # fmt: skip
_AMOUNTS = frozenset({"value", "value_a_year", "amount", "budget", "ordered"})
# A second column of these is kept as printed, and nobody is asked: a title and a description, a lead and a contact.
_HARMLESS = ("title", "contact", "status", "purpose", "kind", "stream", "body", "number", "reference", "as_at", "area")
LONGEST = 70
_SUMS = re.compile(r"^(?:grand |overall |sub-?)?totals?\b", re.IGNORECASE)
_EITHER = re.compile(r"^\W*award(?:ed)?\W*$", re.IGNORECASE)  # heads a day in one list and an amount in another


@lru_cache(maxsize=4096)
def field_of(heading: str, family: Family = "register") -> str | None:
    """The field that a heading stands for: "Contract Value (£)" is value, "2022-23 £" is years:2022/23."""
    if not heading.strip() or len(heading) > LONGEST:
        return None
    if year := _year_column(heading):
        return f"years:{year}"
    words = re.findall(r"[a-z0-9]+", _UNIT.sub(" ", heading.casefold().replace("’", "").replace("'", "")))
    known = EXACT[family]
    for drop in (
        (),
        ("gbp", "s"),
        ("gbp", "the", "of", "inc", "incl", "vat", "ex", "excl", "exc", "including", "excluding"),
    ):
        found = known.get(" ".join(word for word in words if word not in drop))
        if found:
            return found
    return with_options(words, known) if family == "register" else None


def _year_column(heading: str) -> str:
    """The financial year of a column of amounts: "2022/23", "Award 2022-23 (£)"; "" for any other heading."""
    year = year_of(heading)
    if not year:
        return ""
    rest = re.sub(r"(?:20)?\d\d\s?[/–-]\s?(?:20)?\d\d", " ", heading, count=1)
    return year if set(re.findall(r"[a-z0-9]+", rest.casefold())) <= _MONEY_WORDS else ""


def times_of(heading: str) -> int:
    """1000 under a heading that says £000 or £k, else 1."""
    return 1000 if _UNIT.search(heading) else 1


def known_in(labels: Sequence[str], family: Family) -> set[str]:
    return {field for label in labels if (field := field_of(label, family))}


def is_header(labels: Sequence[str], family: Family, told: Told | None = None) -> bool:
    """Three known headings, half of all, with somebody who is paid and what or when; or headings that a person mapped."""
    texts = [text for text in labels if text]
    if told and len(texts) >= 2 and shape_of(labels) in told:
        return True
    if len(texts) < 3 or any(len(text) > LONGEST for text in texts):
        return False
    fields = known_in(texts, family)
    years = {field for field in fields if field.startswith("years:")}
    whole = {"supplier", "value", "start", "end"} <= fields  # registers by a code have as many columns again
    enough = whole or (len(fields) >= 3 and len(fields) * 2 >= len(set(texts)))
    if family == "spend":
        return enough and {"supplier", "amount"} <= fields and bool({"date", "purpose"} & fields)
    worth = years or {"value", "value_a_year", "start", "end", "period"} & fields or any(map(_EITHER.match, texts))
    who = "supplier" in fields and bool({"title", "reference", "stream"} & fields)
    return enough and bool(worth) and (who or {"reference", "title", "value", "start", "end"} <= fields)


def means(labels: Sequence[str], below: Sequence[Row], family: Family) -> bool:
    """Whether nearly all headings are known or speak for what their columns hold: who is paid, for what, how much or
    by when."""
    texts = [text for text in labels if text]
    fields = [field_of(text, family) or _spoken(text, n, below, family) for n, text in enumerate(labels) if text]
    known = {field for field in fields if field}
    if len(texts) < 4 or sum(map(bool, fields)) * 3 < len(texts) * 2 or "supplier" not in known:
        return False
    if family == "spend":
        return {"amount", "date"} <= known
    years = {field for field in known if field.startswith("years:")}
    worth = years or ("value" in known and {"start", "end", "date", "period", "area", "stream"} & known)
    return bool({"title", "reference"} & known) and bool(worth)


def _spoken(label: str, n: int, below: Sequence[Row], family: Family) -> str | None:
    """What an unknown heading speaks for, held against its column."""
    held = [row.texts[n] for row in below[:30] if n < len(row.cells) and row.texts[n] not in ("", label)]
    return holds(spoken_of(label, family), [text for text in held if not _SUMS.match(text)])


def spread(row: Row) -> list[str]:
    """The labels of a row, that of a cell printed over several columns above each of them."""
    found: list[str] = []
    for cell in row.cells:
        covered = cell.columns == 0 and found
        found.append(found[-1] if covered else cell.text)
    return found


def joined(above: Row, below: Row) -> list[str]:
    """The labels of two rows of headings: the lower one, under the upper one that spans it."""
    over, found, last = spread(above), [], ""
    for n in range(max(len(over), len(below.cells))):
        upper = over[n] if n < len(over) else ""
        last = upper or last
        lower = below.texts[n] if n < len(below.cells) else ""
        found.append(f"{last} {lower}".strip() if lower and last and lower != last else lower or upper)
    return found


def headings_at(table: Table, n: int, family: Family, told: Told | None = None) -> tuple[list[str], int] | None:
    """(labels, rows that they take) where the n-th row of a table holds headings, alone or with the row below it."""
    row = table.rows[n]
    labels = list(row.texts)
    below = table.rows[n + 1] if n + 1 < len(table.rows) else None
    if below is not None and sum(map(bool, row.texts)) >= 2 and _is_lower(row, below, family):
        both = joined(row, below)
        named = [_shortest(label, lower, family) for label, lower in zip(both, _padded(below, len(both)), strict=True)]
        if is_header(named, family, told):
            return named, 2
    if is_header(labels, family, told) or means(labels, table.rows[n + 1 :], family):
        return labels, 1
    return None


def _padded(row: Row, width: int) -> list[str]:
    return [row.texts[n] if n < len(row.cells) else "" for n in range(width)]


def _shortest(label: str, lower: str, family: Family) -> str:
    """The lower heading where it is known by itself, else both together."""
    return lower if lower and field_of(lower, family) and not field_of(label, family) else label


def _is_lower(row: Row, below: Row, family: Family) -> bool:
    """Whether the row below holds lower headings: under a spanning one, or in the gaps of the upper row; no amounts or days."""
    filled = [n for n, text in enumerate(below.texts) if text]
    if (
        not filled or len(filled) < 2 or is_header(below.texts, family)
    ):  # headings again, below a row with an empty cell
        return False
    lower = [below.texts[n] for n in filled]
    known = [text for text in lower if field_of(text, family) or field_of(f"contract {text}", family)]
    if len(known) * 3 < len(lower) * 2 or any(
        re.search(r"\d{2}", text) or len(text) > LONGEST for text in lower if text not in known
    ):
        return False
    return any(n >= len(row.cells) or not row.texts[n] or row.cells[n].columns > 1 for n in filled)


def columns_of(labels: Sequence[str], rows: Sequence[Row], row: Row, family: Family, told: Told | None) -> Headings:
    """The columns under headings, each with samples. A second column of one field is kept as printed, and asked about."""
    answer = (told or {}).get(shape_of(labels))
    columns: list[Column] = []
    taken = known_in(labels, family)
    paid = [label for label in labels if field_of(label, family) == "supplier"]
    for n, label in enumerate(labels):
        held = dict.fromkeys(one.texts[n][:120] for one in rows[:30] if n < len(one.cells) and one.texts[n])
        if answer is not None:
            columns.append(Column(label, (answer[n] or None) if n < len(answer) else None, "told", tuple(held)[:3]))
            continue
        name = better(field_of(label, family), label, list(held)) if family == "register" else field_of(label, family)
        if name == "supplier" and publisher(paid, label):
            columns.append(Column(label, None, "sure", tuple(held)[:3]))
            continue
        if name is None and label:  # not known as a whole, nor a second of what another column is
            spoken = _spoken(label, n, rows, family)
            name = None if spoken in taken else spoken
        taken |= {name} if name else set()
        twice = name is not None and any(one.field == name for one in columns)
        sure: Sure = "sure" if name and not twice else "unsure"
        columns.append(Column(label, None if twice else name, sure, tuple(held)[:3]))
    told_twice = {field_of(one.heading, family) for one in columns if one.sure == "unsure"} - {None, *_HARMLESS}
    ask = answer is None and bool(told_twice)
    return Headings(tuple(columns), row.place, ask)


def covered(cell: Cell) -> bool:
    """Whether a cell stands under one that is printed over several rows."""
    return cell.rows == 0 and cell.columns != 0


def is_amount(field: str) -> bool:
    return field in _AMOUNTS or field.startswith("years:")
