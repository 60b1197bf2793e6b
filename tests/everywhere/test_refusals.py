"""Every command refuses whoever lacks the permission, and then leaves no trace."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import candour
from candour.audits.commands import NewAudit
from candour.audits.models import Audit, Promise
from candour.boards import commands as boards
from candour.boards.commands import Answered, BoardFacts, HeldItem, NewDecision, NewItem, StandingFacts, Taken
from candour.boards.models import Clearance, Item, Meeting, Pack, PackShare, Paper, Planned, Question
from candour.commissioning import commands as agreements
from candour.commissioning.commands import follow
from candour.commissioning.commands.care import NewStep, record_step
from candour.commissioning.commands.rounds import RoundFacts
from candour.commissioning.models import Agreement, AgreementStep, DiligenceCheck, DiligenceKind, Payment
from candour.commissioning.queries.rounds import criteria_of, questions_of
from candour.finance.commands import NewAmount
from candour.finance.models import Benefit, Budget, Case, Change, Collaboration, Project, Scheme
from candour.finance.rules import Share as Portion
from candour.inspections.commands import answering
from candour.inspections.commands.following import NewNote, close_review
from candour.inspections.models import Inspection, Review, StatementItem
from candour.inspections.queries.reviews import open_items
from candour.kernel.access import CANDOUR, PUBLIC, Actor, Forbidden
from candour.kernel.access.models import Grant
from candour.kernel.actions.models import Action
from candour.kernel.evidence.commands import add_file
from candour.kernel.evidence.models import File
from candour.kernel.intake.models import Staged
from candour.kernel.people.models import Appointment, Person, Post
from candour.kernel.records.models import Link, Record, Share
from candour.kernel.records.raised import NewRaised
from candour.kernel.scales.commands import drop_draft
from candour.kernel.scales.models import Appetite, Draft, Scale
from candour.kernel.service.models import ServiceToken
from candour.performance.commands import NewFigure
from candour.performance.models import Explanation, Group, Measure, MeasureSet, Member
from candour.plan import commands as plans
from candour.plan.models import Activity, DeepDive, Objective, Plan, Priority, Success
from candour.plan.rules import BRAG
from candour.recommendations.commands import NewRecommendation, Said, ask_date, close_cycle, record_update, workbook
from candour.recommendations.commands.dates import waiting_of
from candour.recommendations.models import Ask, Cycle, Recommendation
from candour.risks import commands as risk_commands
from candour.risks.commands import Answer, NewRisk, RiskChange
from candour.risks.models import Control, Risk
from tests.api.factories import a_token
from tests.audits.factories import OPINIONS
from tests.boards.factories import a_meeting
from tests.commissioning.follow.factories import a_measure, brings
from tests.commissioning.rounds.factories import CRITERIA, FACTS, QUESTIONS, new
from tests.commissioning.rounds.stages import NEEDS, at_stage
from tests.everywhere.doors import of_the_door, of_the_system
from tests.everywhere.keeping import of_keeping
from tests.everywhere.world import FAR, World, new_pack
from tests.everywhere.world import again as with_record
from tests.factories import NOW, START, TODAY
from tests.finance.factories import a_project
from tests.plan.factories import BY, a_plan, a_priority, an_activity, an_objective

# Below access, or for whoever runs the installation: called from the command line, the demo, and commands that did ask.
# No page leads to any of them.
UNGUARDED = {
    "candour.kernel.history.commands.redact",
    "candour.kernel.history.commands.redact_reason",
    "candour.kernel.history.commands.remove_words",
    "candour.kernel.scales.commands.keep_printed_matrix",
    # Letters are written by commands that did ask.
    "candour.recommendations.commands.letters.links_for",
    "candour.recommendations.commands.letters.tell",
    "candour.recommendations.commands.letters.tell_pairs",
    # The commands of the directory that call it did ask, and the appointing that it does asks again.
    "candour.kernel.signin.commands.settling.settle",
    # The publication that calls them did ask.
    "candour.inspections.commands.answering.told_of_publication",
    "candour.inspections.commands.answering.response_published",
}


OF_THE_FORCE = (
    ".stop_sharing",
    "scales.commands.call_off",
)
OF_ROLES = ("set_up_organisation", ".grant", ".end_grant")  # for who may give roles
OF_ADMINISTRATORS = (
    "candour.kernel.service.",
    "candour.kernel.signin.",
    "candour.kernel.retention.commands.set_period",
    "candour.kernel.notices.",
    "candour.config.system.",
)
# Of no body in particular: who may do it in one may do it, tests/establishment/test_commands.py.
OF_ANY_BODY = (".add_person", ".provision")  # the share and the scale to come in this world are the force's


ROOM = tuple(f"candour.boards.commands.{name}" for name in ("sitting", "deciding", "answering", "acting", "signing"))
PACKS = ("candour.boards.commands.packs", "candour.boards.commands.making")
WRITES = re.compile(r"(INSERT|UPDATE|DELETE|REPLACE|COPY|MERGE|TRUNCATE)\b", re.IGNORECASE)
OF_A_PROPOSAL = (".agree_score", ".refuse_score", ".withdraw_score")


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(candour.__path__, "candour."):
        if ".commands" in found.name and ".migrations" not in found.name:
            yield found.name


def commands() -> dict[str, Callable[..., Any]]:
    """Every public function of a room of commands that somebody does: it takes an actor and a moment."""
    found = {}
    for name in modules():
        for _, function in inspect.getmembers(import_module(name), inspect.isfunction):
            public = function.__module__ == name and not function.__name__.startswith("_")
            if public and {"actor", "at"} <= set(inspect.signature(function).parameters):
                found[f"{name}.{function.__name__}"] = function
    return found


COMMANDS = commands()
# One's own saved views, refused to all others by whose they are: tests/risks/test_pages_saved_views.py.
OWN = {f"candour.kernel.records.commands.{name}" for name in ("save_view", "change_view", "remove_view", "open_with")}
# One's own calendar feeds, refused to all others in the same way: tests/boards/test_feeds.py.
OWN |= {f"candour.boards.commands.feeds.{name}" for name in ("make_feed", "end_feed")}
# One’s own scores, refused to all others by whose they are: tests/commissioning/rounds/test_commands.py.
OWN |= {f"candour.commissioning.commands.rounds.scoring.{name}" for name in ("declare_conflict", "save_scores", "own")}
# When letters come to oneself: tests/notices/test_gathering.py.
OWN.add("candour.kernel.notices.commands.wishing.wish")
GUARDED = sorted(set(COMMANDS) - UNGUARDED - OWN)


def answers(world: World, name: str) -> dict[str, Any]:
    """Something good for every parameter that any command has."""
    house, target = world.house, world.targets["seen"]
    waiting = Risk.objects.get(pk=world.risks["proposed"].pk)
    risk = waiting if name.endswith(OF_A_PROPOSAL) else Risk.objects.get(pk=world.risks["seen"].pk)
    closes = name.endswith(".reopen")
    risk.record.closed_on = TODAY if closes else None
    new = Record(kind="risk", reference="Z1", title="Another", organisation=house.office, owner=house.posts["chief"])
    return (
        {
            "risk": risk,
            "control": Control.objects.get(pk=target.control),
            "record": risk.record,
            "risks": [risk],
            "into": waiting,
            "controls": {},
            "actions": {} if name.endswith(".merge") else [Action.objects.get(pk=target.action)],
            "to": waiting.record if name.endswith(".carry_over") else world.risks["shared"].record,
            "how": "bears on",
            "link": Link.objects.get(),
            "share": Share.objects.get(record=world.risks["shared"].record),
            "action": Action.objects.get(pk=target.action),
            "file": File.objects.get(pk=target.file),
            "staged": Staged.objects.get(pk=world.staged_right.pk),
            "organisation": house.force if name.endswith(".share") else house.office,
            "owner": house.posts["chief"],
            "responsible_officer": house.posts["finance"],
            "reference": "Z1",
            "title": "Something else could happen",
            "found": [NewRisk(new, Risk(record=new, first_recorded=TODAY))],
            "impact": 2,
            "likelihood": 2,
            "level": "operational",
            "sensitivity": "office",
            "answer": "in place",
            "answers": {risk.pk: Answer()} if name.endswith(".review_many") else {},
            "response": "share",
            "joint_with": house.force,
            "joint_reference": "F1",
            "approver": "The panel",
            "narrative": "It moved",
            "text": "Words",
            "outcome": "It was done",
            "name": "note.txt",
            "content": BytesIO(b"A note"),
            "due": date(2027, 3, 1),
            "effective": None,
            "kind": "opinion" if name.endswith(".bring_in_words") else "risk-register",
            "reading": world.reading,
            "decisions": {},
            "draft": Draft.objects.get(pk=world.draft.pk),
            "matrix": world.draft.matrix(),
            "starts": TODAY,
            "scale": Scale.objects.get(pk=world.scale_to_come.pk),
            "appetite": Appetite.objects.get(),
            "ends": TODAY,
            "said": [risk_commands.Said(risk, TODAY, "For a test", reviewed=True)],
            "changes": [RiskChange(risk.pk, risk.record.head_sequence, wording={"title": "Other words"})],
            "category": "Legal",
            "word": "Open",
            "highest": 9,
            "words": OPINIONS if name.endswith(".bring_in_words") else [("Low", ""), ("High", "")],
            "reason": "For a test",
        }
        | dict.fromkeys(("source", "event", "effect", "context", "purpose"), "Words")
        | of_recommendations(world, name)
        | of_audits(world, name)
        | of_agreements(world, name)
        | of_measures(world, name)
        | of_plans(world, name)
        | of_inspections(world, name)
        | of_finance(world, name)
        | of_rounds(world, name)
        | of_boards(world, name)
        | of_room(world, name)
        | of_publication(world, name)
        | of_people(world, name)
        | of_scripts(world, name)
        | of_the_door(world, name)
        | of_keeping(world, name)
        | of_the_system(world, name)
    )


# What is done to a recommendation whose closure was proposed, and to one that the panel closed; the others are open.
AT_STAGES = {
    ".withdraw_closure": "proposed",
    ".decide_closure": "proposed",
    ".answer_closure": "proposed",
    ".verify_closure": "closed",
    ".reopen": "closed",
}


def of_recommendations(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of recommendations and boards take, or take another of."""
    meeting = {"board": "Audit Panel", "met_on": TODAY, "minute": "41", "resolved": "To close it"}
    if not name.startswith("candour.recommendations."):
        return meeting
    which = next((stage for end, stage in AT_STAGES.items() if name.endswith(end)), "seen")
    it = Recommendation.objects.select_related("record").get(pk=world.recommendations[which].pk)
    new = NewRecommendation("Z1", "Another")
    raised = NewRaised("Z1", "Another", "inspection", it.record)
    part = world.recommendations["seen"].assignments.select_related("recommendation__record").get()
    if name.endswith((".answer_date", ".withdraw_date")) and waiting_of(part) is None:
        ask_date(part, text="May 2027", due=date(2027, 5, 31), actor=CANDOUR, at=NOW, reason="For a test")
    return (
        meeting
        | {
            "recommendation": it,
            "assignment": world.recommendations["seen"].assignments.get(),
            "new": new,
            "found": [raised if name.endswith(".raise_from_records") else new],
            "owner": world.house.posts["finance"],
            "answer": "refused" if name.endswith(".answer_date") else "agreed",
            "asked": waiting_of(part),
            "decision": world.items["seen"].decisions.get(),
            "verdict": "implemented",
            "outcome": "superseded",
            "response": "in part",
            "response_text": "Words",
            "case": "It is done",
            "finding": "Words",
            "risk": "Words",
            "achieved": "Half of it",
            "repeat_of": world.recommendations["hidden"].record,
        }
        | of_cycles(world, name)
    )


