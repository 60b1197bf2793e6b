"""How wide the columns of a paper's table are: no word breaks in two while there is room, and a date breaks before its year."""

from candour.kernel.papers.document import Column, Row, cell
from candour.kernel.papers.widths import column_widths

POINTS = 8.5
INSET = 190  # twips within a cell


def widths(headers: tuple[str, ...], *rows: tuple[str, ...], width: int) -> tuple[int, ...]:
    columns = tuple(Column(header, 10) for header in headers)
    return column_widths(columns, tuple(Row(tuple(map(cell, row))) for row in rows), width=width, points=POINTS)


def test_columns_have_their_shares_where_every_word_has_room() -> None:
    assert widths(("Ref", "Title"), ("A1", "Roof"), width=8000) == (4000, 4000)


def test_a_column_is_as_wide_as_its_longest_word_in_bold() -> None:
    # N .73, u .62, m .89, b .62, e .57 and r .39 of 170 twips, and what is within the cell beside them
    assert widths(("Number", "What"), ("1", "a b c"), width=1500) == (649 + INSET, 661)


def test_a_day_and_its_month_stay_together_where_there_is_room() -> None:
    # two figures and a space are 1.42 more than the month alone
    assert widths(("On", "What"), ("25 November 2024", "a b c"), width=2200) == (1084 + INSET, 926)
    assert widths(("On", "What"), ("the 25th of November", "a b c"), width=2200) == (1100, 1100)
    assert widths(("On", "What"), ("25 Nov 2024", "a b c"), width=1400) == (757, 643)


def test_where_a_date_has_no_room_for_that_its_words_are_what_counts() -> None:
    row = ("25 November 2024", "Understanding")
    assert widths(("On", "What"), row, width=2700) == (1102 + INSET, 1218 + INSET)
    assert widths(("On", "What"), row, width=2600) == (1002 + INSET, 1218 + INSET)


def test_columns_give_way_alike_where_the_words_need_more_than_there_is() -> None:
    assert widths(("Understanding", "Recommendation"), ("a", "b"), width=1000) == (500, 500)
