"""Words that every kind of paper prints, and a paper as one stream of lines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.intake.lines import lines_of, tables_of
from candour.kernel.intake.printed import NUMBER, blank, counted, is_ditto, listed, read_number, words_key
from candour.kernel.intake.sniff import read_here
from candour.kernel.intake.tidy import tidy
from tests.intake.makers import p, tbl, tr, word

TEXT = b"""Tracker

\tSTORES
LIMITED ASSURANCE
\t4.1 Count the stock
\tLow Priority Recommendation: Count it
each month.
"""


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("28", 28),
        ("twenty-eight", 28),
        ("Twenty eight", 28),
        ("no", 0),
        ("nineteen", 19),
        ("ninety", 90),
        ("many", None),
    ],
)
def test_a_number_is_read_in_figures_and_in_words(said: str, number: int | None) -> None:
    assert read_number(said) == number


@given(st.integers(min_value=0, max_value=999))
def test_a_number_in_figures_is_itself(number: int) -> None:
    assert read_number(str(number)) == number
    assert re.fullmatch(NUMBER, str(number)) is not None


@pytest.mark.parametrize("said", ["-", "", "n/a", "TBC", "None"])
def test_signs_for_nothing_are_blank(said: str) -> None:
    assert blank(said)


def test_ditto_marks_and_keys_of_words() -> None:
    assert [is_ditto(sign) for sign in ("“", '"', "as above", "Stores")] == [True, True, True, False]
    assert words_key("Sample-check  of DETAILS.") == "sample check of details"
    assert (listed(["A", "B", "C"]), counted(1, "row"), counted(2, "row")) == ("A, B and C", "1 row", "2 rows")


def test_a_tracker_saved_as_text_and_its_table_in_word_give_the_same_lines() -> None:
    text = tidy(read_here(TEXT, "tracker.txt"))
    cells = (
        ("STORES", "LIMITED ASSURANCE"),
        ("4.1 Count the stock",),
        ("Low Priority Recommendation: Count it", "each month."),
    )
    row = tr(*(f"<w:tc>{''.join(p(line) for line in cell)}</w:tc>" for cell in cells))
    table = tidy(read_here(word(p("Tracker") + tbl(row)), "tracker.docx"))
    assert [line.words for line in lines_of(text)] == [line.words for line in lines_of(table)]
    opening = ["STORES", "4.1 Count the stock", "Low Priority Recommendation: Count it"]
    assert [line.words for line in lines_of(text) if line.opens] == opening
    assert [line.words for line in lines_of(table) if line.opens] == opening


def test_bookmarks_that_no_page_shows_are_left_out() -> None:
    lines = lines_of(read_here(b"[bookmark: _Hlk1][bookmark: _Hlk2]STORES are counted here.", "tracker.txt"))
    assert [line.words for line in lines] == ["STORES are counted here."]


def test_cells_saved_as_lines_are_no_table() -> None:
    document = read_here(b"\tOne\n\tTwo\n\nA\tB\nC\tD\n", "tracker.txt")
    assert [table.rows[0].texts for table in tables_of(document)] == [("A", "B")]
