"""Tables in PDFs by what the page shows: lines, painted areas, or nothing but white space."""

import pytest

from candour.kernel.intake.document import Table
from candour.kernel.intake.pdf import read_pdf
from candour.kernel.intake.tidy import REPEATED, tidy
from tests.intake.typeset import PAGE, pdf, read, rows

REGISTER = """
  [Ref], [Title of the risk], [Owner], [Score],
  [R1], [Reserves fall below the floor that the finance plan sets for the end of the year], [Chief Finance Officer], [12],
  [R2], [Cyber attack], [Chief Executive], [9],
  [R3], [Records are kept for longer than the schedule of the office allows], [Data Protection Officer], [6],
"""
READ = [
    ("Ref", "Title of the risk", "Owner", "Score"),
    (
        "R1",
        "Reserves fall below the floor that the finance plan sets for the end of the year",
        "Chief Finance Officer",
        "12",
    ),
    ("R2", "Cyber attack", "Chief Executive", "9"),
    ("R3", "Records are kept for longer than the schedule of the office allows", "Data Protection Officer", "6"),
]
COLUMNS = "columns: (1.5cm, 6cm, 4cm, 2cm)"
ZEBRA = "fill: (x, y) => if y == 0 { navy.lighten(60%) } else if calc.odd(y) { luma(225) } else { luma(242) }"
LOOKS = {
    "ruled": f"#table({COLUMNS}, {REGISTER})",
    "ruled along the rows alone": f"#table({COLUMNS}, stroke: (x, y) => (bottom: 0.5pt), {REGISTER})",
    "ruled thickly": f"#table({COLUMNS}, stroke: 2pt + blue, {REGISTER})",
    "shaded": f"#table({COLUMNS}, stroke: none, {ZEBRA}, {REGISTER})",
    "shaded with white between": f"#table({COLUMNS}, stroke: none, gutter: 2pt, {ZEBRA}, {REGISTER})",
    "ruled at its head and foot": f"#table({COLUMNS}, stroke: none, row-gutter: 6pt, table.hline(), "
    + REGISTER.replace("[R1]", "table.hline(), [R1]")
    + " table.hline())",
    "not ruled": f"#grid({COLUMNS}, column-gutter: 10pt, row-gutter: 14pt, {REGISTER})",
    "ruled with narrow cells": f"#table({COLUMNS}, inset: 2pt, {REGISTER})",
    "ruled and centred": f"#table({COLUMNS}, align: center + horizon, {REGISTER})",
    "double ruled": f"#table({COLUMNS}, gutter: 3pt, {REGISTER})",
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_table_is_read_cell_by_cell_however_it_is_drawn(look):
    document = read(f"Words before the table.\n\n{LOOKS[look]}\n\nWords after it.")
    assert [rows(table) for table in document.tables] == [READ]
    assert [block.text for block in document.paragraphs] == ["Words before the table.", "Words after it."]


def test_a_row_stands_at_its_page_table_and_row():
    document = read(f"One.\n\n{LOOKS['ruled']}\n\nTwo.\n\n{LOOKS['shaded']}")
    assert [str(table.rows[2].place) for table in document.tables] == [
        "Page 1, table 1, row 3",
        "Page 1, table 2, row 3",
    ]


def test_tables_below_each_other_stay_apart():
    document = read(f"{LOOKS['ruled']}\n{LOOKS['shaded']}\nWords.\n{LOOKS['ruled along the rows alone']}")
    assert [rows(table) for table in document.tables] == [READ, READ, READ]


def test_two_tables_beside_each_other_stay_two():
    document = read(
        "#grid(columns: 2, column-gutter: 1cm, table(columns: 2, [A], [B], [1], [2]), table(columns: 2, [C], [D], [3], [4]))"
    )
    assert [rows(table) for table in document.tables] == [[("A", "B"), ("1", "2")], [("C", "D"), ("3", "4")]]


def test_a_cell_over_several_columns_or_rows_says_so():
    document = read(
        "#table(columns: 3, table.cell(colspan: 3)[Risk and its score over all of the columns], "
        "table.cell(rowspan: 2)[Label], [One], [4], [Two], [6])"
    )
    (table,) = document.tables
    assert rows(table) == [
        ("Risk and its score over all of the columns", "", ""),
        ("Label", "One", "4"),
        ("", "Two", "6"),
    ]
    assert [(cell.columns, cell.rows) for cell in table.rows[0].cells] == [(3, 1), (0, 1), (0, 1)]
    assert [row.cells[0].rows for row in table.rows] == [1, 2, 0]


def test_a_label_and_value_block_under_a_row_of_figures_is_one_table():
    document = read(
        "#set block(spacing: 0pt)\n#table(columns: (1fr, 1fr, 1fr), [Ref], [Owner], [Score], [R1], [Chief Executive], [9])\n"
        "#table(columns: (3cm, 1fr), [Title], [Cyber attack], [Controls], [Firewall])"
    )
    (table,) = document.tables
    assert [row.texts[: row.width] for row in table.rows] == [
        ("Ref", "Owner", "Score"),
        ("R1", "Chief Executive", "9"),
        ("Title", "Cyber attack"),
        ("Controls", "Firewall"),
    ]


def test_a_box_around_words_is_no_table():
    document = read("#rect(width: 100%)[One risk is restricted.]\n\n#block(fill: luma(230), inset: 8pt)[A note.]")
    assert document.tables == ()
    assert [block.text for block in document.paragraphs] == ["One risk is restricted.", "A note."]


def test_a_line_under_a_heading_is_no_table():
    document = read("= Summary\n#line(length: 100%)\nThere are two risks.\n#line(length: 100%)")
    assert document.tables == ()


def test_a_table_on_a_landscape_page_is_read():
    document = read("#set page(flipped: true)\n" + LOOKS["ruled"])
    assert rows(document.tables[0]) == READ


def test_a_page_turned_by_the_file_is_read_as_it_is_seen():
    import io

    import pypdf

    from tests.intake.typeset import written

    for turn in (90, 180, 270):
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(LOOKS["ruled"]))))
        page = writer.pages[0]
        page.add_transformation(
            pypdf.Transformation().rotate(turn).translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn])
        )
        wide, high = (842, 595) if turn != 180 else (595, 842)
        page.mediabox = page.cropbox = pypdf.generic.RectangleObject((0, 0, wide, high))
        page.rotate(turn)
        assert rows(read_pdf(written(writer)).tables[0]) == READ