def of_cycles(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of update cycles take, or take another of."""
    asks = Ask.objects.select_related("recommendation__record", "cycle", "post", "answer")
    asked = asks.get(pk=world.asked.pk)
    if name.endswith(".send_back") and asked.answer is None:
        record_update(asked.recommendation, achieved="Half of it", by=world.asked.post, actor=CANDOUR, at=NOW)
    if name.endswith(".open_cycle"):
        for cycle in Cycle.objects.filter(closed_on=None):
            close_cycle(cycle, actor=CANDOUR, at=NOW, reason="For another")
    answers: Any = {"achieved": "Half", "left": "Half", "barriers": "None", "closure": "no"}
    if name.endswith(".bring_back"):
        part = world.recommendations["seen"].assignments.select_related("recommendation__record").get()
        looked_at = part.recommendation.record.head_sequence
        answers = [workbook.Answer(part.recommendation_id, looked_at, part.pk, Said(TODAY, achieved="Half"))]
    return {
        "ask": asks.get(pk=world.asked.pk),
        "cycle": Cycle.objects.get(pk=world.asked.cycle_id),
        "post": world.house.posts["chief"],
        "answers": answers,
        "starts": TODAY,
        "ends": None,
        "due": TODAY,
        "name": "note.txt" if name.endswith(".add_evidence") else "July 2026",
    }


def of_audits(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of audits take, or take another of."""
    if not name.startswith("candour.audits."):
        return {}
    audit = Audit.objects.get(pk=world.audits["proposed" if name.endswith(".answer_survey") else "seen"].pk)
    audit.left = "cancelled" if name.endswith(".reinstate") else ""
    new = Record(kind="audit", reference="Z1", title="Another", organisation=world.house.office)
    row = Audit(record=new, provider=audit.provider, year="2026/27", planned_on=TODAY)
    return {
        "audit": audit,
        "found": [NewAudit(new, row)],
        "provider": audit.provider,
        "year": "2027/28",
        "planned": {"panel": date(2026, 7, 20)},
        "stage": "brief",
        "on": TODAY,
        "opinion": 2,
        "satisfaction": 2,
        "days": 3,
        "scope": "Words",
        "measure": "draft",
        "allowed": 9,
        "panel_on": date(2026, 7, 9),
        "issued_on": None,
        "promise": Promise(
            organisation=world.house.office, provider=audit.provider, measure="final", allowed=5, starts=START
        ),
    }


def of_agreements(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of agreements take, or take another of."""
    if not name.startswith("candour.commissioning."):
        return {}
    shut = name.endswith(".override")
    rows = Agreement.objects.select_related("record__organisation", "provider", "stream__organisation")
    it = rows.get(pk=world.agreements["proposed" if shut else "seen"].pk)
    return {
        "agreement": it,
        "provider": it.provider,
        "stream": it.stream,
        "contact": it.contacts.select_related("agreement__record").get(),
        "contacts": list(it.contacts.select_related("agreement__record")),
        "kind": "grant",
        "service": "Counselling",
        "area": "North",
        "side": "office",
        "serves": [],
        "by": "Chief Executive",
        "on": TODAY,
        "ground": "provided",
        "change": 1,
        "new_end": None,
        "follows": "stop",
        "until": TODAY,
        "number": "PO9",
        "value": 1,
        "role": "Director",
        "email": "",
        "left": False,
        "which": "specification",
        "template": "",
        "version": "9",
        "code": "ZZ",
        "year": "2026/27",
        "budget": 1,
        "funder": "",
        "conditions": "",
        "charity_number": "",
        "company_number": "",
        "name": "note.txt" if name.endswith(".attach") else "Another",
    } | (of_publishing(it, name) | of_care(world, it, name) | of_following(world, it, name))


def of_care(world: World, it: Agreement, name: str) -> dict[str, Any]:
    """The same for the commands of care, and for what they take another of."""
    if not name.startswith("candour.commissioning.commands.care."):
        return {}
    again = Agreement.objects.select_related("record__organisation", "provider", "stream__organisation")
    step = AgreementStep.objects.select_related("agreement__record__organisation", "step").filter(agreement=it)
    asked_of = DiligenceKind.objects.select_related("organisation").get(pk=world.asked_of.pk)
    again_of: dict[str, Any] = {"provider": it.provider, "kind": asked_of, "on": TODAY}
    if name.endswith(".put_back_step") and not step.exclude(done_on=None).exists():
        done = {"skipped": True, "note": "So", "on": TODAY, "post": world.house.posts["policy"]}
        record_step(step.order_by("step__position")[0], **done, actor=CANDOUR, at=NOW)
    rest = it if not name.endswith(".begin_process") else again.get(pk=world.agreements["proposed"].pk)
    return {
        "agreement": rest,
        "kind": "grant" if name.endswith(".set_process") else asked_of,
        "kinds": (),
        "months": None,
        "cover": None,
        "asks": "",
        "seen": "The last year",
        "post": world.house.posts["policy"],
        "expires": None,
        "content": None,
        "until": TODAY,
        "steps": [NewStep("Sign", 1)],
        "step": step.order_by("step__position").first(),
        "skipped": False,
        "note": "",
        "ring_fence": "",
        "found": [DiligenceCheck(**again_of, seen="A year", post=world.house.posts["policy"])],
    }


def of_following(world: World, it: Agreement, name: str) -> dict[str, Any]:
    """The same for what follows an agreement: a return, an underspend, an issue, a notice, an outcome of it."""
    if not name.startswith("candour.commissioning.commands.follow."):
        return {}
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    post, later = world.house.posts["policy"], date(2027, 3, 1)
    act = name.rpartition(".")[2]
    if act.endswith("_return") and not it.returns.exists():
        asks = {"asks": "All", "every": 1, "first": date(2026, 4, 1), "days": 10}
        follow.ask_returns(it, assessor=post, **asks, **said)
    if act in ("agree_back", "receive_back", "carry_over") and not it.underspends.exists():
        agreements.pay(it, number="V1", on=TODAY, value=9_00, **said)
        follow.ask_back(it, year="2025/26", value=5_00, by=later, **said)
    if act == "resolve_issue" and not it.issues.exists():
        follow.raise_issue(it, on=TODAY, text="Words", severity="low", owner=post, due=later, **said)
    if act.endswith("_notice") and not it.performance_notices.exists():
        made = follow.give_notice(it, on=TODAY, about="Words", breach=True, response_due=later, **said)
        if act == "settle_notice":
            follow.publish_notice(made, on=TODAY, **said)
    if act.endswith("_outcome") and not it.outcomes.exists():
        brings(it)
    expected = it.returns.select_related("schedule", "agreement__record").order_by("starts").first()
    if act == "assess_return" and expected.received_on is None:
        follow.receive_return(expected, on=TODAY, narrative="Words", **said)
    if act == "ask_back" and not it.payments.exists():
        agreements.pay(it, number="V1", on=TODAY, value=9_00, **said)
    measure = a_measure(it.record.organisation) if act == "set_outcome" else None
    agreement = "agreement__record"
    return {
        **dict.fromkeys(
            ("asks", "narrative", "present", "notes", "about", "lessons", "priority", "unit", "what"), "Words"
        ),
        **{"every": 1, "first": date(2026, 4, 1), "days": 10, "assessor": post, "expected": expected},
        **{"verdict": "satisfactory", "severity": "low", "breach": False, "response_due": later, "by": later},
        **{"adds_up": True, "amount": Decimal(1), "year": "2027/28", "measure": measure, "number": "B1"},
        "what": f"Words {it.outcomes.count()}",
        "underspend": it.underspends.select_related(agreement).first(),
        "issue": it.issues.select_related(agreement).first(),
        "notice": it.performance_notices.select_related(agreement).first(),
        "outcome": it.outcomes.select_related(agreement).first(),
    }


def of_publishing(it: Agreement, name: str) -> dict[str, Any]:
    """The same for the commands of open data, and for those that bring in many."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    if name.endswith(".withhold_no_more") and not it.withheld.exists():
        agreements.withhold(it, part="value", ground="law", **said)
    if name.endswith((".rate", ".end_indicator")) and not it.indicators.exists():
        agreements.add_indicator(it, name="Seen in two days", target="", **said)
    record = Record(kind="agreement", reference="Z1", title="Another", organisation=it.record.organisation)
    new = Agreement(record=record, kind="grant", provider=it.provider, stream=it.stream, raised_on=TODAY)
    many: list[Any] = [agreements.NewAgreement(record, new, "Z1")]
    if name.endswith(".bring_in_payments"):
        many = [Payment(agreement=it, number="V9", on=TODAY, amount=1)]
    settings = ("ocid_prefix", "giving_prefix", "scheme", "number", "website", "licence")
    return (
        {
            "part": "value",
            "indicator": it.indicators.select_related("agreement__record").first(),
            "rating": "good",
            "said": "",
            "target": "",
            "found": many,
            "names": {"Another provider": ("", "")},
            "contracts_over": 1,
            "spend_over": 1,
        }
        | (dict.fromkeys(settings, "") if name.endswith(".set_publishing") else {})
        | ({"ground": "law"} if name.endswith(".withhold") else {})
        | ({"approver": "Chief Executive"} if name.endswith(".vary") else {})
    )


def of_rounds(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of grant rounds take: of a round as far as each needs it."""
    if not name.startswith("candour.commissioning.commands.rounds."):
        return {}
    house, command = world.house, name.rpartition(".")[2]
    held = at_stage(house, NEEDS[command])
    first, second = held.applications
    return {
        "round": held.round,
        "application": first,
        "appeal": held.appeal,
        "stream": held.round.stream,
        "facts": RoundFacts(**FACTS),
        "criteria": CRITERIA,
        "questions": QUESTIONS,
        "question": questions_of(held.round)[-1],
        "new": new("Another"),
        "found": [new("Another")],
        "eligible": True,
        "posts": [house.posts["owner"], house.posts["reader"]],
        "each": 0,
        "owner": house.posts["secretary"],
        "criterion": criteria_of(held.round)[0],
        "value": 2,
        "order": [second.pk, first.pk],
        "awards": {},
        "excepted": [],
        "approver": "",
        "conditions": "A visit",
        "instalments": 2,
        "starts": TODAY,
        "ends": FAR,
        "upheld": False,
        "after": None,
        "correction": False,
        "on": TODAY,
        "name": "note.txt",
        "content": BytesIO(b"A note"),
    }


def of_packs(world: World) -> dict[str, Any]:
    """The same for the commands that make packs and issue them: of a meeting whose agenda is out, with a pack of each part."""
    meeting = Meeting.objects.select_related("record__organisation", "board").get(pk=world.pack.meeting_id)
    packs = Pack.objects.select_related("meeting__record__organisation", "meeting__board")
    return {
        "meeting": meeting,
        "new": replace(new_pack(meeting, closed=False), version=2),
        "closed": False,
        "draft": False,
        "supplement": False,
        "pack": packs.get(pk=world.pack.pk),
        "share": PackShare.objects.select_related("pack__meeting__record", "board").get(pk=world.pack_share.pk),
        "board": world.items["proposed"].meeting.board,
    }


def brought_up(it: Inspection, name: str, world: World) -> None:
    """Do what must come before a step of the clock, where it is not done."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    done = set(it.steps.exclude(done_on=None).values_list("which", flat=True))
    if name.endswith(".record_comments") and "invite" not in done:
        answering.invite_comments(it, post=world.house.posts["owner"], due=TODAY, **said)
    if name.endswith(".approve_response") and "draft" not in done:
        answering.draft_response(it, response="Words", answers={}, **said)
    if name.endswith((".send_copy", ".close_inspection")) and "publish" not in done:
        answering.response_published_elsewhere(it, on=TODAY, where="https://example.org", **said)


def of_inspections(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of inspections take, or take another of."""
    if not name.startswith("candour.inspections."):
        return {}
    rows = Inspection.objects.select_related("record__organisation", "record__owner", "inspectorate", "asked")
    it = rows.get(pk=world.inspections["seen"].pk)
    item = StatementItem.objects.select_related("record__organisation").get(pk=world.stated["seen"].pk)
    stated = ".statement." in name
    record = Record.objects.select_related("organisation").get(pk=world.cause.pk)
    review = Review.objects.select_related("organisation").get(pk=world.review.pk)
    brought_up(it, name, world)
    it = rows.get(pk=it.pk)
    it.record.closed_on = TODAY if name.endswith(".reopen_inspection") else None
    if name.endswith(".answered_on_its_own"):
        it.answers_with = world.inspections["proposed"].record
    if name.endswith(".publish_report"):
        it.published_on, it.statutory = None, False
    if name.endswith(".carry_over"):
        it.published_on = date(2020, 1, 6)
    asked: list[Any] = []
    if name.endswith(".open_review"):
        asked = open_items(world.house.office.pk, actor=CANDOUR, today=TODAY)
        if review.closed_on is None:
            close_review(review, missing=0, actor=CANDOUR, at=NOW)
    return {
        "inspection": it,
        "item": item if stated else record,
        "inspectorate": it.inspectorate,
        "kind": "peel",
        "areas": ["Preventing crime"],
        "about": "",
        "on": date(2026, 5, 5) if name.endswith(".correct_publication") else TODAY,
        "grades": {"Preventing crime": 3},
        "post": world.house.posts["owner"],
        "due": date(2026, 6, 19) if not name.endswith(".open_review") else FAR,
        "comments": "None",
        "response": "Words",
        "answers": {},
        "where": "https://example.org",
        "to": world.inspections["proposed"] if name.endswith(".carry_over") else "copy-force",
        "how": "By post",
        "which": "draft",
        "other": world.inspections["proposed"],
        "review": review,
        "month": date(2026, 5, 1),
        "items": asked,
        "missing": 1,
        "found": [NewNote(record, it, "Words")],
        "new": NewNote(record, it, "Words"),
        "year": "2026/27",
        "section": "Custody",
        "asked": "",
        "said": "on track",
        "text": "Words",
        "left": "done",
        "sensitivity": "restricted",
    }


def of_measures(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of measures take, or take another of."""
    if not name.startswith("candour.performance."):
        return {}
    unasked = name.endswith((".ask_explanation", ".end_measure"))
    rows = Measure.objects.select_related("record__organisation", "record__owner")
    it = rows.get(pk=world.measures["proposed" if unasked else "seen"].pk)
    return {
        "measure": it,
        "found": it.breaks.select_related("measure__record").get(),
        "explanation": Explanation.objects.select_related("measure__record").get(measure=world.measures["seen"].pk),
        "figures": [NewFigure(it, date(2026, 5, 1), value=Decimal(7))],
        "file_name": "figures.csv",
        "sha256": "",
        "period": date(2026, 3, 1) if name.endswith(".break_limits") else date(2026, 5, 1),
        "signal": "Outside a limit",
        "post": world.house.posts["owner"],
        "asked": "What changed?",
        "answer": "Nineteen left",
        "recovers_on": None,
        "due": TODAY,
        "why": "New recording",
        "on": TODAY,
        "title": "Something counted",
        "counts": "Things",
        "sensitivity": "restricted",
        "facts": {},
    } | (of_groups(world, name) if ".grouping." in name or ".sets." in name else {})


def of_groups(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of groups of bodies and of sets of measures take."""
    found = MeasureSet.objects.select_related("organisation").get(pk=world.measure_set.pk)
    group = Group.objects.select_related("organisation").get(pk=world.group.pk)
    return {
        "group": group,
        "member": Member.objects.select_related("group").get(group=group, body="Northmere"),
        "name": "Another group",
        "own": "Mereford",
        "source": "Put together for a test",
        "body": "Eastmere",
        "bodies": ["Eastmere", "Westmere"],
        "joined": TODAY,
        "left": TODAY,
        "found": found,
        "headings": "First\nThird" if name.endswith(".begin_set") else "First\nSecond",
        "starts": TODAY,
        "ends": None,
        "text": "What the force does for it",
        "wanted": [(found, "Second")],
    }


def of_finance(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of finance take, or take another of."""
    if not name.startswith("candour.finance."):
        return {}
    project = with_record(Project, world.projects["seen"].pk)
    if name.endswith((".submit_case", ".ask_change", ".close_project")):  # nothing of it waits for an answer
        made = Project.objects.filter(record__reference="Z8").first() or a_project(
            world.house, reference="Z8", title="Z8"
        )
        project = with_record(Project, made.pk)
    joint = with_record(Collaboration, world.collaborations["seen"].pk)
    scheme = with_record(Scheme, world.schemes["seen"].pk)
    benefit = Benefit.objects.select_related("record").get(record=world.projects["seen"].pk)
    benefit.cashable = False  # so that no amount is asked for
    day = {"on": TODAY, "due": TODAY, "starts": None, "ends": None, "review_due": TODAY, "effective": None}
    words = ("asked", "progress", "outcome", "lessons", "what", "found", "lead", "about", "title", "answered_by")
    steps = dict.fromkeys(("time", "benefits"), 1) | {"cost": 5 if name.endswith(".ask_change") else 1, "rating": 1}
    return (
        dict.fromkeys(words, "Another")
        | day
        | steps
        | {
            "it": scheme,
            "budget": with_record(Budget, world.budgets["seen"].pk),
            "scheme": scheme,
            "project": project,
            "collaboration": joint,
            "of": joint,
            "benefit": benefit,
            "case": Case.objects.select_related("project__record").get(project=world.projects["seen"].pk),
            "change": Change.objects.select_related("project__record").get(project=world.projects["seen"].pk),
            "amounts": [NewAmount(scheme.record, "capital", date(2026, 4, 1), "budget", 7)],
            "position": TODAY,
            "file_name": "finance.xlsx",
            "sha256": "",
            "year": date(2040, 4, 1),
            "sort": "saving",
            "cashable": False,
            "kind": "full",
            "value": 5,
            "answer": "approved",
            "period": date(2026, 6, 1),
            "pence": 5,
            "shares": [Portion("Both", 10_000)],
            "every": 3,
            "sensitivity": "restricted",
        }
    )


def of_plans(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of plans take, or take another of."""
    if not name.startswith("candour.plan."):
        return {}
    house, plan = world.house, Plan.objects.select_related("record__organisation").get(pk=world.plans["seen"].pk)
    objectives = Objective.objects.select_related("record__organisation", "plan__record", "priority")
    objective = objectives.get(pk=world.objectives["seen"].pk)
    activities = Activity.objects.select_related("record__organisation", "objective__record", "objective__plan__record")
    waits = name.endswith((".agree_done", ".send_back"))
    activity = activities.get(pk=world.activities["proposed" if waits else "seen"].pk)
    priority = plan.priorities.select_related("plan__record__organisation").get(number="1")
    if name.endswith(".publish_plan"):
        rows = Plan.objects.select_related("record").filter(record__reference="PDRAFT")
        plan = rows.first() or a_plan(house, reference="PDRAFT", published_on=None)
    if name.endswith(".remove_priority"):
        rows = Priority.objects.select_related("plan__record").filter(number="9")
        priority = rows.first() or a_priority(plan, house, number="9")
    if name.endswith(".close_objective"):
        objective = objectives.filter(number="9.9").first() or an_objective(plan, house, number="9.9")
    if name.endswith(".reopen_activity"):
        activity = activities.filter(number="9.9.9").first() or plans.stop_activity(
            an_activity(objective, house, number="9.9.9"), **BY
        )
    if name.endswith(".drop_success") and not Success.objects.exists():
        plans.agree_success(objective.record, text="Nine of ten", **BY)
    return {
        "plan": plan,
        "priority": priority,
        "objective": objective,
        "activity": activity,
        "record": activity.record,
        "success": Success.objects.select_related("record").first(),
        "new": plans.AsPrinted("Read from a paper", achieved="Letters", stands="on"),
        "scale": BRAG,
        "dive": DeepDive.objects.select_related("objective__record").get(objective=world.objectives["seen"].pk),
        "number": "7.7",
        "text": "Words",
        "outcome": "Another",
        "aim": "For all",
        "lead": None,
        "on": TODAY,
        "starts": START,
        "ends": FAR,
        "every": 3,
        "to": FAR,
        "achieved": "Letters",
        "left": "More",
        "barriers": "",
        "rating": 4,
        "asked_by": "The board",
        "post": house.posts["owner"],
        "asked": "Why?",
        "answer": "Because",
        "due": FAR,
        "sensitivity": "restricted",
    }


def of_boards(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of boards take, or take another of."""
    if not name.startswith("candour.boards.") or name.startswith(ROOM):
        return {}
    if name.startswith(PACKS):
        return of_packs(world)
    house, board = world.house, world.board
    board.refresh_from_db()
    meeting = Meeting.objects.select_related("record__organisation", "board").get(pk=world.planned.meeting_id)
    item = Item.objects.select_related("record__organisation", "meeting__board").get(pk=world.planned.pk)
    paper = Paper.objects.select_related("item__record__organisation", "item__meeting").get(pk=world.agenda_paper.pk)
    paper.draft = name.endswith(".settle_draft")
    other = Meeting.objects.select_related("record").get(board=board, held_on=date(2026, 8, 20))
    facts: Any = StandingFacts("Another") if name.endswith("_standing") else BoardFacts("Another", meeting.starts_at)
    if name.endswith(".end_board"):
        for each in board.meetings.filter(called_off_on=None).select_related("record", "board"):
            boards.call_off(each, actor=CANDOUR, at=NOW, reason="For a test")
    return {
        "facts": facts,
        "items": [HeldItem("Budget", "Noted")],
        "replaced": {},
        "code": "other",
        "board": world.items["proposed"].meeting.board if name.endswith(".set_sight") else board,
        "post": None if name.endswith(".set_limit") else house.posts["owner"],
        "role": "member",
        "substitute": None,
        "seat": board.seats.select_related("board", "post").order_by("pk")[0],
        "standing": [] if name.endswith(".take_up") else board.standing.order_by("pk")[0],
        "order": list(board.standing.filter(ended_on=None).order_by("-pk").values_list("pk", flat=True)),
        "what": "Grants",
        "up_to": None,
        "limit": world.limit,
        "agreed_on": TODAY,
        "agreed_by": "The board",
        "held_on": date(2026, 1, 29) if name.endswith(".bring_in_meeting") else date(2026, 11, 19),
        "meeting": meeting,
        "starts_at": meeting.starts_at,
        "lasts": 60,
        "venue": "Hall",
        "new": NewItem("Another item"),
        "item": item,
        "to": 0 if name.endswith((".place_item", ".place_standing")) else other,
        "away": None,
        "lead": None,
        "minutes": 5,
        "planned": Planned.objects.select_related("board", "meeting").get(pk=world.once.pk),
        "days": [date(2026, 11, 19), date(2026, 11, 26)],
        "ground": "person",
        "act": "risk.score",
        "question": Question.objects.select_related("item__record__organisation", "item__meeting").get(
            pk=world.question.pk
        ),
        "file": added_file(item) if name.endswith(".attach") else None,
        "draft": False,
        "kind": "audit-progress",
        "paper": world.file_paper if name.endswith(".clear_match") else paper,
        "asks": [],
        "about": world.risks["hidden" if name.endswith(".clear_match") else "seen"].record,
        "clearance": Clearance.objects.select_related("about", "paper__item__record").get(pk=world.clearance.pk),
    }


def added_file(item: Item) -> File:
    return add_file(item.record, name="note.txt", content=BytesIO(b"A note"), actor=CANDOUR, at=NOW)


def of_publication(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of publication take, or take another of."""
    if not name.startswith("candour.kernel.publication."):
        return {}
    if name.endswith((".publish", ".prepare")):  # what is out already differs in nothing
        meeting = Meeting.objects.select_related("record", "board").get(pk=world.planned.meeting_id)
        if meeting.issued_on is None:
            boards.issue_agenda(meeting, actor=CANDOUR, at=NOW)
    return {
        "source": "agenda",
        "key": world.planned.meeting.record.reference,
        "published": world.published,
        "duty": world.duty,
        "group": "Decisions",
        "title": "Minutes",
        "law": "",
        "months": 12,
        "fulfilled_by": "",
        "owner": None,
    }


def of_people(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of posts and people take, or take another of."""
    if not name.startswith("candour.kernel.establishment."):
        return {}
    house = world.house
    post = Post.objects.get(pk=(world.free if name.endswith(".end_post") else house.posts["owner"]).pk)
    held = Post.objects.get(pk=house.posts["owner"].pk)
    person = Person.objects.get(pk=house.people["reader"].pk)
    person.is_active = not name.endswith(".restore_sign_in")
    return {
        "name": "Another name",
        "short_name": "Another",
        "code": "another",
        "kind": "force",
        "username": "another",
        "password": "kingfisher by the river",
        "email": "another@mereford.example",
        "titles": ["Head of Fleet"],
        "effective": TODAY,
        "directorate": "Finance",
        "answers_to": None,
        "post": post,
        "person": person,
        "appointment": Appointment.objects.select_related("post").get(post=held),
        "cover": world.cover,
        "granted": Grant.objects.select_related("post").get(post=held),
        "role": "reader",
        "away": True,
        "by": house.posts["reader"],
        "ends": TODAY,
    }


def of_scripts(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of service tokens take: a token of a reader."""
    if not name.startswith("candour.kernel.service."):
        return {}
    post = world.house.posts["reader"]
    token = ServiceToken.objects.select_related("post").filter(post=post).first() or a_token(post)[0]
    return {
        "post": post,
        "name": "Another script",
        "scopes": ["risks:read"],
        "expires_on": date(2027, 1, 1),
        "token": token,
    }


def of_room(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of the room take, or take another of: an item of an opened meeting."""
    if not name.startswith(ROOM):
        return {}
    house, signs = world.house, name.endswith((".sign_off", ".correct_minute"))
    rows = Item.objects.select_related("record", "minute", "meeting__board__organisation", "meeting__record")
    item = rows.get(pk=world.items["proposed" if ".answer_question" in name else "seen"].pk)
    meeting = world.closed if signs else world.later
    if name.endswith(".open_meeting"):
        day = date(2026, 6, 12)
        meeting = Meeting.objects.filter(held_on=day).first() or a_meeting(item.meeting.board, day)
    standing, other = item.board_actions.select_related("action__record").order_by("pk")
    standing.item = item
    question = item.questions.select_related("about").first()
    if question is not None:
        question.item = item
    return {
        "item": item,
        "meeting": Meeting.objects.select_related("record", "board").get(pk=meeting.pk),
        "agreed_at": world.later,
        "started": time(9),
        "finished": time(9, 30),
        "taken": [Taken(house.posts["policy"], "present")],
        "post": house.posts["chief"],
        "nature": "A governor",
        "withdrew": True,
        "interest": item.interests.select_related("item__meeting", "item__record").get(),
        "text": "Words",
        "summary": "Words",
        "started_at": None,
        "question": question,
        "answer": "agreed",
        "answers": [Answered(question, "agreed")] if question else [],
        "new": NewDecision("To note it."),
        "decision": item.decisions.select_related("item__meeting__board", "item__record").get(),
        "owner": house.posts["chief"],
        "due": date(2027, 3, 1),
        "standing": standing,
        "by": house.posts["chief"] if signs else other,
        "says": "It was noted",
        "should": "It was agreed",
    }


def call(world: World, name: str, actor: Actor) -> None:
    function = COMMANDS[name]
    known = answers(world, name) | {"actor": actor, "at": NOW}
    named = inspect.signature(function).parameters.values()
    wanted = [each for each in named if each.kind is not inspect.Parameter.VAR_KEYWORD]
    needed = [
        each for each in wanted if each.default is inspect.Parameter.empty or each.name in {"reason", "effective"}
    ]
    first, *rest = needed
    given = {each.name: known[each.name] for each in rest}
    if first.kind is inspect.Parameter.KEYWORD_ONLY:
        function(**{first.name: known[first.name]}, **given)
    else:
        function(known[first.name], **given)


@pytest.mark.parametrize("name", GUARDED)
def test_without_the_permission_a_command_is_forbidden_and_leaves_no_trace(world: World, name: str) -> None:
    answers(world, name)  # what it needs first is there before
    told = []
    with CaptureQueriesContext(connection) as asked:
        for actor in (PUBLIC, world.house.actors["reader"], world.house.actors["force_reader"], other_body(world, name)):
            try:
                call(world, name, actor)
                told.append(f"{actor.label} did it")
            except Forbidden:
                pass
    assert told == []
    assert [each["sql"] for each in asked if WRITES.match(each["sql"])] == []


def other_body(world: World, name: str) -> Actor:
    """One who may do it in the other body: what is the force's in this world, else the office's."""
    if name.endswith(OF_ANY_BODY):
        return world.house.actors["panel"]
    return world.house.actors["policy" if name.endswith(OF_THE_FORCE) else "force_policy"]


@pytest.mark.parametrize("name", GUARDED)
def test_the_same_call_by_one_who_may_is_not_forbidden(world: World, name: str) -> None:
    """So that the test above is known to be refused for the actor and not for the call."""
    actor = world.house.actors["force_policy" if name.endswith(OF_THE_FORCE) else "chief"]
    if (name.endswith(OF_ROLES) and ".establishment." in name) or name.startswith(OF_ADMINISTRATORS):
        actor = world.house.actors["admin"]
    if ".intake." in name:
        actor = world.house.actors["policy"]
    if name.endswith(".begin_draft"):  # one at a time
        drop_draft(Draft.objects.get(), actor=CANDOUR, at=NOW, reason="For another")
    call(world, name, actor)


def test_what_asks_for_no_permission_is_known() -> None:
    assert sorted(UNGUARDED - set(COMMANDS)) == []


def test_no_page_calls_what_asks_for_no_permission() -> None:
    names = {name.rpartition(".")[2] for name in UNGUARDED}
    told = []
    for found in pkgutil.walk_packages(candour.__path__, "candour."):
        if ".views" in found.name or found.name.endswith(".urls"):
            held = [each for each in vars(import_module(found.name)).values() if inspect.isfunction(each)]
            led = [each for each in held if each.__name__ in names and ".commands" in each.__module__]
            told += [f"{found.name}: {each.__name__}" for each in led]
    assert told == []
