from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from pypdf import PdfReader

from candour.audits.queries import AuditFilter, page_of, record_of
from candour.boards.models import Decision, Meeting
from candour.boards.rules.states import state as meeting_state
from candour.config.demo.seed import NotEmpty
from candour.config.demo.timeline import BEGINS, Timeline
from candour.inspections.models import InspectionLine, StatementLine
from candour.inspections.queries import grades_of
from candour.inspections.queries.register import rows_for
from candour.inspections.queries.reviews import reviews
from candour.kernel.access import CANDOUR
from candour.kernel.access.queries import actor_named
from candour.kernel.actions.models import Action
from candour.kernel.actions.rules import state
from candour.kernel.evidence import store
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Entry, Seal, Snapshot
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import read
from candour.kernel.intake.readers import read_document
from candour.kernel.opened.models import Opening
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.papers.render import render
from candour.kernel.people.models import Appointment, Organisation, Person, Post
from candour.kernel.publication.models import Published
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Link, Record, SearchText, Share
from candour.kernel.records.telling import EVENTS
from candour.kernel.retention.queries import periods
from candour.kernel.scales.models import Scale
from candour.performance.models import Load
from candour.performance.queries import MeasureFilter
from candour.performance.queries import page_of as measures_page
from candour.recommendations.models import Cycle, DateAsked
from candour.recommendations.queries import register as tracker
from candour.recommendations.queries.cycles import asks_of
from candour.recommendations.rules import age
from candour.risks.models import Update
from candour.risks.queries import register
from tests.demo.pictures import FORCE, KEPT, OFFICE, live, picture, plant, rows
from tests.demo.pictures import kept as kept_records

pytestmark = pytest.mark.django_db  # so that the database is made, whichever of these tests are chosen
TODAY = date(2026, 11, 22)

ENTRIES = 5625


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo of TODAY, made once for this file and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(seeded: None, db: None) -> None:
    """What a test writes into the demo is taken back at its end."""


def test_the_demo_has_two_bodies_with_their_posts_people_and_history(demo: None) -> None:
    assert list(Organisation.objects.values_list("code", "short_name")) == [
        ("hmicfrs", "HMICFRS"),
        ("force", "Mereford Police"),
        ("office", "Mereford OPCC"),
        ("wayside", "Wayside"),
    ]
    assert (Post.objects.count(), Person.objects.count()) == (36, 35)
    assert (Record.objects.count(), Share.objects.count(), Link.objects.count()) == (869, 201, 61)
    assert (Entry.objects.count(), Seal.objects.count()) == (ENTRIES, 50)


def test_registers_hold_the_numbers_that_the_demo_promises(demo: None) -> None:
    found = Counter((row.organisation_code, row.line.kind, row.status == "Closed") for row in rows(TODAY))
    assert found == {
        ("office", "strategic", False): 24,
        ("office", "operational", False): 8,
        ("office", "project", False): 2,
        ("office", "strategic", True): 3,
        ("office", "operational", True): 1,
        ("force", "strategic", False): 10,
        ("force", "operational", False): 6,
        ("force", "strategic", True): 2,
        ("force", "operational", True): 2,
    }


def test_every_status_movement_band_and_sensitivity_occurs(demo: None) -> None:
    assert (picture(live(TODAY, "office")), picture(live(TODAY, "force"))) == (OFFICE, FORCE)


def test_every_state_of_a_control_occurs(demo: None) -> None:
    states = Counter(control.state for row in rows(TODAY) for control in row.controls)
    assert states == {"in place": 104, "pending": 34, "overdue": 6, "due soon": 3, "removed": 2}
    assert Counter(control.effect for row in rows(TODAY) for control in row.controls)["in part"] == 8


def test_everything_that_happened_is_told_in_words_of_its_own(demo: None) -> None:
    kinds = dict(Record.objects.values_list("pk", "kind"))
    happened = Entry.objects.filter(record_id__in=kinds, record_kind=Record._meta.label_lower)
    named = {(kinds[record], event) for record, event in happened.values_list("record_id", "event")}
    assert len(named) > 100
    assert {(kind, event) for kind, event in named if event not in EVENTS | dict(kind_named(kind).events())} == set()


