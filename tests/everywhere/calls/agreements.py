"""What commands of agreements, their care, what follows them, and grant rounds take."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from candour.commissioning import commands as agreements
from candour.commissioning.commands import follow
from candour.commissioning.commands.care import NewStep, record_step
from candour.commissioning.commands.rounds import RoundFacts
from candour.commissioning.models import Agreement, AgreementStep, DiligenceCheck, DiligenceKind, Payment
from candour.commissioning.queries.rounds import criteria_of, questions_of
from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record
from tests.commissioning.follow.factories import a_measure, brings
from tests.commissioning.rounds.factories import CRITERIA, FACTS, QUESTIONS, new
from tests.commissioning.rounds.stages import NEEDS, at_stage
from tests.everywhere.world import FAR, World
from tests.factories import NOW, TODAY


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
