"""The tracker as a workbook, CSV and JSON: what it says, what may be answered, what is locked, what is hidden."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from candour.kernel.access import CANDOUR
from candour.kernel.papers.workbook.shape import HIDDEN
from candour.recommendations import commands
from candour.recommendations.commands import Due, Owner, Said
from candour.recommendations.models import Recommendation
from candour.recommendations.papers.export import RECOMMENDATION_EXPORT
from candour.recommendations.papers.workbook.columns import MARK
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation, with_priorities
from tests.recommendations.workbooks import HEADS, downloaded
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}


@standing
def tracker(house: House) -> None:
    """A1 of two owners, one of whom slipped; A2 with a date in words; A3 restricted, unanswered and without an owner."""
    with_priorities(house)
    slipped = [Due("31 March 2026", date(2026, 3, 31)), Due("May 2026", date(2026, 5, 31), "Late", "Audit Panel")]
    owners = [Owner(house.posts["owner"], slipped), Owner(house.posts["chief"], [Due("1/9/26", date(2026, 9, 1))])]
    told = [Said(date(2026, 2, 1), "February 2026", "Half of it", "The rest", "None", by=house.posts["owner"])]
    held: dict[str, Any] = {"response": "accepted", "priority": "High", "audit": "Fleet"}
    a_recommendation(house, reference="A1", title="Service the fleet", owners=owners, updates=told, **held)
    a_recommendation(
        house, reference="A2", title="Buy vans", text="=1+1", response="accepted",
        owners=[Owner(house.posts["chief"], [Due("ongoing")])],
    )  # fmt: skip
    a_recommendation(house, reference="A3", title="A claim", sensitivity="restricted")


def texts(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def column(book: Any, heading: str) -> list[Any]:
    place = [cell.value for cell in book["Answers"][1]].index(HEADS.get(heading, heading))
    return [row[place].value for row in book["Answers"].iter_rows(min_row=2)]


def book(house: House, name: str = "policy", query: str = "?sort=reference") -> Any:
    return downloaded(signed_in(house, name), query)


def test_each_owner_has_a_row_with_dates_of_its_own(house: House, tracker: None) -> None:
    shown = book(house)
    assert list(zip(column(shown, "Reference"), column(shown, "Owner"), column(shown, "Slips"), strict=True)) == [
        ("A1", "Head of Communications", 1),
        ("A1", "Chief Executive", 0),
        ("A2", "Chief Executive", 0),
        ("A3", "No post yet", 0),
    ]
    assert [getattr(value, "date", lambda value=value: value)() for value in column(shown, "Date now")] == [
        date(2026, 5, 31), date(2026, 9, 1), "ongoing", None,
    ]  # fmt: skip
    assert column(shown, "First date")[0].date() == date(2026, 3, 31)
    assert column(shown, "Said last time")[0] == "Achieved: Half of it\nLeft: The rest\nIn the way: None"
    assert [set(column(shown, key)) for key in HEADS] == [{None}] * 8


def test_only_what_owners_answer_is_open_and_only_where_it_may_be_answered(house: House, tracker: None) -> None:
    a_recommendation(house, reference="A4", response="accepted", proposed_on=date(2026, 6, 1))
    sheet = book(house)["Answers"]
    opened = {
        row[1].value: {sheet.cell(1, cell.column).value for cell in row if not cell.protection.locked}
        for row in sheet.iter_rows(min_row=2)
    }
    assert opened["A1"] == set(HEADS.values())
    assert opened["A3"] == set(HEADS.values()) - {HEADS["closure"]}  # whether it is accepted has not been said
    assert opened["A4"] == set()
    assert [name.title for name in book(house) if not name.protection.sheet] == ["Lists", HIDDEN]
    for name, query in (("reader", ""), ("policy", "?as_at=2026-06-14"), ("force_policy", "?body=all")):
        locked = book(house, name, query)
        assert [c for row in locked["Answers"].iter_rows() for c in row if not c.protection.locked] == []
        assert locked["Answers"].data_validations.dataValidation == []


def test_closure_is_chosen_and_each_question_says_what_it_wants(house: House, tracker: None) -> None:
    shown = book(house)
    rules = {
        shown["Answers"].cell(1, area.min_col).value: (rule, area.min_row, area.max_row)
        for rule in shown["Answers"].data_validations.dataValidation
        for area in rule.sqref.ranges
    }
    rule, first, last = rules[HEADS["closure"]]
    sheet, cells = rule.formula1.replace("$", "").split("!")
    assert ([cell.value for (cell,) in shown[sheet][cells]], first, last) == (["Yes", "No"], 2, 5)
    assert rules[HEADS["left"]][0].prompt == "Write ‘nothing’ if nothing is left."
    place = [cell.value for cell in shown["Answers"][1]].index(HEADS["date"]) + 1
    assert shown["Answers"].cell(2, place).number_format == "d mmmm yyyy"


def test_what_was_written_is_kept_on_a_sheet_that_nobody_sees(house: House, tracker: None) -> None:
    shown = book(house)
    kept = shown[HIDDEN]
    assert (kept.sheet_state, [cell.value for cell in kept[1][:3]]) == ("veryHidden", [MARK, "2026-06-15", "live"])
    reference, cells, locked = json.loads(kept.cell(2, 3).value)
    assert (reference, set(cells.values()), locked["now"], locked["slips"]) == ("A1", {""}, "31 May 2026", "1")
    assert shown["Answers"].column_dimensions["A"].hidden
    assert shown["Lists"].sheet_state == "veryHidden"


def test_the_other_sheets_tell_each_recommendation_once_every_update_and_the_counts(
    house: House, tracker: None
) -> None:
    shown = book(house)
    assert [(row[0], row[6]) for row in texts(shown["Tracker"])[1:]] == [
        ("A1", "Head of Communications, Chief Executive"),
        ("A2", "Chief Executive"),
        ("A3", None),
    ]
    assert [(row[0], row[2], row[3]) for row in texts(shown["Updates"])[1:]] == [
        ("A1", "February 2026", "Head of Communications")
    ]
    assert texts(shown["By report"])[1:] == [
        ["Fleet", 1, 1, 1, 0, 0],
        ["No report named", 2, 0, 0, 0, 0],
        ["All reports", 3, 1, 1, 0, 0],
    ]
    about = dict(texts(shown["How to use this"]))
    assert about["OFFICIAL-SENSITIVE"] == "Holds 1 restricted recommendation"
    assert about["How many"] == "3, in 4 rows: one for each owner, who has dates of its own"
    assert about["1. Answer"].startswith("Fill in the yellow cells of Answers, in the rows of your post.")


def test_no_cell_is_a_formula_or_a_link(house: House) -> None:
    for number, text in enumerate(["=1+1", "+44", "-1", "@SUM(A1)", "http://x.example/"]):
        owners = [Owner(house.posts["owner"], [Due(text)])]
        it = a_recommendation(house, title=text, reference=f"Z{number}", audit=text, text=text, owners=owners)
        commands.record_update(it, achieved=text, **BY)
    cells = [cell for sheet in book(house) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_the_list_leads_to_its_files_with_its_filters(house: House, tracker: None) -> None:
    client = signed_in(house, "policy")
    chief = house.posts["chief"].pk
    page = client.get(f"/recommendations/?owner={chief}&audit=Fleet")
    assert f'href="/recommendations/download.xlsx?owner={chief}&amp;audit=Fleet"' in page.content.decode()
    assert column(downloaded(client, f"?owner={chief}&audit=Fleet"), "Owner") == ["Chief Executive"]
    assert column(downloaded(client, f"?owner={chief}"), "Reference") == ["A1", "A2"]
    lines = list(
        csv.reader(StringIO(client.get("/recommendations/download.csv?q=vans").getvalue().decode("utf-8-sig")))
    )
    assert [(line[0], line[14]) for line in lines] == [("Reference", "Recommendation"), ("A2", "'=1+1")]
    wrong = client.get("/recommendations/download.xlsx?status=Odd")
    assert (wrong.status_code, wrong["Location"]) == (302, "/recommendations/?status=Odd")


def test_what_one_may_not_see_is_in_no_sheet(house: House, tracker: None) -> None:
    words = [str(c.value) for sheet in book(house, "reader") for row in sheet.iter_rows() for c in row]
    assert [word for word in words if word == "A3" or "claim" in word or "SENSITIVE" in word] == []
    assert "Bring a workbook back" not in said(signed_in(house, "reader").get("/recommendations/"))


def test_a_past_day_is_written_as_it_stood(house: House, tracker: None) -> None:
    it = Recommendation.objects.get(record__reference="A2")
    commands.record_update(it, achieved="Ordered", effective=date(2026, 6, 1), **BY)
    days = ("2026-05-31", "2026-06-01")
    told = [column(book(house, query=f"?as_at={day}&sort=reference"), "Said last time")[2] for day in days]
    assert told == [None, "Achieved: Ordered"]
    about = dict(texts(book(house, query="?as_at=2026-05-31")["How to use this"]))
    assert about["Every cell is locked"] == "This workbook shows a past day."


def test_the_files_ask_as_much_at_any_size(house: House, tracker: None) -> None:
    client = signed_in(house, "policy")
    addresses = [f"/recommendations/download.{end}" for end in ("xlsx", "csv", "xlsx?as_at=2026-06-14", "xlsx?q=fleet")]
    before = [questions(client, address) for address in addresses]
    for _ in range(3):
        a_recommendation(house, owners=[Owner(house.posts["owner"], [Due("TBC")])])
    assert [questions(client, address) for address in addresses] == before
    assert max(before) <= 12


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_an_export_holds_what_its_reader_may_see_and_the_same_rows_give_the_same_bytes(
    house: House, tracker: None, suffix: str
) -> None:
    def written(name: str, as_at: date | None = None) -> bytes:
        said: dict[str, Any] = {"organisation": house.office, "as_at": as_at, "at": NOW, "suffix": suffix}
        content: bytes = RECOMMENDATION_EXPORT.write(house.actors[name], **said)
        return content

    def words(content: bytes) -> str:
        if suffix != ".xlsx":
            return content.decode()
        sheets = load_workbook(BytesIO(content))
        return " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)

    assert written("policy") == written("policy")
    for as_at in (None, date(2026, 6, 14)):
        held = {name: words(written(name, as_at)) for name in ("policy", "reader")}
        assert [("A1" in held[name], "A claim" in held[name]) for name in held] == [(True, True), (True, False)]


def test_json_holds_a_recommendation_in_full(house: House, tracker: None) -> None:
    said: dict[str, Any] = {"organisation": house.office, "as_at": None, "at": NOW}
    whole = json.loads(RECOMMENDATION_EXPORT.write(CANDOUR, suffix=".json", **said))
    assert whole["as_at"] == TODAY.isoformat()
    first = whole["recommendations"][0]
    assert (first["reference"], first["slips"], first["date_now"]) == ("A1", 1, "2026-05-31")
    assert [target["due"] for target in first["owners"][0]["targets"]] == ["2026-03-31", "2026-05-31"]
    assert first["updates"][0]["achieved"] == "Half of it"