def test_every_state_of_an_action_occurs(demo: None) -> None:
    states = Counter(state(action, TODAY) for action in Action.objects.all())
    assert states == {"open": 10, "due soon": 2, "late": 8, "done": 24, "dropped": 1}
    assert sum(1 for action in Action.objects.all() if action.due != action.original_due) == 4


def test_each_body_issued_its_paper_at_each_panel_and_none_leaks(demo: None) -> None:
    papers = IssuedPaper.objects.order_by("as_at")
    assert Counter(papers.values_list("organisation__code", "audience")) == {
        ("office", "panel"): 8,
        ("office", "public"): 8,
        ("force", "panel"): 8,
        ("force", "public"): 8,
    }
    assert sorted(set(papers.values_list("as_at", flat=True))) == Timeline(TODAY).panels()
    failed = Counter(check["words"] for paper in papers for check in paper.checks if not check["passed"])
    assert set(failed) == {f"{count} not reviewed in time" for count in ("1 risk", "2 risks", "8 risks")}


def test_every_file_is_evidence_of_what_it_is_named(demo: None) -> None:
    assert Counter(File.objects.values_list("media_type", flat=True)) == {
        "text/plain": 260,
        "application/pdf": 16,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": 2,
        "text/csv": 1,
        "image/png": 1,
    }
    certificate = store.open_bytes(File.objects.get(name="urgent-works-certificate.pdf").sha256)
    words = PdfReader(certificate).pages[0].extract_text().splitlines()
    assert words[0] == "Urgent works at shared sites"
    assert words[-1] == "Cost: £869,000 of £900,000."


def test_every_state_of_an_audit_and_every_result_of_a_promise_occurs(demo: None) -> None:
    found = page_of(CANDOUR, AuditFilter("2026/27"), today=TODAY)
    assert found.states == {
        "Planned": 4,
        "Under way": 2,
        "Draft": 1,
        "Final": 5,
        "Late": 1,
        "Deferred": 1,
        "Cancelled": 1,
    }
    assert (found.load.days, found.load.elsewhere) == (135, 0)
    opinions = Counter(row.opinion.word if row.opinion else "advisory" for row in found.rows if row.state == "Final")
    assert opinions == {"Strong": 1, "Sound": 1, "Partial": 1, "Weak": 1, "advisory": 1}
    record = record_of(CANDOUR, Organisation.objects.get(code="wayside").pk, "2026/27", today=TODAY)
    told = {row.measure.name: (row.tally.met, row.tally.missed, row.result) for row in record.measures}
    assert told == {
        "brief": (8, 1, "Not met"),
        "draft": (6, 1, "Not met"),
        "final": (3, 2, "Not met"),
        "progress": (2, 1, "Not met"),
        "satisfaction": (3, 1, "Not met"),
    }


def test_the_history_holds(demo: None) -> None:
    verdict = verify()
    assert (verdict.failure, verdict.entries, verdict.seals) == ("", ENTRIES, 50)


def test_nothing_stood_before_november_2024(demo: None) -> None:
    assert rows(TODAY, as_at=date(2024, 10, 31)) == []
    older = Q(record_kind=Scale._meta.label_lower) | Q(record_id__in=Record.objects.filter(kind="inspection"))
    of_the_demo = Entry.objects.exclude(older)  # reports of earlier years are brought in with their own dates
    assert of_the_demo.order_by("effective").values_list("effective", flat=True)[0] >= BEGINS


def test_the_demo_shows_measures_of_every_kind_read_from_its_workbooks(demo: None) -> None:
    found = measures_page(CANDOUR, MeasureFilter(), today=TODAY)
    assert (found.total, {row.period for row in found.rows}) == (33, {"October 2026"})
    assert {row.state for row in found.rows} == {
        "Explanation late",
        "Getting worse",
        "Will miss its target",
        "Explanation asked",
        "Changed",
        "Getting better",
        "Steady",
    }
    assert Load.objects.count() == 5
    assert {row.line.variation for row in found.rows} == {"improvement", "concern", "change", "common"}


