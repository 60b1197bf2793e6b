"""Which rows are headings, and what the columns under them hold: by name first, by what they hold where that is unclear.

Pure. How sure each column is goes along, so that a person can be asked where the rows should not be trusted yet.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from candour.kernel.intake.document import Row, Table
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of
from candour.kernel.intake.printed import blank

from .card_rows import named_row
from .contents import holds, kind_of_values
from .labels import LISTS, field_of, letter_field, qualifier_of
from .periods import bare_period, graded, period_of, scores_by_period
from .products import with_products
from .told_apart import told_apart
from .values import is_reference, read_day

SAMPLES = 30  # rows looked at to tell what a column holds
_SHOWN = 3
_WORDED = {"title", "summary", "source", "effect", "owner", "responsible_officer", "lead", "information", *LISTS}
_NO_MATTER = {"category"}  # fields of which the first of two columns is taken, and nobody need be asked
_TOTALS = ("total", "tot", "t", "rr", "rs", "rrs", "sc")  # under a spanning heading
_OTHER_LISTS = re.compile(
    r"(?:issue|assumption|dependency|decision|lesson|benefit|milestone|opportunity|change request|row label)s?"
    r"(?: (?:title|name|description|detail|details|learned|made|required))?$"
)
_SCORED = ("impact", "likelihood", "score")


def is_header(row: Row, told: Told | None = None) -> bool:
    """Whether a row holds the headings of a register: most cells known, three at least (two with a reference).

    A row whose headings a person has mapped is one for sure.
    """
    texts = [text for text in row.texts if text]
    if told and len(texts) >= 2 and shape_of(row.texts) in told:
        return True
    if len(texts) < 2 or any(len(text) > 60 for text in texts):
        return False
    known = {field for field in map(field_of, texts) if field}
    if is_pairs(row) or any(
        is_reference(text) and re.search(r"\d", text) and not bare_period(text) and not period_of(text)
        for text in texts
    ):
        return False
    enough = len(known) >= 3 or (len(known) == 2 and "reference" in known)
    periods = {text for text in texts if field_of(text) is None and (period_of(text) or bare_period(text))}
    periods |= {text for text in texts if field_of(text) is None and qualifier_of(text) is not None}  # Target, Residual
    return enough and len(known) * 2 >= len(set(texts) - periods)


def is_span(text: str) -> bool:
    """Whether a heading may stand over several columns of scores: Inherent, Residual risk, Risk score."""
    return bool(text) and (qualifier_of(text) is not None or field_of(text) == "score")


def is_subheader(row: Row, above: Row | None) -> bool:
    """A second row of headings under spanning ones: impact, likelihood, score and the like, nothing else."""
    if above is None or not any(map(is_span, above.texts)):
        return False
    filled = [n for n, text in enumerate(row.texts) if text and text not in above.texts]
    over = [above.texts[n] if n < len(above.texts) else "" for n in filled]
    if not any(qualifier_of(text) is not None for text in above.texts if text) and not all(
        is_span(text) or not text for text in over
    ):
        return False
    names = [_scored(row.texts[n]) for n in filled]
    return len(filled) >= 2 and all(name and name.rpartition("_")[2] in (*_SCORED, "band") for name in names)


def _scored(text: str) -> str | None:
    """The field of a heading under a spanning one, where one letter, T or "Total" is enough."""
    return field_of(text) or letter_field(text) or ("score" if text.casefold().strip(" .:") in _TOTALS else None)


def has_header(table: Table, told: Told | None = None) -> bool:
    return any(is_header(row, told) for row in table.rows)


def is_pairs(row: Row) -> bool:
    """Label, value, label, value ... What stands beside the label of a reference is one: headings have words there."""
    texts = row.texts[: row.width]
    if len(texts) < 4 or len(texts) > 12:
        return False
    if any(field_of(label) == "reference" and _is_words(text) for label, text in pairwise(texts)):
        return False
    labels = [text for text in texts[::2] if text]
    values = [text for text in texts[1::2] if text]
    return len(labels) >= 2 and all(field_of(text) for text in labels) and not any(field_of(text) for text in values)


def _is_words(text: str) -> bool:
    return len(text.split()) > 1 and not any(map(str.isdigit, text))


def starts_with_label(row: Row) -> bool:
    return bool(row.width == 2 and field_of(row.texts[0]) and len(row.texts[0]) > 3) or is_pairs(row)


def headings_of(row: Row, above: Row | None, below: Sequence[Row], told: Told | None = None) -> Headings:
    """The columns under a row of headings. A spanning heading above (Inherent, Residual) qualifies those below it."""
    labels, names = _labels(row, above)
    held = [_values(below, n) for n in range(len(labels))]
    shown = [tuple(text[:120] for text in dict.fromkeys(values))[:_SHOWN] for values in held]
    answer = (told or {}).get(shape_of(labels))
    if answer is not None:
        fields = [answer[n] or None if n < len(answer) else None for n in range(len(labels))]
        columns = [Column(label, name, "told", one) for label, name, one in zip(labels, fields, shown, strict=True)]
        return Headings(tuple(columns), row.place)
    columns = [
        _column(label, name, values, samples)
        for label, name, values, samples in zip(labels, names, held, shown, strict=True)
    ]
    columns = told_apart(_scored_bands(scores_by_period(columns, held), held), held, below)
    columns = _found_by_content(with_products(columns, below), held)
    return Headings(tuple(columns), row.place, _should_ask(columns, held))


def _labels(row: Row, above: Row | None) -> tuple[list[str], list[str | None]]:
    """Heading and field of each column, spans taken in. A cell empty below takes the heading above it."""
    labels, names, span = [], [], ""
    width = max(row.width, above.width if above else 0)
    lettered = _lettered(row)
    for n in range(width):
        text = row.texts[n] if n < len(row.cells) else ""
        over = above.texts[n] if above and n < len(above.cells) else ""
        span = over or span
        qualifier = qualifier_of(span) if span else None
        name = _scored(text) if is_span(span) else field_of(text) or (letter_field(text) if lettered else None)
        if not text:
            text, name = over, field_of(over)
        elif qualifier is not None and name in (*_SCORED, "band"):
            name, text = qualifier + name, f"{span} {text}"
        labels.append(text)
        names.append(name)
    return labels, names


def _lettered(row: Row) -> bool:
    """Whether headings of one letter stand for levels: both axes are there, beside other headings that are known."""
    letters = {letter_field(text) for text in row.texts if len(text.strip(" .")) == 1}
    return {"impact", "likelihood"} <= letters and any(field_of(text) in ("title", "reference") for text in row.texts)


def _values(below: Sequence[Row], n: int) -> list[str]:
    return [row.texts[n] for row in below if n < len(row.cells) and row.texts[n] and not blank(row.texts[n])]


def _column(label: str, name: str | None, values: Sequence[str], samples: tuple[str, ...]) -> Column:
    """A heading may mean two things: then what stands below it decides."""
    prose = holds("prose", values)
    if prose and name in ("impact", "likelihood", "direction"):
        name = "effect" if name == "impact" else None
    elif prose and (name == "status" or (name == "last_review" and not holds("day", values))):
        name = "updates"
    elif name and name.endswith("score") and graded(values):
        name = None
    elif name is None and _are_sets(values):
        name = "score_set"
    elif name is None and label and (qualifier := qualifier_of(label)) is not None and holds("score", values):
        name = qualifier + "score"
    return Column(label, name, "sure" if name else "unsure", samples)


def _scored_bands(columns: Sequence[Column], held: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of bands that print figures ("15 High", "12") and have no column of the score beside them are the score."""
    names = {column.field for column in columns}
    return [
        replace(column, field=scored)
        if column.field
        and column.field.endswith("band")
        and (scored := column.field.removesuffix("band") + "score") not in names
        and holds("score", values)
        else column
        for column, values in zip(columns, held, strict=True)
    ]


