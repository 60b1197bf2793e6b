"""An edited workbook back in: nothing where nothing was changed, each change, each refusal with its place, each conflict."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.signing import dumps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.papers.workbook.shape import HIDDEN, LONGEST
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks import commands
from candour.risks.commands import RiskChange
from candour.risks.models import Risk
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import questions, said, signed_in
from tests.risks.workbooks import BACK, changed, faults, happens, saved, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


@pytest.fixture
def one(house: House) -> Risk:
    return a_risk(house, reference="A1", title="Fleet is too old", source="Budget cuts\nand more", event="=1+1")


def row_of(reference: str) -> Risk:
    return Risk.objects.select_related("record__owner", "responsible_officer").get(record__reference=reference)


def entered() -> list[tuple[str, str, str]]:
    return [(each.record_label, each.event, str(each.effective)) for each in Entry.objects.order_by("pk")]


def test_an_unchanged_workbook_changes_nothing(house: House, one: Risk) -> None:
    a_risk(
        house,
        reference="A2",
        title="-5 degrees",
        impact=None,
        likelihood=None,
        owner=None,
        source=" spaced \r\n",
        effect="x" * 33_000,
    )
    client = signed_in(house, "policy")
    shown = sent(client, client.get("/risks/download.xlsx").content)
    assert (shown.status_code, happens(shown), faults(shown)) == (200, [], [])
    assert "Nothing was changed in this workbook" in said(shown)
    again = sent(client, changed(client))  # written anew by another program
    assert (happens(again), faults(again)) == ([], [])


CHANGES = {
    "Title": ("Fleet wears out", "reworded", lambda risk: risk.record.title, "Fleet wears out"),
    "Source": ("", "reworded", lambda risk: risk.source, ""),
    "Event": ("@SUM(A1)", "reworded", lambda risk: risk.event, "@SUM(A1)"),
    "Effect": ("Two lines\nof words", "reworded", lambda risk: risk.effect, "Two lines\nof words"),
    "Context": (12, "reworded", lambda risk: risk.context, "12"),
    "Register": ("Operational", "level_changed", lambda risk: risk.level, "operational"),
    "Owner": (
        "Policy and Compliance Officer",
        "handed_over",
        lambda risk: risk.record.owner.title,
        "Policy and Compliance Officer",
    ),
    "Responsible officer": ("No post", "handed_over", lambda risk: risk.responsible_officer, None),
    "Impact": ("4 Very high", "rescored", lambda risk: risk.assessments.last().impact, 4),
    "Likelihood": (1, "rescored", lambda risk: risk.assessments.last().likelihood, 1),
}


@pytest.mark.parametrize("heading", CHANGES)
def test_each_kind_of_change_is_shown_and_saved_with_its_reason(house: House, one: Risk, heading: str) -> None:
    value, event, held, expected = CHANGES[heading]
    client = signed_in(house, "policy")
    shown = sent(client, changed(client, ("A1", heading, value)))
    assert [(told[0], told[1], told[3], told[4]) for told in happens(shown)] == [("A1", heading, str(value), "changes")]
    before = Entry.objects.count()
    response = saved(client, shown)
    assert "1 risk is changed as in the workbook" in said(response)
    assert held(row_of("A1")) == expected
    last = Entry.objects.order_by("pk").last()
    assert Entry.objects.count() == before + 1
    assert last is not None
    assert (last.event, last.effective, last.actor_label) == (f"risk.{event}", TODAY, house.posts["policy"].title)
    assert verify().holds


def test_many_changes_of_many_risks_are_saved_together(house: House, one: Risk) -> None:
    a_risk(house, reference="A2", title="A claim")
    client = signed_in(house, "policy")
    cells = [
        ("A1", "Title", "Fleet wears out"),
        ("A1", "Impact", "1 Low"),
        ("A1", "Likelihood", "Rare"),
        ("A2", "Owner", "Assistant"),
    ]
    response = saved(client, sent(client, changed(client, *cells)))
    assert "2 risks are changed as in the workbook" in said(response)
    assert row_of("A2").record.owner == house.posts["reader"]
    risk = row_of("A1")
    score = risk.assessments.last()
    assert score is not None
    assert (risk.record.title, score.impact, score.likelihood, risk.source) == (
        "Fleet wears out",
        1,
        1,
        "Budget cuts\nand more",
    )
    assert [event for _, event, _ in entered()][-3:] == ["risk.reworded", "risk.rescored", "risk.handed_over"]


FAULTS = {
    ("Impact", "9 Huge"): "‘9 Huge’ is not on Scale of 2018. Choose 1 Low, 2 Medium, 3 High or 4 Very high",
    ("Likelihood", None): "A score cannot be taken away. Choose 1 Rare, 2 Possible, 3 Likely or 4 Very likely",
    ("Owner", "Nobody at all"): "Office of Mereford has no post ‘Nobody at all’. Choose one from the list",
    ("Responsible officer", "Force Analyst"): "Office of Mereford has no post ‘Force Analyst’. Choose one from the list",
    ("Register", "Tactical"): "‘Tactical’ is no register. Choose Strategic, Operational or Project",
    ("Title", None): "Enter a title that says what could happen",
    ("Title", "x" * 301): "This has 301 letters. Enter 300 at most",
    ("Context", "x" * 8001): "This has 8,001 letters. Enter 8,000 at most",
    ("Effect", "=1+1"): "This cell holds a formula without its result. Enter the words themselves",
    ("Reference", "B9"): "This says ‘B9’, and the row is A1. A reference cannot be changed: put it back",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "value"), FAULTS)
def test_what_is_not_valid_is_refused_with_its_row_and_column(
    house: House, one: Risk, heading: str, value: Any
) -> None:
    client = signed_in(house, "policy")
    shown = sent(client, changed(client, ("A1", heading, value)))
    assert faults(shown) == [f"Row 2, {heading}: {FAULTS[heading, value]}"]
    assert shown.status_code == 422
    assert shown.context["carried"] == ""
    assert "Nothing can be saved until the workbook is mended" in said(shown)


def test_words_longer_than_a_cell_may_not_be_changed_in_it(house: House) -> None:
    a_risk(house, reference="A1", source="x" * (LONGEST + 10))
    client = signed_in(house, "policy")
    assert faults(sent(client, changed(client, ("A1", "Source", "Short")))) == [
        "Row 2, Source: These words are longer than a workbook holds. Put them back here, and change them in Candour"
    ]


def test_a_half_entered_score_asks_for_the_other_half(house: House) -> None:
    a_risk(house, reference="A1", impact=None, likelihood=None)
    client = signed_in(house, "policy")
    assert faults(sent(client, changed(client, ("A1", "Impact", "3 High")))) == [
        "Row 2, Likelihood: The risk has no score yet. Choose the likelihood too"
    ]
    both = sent(client, changed(client, ("A1", "Impact", "3 High"), ("A1", "Likelihood", "2 Possible")))
    saved(client, both)
    score = row_of("A1").assessments.get()
    assert (score.impact, score.likelihood) == (3, 2)


def copied(book: Any) -> None:
    sheet = book["Register"]
    sheet.append([cell.value for cell in sheet[2]])


def added(book: Any) -> None:
    book["Register"].append([None, "A9", "Office of Mereford", "A new risk"])


def gap(book: Any) -> None:
    book["Register"].insert_rows(2)


def taken_out(book: Any) -> None:
    book["Register"].delete_rows(2)


def head_changed(book: Any) -> None:
    book["Register"]["D1"].value = "Name"


def renamed(book: Any) -> None:
    book["Register"].title = "Sheet1"


def no_memory(book: Any) -> None:
    del book[HIDDEN]


def other_memory(book: Any) -> None:
    cell = book[HIDDEN]["C2"]
    cell.value = cell.value.replace("Fleet", "Fleat")


def merged(book: Any) -> None:
    book["Register"].merge_cells("Q2:R2")


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (copied, [f"Row {row}: A1 stands here 2 times. Keep one of its rows" for row in (2, 3)]),
        (
            added,
            [
                "Row 3: This row was not downloaded from Candour. Take it out; "
                "a new risk is recorded under Risks, Record a risk"
            ],
        ),
        (merged, ["Row 2, Event: This cell was merged with another. Part them"]),
    ],
)
def test_rows_that_are_not_those_of_the_download_are_refused(
    house: House, one: Risk, harm: Callable[[Any], None], expected: list[str]
) -> None:
    client = signed_in(house, "policy")
    assert faults(sent(client, changed(client, more=harm))) == expected


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (gap, "The sheet Register has an empty row above row 3. Delete the empty row, not only its words"),
        (head_changed, "The headings of the sheet Register were changed, at Title. Download the register anew"),
        (renamed, "The sheet Register is not in this workbook"),
        (no_memory, "This is not a workbook that Candour wrote, or its hidden sheet is lost"),
        (other_memory, "The hidden sheet of this workbook was altered"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_compared_is_refused(
    house: House, one: Risk, harm: Callable[[Any], None], expected: str
) -> None:
    client = signed_in(house, "policy")
    shown = sent(client, changed(client, more=harm))
    assert shown.status_code == 422
    assert expected in said(shown)


def test_a_row_taken_out_of_the_file_is_left_as_it_is(house: House, one: Risk) -> None:
    a_risk(house, reference="A2", impact=1, likelihood=1)
    client = signed_in(house, "policy")
    shown = sent(client, changed(client, ("A2", "Title", "Other"), more=taken_out))
    assert happens(shown)[0][:2] == ("A2", "Title")
    assert "Taken out of the file, and left as they are 1" in said(shown)


def test_other_files_are_refused_and_say_what_to_do(house: House, one: Risk, tmp_path: Any) -> None:
    client = signed_in(house, "policy")
    Workbook().save(tmp_path / "other.xlsx")
    other = sent(client, (tmp_path / "other.xlsx").read_bytes())
    assert "use Papers in. To change risks: download the register anew" in said(other)
    assert "Choose a file of kind xlsx, not ‘register.csv’" in said(sent(client, b"a,b", "register.csv"))
    assert "register.xlsx is damaged" in said(sent(client, b"PK\x03\x04 not a zip"))
    assert "Choose the workbook that you changed" in said(client.post(BACK, {}))
    past = sent(client, client.get("/risks/download.xlsx?as_at=2026-06-14").content)
    assert "This workbook shows 14 June 2026, a past day, which nobody can change" in said(past)


# --- conflicts


def test_where_the_register_moved_too_a_person_chooses(house: House, one: Risk) -> None:
    client = signed_in(house, "policy")
    content = changed(client, ("A1", "Title", "Mine"), ("A1", "Source", "Mine too"), ("A1", "Effect", "Agreed"))
    wording = {"title": "Theirs", "source": "Theirs too", "event": "=1+1", "effect": "Agreed", "context": ""}
    commands.change_wording(one, **wording, **SAID)
    shown = sent(client, content)
    assert happens(shown) == [
        ("A1", "Title", "Theirs", "Mine", "conflicts"),
        ("A1", "Source", "Theirs too", "Mine too", "conflicts"),
        ("A1", "Effect", "Agreed", "Agreed", "stands"),
    ]
    assert "When downloaded: Fleet is too old" in said(shown)
    refused = saved(client, shown, **{f"choice-{one.pk}-title": "workbook"})
    assert refused.status_code == 422
    assert "A1, Source: choose which value holds" in said(refused)
    page = refused.content.decode()
    assert f'name="choice-{one.pk}-title" value="workbook" checked' in page
    assert "Agreed at the meeting" in page
    saved(client, refused, **{f"choice-{one.pk}-title": "workbook", f"choice-{one.pk}-source": "register"})
    risk = row_of("A1")
    assert (risk.record.title, risk.source, risk.effect) == ("Mine", "Theirs too", "Agreed")


def test_a_change_between_showing_and_saving_saves_nothing_and_loses_nothing(house: House, one: Risk) -> None:
    client = signed_in(house, "policy")
    shown = sent(client, changed(client, ("A1", "Title", "Mine")))
    commands.record_update(one, text="Seen elsewhere", **SAID)
    refused = saved(client, shown, reason="My own reason")
    assert refused.status_code == 422
    assert "somebody changed the register after you opened this page" in said(refused)
    assert "My own reason" in refused.content.decode()
    assert row_of("A1").record.title == "Fleet is too old"
    saved(client, refused)
    assert row_of("A1").record.title == "Mine"


def test_without_a_reason_nothing_is_saved_and_everything_is_kept(house: House, one: Risk) -> None:
    client = signed_in(house, "policy")
    refused = saved(client, sent(client, changed(client, ("A1", "Title", "Mine"))), reason=" ")
    assert "Say why the risks change" in said(refused)
    assert [told[3] for told in happens(refused)] == ["Mine"]
    assert row_of("A1").record.title == "Fleet is too old"


def test_keeping_what_the_register_says_of_every_conflict_changes_nothing(house: House, one: Risk) -> None:
    client = signed_in(house, "policy")
    content = changed(client, ("A1", "Likelihood", "1 Rare"))
    commands.rescore(one, impact=3, likelihood=4, **SAID)
    before = entered()
    response = saved(client, sent(client, content), **{f"choice-{one.pk}-likelihood": "register"})
    assert "Nothing is changed: the register’s values hold" in said(response)
    assert entered() == before


def test_what_comes_back_altered_is_not_taken(house: House, one: Risk) -> None:
    client = signed_in(house, "policy")
    for word in ("", "nonsense", dumps([[], []], salt="candour.risk-bring-back.person.0")):
        response = client.post(BACK, {"carried": word, "reason": "Because"})
        assert "did not come back whole. Choose the file again" in response.content.decode()


# --- who may


def test_a_post_may_change_only_what_its_role_may(house: House, one: Risk) -> None:
    client = signed_in(house, "owner")
    assert faults(sent(client, changed(client, ("A1", "Register", "Project"), ("A1", "Impact", "1 Low")))) == [
        "Row 2, Register: Your post may not change this. Put it back, or ask who runs the register"
    ]
    assert signed_in(house, "reader").get(BACK).status_code == 404


def test_a_hidden_risk_answers_as_one_that_never_was(house: House, one: Risk) -> None:
    secret = a_risk(house, reference="A2", title="A claim", impact=1, likelihood=1)
    client = signed_in(house, "owner")
    content = changed(client, ("A2", "Title", "Another claim"))
    commands.restrict(secret, sensitivity="restricted", **SAID)
    shown = sent(client, content)
    message = "This risk is not among those that you may see and change"
    assert [fault[: len(message) + 7] for fault in faults(shown)] == [f"Row 3: {message}"]
    assert happens(shown) == []
    assert [word for word in ("A2", "claim") if word in said(shown)] == []
    assert signed_in(house, "force_policy").get("/risks/").status_code == 200
    theirs = sent(signed_in(house, "force_policy"), content)
    assert [fault[: len(message) + 7] for fault in faults(theirs)] == [f"Row 3: {message}"]


def test_a_closed_risk_is_not_changed(house: House, one: Risk) -> None:
    client = signed_in(house, "policy")
    content = changed(client, ("A1", "Title", "Mine"))
    commands.close(one, **SAID)
    assert faults(sent(client, content)) == ["Row 2, Title: A1 is closed. Reopen it first, or put this back"]


def test_the_page_asks_as_much_whatever_the_number_of_changes(house: House, one: Risk) -> None:
    for number in range(2, 5):
        a_risk(house, reference=f"A{number}")
    client = signed_in(house, "policy")
    asked = []
    for count in (1, 3):
        content = changed(client, *((f"A{number}", "Title", "Other") for number in range(1, count + 1)))
        asked.append(counted(client, content))
    assert asked[0] == asked[1]
    assert asked[0] <= 12
    assert questions(client, BACK) <= 12


def counted(client: Any, content: bytes) -> int:
    with CaptureQueriesContext(connection) as asked:
        sent(client, content)
    return len(asked)


# --- the command


def head(risk: Risk) -> int:
    return Record.objects.get(pk=risk.pk).head_sequence


def test_all_or_nothing(house: House, one: Risk) -> None:
    other = a_risk(house, reference="A2")
    wrong = [
        RiskChange(one.pk, head(one), wording={"title": "Mine"}),
        RiskChange(other.pk, head(other), score=(9, 9)),
    ]
    before = entered()
    with pytest.raises(Refused) as refused:
        commands.bring_back(wrong, **SAID)
    assert (refused.value.field, refused.value.message[:4]) == ("impact", "A2: ")
    late = [RiskChange(other.pk, head(other), level="project"), RiskChange(one.pk, head(one) - 1, level="project")]
    with pytest.raises(Refused) as refused:
        commands.bring_back(late, **SAID)
    assert refused.value.field == "seen"
    with pytest.raises(Refused) as refused:
        commands.bring_back(wrong[:1], **(SAID | {"reason": " "}))
    assert refused.value.field == "reason"
    with pytest.raises(Forbidden):
        commands.bring_back(wrong[:1], **(SAID | {"actor": house.actors["reader"]}))
    assert entered() == before
    assert row_of("A1").record.title == "Fleet is too old"