def test_a_past_panel_saw_another_register(demo: None) -> None:
    then = {row.reference: row for row in rows(TODAY, as_at=date(2026, 1, 8), closed_since=None)}
    assert len(then) == 47  # of 58, seven were raised since, and four stood closed
    assert (then["MPC001"].line.score, then["MPC001"].line.last_review) == (12, date(2025, 12, 29))
    assert (then["MPC016"].line.score, then["ST0209"].line.score) == (6, 16)
    assert "MPC025" not in then


def test_one_post_is_vacant_and_three_appointments_have_ended(demo: None) -> None:
    held = Appointment.objects.filter(ends=None).values("post")
    assert list(Post.objects.exclude(pk__in=held).values_list("title", flat=True)) == ["Director of Commissioning"]
    assert Appointment.objects.exclude(ends=None).count() == 3


def test_those_who_sign_in_have_their_posts_today(demo: None) -> None:
    panel, policy = actor_named("panel.member", TODAY), actor_named("policy.officer", TODAY)
    assert (panel.label, panel.audience, panel.organisation_name) == (
        "Panel Member",
        "panel",
        "Office of the Police and Crime Commissioner for Mereford",
    )
    assert (policy.label, policy.roles) == ("Policy and Compliance Officer", ("policy_officer",))
    assert len(register(panel, today=TODAY, level=None)) == 50
    assert len(register(policy, today=TODAY, level=None)) == 34 + 4
    assert len(register(actor_named("reader", TODAY), today=TODAY, level=None)) == 31 + 4


def test_names_were_removed_from_two_updates_and_from_their_history(demo: None) -> None:
    assert Entry.objects.filter(event="history.redacted").count() == 2
    kept = [*Entry.objects.values_list("words", flat=True), *Snapshot.objects.values_list("words", flat=True)]
    texts = [*SearchText.objects.values_list("text", flat=True), *Update.objects.values_list("text", flat=True)]
    for name in ("Jo Sample", "Robin Example"):
        assert [text for text in texts if name in text] == []
        assert [words for words in kept if name in str(words)] == []
    assert [text for text in texts if "[removed], wrote that two invoices were late" in text] != []


def test_the_demo_keeps_a_schedule_with_holds_removals_and_one_strange_evening(demo: None) -> None:
    assert kept_records() == KEPT
    assert set(Opening.objects.values_list("record__sensitivity", flat=True)) == {"restricted"}
    assert Opening.objects.filter(at__gte=datetime.combine(TODAY, time(), UTC)).count() == 0
    due, _ = periods.due(actor_named("policy.officer", TODAY), TODAY)
    assert [record.reference for record in due] == ["IA-18-11/3"]


def test_the_demo_stays_out_of_a_database_that_is_not_empty(demo: None) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotEmpty):
        plant(TODAY)
    assert Entry.objects.count() == before


def test_the_demo_shows_the_whole_life_of_a_risk(demo: None) -> None:
    found = {row.reference: row for row in rows(TODAY)}
    assert {ref: row.proposed.score for ref, row in found.items() if row.proposed} == {"MPC010": 8}
    assert {ref: row.joint_reference for ref, row in found.items() if row.joint_reference} == {
        "MPC001": "ST0201",
        "MPC002": "ST0202",
        "MPC020": "ST0207",
        "ST0201": "MPC001",
        "ST0202": "MPC002",
        "ST0207": "MPC020",
    }
    assert sorted(ref for ref, row in found.items() if row.merged_into_id) == ["MPC029", "ST0231"]
    assert sorted(ref for ref, row in found.items() if row.inherent) == ["MPC001", "MPC002", "ST0201", "ST0202"]
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"risk.score_agreed", "risk.score_refused", "risk.merged"} <= events


