"""Lists of inspections as offices keep them: Word tables, workbooks, CSV and text; what they contradict themselves in."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
import xlsxwriter

from candour.inspections.models import Grade, Inspection, InspectionLine
from candour.inspections.queries import items_of
from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.kernel.rules import Refused
from tests.factories import NOW, TODAY, House
from tests.inspections.factories import an_inspectorate

GRADES = (
    ("Inspection", "Date", "Area", "Grade"),
    ("PEEL 2018/19", "2 May 2019", "Investigating crime", "Requires improvement"),
    ("PEEL 2018/19", "", "Preventing crime", "Good"),
    ("PEEL 2023-25", "17/10/2024", "Investigating crime", "Adequate"),
    ("", "", "Managing offenders", "Ungraded"),
)
ASKED = (
    ("Inspection", "Date published", "Number", "Type", "Recommendation", "Lead", "Due date", "Status"),
    ("PEEL 2023-25", "17/10/2024", "CoC 1", "Cause of concern", "Victims wait", "Chief Executive", "31/12/2026", "Open"),
    ("", "", "Rec 1", "Recommendation", "Answer them within the hour", "Head of Communications", "Sep 2026", "In progress"),
    ("", "", "AFI 1", "AFI", "Keep records of reviews", "Nobody we know", "TBC", "Complete"),
)  # fmt: skip


def csv(rows: Any, before: str = "") -> bytes:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return "\n".join([*([before] if before else []), *lines]).encode()


def reading(rows: Any, before: str = "") -> Reading:
    return read(read_document(csv(rows, before), "list.csv"), "inspections")


def word(*tables: Any, paragraphs: tuple[str, ...] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(rows: Any) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Inspections")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def codes(found: Reading) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.says) for one in found.findings]


CLEAN = [
    (
        "PEEL 2018/19",
        "peel",
        "2019-05-02",
        [("Investigating crime", "Requires improvement"), ("Preventing crime", "Good")],
    ),
    ("PEEL 2023-25", "peel", "2024-10-17", [("Investigating crime", "Adequate"), ("Managing offenders", "Ungraded")]),
]


@pytest.mark.parametrize(
    ("content", "name"),
    [(csv(GRADES), "grades.csv"), (workbook(GRADES), "grades.xlsx"), (word(GRADES), "grades.docx"),
     ("\n".join("\t".join(row) for row in GRADES).encode(), "grades.txt")],
)  # fmt: skip
def test_grades_are_read_from_every_form_and_known_by_themselves(content: bytes, name: str) -> None:
    found = read(read_document(content, name))
    assert found.kind == "inspections"
    told = [
        (one["title"], one["kind"], one["date"], [(each["area"], each["grade"]) for each in one["grades"]])
        for one in found.records
    ]
    assert (told, codes(found), list(found.set_aside)) == (CLEAN, [], [])


def test_what_is_asked_is_read_with_its_sort_owner_day_and_what_it_stands_under() -> None:
    found = read(read_document(word(ASKED, paragraphs=("As at 30 June 2026",)), "asked.docx"), "inspections")
    (record,) = found.records
    names = ("number", "sort", "owner", "due", "due_text", "closed", "under")
    assert [tuple(item[name] for name in names) for item in record["items"]] == [
        ("CoC 1", "cause of concern", "Chief Executive", "2026-12-31", "31/12/2026", False, ""),
        ("Rec 1", "inspection", "Head of Communications", "2026-09-30", "Sep 2026", False, "CoC 1"),
        ("AFI 1", "afi", "Nobody we know", None, "", True, ""),
    ]  # fmt: skip
    assert (found.meta["date"], codes(found)) == ("2026-06-30", [])


@pytest.mark.parametrize(
    ("rows", "before", "finding"),
    [
        ((ASKED[0], ASKED[1], ASKED[3]), "", ("cause-alone", "warning", "CoC 1")),
        ((GRADES[0], ("PEEL", "2 May 2019", "Custody", "Adequate")), "", ("grade-off-scale", "error", "Adequate")),
        ((GRADES[0], ("PEEL", "2 May 2022", "Custody", "Fair")), "", ("grade-off-scale", "error", "Fair")),
        ((GRADES[0], ("PEEL", "31 June 2022", "Custody", "Good")), "", ("date-unreadable", "error", "31 June 2022")),
        ((*ASKED[:3], ("", "", "Rec 1", "Recommendation", "Twice", "", "", "")), "", ("number-repeated", "error", "Rec 1")),
        (ASKED, "Position at 1 October 2026", ("due-passed", "warning", "Sep 2026")),
        (ASKED, "It makes one cause of concern and 4 recommendations", ("total-differs", "warning", "4 recommendations")),
        ((*ASKED[:3], ("", "", "7", "", "Something", "", "", "")), "", ("kind-unsaid", "note", "7")),
    ],
)  # fmt: skip
def test_each_contradiction_is_found_and_nothing_else(rows: Any, before: str, finding: tuple[str, str, str]) -> None:
    content = word(rows, paragraphs=(before,)) if before else csv(rows)
    found = read(read_document(content, "list.docx" if before else "list.csv"), "inspections")
    assert codes(found) == [finding]


def test_rows_without_grade_or_item_are_set_aside_and_sections_name_the_inspection() -> None:
    rows = (
        ("Area", "Grade", "Note"), ("PEEL 2021/22, published 10 March 2022", "", ""), ("Custody", "Good", "Better"),
        ("Leadership", "", "To come"),
    )  # fmt: skip
    found = reading(rows)
    assert [(one["title"], one["date"], len(one["grades"])) for one in found.records] == [
        ("PEEL 2021/22", "2022-03-10", 1)
    ]
    assert [(one.text, one.why) for one in found.set_aside] == [
        ("Leadership | To come", "A row without a grade and without anything asked"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_list_is_loaded_through_commands_and_changes_nothing_the_second_time(house: House) -> None:
    said: dict[str, Any] = {"organisation": house.office, "actor": CANDOUR, "at": NOW, "effective": TODAY}
    with pytest.raises(Refused) as caught:
        load(reading(GRADES), **said)
    assert caught.value.message == "Set up the inspectorate first, as an organisation that inspects"
    an_inspectorate()
    assert load(reading(GRADES), **said).made == ("INS-001", "INS-002")
    assert load(reading(ASKED), **said).changed == ("INS-002",)
    again = [load(reading(rows), **said) for rows in (GRADES, ASKED)]
    assert [(one.made, one.changed) for one in again] == [((), ())] * 2
    assert [one.unchanged for one in again] == [("PEEL 2018/19", "PEEL 2023-25"), ("PEEL 2023-25",)]
    graded = Grade.objects.order_by("inspection", "position").values_list("area", "grade", "scale__name")
    assert list(graded) == [
        ("Investigating crime", 3, "Four grades"), ("Preventing crime", 2, "Four grades"),
        ("Investigating crime", 3, "Five grades"), ("Managing offenders", None, None),
    ]  # fmt: skip
    it = Inspection.objects.get(record__reference="INS-002")
    items = items_of([it.pk], actor=CANDOUR, today=TODAY)[it.pk]
    assert [(one.reference, one.sort, one.owner, one.due, one.under > 0, one.open) for one in items] == [
        ("INS-002/CoC 1", "cause of concern", "Chief Executive", date(2026, 12, 31), False, True),
        ("INS-002/Rec 1", "inspection", "Head of Communications", date(2026, 9, 30), True, True),
        ("INS-002/AFI 1", "afi", "", None, False, False),
    ]  # fmt: skip
    assert InspectionLine.objects.get(pk=it.pk).response_due is None  # its last day passed long before it was loaded
