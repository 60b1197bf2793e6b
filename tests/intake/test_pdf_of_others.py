"""Tables in PDFs of other programs: what the rules of the page and the ends of its pages do to them."""

import pytest

from candour.kernel.intake.tidy import tidy
from tests.intake.test_pdf_tables import LOOKS, READ
from tests.intake.typeset import PAGE, read, rows

SHORT = PAGE + "#set page(height: 9cm, header: [OFFICIAL], footer: context [Page #counter(page).display()])\n"
BARE = PAGE + "#set page(height: 9cm)\n"
ALONG = "stroke: (x, y) => (bottom: 0.5pt)"
BANDS = "stroke: none, fill: (x, y) => if calc.even(y) { luma(225) }"
STROKES = {"ruled": "stroke: 0.5pt", "along": ALONG, "bands": BANDS, "unruled": "stroke: none"}
CARD = [("Ref", "R1"), ("Owner", "Chief Executive"), ("Planned", ""), ("Update", "Nothing new"), ("Due", "1 May 2026")]


def cells(table):
    return ", ".join(f"[{text}]" for row in table for text in row)


def whole(document):
    return [[row.texts[: row.width] for row in table.rows] for table in tidy(document).tables]


def printed(table):
    """The rows without the empty cells at their end."""
    return [tuple(row[: max((n for n, text in enumerate(row, 1) if text), default=0)]) for row in table]


def cards(number):
    return [(label, f"R{n}" if label == "Ref" else value) for n in range(1, number + 1) for label, value in CARD]


def test_bullets_in_the_running_text_of_a_cell_begin_items():
    document = read("#table(columns: (3cm, 9cm), [Controls], [• Two locks #strike[• A guard] • An alarm])")
    items = document.tables[0].rows[0].cells[1].items
    assert [(one.kind, one.text, one.marks) for one in items] == [
        ("item", "Two locks", ()),
        ("item", "A guard", ("strike",)),
        ("item", "An alarm", ()),
    ]


@pytest.mark.parametrize("stroke", STROKES)
@pytest.mark.parametrize("page", [SHORT, BARE])
def test_cards_of_labels_and_values_run_on_over_pages_with_their_empty_values(stroke, page):
    document = read(f"#table(columns: (1fr, 3fr), {STROKES[stroke]}, {cells(cards(9))})", page=page)
    assert whole(document) == [printed(cards(9))]
    assert len({row.place.page for table in document.tables for row in table.rows}) > 2


@pytest.mark.parametrize("stroke", STROKES)
def test_the_last_line_of_a_cell_alone_on_the_next_page_belongs_to_it(stroke):
    words = " ".join(f"word{n}" for n in range(64))
    table = [("Ref", "Title", "Update"), ("R1", "Cyber attack", words)]
    source = f"#table(columns: (2cm, 4cm, 9cm), {STROKES[stroke]}, {cells(table)})"
    for points in range(0, 60, 12):
        document = read("Words.\n\n" * 3 + f"#v({points}pt)\n{source}", page=SHORT)
        assert whole(document) == [table]
        assert len({row.place.page for found in document.tables for row in found.rows}) > 1


@pytest.mark.parametrize("stroke", STROKES)
def test_two_rows_of_headings_are_repeated_and_told_apart_from_rows(stroke):
    head = [("", "", "Inherent", "", "Residual", ""), ("Ref", "Title", "I", "L", "I", "L")]
    body = [(f"R{n}", f"Risk {n} of the register", "4", "3", "2", "1") for n in range(1, 31)]
    table = f"table.header({cells(head)}), {cells(body)}"
    document = read(f"#table(columns: (2cm, 6cm, 2cm, 2cm, 2cm, 2cm), {STROKES[stroke]}, {table})", page=SHORT)
    assert whole(document) == [printed([*head, *body])]


def test_a_row_whose_cell_is_empty_on_the_next_page_keeps_its_column():
    body = [(f"R{n}", "Planned" if n < 9 else "", "Progress is made") for n in range(1, 13)]
    document = read(f"#table(columns: (2cm, 5cm, 8cm), {ALONG}, [Ref], [Actions], [Update], {cells(body)})", page=SHORT)
    assert whole(document) == [[("Ref", "Actions", "Update"), *body]]


@pytest.mark.parametrize("stroke", STROKES)
def test_tables_below_each_other_of_other_widths_stay_two(stroke):
    ranges = ["1% - 33%", "34% - 66%", "67% - 99%"]
    one = [("Impact", "Word", "Loss"), *zip("123", ["Low", "Moderate", "High"], ranges, strict=True)]
    two = [("Likelihood", "Word", "Loss"), *zip("123", ["Rare", "Odd", "Sure"], ranges, strict=True)]
    document = read("\n".join(f"#table(columns: 3, {STROKES[stroke]}, {cells(table)})" for table in (one, two)))
    assert whole(document) == [one, two]


def test_a_number_before_a_word_is_no_column():
    grid = [("", "1 Low", "2 High"), ("3 Sure", "3", "6"), ("2 Odd", "2", "4"), ("1 Rare", "1", "2")]
    for stroke in STROKES.values():
        assert whole(read(f"#table(columns: 3, {stroke}, {cells(grid)})")) == [grid]


@pytest.mark.parametrize("look", ["ruled", "shaded", "not ruled", "ruled along the rows alone"])
@pytest.mark.parametrize("angle", [90, 180, -90])
def test_a_page_whose_words_stand_on_their_side_is_read_as_it_would_stand(look, angle):
    words = f"Words before the table.\n\n{LOOKS[look]}\n\nWords after it."
    document = read(f"#rotate({angle}deg, reflow: true, block(width: 22cm)[{words}])")
    assert [rows(table) for table in document.tables] == [READ]
    assert [block.text for block in document.paragraphs] == ["Words before the table.", "Words after it."]


def narrow(words):
    return f"#table(columns: (2cm, 2.6cm), [Title], [{words}])"


def test_words_that_a_file_cuts_again_and_again_are_made_whole():
    (table,) = read(narrow("accounta- \\ bility notwith- \\ standing consider- \\ able doubts")).tables
    assert table.rows[0].texts == ("Title", "accountability notwithstanding considerable doubts")


def test_one_hyphen_at_the_end_of_a_line_may_be_the_words_own_and_stays_unless_the_word_is_known():
    """Nothing in such a file tells self-evident from a word cut in two: an eye has to know the word."""
    words = narrow("a consider- \\ able doubt")
    assert read(words).tables[0].rows[0].texts == ("Title", "a consider-able doubt")
    assert read("Considerable doubt.\n\n" + words).tables[0].rows[0].texts == ("Title", "a considerable doubt")


def test_a_footer_is_known_by_its_words_whatever_the_number_of_the_page():
    page = (
        PAGE + "#set page(height: 6cm, footer: context [Risk register #h(1fr) Page #counter(page).display() of 14])\n"
    )
    document = tidy(read("\n#pagebreak()\n".join(f"Words of page {n}." for n in range(1, 15)), page=page))
    assert [block.text for block in document.paragraphs] == [f"Words of page {n}." for n in range(1, 15)]


def test_short_lines_that_were_ended_on_purpose_stay_apart():
    document = read("15 - 25 High \\ 7 - 14 Medium \\ 1 - 6 Low\n\n" + " ".join(["Words that fill the line."] * 12))
    assert [block.text for block in document.paragraphs][:3] == ["15 - 25 High", "7 - 14 Medium", "1 - 6 Low"]