def test_the_demo_shows_recommendations_at_every_stage_of_their_lives(demo: None) -> None:
    every = tracker(CANDOUR, today=TODAY, closed_since=date.min)
    found = [row for row in every if row.came_from_id is None or not row.reference.startswith("HMI0")]
    assert {row.reference: row.status for row in found} == {
        "EA-23/2": "Overdue", "EA-24/4": "Verified", "EA-24/7": "Overdue", "EA-25/1": "Due Soon",
        "HMI-19/2": "Fell Short", "HMI-23/4": "Overdue", "HMI-24/7": "Proposed Closed", "HMI-25/1": "Closed",
        "HMI-25/2": "Open", "HMI-26/1": "Awaiting Response", "HMI-26/3": "Overdue",
        "IA-18-11/3": "Closed", "IA-20-04/1": "Closed", "IA-22-05/2": "Superseded", "IA-23-07/4": "Proposed Closed",
        "IA-24-02/1": "Fell Short", "IA-24-02/2": "Verified", "IA-24-05/3": "Open", "IA-24-09/2": "Risk Accepted",
        "IA-24-12/1": "Overdue", "IA-25-01/1": "Overdue", "IA-25-02/5": "Verified", "IA-25-03/2": "Sent Back",
        "IA-25-03/3": "Closed", "IA-25-04/1": "Overdue", "IA-25-06/1": "Due Soon", "IA-25-07/2": "Closed",
        "IA-25-10/1": "Verified", "IA-26-01/1": "Awaiting Response", "IA-26-02/1": "No Date", "IA-26-03/1": "Overdue",
        "ICO-23/2": "Verified", "ICO-24/3": "Due Soon", "ICO-25/1": "Proposed Closed",
        "PR-24/5": "Risk Accepted", "PR-25/1": "Not Accepted", "PR-25/2": "Closed", "PR-25/3": "Superseded",
    }  # fmt: skip
    assert {row.reference: row.line.slips for row in found if row.flagged} == {
        "EA-23/2": 3, "EA-24/7": 2, "HMI-19/2": 3, "HMI-23/4": 3, "HMI-24/7": 2, "HMI-25/2": 2, "IA-22-05/2": 3,
        "IA-23-07/4": 3, "IA-24-02/1": 2, "IA-24-05/3": 2, "IA-24-12/1": 2, "IA-26-03/1": 2, "ICO-24/3": 2,
    }  # fmt: skip
    assert sorted(row.reference for row in found if row.line.in_words) == ["EA-25/1", "IA-26-02/1"]
    assert Decision.objects.filter(item=None).count() == 16


def test_the_demo_has_recommendations_of_eight_years_and_of_every_source(demo: None) -> None:
    every = tracker(CANDOUR, today=TODAY, closed_since=date.min, texts=True)
    found = {row.reference: row for row in every if not row.reference.startswith("HMI0")}  # those of inspections: below
    assert Counter(row.line.source for row in found.values()) == {
        "internal audit": 20, "external audit": 4, "inspection": 2, "cause of concern": 2, "afi": 3, "ico": 3,
        "peer review": 4,
    }  # fmt: skip
    chain = [found[reference] for reference in ("IA-18-11/3", "IA-22-05/2", "IA-26-03/1")]
    assert [row.line.reported_on.year for row in chain] == [2018, 2022, 2026]
    assert age(chain[-1].line.first_reported, TODAY) == "7 years 10 months"
    assert [row.repeat_of_id for row in chain[1:]] == [row.pk for row in chain[:-1]]
    revisited = found["IA-24-05/3"]
    assert [(closure.answer, closure.verdict) for closure in revisited.closures] == [("agreed", "not")]
    assert Counter(len(row.owners) for row in found.values()) == {1: 24, 2: 12, 3: 2}


def test_the_demo_shows_inspections_with_their_clock_grades_review_and_statement(demo: None) -> None:
    lines = InspectionLine.objects.order_by("reference")
    rows = rows_for([line.pk for line in lines], today=TODAY)
    assert [row.state for row in rows] == [
        *["Closed"] * 3, "Answered", "Answered", "Answered", "Step overdue", "Clock running", "Fieldwork",
    ]  # fmt: skip
    office = Organisation.objects.get(code="office")
    areas = {area.area: area.change.direction for area in grades_of(office.pk, actor=CANDOUR)}
    assert areas["Investigating crime"] == "down"
    assert Counter(areas.values()) == {"up": 4, "same": 4, "down": 1}
    assert [(row.asked, row.answered, row.closed_on is None) for row in reviews(CANDOUR)] == [
        (10, 4, True),
        (9, 7, False),
    ]
    assert sorted(StatementLine.objects.values_list("said", "left")) == [
        ("", ""), ("", "done"), ("at risk", ""), ("on track", ""), ("on track", ""),
    ]  # fmt: skip


