"""Totals and percentages that do not come out. Pure."""

import re
from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import Finding, Place, Row, Table
from candour.kernel.intake.printed import counted, words_key

from ..counts import band_kind
from ..joined import Risk
from ..paper import Paper
from ..tables import Total
from ..values import read_score

_SHARE = re.compile(
    r"\b(?P<part>\d{1,4})\s+(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+)?(?P<whole>\d{1,4})\b[^.;%]{0,50}?"
    r"(?P<share>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per\s?cent)",
    re.IGNORECASE,
)
_SHARE_FIRST = re.compile(
    r"(?P<share>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per\s?cent)\s*\(\s*(?P<part>\d{1,4})\s+(?:out\s+)?of\s+(?P<whole>\d{1,4})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?)\s?%$")
_AVERAGE = re.compile(r"^\W*(?:overall )?(?:average|mean)s?\b", re.IGNORECASE)
_TOTAL = re.compile(r"^\W*(?:grand |overall )?totals?\b", re.IGNORECASE)


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Rows of totals in the register, tables that count its risks, and shares stated in the prose."""
    for total in paper.totals:
        numbers = [value for text in total.above if (value := read_score(text).value) is not None]
        if numbers and _AVERAGE.match(total.label):
            yield from _average(total, sum(numbers) / len(numbers))
            continue
        right = {len(total.above), sum(numbers)} if numbers else {len(total.above)}
        if int(total.printed) not in right:
            should = f"{len(total.above)} rows" + (f", or {sum(numbers)} as their sum" if numbers else "")
            message = f"{total.label} prints {total.printed}; the rows above it come to {should}."
            yield Finding("total", "error", total.place, "", f"{total.label} {total.printed}", should, message)
    for table in paper.document.tables:
        yield from _counted(paper, table, risks)
    for block in paper.prose:
        for found in [*_SHARE.finditer(block.text), *_SHARE_FIRST.finditer(block.text)]:
            yield from _share(int(found["part"]), int(found["whole"]), found["share"], block.place, found[0])


def _average(total: Total, exact: float) -> Iterator[Finding]:
    """A mean printed as a whole number may be off by half a unit, whichever way it was rounded."""
    if abs(int(total.printed) - exact) > 0.5 + 1e-9:
        should = f"{exact:.1f}".removesuffix(".0")
        message = f"{total.label} prints {total.printed}; the average of the rows above it is {should}."
        yield Finding("total", "error", total.place, "", f"{total.label} {total.printed}", should, message)


def _share(part: int, whole: int, share: str, place: Place, says: str) -> Iterator[Finding]:
    """A percentage printed to n places may be off by half a unit of the last, whichever way it was rounded."""
    exact = 100 * part / whole if whole else 0.0
    unit = 10 ** -len(share.partition(".")[2])
    if whole and part <= whole and abs(float(share) - exact) > unit / 2 + 1e-9:
        right = f"{round(exact, len(share.partition('.')[2])):g}%"
        message = f"{part} of {whole} is {right}, not {share}%."
        yield Finding("percentage", "warning", place, "", says, right, message)


def _counted(paper: Paper, table: Table, risks: Sequence[Risk]) -> Iterator[Finding]:
    """A small table of names and numbers (bands, statuses): its total, its percentages, and what the register has."""
    rows = [row for row in table.rows if row.width in (2, 3) and re.fullmatch(r"\d{1,4}", row.texts[1])]
    if (
        len(rows) < 2
        or len(rows) < len([row for row in table.rows if row.width and row.place >= rows[0].place])
        or rows[0].place in paper.scale.used
    ):
        return
    lines = [row for row in rows if not _TOTAL.match(row.texts[0])]
    total = next((row for row in rows if _TOTAL.match(row.texts[0])), None)
    whole = sum(int(row.texts[1]) for row in lines)
    percents = [row for row in rows if row.width == 3]
    if any(not _PERCENT.match(row.texts[2]) for row in percents) or (
        not total and not percents and not _bands(paper, lines)
    ):
        return
    if total and int(total.texts[1]) != whole:
        says = f"{total.texts[0]} {total.texts[1]}"
        message = f"The table gives a total of {total.texts[1]}; its lines come to {whole}."
        yield Finding("total", "error", total.place, "", says, str(whole), message)
    for row in percents:
        says = " ".join(row.texts[:3])
        part = int(row.texts[1]) if row is not total else whole
        yield from _share(part, whole, _PERCENT.match(row.texts[2])[1], row.place, says)  # type: ignore[index]
    if len(_bands(paper, lines)) == len(lines):
        yield from _of_bands(paper, lines, risks)


def _bands(paper: Paper, rows: Sequence[Row]) -> list[str]:
    names = {words_key(name): name for name, _low, _high in paper.scale.bands}
    return [names[words_key(row.texts[0])] for row in rows if words_key(row.texts[0]) in names]


def _of_bands(paper: Paper, rows: Sequence[Row], risks: Sequence[Risk]) -> Iterator[Finding]:
    """The number of risks that a table gives for each band, against the rows of the register."""
    known = [risk for risk in risks if risk.row] or list(risks)
    for row, band in zip(rows, _bands(paper, rows), strict=True):
        found = [risk for risk in known if paper.scale.band(risk.record["score"]) == band]
        if known and len(found) != int(row.texts[1]):
            should = f"{counted(len(found), 'risk')} with a score in the band {band}"
            message = f"The table gives {row.texts[1]} as {band}; the scores printed give {len(found)}."
            code, says = f"count-{band_kind(band).replace('_', '-')}", " ".join(row.texts[:2])
            yield Finding(code, "error", row.place, "", says, should, message)
