"""A delivery plan in a text in which each cell stands on lines of its own: no column can be told but by what stands in
it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from candour.kernel.intake.document import Cell, Document, Paragraph, SetAside
from candour.kernel.intake.lines import Line, lines_of
from candour.kernel.intake.mapping import Column, Headings
from candour.plan.intake.columns import field_of, fields_of, is_header
from candour.plan.intake.found import Found, printed
from candour.plan.intake.words import QUESTIONS

OUTSIDE = "It stands outside the delivery plan"


@dataclass
class _Cell:
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.words for line in self.lines)


def flow(document: Document) -> Found | None:
    """The rows of a plan that was saved as text; None where no run of cells is its headings."""
    lines = lines_of(document)
    cells = list(_grouped(lines))
    heads = [n for n in range(len(cells)) if _is_head(cells, n)]
    if not heads:
        return None
    found = Found(aside=list(document.set_aside))
    begin = max(heads[0] - 40, next((n for n in range(heads[0], -1, -1) if _begins(cells[n])), heads[0] - 1), 0)
    _outside(found, cells[:begin])
    names: list[str | None] = []
    at = begin
    ended = len(cells)
    while at < len(cells):
        if at in heads:
            names, wide = _names(cells, at)
            _flow_headings(found, cells[at : at + wide])
            at += wide
        elif at + 1 in heads or not names:
            _told_above(found, cells[at])
            at += 1
        elif row := _row(cells, at, names, heads):
            found.rows.append(printed(found, row[0], {}, cells[at].lines[0].place, names))
            at = row[1]
        elif at + 2 in heads:
            _told_above(found, cells[at])
            at += 1
        else:
            ended = at
            break
    _outside(found, cells[ended:])
    return found


def _grouped(lines: Sequence[Line]) -> Iterator[_Cell]:
    """A cell begins where the text says so, and ends before the next; a page that begins ends it too."""
    group: list[Line] = []
    for line in lines:
        if group and (line.opens or line.turns or (not line.cell and not group[0].cell)):
            yield _Cell(group)
            group = []
        group.append(line)
    if group:
        yield _Cell(group)


def _is_head(cells: Sequence[_Cell], at: int) -> bool:
    run = [cells[n].text for n in range(at, min(at + 8, len(cells))) if len(cells[n].text) <= 60]
    wide = next((n for n, text in enumerate(run) if field_of(text) is None), len(run))
    before = at == 0 or field_of(cells[at - 1].text) is None
    return before and wide >= 3 and is_header(run[:wide])


def _names(cells: Sequence[_Cell], at: int) -> tuple[list[str | None], int]:
    wide = 0
    while at + wide < len(cells) and field_of(cells[at + wide].text) is not None:
        wide += 1
    return fields_of([cell.text for cell in cells[at : at + wide]]), wide


def _row(
    cells: Sequence[_Cell], at: int, names: Sequence[str | None], heads: Sequence[int]
) -> tuple[dict[str, Cell], int] | None:
    """The cells of a row, which ends with the four questions, and where the next begins."""
    stop = min([*(head - 1 for head in heads if head > at), at + len(names), len(cells)])
    last = next((n for n in range(at, stop) if QUESTIONS[0][1].match(cells[n].text)), None)
    if last is None or last == at:
        return None
    between = [n for n in names[1:-1] if n and n != "brag"]
    found = {"activity": _as_cell(cells[at]), "progress": _as_cell(cells[last])}
    middle = [cells[n] for n in range(at + 1, last)]
    if "brag" in names and middle and len(middle[-1].text) <= 20 and len(middle) > len(between):
        found["brag"] = _as_cell(middle.pop())
    for name, cell in zip(between, middle, strict=False):
        found[name] = _as_cell(cell)
    return found, last + 1


def _as_cell(cell: _Cell) -> Cell:
    return Cell(tuple(Paragraph(line.words, line.place, line.words) for line in cell.lines))


def _begins(cell: _Cell) -> bool:
    return (
        bool(re.search(r"\b(?:delivery|action|implementation) plan\b", cell.text, re.IGNORECASE))
        and len(cell.text) <= 120
    )


def _told_above(found: Found, cell: _Cell) -> None:
    for line in cell.lines:
        found.front.append(Paragraph(line.words, line.place, line.words))
    found.section = cell.text


def _flow_headings(found: Found, cells: Sequence[_Cell]) -> None:
    labels = [cell.text for cell in cells]
    columns = tuple(Column(label, name, "sure") for label, name in zip(labels, fields_of(labels), strict=True))
    headings = Headings(columns, cells[0].lines[0].place)
    if not any(one.shape == headings.shape for one in found.columns):
        found.columns.append(headings)


def _outside(found: Found, cells: Sequence[_Cell]) -> None:
    """Everything before and after, set aside whole, so that no line is dropped."""
    if cells:
        text = "\n".join(line.text for cell in cells for line in cell.lines)
        found.aside.append(SetAside(cells[0].lines[0].place, text, OUTSIDE))
