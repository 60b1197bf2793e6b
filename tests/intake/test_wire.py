"""A document comes from the process that read it as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.intake.document import Cell, Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.grid import ABOVE, BOTH, EMPTY, LEFT, Span, placed
from candour.kernel.intake.wire import packed, unpacked

WORDS = st.text(max_size=8)
SMALL = st.integers(0, 9)
PLACES = st.builds(Place, SMALL, SMALL, SMALL, SMALL, SMALL, WORDS, WORDS)
MARKS = st.lists(st.sampled_from(["strike", "bold", "fill:red"]), max_size=2).map(tuple)
KINDS = st.sampled_from(["paragraph", "heading", "item"])
PARAGRAPHS = st.builds(Paragraph, WORDS, PLACES, WORDS, KINDS, SMALL, WORDS, SMALL, WORDS, MARKS, WORDS)


def plain(text: str) -> Cell:
    return Cell((Paragraph(text, Place(row=1), text),), text)


def tables(inner: st.SearchStrategy) -> st.SearchStrategy[Table]:
    cells = st.builds(Cell, st.lists(inner, max_size=2).map(tuple), WORDS, MARKS, SMALL, SMALL)
    cells = cells | st.sampled_from([EMPTY, LEFT, ABOVE, BOTH]) | WORDS.map(plain)
    rows = st.builds(Row, st.lists(cells, max_size=3).map(tuple), PLACES | st.just(Place(row=1)), WORDS)
    return st.builds(Table, st.lists(rows, max_size=3).map(tuple), PLACES)


BLOCKS = PARAGRAPHS | tables(PARAGRAPHS | tables(PARAGRAPHS))
ASIDE = st.builds(SetAside, PLACES, WORDS, WORDS)


@given(st.lists(BLOCKS, max_size=4).map(tuple), st.lists(ASIDE, max_size=2).map(tuple))
def test_any_document_comes_back_the_same(blocks, aside):
    document = Document(blocks, "a.docx", "ab", aside)
    assert unpacked(json.loads(packed(document)), name="a.docx", sha256="ab") == document


def test_cells_that_hold_nothing_are_one_cell():
    row = Row((EMPTY, LEFT), Place(row=1))
    back = unpacked(json.loads(packed(Document((Table((row,)),)))), name="", sha256="")
    assert [cell is kept for cell, kept in zip(back.tables[0].rows[0].cells, (EMPTY, LEFT), strict=True)] == [
        True,
        True,
    ]


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=4), max_size=5))
def test_merged_cells_leave_no_hole_and_lose_no_cell(given_rows):
    rows = [
        [Span(plain(f"{n}.{k}"), columns, high) for k, (columns, high) in enumerate(row)]
        for n, row in enumerate(given_rows)
    ]
    made = placed(rows)
    assert len({len(line) for line in made}) <= 1
    assert [cell.raw for line in made for cell in line if cell.raw] == [one.cell.raw for row in rows for one in row]
