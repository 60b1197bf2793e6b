from hypothesis import given, settings

from candour.kernel.papers.document import (
    Column,
    Detail,
    Document,
    Group,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    bullets,
    cell,
    fact,
    para,
    words,
)
from candour.kernel.papers.text import render
from tests.papers.reading import missing
from tests.papers.samples import BODY, everything
from tests.papers.strategies import documents


def lines(*blocks) -> list[str]:
    """The lines of the blocks, without the head and the foot that every paper has."""
    return render(Document("T", BODY, blocks, draft=False)).splitlines()[6:-2]


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_word_of_a_paper_is_in_its_text(document):
    assert missing(document, render(document)) == []


@settings(max_examples=60, deadline=None)
@given(documents())
def test_a_row_has_as_many_cells_as_its_header(document):
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for table in tables:
        # By itself: another table, or a figure's, may have the same header.
        text = lines(table)
        if len(table.columns) > 2:
            header = "\t".join(column.header for column in table.columns)
            start = text.index(header) + 1
            counts = {line.count("\t") for line in text[start : start + len(table.rows)]}
            assert counts <= {len(table.columns) - 1}


def test_a_table_is_its_caption_its_header_and_its_rows():
    table = Table(
        "Risks", (Column("Reference"), Column("Score")), (Group("High"), Row((cell("A1"), cell("High", badge=9))))
    )
    assert lines(table) == ["Risks", "Reference\tScore", "High\t", "A1\t9 High"]


def test_lists_in_a_cell_follow_each_other_on_one_line():
    controls = bullets("one", Item(words("two"), bullets("beneath").items))
    updates = bullets("02/11/2022 - first", "24/09/2023 - next", marker="update")
    detail = Detail(
        (Column("URN"), Column("Owner"), Column("Score")),
        (cell("A1"), cell("Chief Executive"), cell(16)),
        (fact("Title", "Cyber attack"), fact("Controls", controls), fact("Latest update", updates)),
    )
    assert lines(detail) == [
        "URN\tOwner\tScore",
        "A1\tChief Executive\t16",
        "Title\tCyber attack\t",
        "Controls\t• one • two ◦ beneath\t",
        "Latest update\t➤ 02/11/2022 - first ➤ 24/09/2023 - next\t",
    ]


def test_lists_of_their_own_have_a_line_for_each_point():
    assert lines(bullets("one", Item(words("two"), bullets("beneath").items))) == ["• one", "• two", "  ◦ beneath"]


def test_headings_and_numbered_paragraphs_stand_on_their_own_lines():
    assert lines(Heading(1, "Risks", number="Appendix A"), para("To note.", number=2)) == [
        "Appendix A: Risks",
        "",
        "2. To note.",
    ]


def test_a_line_break_or_a_tab_never_breaks_a_row():
    table = Table("Risks", (Column("A"), Column("B")), (Row((cell("one\ntwo\tthree"), cell("four"))),))
    assert lines(table)[2] == "one two three\tfour"
    assert lines(Paragraph((Run("one\ntwo"),))) == ["one two"]


def test_the_marking_and_the_draft_stand_where_each_page_begins_and_at_the_end():
    document = Document("T", BODY, (para("one"), PageBreak(), para("two")))
    assert render(document) == (
        "OFFICIAL\nDRAFT, NOT ISSUED\n\n" + BODY + "\n\nT\n\none\n\nOFFICIAL\nDRAFT, NOT ISSUED\n\ntwo\n\n"
        "OFFICIAL\nDRAFT, NOT ISSUED\n"
    )
    assert "DRAFT" not in render(everything(draft=False))