def _are_sets(values: Sequence[str]) -> bool:
    """Whether a column says of each row which scores it gives: Gross, Net, Target."""
    sets = [qualifier_of(text) if len(text) <= 40 else None for text in values]
    return len(values) >= 2 and None not in sets and len(set(sets)) >= 2


def lists_risks(found: Headings) -> bool:
    """Whether columns can be a register's: words about each row, or references that are no mere numbers.

    A list for drop-downs (Impact, Likelihood, Status) and a dashboard (Band, Number) have neither. The issues, assumptions
    and decisions of a project's log are no risks.
    """
    headings = [column.heading.casefold().strip(" :") for column in found.columns]
    rated = any(column.field and column.field.rpartition("_")[2] in _SCORED for column in found.columns)
    if not rated and any(map(_OTHER_LISTS.match, headings)) and not any("risk" in one for one in headings):
        return False
    if any(column.sure == "told" or column.field in _WORDED for column in found.columns):
        return True
    references = [column.samples for column in found.columns if column.field == "reference"]
    return any(samples and not any(one.strip().isdigit() for one in samples) for samples in references)


def _found_by_content(columns: Sequence[Column], held: Sequence[Sequence[str]]) -> list[Column]:
    """What the headings do not name but a register has: its references, titles, scores and arrows."""
    found = list(columns)
    for name, kind in (("reference", "reference"), ("title", "words"), ("score", "score"), ("direction", "direction")):
        names = {column.field for column in found}
        if name in names or (name == "title" and "summary" in names) or (name == "score" and "impact" in names):
            continue
        fits = [n for n, column in enumerate(found) if column.field is None and holds(kind, held[n], least=3)]
        fits = [n for n in fits if name != "score" or not graded(held[n])]
        if name == "title":
            fits = sorted(fits, key=lambda n: -sum(map(len, held[n])) / len(held[n]))
        if name == "reference":
            fits = [n for n in fits if len(set(held[n])) == len(held[n])]
        if fits and not (name == "score" and len(fits) > 1):  # which of two is the score now, nobody has said
            found[fits[0]] = replace(found[fits[0]], field=name, sure="likely")
    return found


