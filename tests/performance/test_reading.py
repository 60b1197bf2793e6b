"""Workbooks of figures, wide and long, with all that people put into them; an answer for every cell that cannot be read."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from candour.kernel.intake.commands import confirm, decide, load, read, stage
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.kernel.rules import Refused
from candour.performance.intake.cells import read_cell, read_period
from candour.performance.models import Observation
from tests.factories import NOW, TODAY, House
from tests.performance.factories import a_measure

TITLE = "Emergency calls answered within 10 seconds"
WIDE = (
    ("Reference", "Measure", "March 2026", "Apr-26", "May 2026 (provisional)"),
    ("M-001", TITLE, 81.5, "1,204", "79.1 [r]"),
)


def workbook(rows: Sequence[Sequence[Any]], *, merged: Sequence[tuple[int, int, int, int, str]] = ()) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Figures")
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if value not in (None, ""):
                sheet.write(place, column, value)
    for area in merged:
        sheet.merge_range(*area)
    book.close()
    return out.getvalue()


def reading(rows: Sequence[Sequence[Any]], **more: Any) -> Reading:
    return read(read_document(workbook(rows, **more), "figures.xlsx"))


def lines(rows: Sequence[Sequence[str]]) -> Reading:
    """The same from CSV, which is quicker to read."""
    return read(read_document("\n".join(",".join(row) for row in rows).encode(), "figures.csv"), "measures")


def observed(found: Reading) -> list[tuple[Any, ...]]:
    names = ("area", "period", "value", "numerator", "denominator")
    return [tuple(one[name] for name in names) for record in found.records for one in record["observations"]]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("74.9", "number", "74.9"), ("1,204", "number", "1204"), ("£174,000", "number", "174000"), ("-3", "number", "-3"),
        ("74.9%", "number", "74.9"), ("74.9 p", "unreadable", None), ("74.9p", "number", "74.9"), ("0", "number", "0"),
        ("-", "none", None), ("–", "none", None), ("n/a", "none", None), ("[x]", "none", None), ("", "none", None),
        ("*", "hidden", None), ("[c]", "hidden", None), ("<5", "hidden", None), ("c", "hidden", None),
        ("about 70", "unreadable", None), ("74.9*", "unreadable", None), ("(3)", "unreadable", None),
        ("#REF!", "unreadable", None),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_printed_or_not_at_all(text: str, kind: str, number: str | None) -> None:
    found = read_cell(text)
    assert (found.kind, found.number if found.number is None else str(found.number)) == (kind, number)


def test_marks_say_provisional_and_revised() -> None:
    assert [read_cell(text).provisional for text in ("74.9 (p)", "74.9 provisional", "74.9p", "74.9")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert read_cell("74.9 [r]").revised
    assert read_cell("* (p)") == read_cell("*").__class__("hidden", None, True, False)


@pytest.mark.parametrize(
    ("text", "above", "first"),
    [
        ("September 2025", "", date(2025, 9, 1)), ("Sep-25", "", date(2025, 9, 1)), ("1 September 2025", "", date(2025, 9, 1)),
        ("2025-09", "", date(2025, 9, 1)), ("Q2 2025/26", "", date(2025, 7, 1)), ("Q4 2025/26", "", date(2026, 1, 1)),
        ("July to September 2025", "", date(2025, 7, 1)), ("2025/26", "", date(2025, 4, 1)),
        ("FY 2025-26", "", date(2025, 4, 1)),
        ("Sep", "2025", date(2025, 9, 1)), ("Jan", "2025/26", date(2026, 1, 1)), ("Sep", "", None), ("Measure", "", None),
        ("2025/27", "", None), ("July to October 2025", "", None),
    ],
)  # fmt: skip
def test_headings_name_periods(text: str, above: str, first: date | None) -> None:
    found = read_period(text, above)
    assert (found[0] if found else None) == first


def test_a_wide_workbook_with_months_as_headings_is_read() -> None:
    title = (0, 0, 0, 4, "Figures of the framework, published 12 June 2026")
    found = reading([(), (), *WIDE, (), ("* Small numbers are hidden",)], merged=[title])
    assert found.kind == "measures"
    assert observed(found) == [
        ("", "2026-03-01", "81.5", None, None), ("", "2026-04-01", "1204", None, None), ("", "2026-05-01", "79.1", None, None),
    ]  # fmt: skip
    newest = found.records[0]["observations"][-1]
    assert (newest["provisional"], newest["revised"]) == (True, True)
    assert [one.why for one in found.set_aside] == ["Above the headings", "A note: no figures stand in this row"]
    assert (found.meta["date"], list(found.findings)) == ("2026-06-12", [])


def test_rows_of_parts_under_merged_labels_and_a_merged_year_belong_together() -> None:
    rows = [
        ("", "", "", "", ""),
        ("Ref", "Indicator", "Row", "Apr", "May"),
        ("", "", "Numerator", 9, 19),
        ("", "", "Denominator", 10, 20),
    ]
    merged = [(0, 3, 0, 4, "2026/27"), (2, 0, 3, 0, "M-001"), (2, 1, 3, 1, TITLE)]
    assert observed(reading(rows, merged=merged)) == [
        ("", "2026-04-01", None, "9", "10"), ("", "2026-05-01", None, "19", "20"),
    ]  # fmt: skip


def test_a_long_table_is_read_with_areas_parts_and_status() -> None:
    found = lines(
        [
            ("Ref", "Measure", "District", "Month", "Figure", "Numerator", "Denominator", "Status"),
            ("M-001", TITLE, "North", "April 2026", "", "9", "10", "Final"),
            ("M-001", TITLE, "South", "April 2026", "*", "", "", "p"),
            ("M-001", TITLE, "Total", "April 2026", "85.0%", "", "", "Provisional"),
        ]
    )
    assert observed(found) == [
        ("", "2026-04-01", "85.0", None, None), ("North", "2026-04-01", None, "9", "10"),
        ("South", "2026-04-01", None, None, None),
    ]  # fmt: skip
    assert [one["suppressed"] for one in found.records[0]["observations"]] == [False, False, True]
    assert [one.code for one in found.findings] == ["figures-hidden"]


def test_every_cell_that_cannot_be_read_is_an_error_with_its_place() -> None:
    found = reading([*WIDE, ("M-002", "Other", "about 70", "see note", 5)])
    assert [(one.code, one.severity, one.reference, str(one.place), one.says) for one in found.findings] == [
        ("cell-unreadable", "error", "M-002", "Sheet Figures, row 3", "about 70"),
        ("cell-unreadable", "error", "M-002", "Sheet Figures, row 3", "see note"),
    ]
    assert [record["reference"] for record in found.records] == ["M-001", "M-002"]


def test_what_contradicts_itself_is_said() -> None:
    found = lines(
        [
            ("Ref", "Month", "Figure", "Numerator", "Denominator"),
            ("M-001", "April 2026", "90%", "1", "2"),
            ("M-001", "April 2026", "91%", "", ""),
            ("M-001", "May 2026", "", "3", "0"),
            ("M-001", "Smarch 2026", "5", "", ""),
        ]
    )
    assert [(one.code, one.severity) for one in found.findings] == [
        ("period-unreadable", "error"), ("figure-twice", "error"), ("figure-differs", "warning"), ("figure-differs", "warning"),
    ]  # fmt: skip


# Saving


@pytest.mark.django_db
def test_figures_are_loaded_by_reference_or_title_and_what_is_not_defined_is_told(house: House) -> None:
    a_measure(house)
    a_measure(house, title="Calls given up")
    found = lines(
        [
            ("Ref", "Measure", "Apr 2026", "May 2026"),
            ("M-001", "", "81", "82"),
            ("", "Calls given up", "8", "9"),
            ("M-077", "Nothing known", "1", "2"),
        ]
    )
    saved = load(found, organisation=house.office, actor=house.actors["policy"], at=NOW, effective=TODAY)
    assert saved.changed == ("M-001", "Calls given up")
    assert [words[:5] for words in saved.conflicts] == ["M-077"]
    assert Observation.objects.count() == 4
    again = load(found, organisation=house.office, actor=house.actors["policy"], at=NOW, effective=TODAY)
    assert (again.changed, len(again.unchanged)) == ((), 3)


@pytest.mark.django_db
def test_nothing_is_saved_while_a_bad_cell_is_undecided_and_then_the_cell_is_left_out(house: House) -> None:
    a_measure(house)
    found = lines([("Ref", "Apr 2026", "May 2026"), ("M-001", "81", "about 70")])
    given: dict[str, Any] = {"actor": house.actors["policy"], "at": NOW}
    staged = stage(found, organisation=house.office, effective=TODAY, **given)
    with pytest.raises(Refused, match="cannot be read"):
        confirm(staged, **given)
    assert Observation.objects.count() == 0
    decide(staged, decisions={"0": "0"}, effective=TODAY, **given)
    confirm(staged, **given)
    assert [(one.period, one.value) for one in Observation.objects.all()] == [(date(2026, 4, 1), 81)]


@pytest.mark.django_db
def test_a_hidden_measure_is_read_like_one_that_never_was(house: House) -> None:
    a_measure(house, sensitivity="restricted", owner=house.posts["policy"])
    found = lines([("Ref", "Apr 2026"), ("M-001", "81"), ("M-900", "3")])
    from candour.performance.intake.save import compare

    matches = compare(found.records, organisation=house.office, effective=TODAY, actor=house.actors["reader"])
    assert [(one.match, one.plan, one.conflicts[0][5:]) for one in matches] == [
        ("Not defined", (), matches[0].conflicts[0][5:]),
    ] * 2
    seen = compare(found.records, organisation=house.office, effective=TODAY, actor=house.actors["policy"])
    assert [one.match for one in seen] == ["Same record", "Not defined"]
    assert seen[0].plan == ("1 new figure",)
