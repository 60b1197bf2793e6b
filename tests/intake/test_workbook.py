"""The readers of workbooks, on workbooks of the kinds that offices keep."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from candour.kernel.intake.document import Document
from candour.kernel.intake.oldbook import read_oldbook
from candour.kernel.intake.sheet_rows import cells_of, quick_rows
from candour.kernel.intake.word import MACROS
from candour.kernel.intake.workbook import COMMENT, NO_RESULT, read_workbook
from tests.intake.makers import old_workbook, relations, shape, spans, unzipped, zipped


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(fill, **options) -> Document:
    """The document of a workbook whose one sheet, Risks, was filled."""
    book = openpyxl.Workbook(**options)
    sheet = book.active
    sheet.title = "Risks"
    fill(sheet)
    return read_workbook(saved(book), name="register.xlsx")


def shown(value: object, code: str) -> str:
    def fill(sheet):
        sheet["A1"] = value
        sheet["A1"].number_format = code

    return read(fill).tables[0].rows[0].cells[0].text


# 1: titles, two heading rows, merged cells


def test_headings_over_headings_and_labels_over_rows_keep_their_spans():
    def fill(sheet):
        for row in (
            ["Register as at 26 October 2023"],
            [],
            ["Ref", "Residual", None, "Owner"],
            [None, "Impact", "Likelihood"],
        ):
            sheet.append(row)
        sheet.append(["A1", 4, 3, "CFO"])
        sheet.append([None, 3, 3, "CEO"])
        for area in ("A1:D1", "A3:A4", "B3:C3", "D3:D4", "A5:A6"):
            sheet.merge_cells(area)

    rows = spans(read(fill).tables[0])
    assert rows == [
        [("Register as at 26 October 2023", 4, 1), ("", 0, 1), ("", 0, 1), ("", 0, 1)],
        [("Ref", 1, 2), ("Residual", 2, 1), ("", 0, 1), ("Owner", 1, 2)],
        [("", 1, 0), ("Impact", 1, 1), ("Likelihood", 1, 1), ("", 1, 0)],
        [("A1", 1, 2), ("4", 1, 1), ("3", 1, 1), ("CFO", 1, 1)],
        [("", 1, 0), ("3", 1, 1), ("3", 1, 1), ("CEO", 1, 1)],
    ]


def test_a_row_is_placed_as_the_spreadsheet_numbers_it():
    def fill(sheet):
        sheet["B3"], sheet["C3"], sheet["B7"] = "Ref", "Title", "A1"

    rows = read(fill).tables[0].rows
    assert [(str(row.place), row.texts) for row in rows] == [
        ("Sheet Risks, row 3", ("Ref", "Title")),
        ("Sheet Risks, row 7", ("A1", "")),
    ]


# 2: values as shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (-4, "General", "-4"),
        (12.0, "0.00", "12"),
        (0.85, "0%", "85%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (-1234, '"£"#,##0', "-£1,234"),
        (99, "[$£-809]#,##0.00", "£99.00"),
        (31, "000", "031"),
        (1234567, "#,##0", "1,234,567"),
        (date(2023, 10, 26), "dd/mm/yyyy", "26 October 2023"),
        (datetime.combine(date(2023, 10, 26), time(14, 30)), "dd/mm/yyyy hh:mm", "26 October 2023 14:30"),
        (date(2023, 10, 1), "mmm-yy", "October 2023"),
        (date(2023, 10, 1), "yyyy", "2023"),
        (date(2023, 10, 26), "d-mmm", "26 October 2023"),
        (time(9, 5), "hh:mm", "09:05"),
        (True, "General", "TRUE"),
        ("12", "General", "12"),
        ("Line one\nLine two", "General", "Line one Line two"),
        ("R&D 5 < 6 > 4", "General", "R&D 5 < 6 > 4"),
    ],
)
def test_a_value_is_read_as_it_is_shown(value, code, text):
    assert shown(value, code) == text


def test_days_counted_from_1904_are_the_same_days():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    book.active["A1"] = date(2023, 10, 26)
    assert read_workbook(saved(book)).tables[0].rows[0].texts == ("26 October 2023",)


def test_lines_of_a_cell_are_blocks_and_escaped_signs_are_signs():
    found = read(lambda sheet: sheet.append(["- One\n- Two", "a_x000D_b"])).tables[0].rows[0]
    assert [(one.kind, one.text) for one in found.cells[0].items] == [("item", "One"), ("item", "Two")]
    assert found.texts[1] == "a b"


# 3: hidden rows, columns and sheets; several sheets


def test_what_is_hidden_is_read_and_marked():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Ref", "Title", "Note"], ["A1", "One", "n"], ["A2", "Two", "n"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("Old")
    other["A1"] = "A9"
    other.sheet_state = "veryHidden"
    found = read_workbook(saved(book))
    assert [[cell.marks for cell in row.cells] for row in found.tables[0].rows] == [
        [(), (), ("hidden",)],
        [(), (), ("hidden",)],
        [("hidden",)] * 3,
    ]
    assert (found.tables[1].place.sheet, found.tables[1].rows[0].cells[0].marks) == ("Old", ("hidden",))


# 4: colours, strike-through, comments, formulas


def test_strike_through_and_colours_are_marks():
    def fill(sheet):
        sheet.append(["Gone", "Red", "High", None, "x"])
        sheet["A1"].font = Font(strike=True)
        sheet["B1"].font = Font(color="FFC00000")
        sheet["C1"].fill = PatternFill("solid", fgColor="FFFF0000")
        sheet["D1"].fill = PatternFill("solid", fgColor="FFFFC000")

    assert [cell.marks for cell in read(fill).tables[0].rows[0].cells] == [
        ("strike",),
        ("colour:red",),
        ("fill:red",),
        ("fill:amber",),
        (),
    ]


def test_a_part_of_a_cell_that_is_struck_is_told_apart():
    def fill(sheet):
        sheet["A1"] = CellRichText(TextBlock(InlineFont(strike=True), "12 "), TextBlock(InlineFont(), "8"))

    block = read(fill).tables[0].rows[0].cells[0].items[0]
    assert (block.text, block.struck, block.marks) == ("12 8", "12", ())


def test_comments_are_kept_with_their_cell():
    def fill(sheet):
        sheet["C7"] = "4"
        sheet["C7"].comment = Comment("Is this right?", "Anybody")

    found = read(fill)
    assert [(one.text, one.why, str(one.place)) for one in found.set_aside] == [
        ("C7: Is this right?", COMMENT, "Sheet Risks")
    ]
    assert found.tables[0].rows[0].texts == ("4",)


def test_formulas_are_read_by_their_kept_result_and_told_where_there_is_none():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Risks").write_formula("A1", "=4*3", None, 12)
    book.close()
    assert read_workbook(out.getvalue()).tables[0].rows[0].texts == ("12",)

    found = read(lambda sheet: sheet.append(["A1", 4, "=B1*3", "=C1+1", "=C1+2", "=C1+3"]))
    row = found.tables[0].rows[0]
    assert (row.texts[:3], row.cells[2].raw, row.cells[2].marks) == (("A1", "4", ""), "=B1*3", ("formula",))
    assert [(one.text, one.why) for one in found.set_aside] == [("C1, D1, E1 and 1 more", NO_RESULT)]


# 5: several tables on a sheet


def test_a_key_beside_a_register_is_a_table_of_its_own():
    def fill(sheet):
        rows = [
            ["Ref", "Title", None, "Score", "Band"],
            ["A1", "One", None, "9", "High"],
            ["A2", "Two"],
            ["A3", "Three"],
        ]
        for row in rows:
            sheet.append(row)

    found = read(fill)
    assert shape(found) == [
        [["Ref", "Title"], ["A1", "One"], ["A2", "Two"], ["A3", "Three"]],
        [["Score", "Band"], ["9", "High"]],
    ]
    assert [str(table.rows[1].place) for table in found.tables] == [
        "Sheet Risks, table 1, row 2",
        "Sheet Risks, table 2, row 2",
    ]


def test_a_narrow_blank_column_inside_a_register_parts_nothing():
    def fill(sheet):
        for row in (
            ["Ref", "Title", None, "Score", "Owner"],
            ["A1", "One", None, "9", "CFO"],
            ["A2", "Two", None, "4", "CEO"],
        ):
            sheet.append(row)

    assert shape(read(fill)) == [
        [["Ref", "Title", "", "Score", "Owner"], ["A1", "One", "", "9", "CFO"], ["A2", "Two", "", "4", "CEO"]]
    ]


def test_tables_above_each_other_stay_in_one_with_their_row_numbers():
    def fill(sheet):
        for row in (["Live"], ["Ref", "Title"], ["A1", "One"], [], ["Closed"], ["Ref", "Title"], ["A2", "Two"]):
            sheet.append(row)

    rows = read(fill).tables[0].rows
    assert [row.place.row for row in rows] == [1, 2, 3, 5, 6, 7]


# 6: workbooks out of the ordinary


def test_a_sheet_that_claims_a_million_rows_costs_what_it_holds():
    def fill(sheet):
        sheet["A1"], sheet["XFD1048576"] = "Ref", "stray"

    found = read(fill)
    assert [(row.place.row, len(row.cells)) for row in found.tables[0].rows] == [(1, 16384), (1048576, 16384)]


def test_macros_are_told_and_the_values_are_read():
    parts = unzipped(saved_with("A1"))
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", relations({"m": "vbaProject vbaProject.bin"}).split(">", 1)[1].encode()
    )
    found = read_workbook(zipped(parts))
    assert (shape(found), [one.why for one in found.set_aside]) == ([[["A1"]]], [MACROS])


def saved_with(*values: object) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(values))
    return saved(book)


def test_a_workbook_with_prefixes_is_read_as_one_without():
    parts = unzipped(saved_with("A1", 4, date(2023, 10, 26)))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=").encode()
    assert shape(read_workbook(zipped(parts))) == [[["A1", "4", "26 October 2023"]]]


def test_a_row_written_in_another_shape_is_read_too():
    parts = unzipped(saved_with("A1", 4))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace('<c r="B1"', "<c foo='1' r='B1'").encode()
    assert shape(read_workbook(zipped(parts))) == [[["A1", "4"]]]


def test_the_quick_way_through_a_sheet_gives_what_the_slow_way_gives():
    from lxml import etree

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Ref", "R&D <5>", 4, 0.5, True, ""])
    sheet.write_formula(1, 0, '=A1&"<"', None, "x<y")
    sheet.write_row(3, 2, ["ß – €", -1])
    sheet.set_row(3, None, None, {"hidden": True})
    book.close()
    part = unzipped(out.getvalue())["xl/worksheets/sheet1.xml"]
    quick = [row for row in quick_rows(io.BytesIO(part), "x") if not isinstance(row, str)]
    slow = [
        (int(row.get("r")), row.get("hidden") == "1", cells_of(row)) for row in etree.fromstring(part).iter("{*}row")
    ]
    assert [tuple(row) for row in quick] == slow


def test_a_workbook_of_the_old_kind_is_read():
    found = read_oldbook(old_workbook([["Ref", "Score", "Rate"], ["A1", 12.0, 0.25], [], ["A2", "é–", 7]]))
    assert shape(found) == [[["Ref", "Score", "Rate"], ["A1", "12", "0.25"], ["A2", "é–", "7"]]]
    assert [str(row.place) for row in found.tables[0].rows] == [f"Sheet Risks, row {n}" for n in (1, 2, 4)]


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def open_document(cells: str) -> bytes:
    content = (
        f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0" '
        f'xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Risks">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mime, "META-INF/manifest.xml": "<manifest/>", "content.xml": content})


def test_an_opendocument_workbook_is_read():
    def cell(text: str, more: str = 'office:value-type="string"') -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    day = 'office:value-type="date" office:date-value="2023-10-26"'
    rows = f"<table:table-row>{cell('A1')}{cell('26/10/23', day)}</table:table-row>"
    assert shape(read_oldbook(open_document(rows))) == [[["A1", "26 October 2023"]]]


def test_of_the_sheets_only_those_asked_for_are_read():
    book = openpyxl.Workbook()
    for name in ("Register", "Notes", "Candour"):
        book.create_sheet(name)["A1"] = name
    found = read_workbook(saved(book), sheets=("Register", "Candour"))
    assert [table.place.sheet for table in found.tables] == ["Register", "Candour"]
    assert len(read_workbook(saved(book)).tables) == 3