def _should_ask(columns: Sequence[Column], held: Sequence[Sequence[str]]) -> bool:
    """A person is asked where the reference or the title is not sure, two columns claim one field, or content decided."""
    rows = max(map(len, held), default=0)
    sure = {column.field for column in columns if column.sure == "sure"}
    both = any(column.field == "title" and held[n] and all(map(named_row, held[n])) for n, column in enumerate(columns))
    named = both or ("reference" in sure and bool({"title", "summary", "source"} & sure))
    doubtful = any(column.field and column.sure != "sure" and column.field not in _NO_MATTER for column in columns)
    scores = [n for n, column in enumerate(columns) if not column.field and holds("score", held[n], least=3)]
    unsaid = len(scores) > 1 and not {column.field for column in columns} & {"score", "impact", "proposed_score"}
    return rows > 0 and (doubtful or not named or unsaid)


def guessed_headings(table: Table, told: Told | None = None) -> Headings | None:
    """Columns of a table without headings, by what they hold: a reference in most rows is needed, four columns too."""
    rows = [row for row in table.rows if row.width >= 4]
    if not rows or len(rows) * 2 < len([row for row in table.rows if row.width]):
        return None
    width = max(row.width for row in rows)
    held = [[row.texts[n] for row in rows if n < len(row.cells) and row.texts[n]] for n in range(width)]
    kinds = [kind_of_values(values) for values in held]
    if "reference" not in kinds:
        return None
    queue = {"day": ["first_recorded", "last_review", "next_review"], "words": ["title"], "reference": ["reference"]}
    queue |= {"direction": ["direction"], "score": ["score"]}
    labels = [f"column {n}" for n in range(1, width + 1)]
    answer = (told or {}).get(shape_of(labels))
    columns = []
    for n, kind in enumerate(kinds):
        left = queue.get(kind or "", [])
        name = (left.pop(0) if left else None) if answer is None else (answer[n] or None)
        shown = tuple(text[:120] for text in dict.fromkeys(held[n]))[:_SHOWN]
        columns.append(Column(labels[n], name, "likely" if answer is None else "told", shown))
    found = Headings(tuple(columns), table.place, answer is None)
    return found if any(column.field == "title" for column in columns) else None


def likely_header(table: Table) -> Row | None:
    """The row that looks like headings although none is known: short words over three rows that are as wide."""
    rows = [row for row in table.rows if row.width]
    for n, row in enumerate(rows[:20]):
        texts = [text for text in row.texts if text]
        plain = all(len(text) <= 60 and not is_reference(text) and not read_day(text) for text in texts)
        under = [one for one in rows[n + 1 :] if sum(map(bool, one.texts)) * 2 > len(texts)]
        if len(texts) >= 3 and plain and len(set(texts)) == len(texts) and len(under) >= 2:
            return row
    return None
