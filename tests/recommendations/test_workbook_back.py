"""The owners' workbook brought back: what it would record, what it must not, what somebody else recorded meanwhile."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.signing import dumps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.intake.back.read import NotOurs, returned
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.workbook.shape import HIDDEN
from candour.kernel.records.happened import events_since
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.recommendations import commands
from candour.recommendations.commands import Answer, Due, Owner, Said
from candour.recommendations.models import Recommendation
from candour.recommendations.papers.workbook.columns import COLUMNS, SHAPE
from candour.recommendations.queries import row_on
from candour.recommendations.queries.one import owners_of
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation, with_priorities
from tests.recommendations.workbooks import BACK, HEADS, answered, downloaded, faults, filled, happens, saved, sent
from tests.risks.pages import said, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
MOVED = {"date": "30 September 2026", "why": "The supplier is late", "approver": "Audit Panel"}


@standing
def tracker(house: House) -> None:
    """A1 of two owners (rows 2 and 3), with an update; A2 of one without a date (row 4); A3 unanswered, of none (row 5)."""
    with_priorities(house)
    dates = [Due("31 March 2026", date(2026, 3, 31))]
    owners = [Owner(house.posts["owner"], dates), Owner(house.posts["chief"], [Due("TBC")])]
    told = [Said(date(2026, 2, 1), "February 2026", "Half of it", "The rest", "None")]
    a_recommendation(house, reference="A1", response="accepted", owners=owners, updates=told)
    a_recommendation(house, reference="A2", response="accepted", owners=[Owner(house.posts["owner"])])
    a_recommendation(house, reference="A3", title="Not answered yet")


@pytest.fixture
def client(house: House, tracker: None) -> Client:
    return signed_in(house, "policy")


def it(reference: str) -> Recommendation:
    return Recommendation.objects.select_related("record__organisation").get(record__reference=reference)


def now(reference: str) -> Any:
    return row_on(it(reference).record, actor=CANDOUR, today=TODAY)


def row(number: int, **cells: Any) -> list[tuple[int, str, Any]]:
    return [(number, key, value) for key, value in cells.items()]


def events(reference: str) -> list[tuple[str, str, str]]:
    found = reversed(events_since(it(reference).record, CANDOUR, 0))
    return [(event.event.removeprefix("recommendation."), event.reason, event.approver) for event in found]


# --- what comes back


def test_a_workbook_that_nobody_filled_in_changes_nothing(client: Client) -> None:
    shown = sent(client, answered(client))
    assert (happens(shown), faults(shown), shown.status_code) == ([], [], 200)
    assert "Nothing was changed in this workbook" in said(shown)


def test_an_update_is_shown_and_then_recorded_for_the_post_of_its_row(client: Client, house: House) -> None:
    shown = sent(client, answered(client, *row(3, achieved="Three quarters", left="A quarter", barriers="None")))
    assert happens(shown) == [("A1", "Chief Executive", "Update", "New update")]
    assert now("A1").updates[-1].achieved == "Half of it"
    assert "Rows 4 Row changed in it 1 Unchanged 3 New updates 1" in said(shown)
    response = saved(client, shown)
    assert "The answers on 1 recommendation are saved" in said(response)
    update = now("A1").updates[-1]
    assert (update.achieved, update.left, update.period, update.by, update.dated) == (
        *("Three quarters", "A quarter", "June 2026", "Chief Executive", TODAY),
    )
    assert events("A1")[-1] == ("updated", "For the panel of June", "")
    assert verify().holds


def test_a_proposal_to_close_a_slip_and_a_first_date_are_saved_together(client: Client) -> None:
    cells = [
        *row(2, **MOVED),
        *row(3, achieved="All", left="Nothing", barriers="None", closure="Yes", evidence="The signed procedure"),
        *row(4, achieved="Begun", date=date(2026, 9, 1), why="As the report says"),
    ]
    shown = sent(client, answered(client, *cells))
    assert happens(shown) == [
        ("A1", "Head of Communications", "New date", "Slip 1"),
        ("A1", "Chief Executive", "Update, and closure", "Proposes closure"),
        ("A2", "Head of Communications", "Update", "New update"),
        ("A2", "Head of Communications", "First date", "First date"),
    ]
    assert "Look: A question is left without an answer" in said(shown)
    saved(client, shown)
    first = now("A1")
    assert (first.stage, first.closure.case, first.updates[-1].evidence) == ("proposed", "All", "The signed procedure")
    assert [(target.due, target.approver) for target in first.owners[0].targets] == [
        (date(2026, 3, 31), ""),
        (date(2026, 9, 30), "Audit Panel"),
    ]
    assert events("A1")[1:] == [
        ("slipped", "The supplier is late", "Audit Panel"),
        ("closure_proposed", "For the panel of June", ""),
    ]
    assert [target.due for target in now("A2").owners[0].targets] == [date(2026, 9, 1)]
    assert [event for event, _, _ in events("A2")[1:]] == ["dated", "updated"]
    assert verify().holds


def test_bringing_the_same_workbook_back_again_records_nothing_more(client: Client) -> None:
    closing = {"achieved": "All", "closure": "yes", "evidence": "A file"}
    content = answered(client, *row(2, **MOVED), *row(4, **closing))
    saved(client, sent(client, content))
    before = Entry.objects.count()
    again = sent(client, content)
    assert {what for *_, what in happens(again)} == {"stands"}
    assert "Nothing is changed: the register’s values hold" in said(saved(client, again))
    assert Entry.objects.count() == before


def test_dates_are_days_months_or_words(client: Client) -> None:
    given = ["September 2026", "when the supplier allows", "1/9/26", date(2027, 1, 2)]
    for typed, due in zip(given, [date(2026, 9, 30), None, date(2026, 9, 1), date(2027, 1, 2)], strict=True):
        shown = sent(client, answered(client, *row(2, **(MOVED | {"date": typed}))))
        assert ("kept and flagged" in said(shown)) == (due is None)
        saved(client, shown)
        assert now("A1").owners[0].targets[-1].due == due


# --- what is refused


WRONG = {
    "closure": ({"achieved": "All", "closure": "Maybe"}, "‘Maybe’ is neither Yes nor No. Choose from the list"),
    "achieved": ({"left": "All", "closure": "Yes"}, "Say what has been achieved since the last update"),
    "evidence": (
        {"achieved": "All", "closure": "Yes"},
        "Say what shows that it is done: a file, or where the panel can look",
    ),
    "date": (MOVED | {"date": "31/2/2026"}, "‘31/2/2026’ is no day. Enter one such as 30 September 2026"),
    "why": ({"date": "May 2027", "approver": "Panel"}, "Say why the date moves"),
    "approver": ({"date": "May 2027", "why": "Late"}, "Enter the board or post that agreed the new date"),
    "left": ({"left": "x" * 8001}, "This has 8,001 letters. Enter 8,000 at most"),
    "barriers": ({"barriers": "=1+1"}, "This cell holds a formula without its result. Enter the words themselves"),
}  # fmt: skip
CELLS = {"achieved": "P2", "left": "Q2", "barriers": "R2", "closure": "S2", "evidence": "T2", "date": "U2"}
CELLS |= {"why": "V2", "approver": "W2"}


@pytest.mark.parametrize("key", WRONG)
def test_what_is_not_valid_is_refused_with_its_sheet_and_cell(client: Client, key: str) -> None:
    cells, message = WRONG[key]
    shown = sent(client, answered(client, *row(2, **cells)))
    assert faults(shown) == [f"Sheet Answers, cell {CELLS[key]} ({HEADS[key]}): {message}"]
    assert (shown.status_code, shown.context["carried"]) == (422, "")
    assert "Nothing can be saved until the workbook is mended" in said(shown)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (row(4, date="May 2027", closure="Yes", achieved="All", evidence="A", why="B"), "not both in one row"),
        (row(5, date="May 2027", why="B"), "No owner is named yet who could have a date"),
        (row(5, achieved="All", closure="Yes", evidence="A"), "Say first whether it is accepted. Or choose No"),
        (row(2, closure="Yes", achieved="All", evidence="A") + row(3, closure="Yes", achieved="All", evidence="B"),
         "Row 2 proposes to close it already"),
        (row(2, Owner="Somebody else"), "C2 (Owner): This cell is locked and was changed. Put back ‘Head of Communications’"),
        (row(2, **{"First date": date(2026, 4, 1)}), "This cell is locked and was changed. Put back ‘31 March 2026’"),
        (row(2, Reference="B9"), "This says ‘B9’, and the row is A1. A reference cannot be changed: put it back"),
    ],
)  # fmt: skip
def test_what_the_rules_or_the_locks_forbid_says_how_to_mend_it(client: Client, cells: Any, message: str) -> None:
    (fault,) = faults(sent(client, answered(client, *cells)))
    assert message in fault


def on(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda book: change(book["Answers"])


def copied(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[2]])


def reversed_rows(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, cells in enumerate(reversed(rows), 2):
        for place, value in enumerate(cells, 1):
            sheet.cell(number, place).value = value


def test_rows_that_were_copied_or_added_are_refused(client: Client) -> None:
    twice = faults(sent(client, answered(client, more=on(copied))))
    assert twice == [f"Sheet Answers, row {number}: A1 stands here 2 times. Keep one of its rows" for number in (2, 6)]
    (added,) = faults(sent(client, answered(client, more=on(lambda sheet: sheet.append([None, "A9"])))))
    assert added.startswith("Sheet Answers, row 6: This row was not downloaded from Candour. Take it out; a new")


def test_rows_that_were_sorted_or_taken_out_come_back_as_what_they_are(client: Client) -> None:
    shown = sent(client, answered(client, *row(4, achieved="Begun"), more=on(reversed_rows)))
    assert happens(shown) == [("A2", "Head of Communications", "Update", "New update")]
    shorter = sent(client, answered(client, *row(4, achieved="Begun"), more=on(lambda sheet: sheet.delete_rows(2))))
    assert happens(shorter) == happens(shown)
    assert "Taken out of the file, and left as they are 1" in said(shorter)


def no_memory(book: Any) -> None:
    del book[HIDDEN]


def other_memory(book: Any) -> None:
    book[HIDDEN]["C2"].value = book[HIDDEN]["C2"].value.replace("March", "May")


def older(book: Any) -> None:
    book[HIDDEN]["A1"].value = "Candour recommendations tracker, edition 0"


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (no_memory, "This is not a workbook that Candour wrote, or its hidden sheet is lost"),
        (other_memory, "The hidden sheet of this workbook was altered"),
        (older, "This workbook is of an older edition of Candour. Download the workbook anew"),
        (on(lambda sheet: sheet.insert_rows(2)), "The sheet Answers has an empty row above row 3"),
        (on(lambda sheet: sheet.delete_cols(3)), "The headings of the sheet Answers were changed, at Owner"),
    ],
)
def test_a_workbook_that_cannot_be_compared_is_refused(
    client: Client, harm: Callable[[Any], None], expected: str
) -> None:
    shown = sent(client, answered(client, more=harm))
    assert shown.status_code == 422
    assert expected in said(shown)


def test_workbooks_of_other_registers_and_days_are_refused(client: Client, tmp_path: Any) -> None:
    risks = sent(client, client.get("/risks/download.xlsx").content)
    assert "This is a workbook of the risk register. Bring it back on the page of that register" in said(risks)
    past = sent(client, client.get("/recommendations/download.xlsx?as_at=2026-06-14").content)
    assert "This workbook shows 14 June 2026, a past day, which nobody can change" in said(past)
    Workbook().save(tmp_path / "other.xlsx")
    assert "use Papers in. To answer for recommendations: download" in said(
        sent(client, (tmp_path / "other.xlsx").read_bytes())
    )


# --- what somebody else recorded meanwhile


def test_an_update_since_is_shown_beside_and_neither_is_lost(client: Client) -> None:
    content = answered(client, *row(2, achieved="Three quarters"), *row(4, achieved="Begun"))
    commands.record_update(it("A1"), achieved="Told by telephone", left="A test", **BY)
    shown = sent(client, content)
    assert [what for *_, what in happens(shown)] == ["conflicts", "New update"]
    words = said(shown)
    assert (
        "15 June 2026 Achieved: Told by telephone Left: A test When downloaded: the last update was of 1 Feb" in words
    )
    refused = saved(client, shown)
    assert (refused.status_code, "A1, Update: choose which value holds" in said(refused)) == (422, True)
    name = refused.context["plan"].rows[0].name
    saved(client, refused, **{f"choice-{name}-update": "workbook"})
    assert [update.achieved for update in now("A1").updates] == ["Half of it", "Told by telephone", "Three quarters"]
    assert [update.achieved for update in now("A2").updates] == ["Begun"]


def test_another_owner_who_answered_meanwhile_is_no_contradiction(client: Client, house: House) -> None:
    content = answered(client, *row(2, achieved="My half"), *row(3, achieved="The other half"))
    commands.record_update(it("A1"), achieved="Half", by=house.posts["chief"], **BY)
    shown = sent(client, content)
    assert happens(shown) == [
        ("A1", "Head of Communications", "Update", "New update"),
        ("A1", "Chief Executive", "Update", "conflicts"),
    ]
    assert "Look: Chief Executive answered too, meanwhile" in said(shown)


def test_a_date_moved_since_stays_unless_somebody_chooses_one_more_slip(client: Client) -> None:
    content = answered(client, *row(2, **MOVED))
    commands.slip(
        owners_of(it("A1"))[0], text="May 2027", due=date(2027, 5, 31), reason="Board", approver="Panel", **BY
    )
    shown = sent(client, content)
    assert happens(shown) == [("A1", "Head of Communications", "New date", "conflicts")]
    name = shown.context["plan"].rows[0].name
    assert "31 May 2027 Slip 1. Board Agreed by Panel When downloaded: 31 March 2026" in said(shown)
    before = Entry.objects.count()
    saved(client, shown, **{f"choice-{name}-date": "register"})
    assert Entry.objects.count() == before
    saved(client, sent(client, content), **{f"choice-{name}-date": "workbook"})
    assert [target.due for target in now("A1").owners[0].targets] == [
        *(date(2026, 3, 31), date(2027, 5, 31), date(2026, 9, 30)),
    ]


def test_what_is_recorded_between_showing_and_saving_saves_nothing_and_loses_nothing(client: Client) -> None:
    shown = sent(client, answered(client, *row(4, achieved="Begun")))
    commands.record_update(it("A2"), achieved="Told", **BY)
    refused = saved(client, shown, reason="My own reason")
    assert "somebody changed the register after you opened this page" in said(refused)
    assert "My own reason" in refused.content.decode()
    assert [update.achieved for update in now("A2").updates] == ["Told"]


def test_what_ended_or_changed_hands_meanwhile_is_told(client: Client, house: House) -> None:
    content = answered(client, *row(2, achieved="Half"), *row(3, achieved="Half"), *row(4, achieved="Half"))
    first, second = owners_of(it("A1"))
    commands.hand_over(first, owner=house.posts["policy"], reason="A new post", **BY)
    commands.hand_over(second, owner=None, reason="Done", **BY)
    commands.end(it("A2"), outcome="superseded", approver="Panel", reason="Gone", **BY)
    shown = sent(client, content)
    assert "Handed over from Head of Communications to Policy and Compliance Officer meanwhile" in said(shown)
    assert [fault.partition(": ")[2][:40] for fault in faults(shown)] == [
        "Chief Executive no longer answers for it",
        "It has ended: reopen it first. Or empty ",
    ]


def test_without_a_reason_or_with_altered_words_nothing_is_saved(client: Client) -> None:
    shown = sent(client, answered(client, *row(4, achieved="Begun")))
    assert "Say why these answers come in" in said(saved(client, shown, reason=" "))
    for word in ("", "nonsense", dumps([[], []], salt="candour.recommendations-bring-back.person.0")):
        response = client.post(BACK, {"carried": word, "reason": "Because", "period": "June 2026"})
        assert "did not come back whole. Choose the file again" in response.content.decode()
    assert now("A2").updates == ()


# --- who may


def test_a_reader_has_no_page_and_a_hidden_one_answers_as_one_that_never_was(client: Client, house: House) -> None:
    assert signed_in(house, "reader").get(BACK).status_code == 404
    content = answered(client, *row(5, achieved="Begun"))
    commands.restrict(it("A3"), sensitivity="restricted", reason="A name", **BY)
    for name in ("owner", "force_policy"):
        shown = sent(signed_in(house, name), content)
        assert [fault[:66] for fault in faults(shown)] == [
            "Sheet Answers, row 5: This recommendation is not among those that you may"[:66]
        ]
        assert [word for word in ("A3", "Not answered") if word in said(shown)] == []


def test_the_command_saves_all_or_nothing(house: House, tracker: None) -> None:
    def answer(reference: str, **held: Any) -> Answer:
        record = Record.objects.get(reference=reference)
        parts = owners_of(it(reference))
        return Answer(record.pk, record.head_sequence, parts[0].pk if parts else 0, **held)

    by: dict[str, Any] = BY | {"reason": "For a test"}
    good = answer("A2", update=Said(TODAY, achieved="Begun"))
    for wrong, field in (
        (answer("A1", date=Due("May 2027", date(2027, 5, 31), "Late")), "approver"),
        (answer("A1", update=Said(TODAY, achieved=" ")), "achieved"),
        (answer("A3", update=Said(TODAY, achieved="All", proposes_closure=True)), "proposes_closure"),
        (answer("A3", date=Due("May 2027")), "seen"),
        (Answer(good.pk + 10_000, 1, 0), "seen"),
        (Answer(it("A1").pk, 0, 0), "seen"),
    ):
        before = Entry.objects.count()
        with pytest.raises(Refused) as refused:
            commands.bring_back([good, wrong], **by)
        assert (refused.value.field, Entry.objects.count()) == (field, before)
    closing = answer("A1", update=Said(TODAY, achieved="All", proposes_closure=True))
    with pytest.raises(Refused, match="proposed twice"):
        commands.bring_back([closing, closing], **by)
    with pytest.raises(Forbidden):
        commands.bring_back([good], **(by | {"actor": house.actors["reader"]}))
    assert now("A2").updates == ()


def test_the_page_asks_as_much_whatever_the_number_of_answers(client: Client, house: House) -> None:
    for _ in range(30):
        a_recommendation(house, response="accepted", owners=[Owner(house.posts["owner"])])
    blank = downloaded(client, "?sort=reference")
    asked = []
    for count in (1, 3, 33):
        content = filled(blank, [cell for number in range(count) for cell in row(number + 2, achieved="Half")])
        with CaptureQueriesContext(connection) as told:
            shown = sent(client, content)
        asked.append(len(told))
    assert (len(set(asked)), asked[0] <= 14) == (1, True), asked
    with CaptureQueriesContext(connection) as told:
        saved(client, shown)
    assert len(told) <= 80
    assert now("A2").updates[-1].achieved == "Half"


# --- whatever is filled in


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from("\n=+-@'<&"), min_size=1, max_size=30
).filter(lambda text: text.strip() == text and not text.startswith("="))


@pytest.fixture
def held(client: Client) -> Any:
    return downloaded(client, "?sort=reference")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(2, 5), key=st.sampled_from(list(HEADS)), text=WORDS)
def test_any_single_change_comes_back_as_exactly_that_change(held: Any, number: int, key: str, text: str) -> None:
    try:
        read = returned(read_document(filled(held, row(number, **{key: text})), "answers.xlsx"), SHAPE)
    finally:
        filled(held, row(number, **{key: None}))
    assert (read.rows, read.missing, read.faults) == (4, 0, ())
    assert [(one.row, dict(one.cells)) for one in read.edited] == [(number, {key: ("", text)})]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(2, 5), heading=st.sampled_from([one.heading for one in COLUMNS if not one.editable]), text=WORDS
)
def test_any_change_of_a_locked_cell_is_told_with_its_place(held: Any, number: int, heading: str, text: str) -> None:
    heads = [cell.value for cell in held["Answers"][1]]
    cell = held["Answers"].cell(number, heads.index(heading) + 1)
    before = cell.value
    try:
        read = returned(read_document(filled(held, [(number, heading, text)]), "answers.xlsx"), SHAPE)
    finally:
        cell.value = before
    told = [(fault.row, fault.column, fault.place) for fault in read.faults]
    assert told in ([], [(number, heading, f"Sheet Answers, cell {cell.coordinate}")])
    assert told or str(before) == text
    assert read.edited == ()


def test_every_word_of_a_tracker_survives_the_way_out_and_back(client: Client, house: House) -> None:
    odd = "  =1+1\r\nÅngström\t‘quoted’ \u200bunseen & <b>bold</b> _x000D_ "
    held: dict[str, Any] = {"title": odd, "text": odd * 20, "audit": odd}
    it_ = a_recommendation(house, reference="Z1", response="accepted", owners=[Owner(None, [Due(odd)])], **held)
    commands.record_update(it_, achieved=odd, left=odd, **BY)
    read = returned(read_document(client.get("/recommendations/download.xlsx").content, "answers.xlsx"), SHAPE)
    assert (read.rows, read.missing, read.edited, read.faults) == (5, 0, (), ())
    with pytest.raises(NotOurs):
        returned(read_document(client.get("/risks/download.xlsx").content, "risks.xlsx"), SHAPE)