def test_headings_that_stand_upright_on_their_side_are_read():
    document = read(
        "#table(columns: 3, [Ref], rotate(-90deg, reflow: true)[Impact of it], rotate(90deg, reflow: true)[Likelihood],"
        " [R1], [4], [3])"
    )
    assert rows(document.tables[0]) == [("Ref", "Impact of it", "Likelihood"), ("R1", "4", "3")]


def test_bullets_and_paragraphs_in_a_cell_are_blocks():
    document = read(
        "#table(columns: (3cm, 8cm), [Controls], [\n"
        "- The strategy, with oversight by the finance leads of both organisations, is tested each year\n"
        "  - inner point\n- Second control\n], [Update], [First paragraph of it.\n\nSecond paragraph of it.])"
    )
    (table,) = document.tables
    assert [(one.kind, one.depth, one.text) for one in table.rows[0].cells[1].items] == [
        ("item", 0, "The strategy, with oversight by the finance leads of both organisations, is tested each year"),
        ("item", 1, "inner point"),
        ("item", 0, "Second control"),
    ]
    assert [one.text for one in table.rows[1].cells[1].items] == ["First paragraph of it.", "Second paragraph of it."]


def test_colour_and_strike_through_are_marks():
    document = read(
        '#table(columns: 2, table.cell(fill: rgb("#f2b544"))[12 Medium], '
        "[- #strike[Old control that has gone]\n- #text(fill: red)[New control]\n- Control of #strike[six] seven parts])"
    )
    figure, controls = document.tables[0].rows[0].cells
    assert figure.marks == ("fill:amber",)
    assert [(one.text, one.marks, one.struck) for one in controls.items] == [
        ("Old control that has gone", ("strike",), ""),
        ("New control", ("colour:red",), ""),
        ("Control of six seven parts", (), "six"),
    ]


def test_a_badge_in_a_cell_is_no_cell_of_its_own():
    document = read(
        "#table(columns: (2cm, 5cm), [Score], [#box(fill: red, inset: 3pt, radius: 0pt)[12] High], [Owner], [Chief Executive])"
    )
    assert rows(document.tables[0]) == [("Score", "12 High"), ("Owner", "Chief Executive")]


LONG = ", ".join(f"[R{n}], [Risk {n} of the register, in a few words], [{n}]" for n in range(1, 91))


@pytest.mark.parametrize("look", ["", "stroke: (x, y) => (bottom: 0.5pt), ", f"stroke: none, {ZEBRA}, "])
@pytest.mark.parametrize("header", [True, False])
def test_a_table_broken_over_pages_is_one_table_with_its_header_once(look, header):
    head = "table.header([Ref], [Title], [Score]), " if header else "[Ref], [Title], [Score], "
    page = PAGE + "#set page(header: [OFFICIAL], footer: context [Page #counter(page).display()])\n"
    document = tidy(read(f"#table(columns: (2cm, 10cm, 2cm), {look}{head}{LONG})", page=page))
    (table,) = document.tables
    assert rows(table) == [
        ("Ref", "Title", "Score"),
        *((f"R{n}", f"Risk {n} of the register, in a few words", str(n)) for n in range(1, 91)),
    ]
    assert len({row.place.page for row in table.rows}) > 2
    assert ([one.why for one in document.set_aside].count(REPEATED) > 1) is header


def test_a_row_cut_by_the_end_of_a_page_is_one_row():
    page = PAGE + "#set page(height: 10cm, header: [OFFICIAL], footer: context [Page #counter(page).display()])\n"
    words = " ".join(f"word{n}" for n in range(200))
    document = tidy(read(f"#table(columns: (2cm, 8cm), [Title], [Cyber attack], [Update], [{words}])", page=page))
    (table,) = document.tables
    assert rows(table) == [("Title", "Cyber attack"), ("Update", words)]


def test_tables_are_kept_in_the_order_of_the_page():
    kinds = [
        type(block)
        for block in read(f"One.\n\n{LOOKS['ruled']}\n\nTwo.\n\n{LOOKS['not ruled']}\n\nThree words, and more.").blocks
    ]
    assert [kind is Table for kind in kinds] == [False, True, False, True, False]
