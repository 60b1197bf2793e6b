"""What one row of a card can be besides a label and its answer. Pure.

Cards are drawn in many ways: a title across the top, labels over their answers, "Label: answer" inside a cell, and small
grids of scores with the levels across and the sets (inherent, current, target) down, or the other way round.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from candour.kernel.intake.document import Block, Cell, Document, Paragraph, Row, Table
from candour.kernel.intake.printed import blank

from .labels import field_of, letter_field, qualifier_of
from .periods import bare_period, period_of
from .values import is_reference, read_level, read_score

BASES = ("impact", "likelihood", "score", "band")
_SETS = ("inherent_", "target_", "previous_", "proposed_")
_NAMED = re.compile(
    r"^(?:(?:strategic|corporate|principal|operational|key|top)\s+)?(?:risk\s*)?(?:ref(?:erence)?\.?|no\.?|id|number)?"
    r"\s*[:#]?\s*(?P<reference>[A-Z]{0,8}[-/. ]?\d{1,6}[A-Z]?(?:[-/.]\d{1,4}){0,2})\s*(?:[-–—:|.]\s*|\s+(?=[A-Z]))"
    r"(?P<title>[^\W\d].{2,250})$",
    re.IGNORECASE,
)
# A reference in no usual form: one word of letters and figures, then a dash between spaces.
_ODD = re.compile(r"^(?P<reference>(?=\S*\d)(?=\S*[A-Z])[\w/.-]{3,14})\s+[-–—]\s+(?P<title>[^\W\d].{2,250})$")
_REFERENCE_LABEL = re.compile(r"^(?:[A-Za-z]+\s){1,3}(?:ref|reference|id|no|number|urn)\W*$", re.IGNORECASE)
_INLINE = re.compile(r"^(?P<label>[^\W\d][^:\n]{1,58}?)\s*:\s*(?P<answer>.*)$", re.DOTALL)
_LEVEL = re.compile(r"^(?P<label>[A-Za-z][A-Za-z ]{2,30}?)\s*[=–-]?\s*(?P<answer>\d{1,2})$")
_PAGE = re.compile(r"^\W*(?:page\s+)?\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_RISK_LABELS = {
    "reference", "title", "summary", "source", "effect", "owner", "controls", "pending_controls", "updates", "score",
    "impact", "likelihood", "inherent_score", "target_score", "last_review", "next_review", "first_recorded",
}  # fmt: skip


def named(text: str) -> tuple[str, str] | None:
    """(reference, title) of a title such as "SR01 - Loss of power" or "Risk 3: Loss of power"."""
    found = _NAMED.match(text.strip())
    if odd := None if found else _ODD.match(text.strip()):
        return odd["reference"], odd["title"].strip()
    if not found or not is_reference(found["reference"].strip()):
        return None
    bare = found["reference"].strip().isdigit() or "." in found["reference"]
    if bare and not re.match(r"\W*(?:\w+\s+)?risk\b", text, re.IGNORECASE):
        return None  # "3. Summary" numbers a paragraph
    return found["reference"].strip(), found["title"].strip()


def named_row(text: str) -> tuple[str, str] | None:
    """(reference, title) of a cell that holds both: "SR01 – Loss of power", and "1. Loss of power" of a list of risks."""
    numbered = re.match(r"^\d{1,3}\s*[.):–-]\s*[^\W\d]", text.strip())
    return named(f"Risk {text.strip()}" if numbered else text)


def is_page_number(text: str) -> bool:
    """Whether a row across a table holds nothing but the number of the page."""
    return bool(_PAGE.match(text)) and ("page" in text.casefold() or "of" in text or "/" in text)


def names_reference(label: str, answer: str) -> bool:
    """Whether a label such as "BAF ref" stands beside what looks like a reference."""
    return bool(_REFERENCE_LABEL.match(label)) and is_reference(answer)


def answers_inside(cell: Cell) -> list[tuple[str, Cell]]:
    """The labels of a cell that prints "Label: answer" (or "Impact 4") on each of its lines, with their answers."""
    found: list[tuple[str, Cell]] = []
    for block in cell.items:
        told = _INLINE.match(block.text) or _LEVEL.match(block.text)
        if told and field_of(told["label"]):
            found.append((told["label"].strip(), told_cell(told["answer"], block)))
        elif found:
            label, above = found[-1]
            found[-1] = (label, Cell((*above.blocks, block), f"{above.raw}\n{block.raw}"))
        else:
            return []
    return found


def told_cell(text: str, block: Paragraph) -> Cell:
    """A cell of one paragraph with these words, where that block stands."""
    text = text.strip()
    return Cell((Paragraph(text, block.place, text, marks=block.marks),) if text else (), text)


@dataclass
class Scores:
    """A small grid in a card: what each column holds, a base ("impact") or a set ("inherent_"), and the set of its rows."""

    columns: dict[int, str] = field(default_factory=dict)
    by_set: bool = False
    own: str | None = None  # the set named in the corner

    def read(self, row: Row) -> list[tuple[int, str, str]] | None:
        """(column, field, label) of the cells of a row below; None where the row is none of the grid."""
        filled = [n for n, text in enumerate(row.texts) if text]
        label = row.texts[0] if 0 not in self.columns else ""
        at = [n for n in filled if n in self.columns]
        if not at or any(n not in self.columns and n > 0 for n in filled):
            return None
        if not all(_is_level(row.texts[n]) for n in at) or (len(at) == 1 < len(self.columns) and not label):
            return None
        if self.by_set:
            base = base_of(label)
            return [(n, self.columns[n] + base, label) for n in at] if base else None
        prefix = set_of(label) if label else (self.own or "")
        if prefix is None:
            return None
        return [(n, prefix + self.columns[n], label or self.columns[n]) for n in at]


def scores_of(row: Row) -> Scores | None:
    """The small grid that a row heads: impact, likelihood, score across, or inherent, residual, target."""
    filled = {n: text for n, text in enumerate(row.texts) if text}
    bases = {n: base for n, text in filled.items() if (base := base_of(text))}
    sets = {n: one for n, text in filled.items() if base_of(text) is None and (one := set_of(text)) is not None}
    others = [n for n in filled if n not in bases]
    if len(bases) >= 2 and (not others or others == [0]):
        return (
            Scores(bases, own=set_of(filled[0]) if others else None)
            if {"impact", "likelihood"} & {*bases.values()}
            else None
        )
    if len(sets) >= 2 and all(n in sets or n == 0 for n in filled) and len({*sets.values()}) == len(sets):
        return Scores({n: one for n, one in sets.items() if n}, by_set=True)
    return None


def is_grid(table: Table) -> bool:
    """Whether a table is nothing but a small grid of scores."""
    rows = [row for row in table.rows if row.width]
    grid = scores_of(rows[0]) if len(rows) > 1 else None
    return grid is not None and all(grid.read(row) for row in rows[1:])


def base_of(text: str) -> str | None:
    """impact, likelihood, score or band, where a text names that and no set of scores."""
    name = field_of(text) or (letter_field(text) if len(text.strip(" .")) == 1 else None)
    if name is None and text.casefold().strip(" :.") in ("total", "rag"):
        return "score" if text.casefold().startswith("total") else "band"
    return name if name in BASES else None


def set_of(text: str) -> str | None:
    """ "inherent_", "" for residual, "target_" ... where a text names a set of scores ("Inherent risk score")."""
    name = field_of(text)
    if name and name.endswith("score"):
        return name.removesuffix("score") if name != "score" or qualifier_of(text) is not None else None
    return qualifier_of(text)


def _is_level(text: str) -> bool:
    return (
        read_level(text)[1] is not None or read_score(text).value is not None or len(text.split()) <= 3 or blank(text)
    )


def is_card(table: Table) -> bool:
    """Whether a table is one card or several: most of its filled rows begin with a label that a risk has, no row of headings.

    A row of headings names the reference or the title beside other columns, all of it labels, with rows of values below.
    """
    rows = [row for row in table.rows if row.width]
    if any(heads_register(row) for row in rows) and not any(map(_names_itself, rows)):
        return False
    told = [row for row in rows if labels_of(row)]
    fields = {name for row in told for name in labels_of(row)}
    return len(fields & _RISK_LABELS) >= 3 and len(told) * 3 >= len(rows)


def _names_itself(row: Row) -> bool:
    """Whether a row is the label of the reference with a reference beside it: a register prints references below theirs."""
    filled = [text for text in row.texts if text]
    return (
        len(filled) >= 2 and field_of(filled[0]) == "reference" and is_reference(filled[1]) and not field_of(filled[1])
    )


def heads_register(row: Row) -> bool:
    """Whether a row holds headings with the reference or the title among them, and no answers."""
    texts = [text for text in row.texts if text]
    fields = [field_of(text) for text in texts]
    known = {one for one in fields if one}
    known_enough = (
        len(known) >= 3 and bool(known & {"reference", "title", "summary"}) and len(known) * 2 >= len(set(texts))
    )
    return (
        known_enough
        and any(fields[1::2])
        and not any(is_reference(text) and not bare_period(text) and not period_of(text) for text in texts)
    )


def labels_of(row: Row) -> set[str]:
    """The fields whose labels a row holds: its first cell, every second one of pairs, those inside cells."""
    filled = [text for text in row.texts if text]
    names = {field_of(text) for text in (filled[::2] if len(filled) >= 4 else filled[:1])}
    if len(filled) <= 4:
        names |= {field_of(label) for cell in row.cells if cell.text for label, _answer in answers_inside(cell)}
    return {name for name in names if name}


def side_by_side(row: Row) -> int:
    """How many cards stand beside each other in a row of pairs: as many as repeat its first label; 1 for an ordinary row."""
    labels = [field_of(text) for text in row.texts[: row.width : 2]]
    times: int = labels.count(labels[0]) if labels and labels[0] else 1
    return times if times > 1 and len(labels) == times else 1


def risks_across(table: Table) -> int:
    """How many risks a table sets side by side, each a column, with the labels down its left; 1 where it does not."""
    rows = [row for row in table.rows if row.width]
    for row in rows:
        if field_of(row.texts[0]) == "reference":
            answers = [text for text in row.texts[1:] if text]
            like = [one for one in rows if field_of(one.texts[0]) and sum(map(bool, one.texts[1:])) == len(answers)]
            apart = len(set(answers)) == len(answers) == row.width - 1 > 1 and all(map(is_reference, answers))
            return len(answers) if apart and len(like) * 2 > len(rows) else 1
    return 1


def lifted(document: Document) -> Document | None:
    """The document with what stands in the cells of layout tables in their place; None where there is no such table.

    A layout table holds a register in a cell, and is none itself.
    """
    found: list[Block] = []
    for block in document.blocks:
        inner = (
            [one for row in block.rows for cell in row.cells for one in cell.blocks] if isinstance(block, Table) else []
        )
        registers = [one for one in inner if isinstance(one, Table) and len(one.rows) > 1 and _is_register(one)]
        found += inner if registers and isinstance(block, Table) and not _is_register(block) else [block]
    if len(found) == len(document.blocks):
        return None
    count, placed = 0, list[Block]()
    for one in found:
        if isinstance(one, Table):
            count += 1
            rows = [replace(row, place=replace(row.place, table=count, row=n)) for n, row in enumerate(one.rows, 1)]
        placed.append(Table(tuple(rows), rows[0].place) if isinstance(one, Table) else one)
    again = replace(document, blocks=tuple(placed))
    return lifted(again) or again


def _is_register(table: Table) -> bool:
    return is_card(table) or any(heads_register(row) for row in table.rows)


def uncovered(row: Row) -> list[Cell]:
    """The cells of a row without the places that merged cells cover, and without empty ones at its end."""
    cells = [cell for cell in row.cells if cell.columns and cell.rows]
    while cells and not cells[-1].text:
        cells.pop()
    return cells


def first_of(cells: Sequence[Cell]) -> Cell | None:
    """The only cell that holds something; None where several do."""
    filled = [cell for cell in cells if cell.text]
    return filled[0] if len(filled) == 1 else None
