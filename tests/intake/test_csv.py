"""The CSV reader: separators, encodings, quoted line breaks; and any table there and back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.intake.cells import even
from candour.kernel.intake.csvfile import read_csv, separator_of
from candour.kernel.intake.readers import read_document

ROWS = [["Ref", "Title", "Score"], ["A1", "Café, or; a | bar", "4"], ["A2", 'Said "no"\nand went', "-"]]


def written(rows: list[list[str]], separator: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_separator_and_encoding_gives_the_same_rows(separator, encoding):
    table = read_document(written(ROWS, separator, encoding), "register.csv").tables[0]
    assert [[cell.raw for cell in row.cells] for row in table.rows] == ROWS


def test_a_quoted_line_break_is_two_blocks_of_one_cell():
    cell = read_csv(written(ROWS, ",", "utf-8")).tables[0].rows[2].cells[1]
    assert [block.text for block in cell.items] == ['Said "no"', "and went"]


def test_a_row_is_placed_by_its_number_with_blank_rows_counted():
    rows = read_csv(b"Title\n\nRef,Name\nA1,One\n").tables[0].rows
    assert [str(row.place) for row in rows if row.width] == ["Row 1", "Row 3", "Row 4"]


def test_the_separator_that_a_spreadsheet_names_is_taken():
    assert separator_of("sep=;\na,b;c,d\n") == ";"


def test_a_quote_that_never_closes_loses_nothing():
    rows = read_csv(b'A1,"open\nA2,next\n').tables[0].rows
    assert [row.texts for row in rows if row.width] == [("A1", '"open'), ("A2", "next")]


def test_a_file_without_a_name_is_known_by_its_content():
    assert read_document(b"Ref;Title\nA1;One\nA2;Two\n").tables[0].rows[1].texts == ("A1", "One")


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=12)


@given(st.lists(st.lists(plain, min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_table_comes_back_cell_by_cell(rows):
    width = max(map(len, rows))
    full = [["Ref", *["Heading"] * (width - 1)], *([*row, *[""] * (width - len(row))] for row in rows)]
    found = read_csv(written(full, ",", "utf-8")).tables[0].rows
    assert [[cell.raw for cell in row.cells] for row in found] == full


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(content):
    document = read_csv(content)
    assert all(even(cell.raw) or not cell.text for table in document.tables for row in table.rows for cell in row.cells)
