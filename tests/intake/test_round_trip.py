"""What Candour writes it reads back whole, from what is to be seen in the file; and tables written by anybody else."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from candour.kernel.intake import document as raw
from candour.kernel.intake.cells import BULLETS
from candour.kernel.intake.sniff import read_here
from candour.kernel.papers import blocks as made
from candour.kernel.papers.document import Document, plain, texts
from candour.kernel.papers.render import render
from candour.kernel.papers.words import DRAFT, numbered
from tests.intake.makers import as_csv, as_page, as_word, as_workbook, p, shape, word
from tests.papers import reading
from tests.papers.samples import everything, long_paper
from tests.papers.strategies import documents

_BARS = str.maketrans("", "", "|")
_SIGNS = str.maketrans("", "", BULLETS)


def squeezed(text: str) -> str:
    """The words without white space and bars, which part the cells of a text."""
    return reading.squeezed(text).translate(_BARS)


def plainly(text: str) -> str:
    """Squeezed, without bullets: an item has one on the page and none in the words it was made of."""
    return squeezed(text).translate(_SIGNS)


def words_seen(document: raw.Document) -> str:
    """Every word of the raw document, what was set aside included, without white space."""
    found: list[str] = [one.text for one in document.set_aside]
    for block in document.blocks:
        found.extend(_seen(block))
    return squeezed(" ".join(found))


def _seen(block: raw.Block) -> list[str]:
    if isinstance(block, raw.Paragraph):
        return [block.number, block.marker, block.raw]
    return [part for row in block.rows for cell in row.cells for part in (*_parts(cell), cell.raw)]


def _parts(cell: raw.Cell) -> list[str]:
    return [part for block in cell.blocks for part in _seen(block)]


def missing(document: Document, seen: str) -> list[str]:
    return [one for text in texts(document) for one in text.split() if squeezed(one) not in seen]


def cells_made(document: Document) -> list[list[list[str]]]:
    """The tables of a paper, cell by cell, as their words without white space."""
    found = []
    for block in document.blocks:
        table = block.table if isinstance(block, made.Figure) else block
        if isinstance(table, made.Table):
            head = [plainly(column.header) for column in table.columns]
            found.append([head, *(_row(row, len(head)) for row in table.rows)])
    return found


def _row(row: made.Row | made.Group, width: int) -> list[str]:
    if isinstance(row, made.Group):
        return [plainly(row.text), *[""] * (width - 1)]
    return [text for cell in row.cells for text in (_cell(cell), *[""] * (cell.span - 1))]


def _cell(cell: made.Cell) -> str:
    parts = [cell.badge]
    for block in cell.blocks:
        if isinstance(block, made.Paragraph):
            parts.append((numbered(block.number) if block.number is not None else "") + plain(block.words))
        else:
            parts.extend(_points(block.items))
    return plainly("".join(parts))


def _points(items: tuple[made.Item, ...]) -> list[str]:
    return [text for item in items for text in (plain(item.words), *_points(item.items))]


def cells_read(document: raw.Document) -> list[list[list[str]]]:
    return [[[plainly(_as_printed(cell)) for cell in row.cells] for row in table.rows] for table in document.tables]


def _as_printed(cell: raw.Cell) -> str:
    """The words of a cell, a dash that was taken for the marker of an item back before its own."""
    text, at = cell.raw, 0
    for block in cell.blocks:
        if isinstance(block, raw.Paragraph) and block.marker and block.marker in "-*·–o":
            at = text.index(block.raw, at)
            text = f"{text[:at]}{block.marker}{text[at:]}"
    return text


SUFFIXES = (".docx", ".html")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_no_word_of_any_paper_is_lost_on_the_way_out_and_in(document):
    for suffix in (*SUFFIXES, ".txt"):
        seen = words_seen(read_here(render(document, suffix), f"paper{suffix}"))
        assert (suffix, missing(document, seen)) == (suffix, [])


@pytest.mark.parametrize("words", ["- 0", "- agreed", "* 5 %", "– not yet due"])
def test_a_dash_that_begins_a_cell_is_kept(words):
    table = made.Table("Scores", (made.Column(words, 1),), ())
    for suffix in SUFFIXES:
        read = cells_read(read_here(render(replace(everything(), blocks=(table,)), suffix), f"paper{suffix}"))
        assert read[-1] == [[plainly(words)]]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_every_table_of_any_paper_comes_back_cell_by_cell(document):
    for suffix in SUFFIXES:
        read = cells_read(read_here(render(document, suffix), f"paper{suffix}"))
        assert [table for table in cells_made(document) if table not in read] == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_headings_and_numbered_paragraphs_come_back_in_order(suffix):
    document = everything()
    found = read_here(render(document, suffix), f"paper{suffix}").paragraphs
    headings = [block.label for block in document.blocks if isinstance(block, made.Heading)]
    assert [one.text for one in found if one.text in headings] == headings
    numbers = [
        (str(one.number), plain(one.words)) for one in document.blocks if isinstance(one, made.Paragraph) and one.number
    ]
    assert [(one.number, one.text) for one in found if one.number] == numbers


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".txt"])
def test_a_long_paper_comes_back_row_for_row(suffix):
    document = long_paper(30)
    rows = {row.texts[0] for table in read_here(render(document, suffix), f"a{suffix}").tables for row in table.rows}
    assert [
        one for table in cells_made(document) for (one, *_rest) in table if one not in {plainly(row) for row in rows}
    ] == []


def test_a_draft_says_so_in_what_is_read():
    assert squeezed(DRAFT) in words_seen(read_here(render(everything(), ".docx"), "a.docx"))


# Tables written by others: the same rows, whatever the file.

LETTERS = st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="<>&•➤○▪◦‣●■□❖➢►▸∙⁃\u00ad\u00c2\u00e2·‐‑")
CELLS = st.text(LETTERS, max_size=12).map(lambda text: " ".join(text.split()))


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 4))
    body = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5))
    return [["Ref", *[f"Heading {n}" for n in range(1, width)]], *([f"A{n}", *row[1:]] for n, row in enumerate(body))]


@settings(max_examples=150, deadline=None)
@example([["Ref", "Heading 1"], ["A0", "- :"], ["A1", "- a"], ["A2", "– 5 words"], ["A3", "1. a"]])
@given(grids())
def test_the_same_table_is_read_from_every_kind_of_file(rows):
    writers = ((as_word, ".docx"), (as_page, ".html"), (as_workbook, ".xlsx"), (as_csv, ".csv"))
    for write, suffix in writers:
        assert (suffix, shape(read_here(write(rows), f"a{suffix}"))) == (suffix, [rows])


def test_the_same_words_are_read_from_every_kind_of_paragraph():
    assert shape(read_here(word(p("One and more.")), "a.docx")) == shape(read_here(b"<p>One and more.</p>", "a.html"))