def test_owners_of_the_demo_asked_for_new_dates_and_were_answered(demo: None) -> None:
    assert Counter(DateAsked.objects.values_list("answer", flat=True)) == {"": 2, "granted": 1, "refused": 1}


def test_dates_that_moved_before_the_tracker_stand_in_its_ledgers_with_their_days(demo: None) -> None:
    (it,) = [
        row for row in tracker(CANDOUR, today=TODAY, closed_since=date.min, texts=True) if row.reference == "HMI-19/2"
    ]
    ledger = [(line.number, line.set_on.year, line.due and line.due.year) for line in it.owners[0].targets]
    assert ledger == [(0, 2019, 2020), (1, 2020, 2021), (2, 2021, 2024), (3, 2024, 2025)]


@pytest.mark.parametrize("code", ["office", "force"])
def test_the_tracker_papers_of_the_demo_agree_with_themselves_and_read_back_without_a_finding(
    demo: None, code: str
) -> None:
    body, at = Organisation.objects.get(code=code), datetime.combine(TODAY, time(8), UTC)
    document = paper("recommendations", actor=CANDOUR, organisation=body, at=at)
    found = read(read_document(render(document, ".html"), "tracker.html"))
    live = [row for row in tracker(CANDOUR, today=TODAY) if row.organisation_code == code]
    assert [finding.message for finding in found.findings] == []
    assert len(found.records) >= len(live)


def test_the_demo_has_an_open_cycle_with_answers_of_every_state(demo: None) -> None:
    rows = asks_of(Cycle.objects.get(closed_on=None), actor=CANDOUR, today=TODAY)
    assert Counter(row.state for row in rows if row.reference.startswith("HMI")) == {"late": 10}
    assert {(row.reference, row.ask.post.title): row.state for row in rows if not row.reference.startswith("HMI")} == {
        ("EA-25/1", "Chief Finance Officer"): "answered",
        ("IA-25-04/1", "Policy and Compliance Officer"): "answered",
        ("IA-25-01/1", "Chief Executive"): "thin",
        ("IA-25-03/2", "Head of Estates"): "late",
        ("EA-25/1", "Director of Commissioning"): "late",
        ("EA-23/2", "Chief Finance Officer"): "answered",
        ("EA-23/2", "Head of Estates"): "late",
        ("EA-23/2", "Chief Executive"): "late",
        ("ICO-24/3", "Policy and Compliance Officer"): "answered",
        ("IA-24-05/3", "Policy and Compliance Officer"): "late",
        ("IA-26-03/1", "Policy and Compliance Officer"): "late",
        ("IA-26-03/1", "Chief Executive"): "late",
        ("IA-26-01/1", "Commissioning Officer"): "none",
    }


def test_the_demo_runs_a_year_of_boards_from_forward_plan_to_public_summary(demo: None) -> None:
    meetings = Meeting.objects.select_related("record__meeting_line")
    states = Counter((meeting.board.code, meeting_state(meeting.record.meeting_line, TODAY)) for meeting in meetings)
    assert {code: states[code, "Signed off"] for code in ("cgb", "jarap", "frb", "ethics", "pcp")} == {
        "cgb": 6, "jarap": 3, "frb": 3, "ethics": 3, "pcp": 3,
    }  # fmt: skip
    assert {code: states[code, "Minutes in draft"] for code in ("cgb", "jarap")} == {"cgb": 1, "jarap": 1}
    assert Decision.objects.exclude(item=None).count() == 17
    public = Counter(Published.objects.values_list("source", flat=True))
    assert public == {"agenda": 9, "decision": 3, "inspection-response": 1, "open-data": 6, "paper": 2, "summary": 9}
    assert not [row for row in Published.objects.all() if any(not c["passed"] and c["stops"] for c in row.checks)]
