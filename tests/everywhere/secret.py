"""Restricted risks whose every word is marked, and every address where a page could give one away."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from candour.audits import commands as audits
from candour.boards import commands as boards
from candour.boards.commands import NewDecision
from candour.boards.models import Item
from candour.commissioning import commands as agreements
from candour.commissioning.commands import follow
from candour.commissioning.commands.rounds import receive
from candour.commissioning.models import Agreement
from candour.finance import commands as finance
from candour.finance.commands import NewAmount
from candour.finance.rules import Share as Portion
from candour.inspections import commands as inspections
from candour.inspections.commands.following import NewNote
from candour.kernel.access import CANDOUR
from candour.kernel.actions.commands import add_action, drop_action, finish_action
from candour.kernel.evidence.commands import add_file, remove_file
from candour.kernel.records.commands import link, share
from candour.kernel.records.models import Record
from candour.kernel.retention.commands import hold
from candour.performance import commands as performance
from candour.performance.commands import NewFigure
from candour.plan import commands as plans
from candour.risks import commands as risks
from candour.risks.models import Control, Risk
from tests.audits.factories import an_audit
from tests.boards.factories import a_board, a_meeting, an_item
from tests.commissioning.factories import an_agreement
from tests.commissioning.rounds.factories import a_round, again, new
from tests.everywhere.world import World
from tests.factories import a_risk
from tests.finance import factories as money
from tests.inspections.factories import CAUSE, a_statement_item, an_inspection
from tests.inspections.factories import an_item as an_asked_item
from tests.performance.factories import LAST, WORSE, a_measure, load, loaded
from tests.plan.factories import RED, a_plan, a_priority, an_activity, an_objective, proposed, updated

MARK = "zq"  # no word of the trade begins so
REFERENCE = "ZQ77"
PLACES = ["title", "source", "event", "effect", "context", "category", "raised", "control", "controlreason", "update"]
PLACES += ["reworded", "rescored", "target", "action", "outcome", "dropped", "file", "removed", "linked", "linkedback"]
PLACES += ["shared", "reviewed", "gone", "settled", "joint", "proposed", "inherent", "responded", "board"]
PLACES += ["audit", "purpose", "scope", "planned", "agreed", "slipped"]
PLACES += ["service", "specified", "kpis", "monitored", "managed", "provider", "post", "ordered", "varied", "ended"]
PLACES += ["measured", "counted", "topic", "sourced", "revisions", "broke", "why", "answered"]
PLACES += ["paid", "measured", "rated"]
PLACES += ["returned", "wanted", "present", "noted", "issued", "noticed", "brought", "learnt"]
PLACES += ["aim", "priority", "objective", "outlook", "activity", "doing", "achieved", "left", "barrier"]
PLACES += ["moved", "good", "agreedby", "dived", "askedby", "told", "stopped"]
PLACES += ["merged", "took", "kept", "recontrolled"]
PLACES += ["minuted", "summary", "resolved", "reasons", "advice", "asked", "nature"]
PLACES += ["finbudget", "finheading", "finreserve", "finplan", "finscheme", "finabout", "finsource", "finrated"]
PLACES += [
    "finproject",
    "finwhy",
    "finprogress",
    "finnext",
    "finissue",
    "fincase",
    "finasked",
    "finbenefit",
    "finfound",
]
PLACES += ["heldfor"]
PLACES += ["finjoint", "fintogether", "finlead", "finmember", "finreview"]
WORDS = {place: f"{MARK}{place}" for place in PLACES}
DAYS = ["2026-01-15", "2026-03-15", "2026-05-01", "2026-06-15"]


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def by(month: int, day: int, reason: str = "") -> dict[str, Any]:
    return {"actor": CANDOUR, "at": moment(month, day), "reason": f"Because of {reason}" if reason else "Agreed"}


@dataclass
class Open:
    """Risks that everybody of the office sees, with all that hangs on a risk."""

    risks: list[Risk] = field(default_factory=list)
    lifted: Risk = None  # type: ignore[assignment]
    closed: Item = None  # type: ignore[assignment]  # of the closed part of a meeting that everybody sees


def build_open(world: World) -> Open:
    """Nine more risks of every level and score; one of them was restricted from March until April."""
    found = Open()
    levels = ["strategic", "strategic", "strategic", "operational", "project"]
    for number in range(8):
        found.risks.append(
            a_risk(
                world.house,
                reference=f"ZP{number + 1:02}",
                impact=1 + number % 4,
                likelihood=1 + (number * 3) % 4,
                level=levels[number % 5],
                owner=world.house.posts["owner"],
                sensitivity="office" if number % 2 else "public",
            )
        )
    found.lifted = lifted = a_risk(world.house, reference="ZP20", at=moment(1, 10))
    risks.restrict(lifted, sensitivity="restricted", **by(3, 1))
    wording = dict.fromkeys(("title", "source", "event", "effect", "context"), "zqheldwording")
    risks.change_wording(lifted, **wording, **by(3, 2, "zqheldreason"))
    risks.rescore(lifted, impact=4, likelihood=4, **by(3, 3, "zqheldscore"))
    risks.record_update(lifted, text="The update of March, which stands.", **by(3, 4, "zqheldupdate"))
    wording = dict.fromkeys(("title", "source", "event", "effect", "context"), "The open wording")
    risks.change_wording(lifted, **wording, **by(3, 30, "zqheldend"))
    risks.restrict(lifted, sensitivity="public", **by(4, 1))
    board = a_board(world.house, code="zb", in_public=True)
    meeting = a_meeting(board, date(2026, 6, 11))
    an_item(meeting, "An open item")
    hidden = an_item(meeting, f"Closed {MARK}item", closed=True)
    boards.open_meeting(meeting, started=time(14), **by(6, 12))
    found.closed = Item.objects.select_related("record", "meeting__board", "meeting__record").get(pk=hidden.pk)
    return found


def build_secret_outcome(world: World, item: Item) -> None:
    """All that can come of an item of the closed part: minute, decision, action, interest."""
    words = {place: f"Something {word} here" for place, word in WORDS.items()}
    boards.write_minute(item, text=words["minuted"], summary=words["summary"], started_at=None, **by(6, 12))
    boards.declare_interest(item, post=world.house.posts["chief"], nature=words["nature"], withdrew=True, **by(6, 12))
    new = NewDecision(words["resolved"], reasons=words["reasons"], advice=words["advice"], key=True)
    boards.decide(item, new, **by(6, 12))
    owner = world.house.posts["owner"]
    boards.set_action(item, text=words["asked"], owner=owner, due=date(2026, 7, 1), **by(6, 12))


def build_secret(world: World, opened: Open) -> list[Risk]:
    """Three restricted risks of the office: raised so, made so, and one of another level; linked to what is open."""
    house, words = world.house, {place: f"Something {word} here" for place, word in WORDS.items()}
    secret = a_risk(
        house,
        reference=REFERENCE,
        title=words["title"],
        sensitivity="restricted",
        impact=4,
        likelihood=4,
        owner=house.posts["policy"],
        responsible_officer=house.posts["policy"],
        category=WORDS["category"],
        at=moment(1, 10),
        reason=words["raised"],
        **{name: words[name] for name in ("source", "event", "effect", "context")},
    )
    late = risks.add_control(secret, text=words["control"], due=date(2026, 2, 1), **by(1, 12, WORDS["controlreason"]))
    risks.settle_control(late, answer="in part", **by(1, 20, WORDS["settled"]))
    gone = risks.add_control(secret, text=words["gone"], due=date(2026, 2, 1), owner=house.posts["owner"], **by(1, 13))
    risks.add_control(secret, text="Ordinary and late", due=date(2026, 2, 1), owner=house.posts["owner"], **by(1, 13))
    risks.settle_control(gone, answer="removed", **by(1, 21))
    risks.record_update(secret, text=words["update"], **by(1, 14))
    risks.rescore(secret, impact=3, likelihood=4, **by(2, 1, WORDS["rescored"]))
    risks.set_target(secret, impact=2, likelihood=2, **by(2, 2, WORDS["target"]))
    hung(world, secret, opened)
    hold(Record.objects.get(pk=secret.pk), **by(2, 3, WORDS["heldfor"]))
    secret.record.refresh_from_db(fields=["head_hash", "head_sequence"])
    turned(world, secret)
    build_secret_audit(world, secret)
    build_secret_agreement(world, secret)
    build_secret_measure(world, secret)
    build_secret_inspection(world)
    build_secret_finance(world, secret)
    build_secret_plan(world, secret)
    build_secret_round(world)
    build_secret_outcome(world, opened.closed)
    made = a_risk(
        house, reference="ZQ78", title=f"Made {WORDS['reworded']}", at=moment(1, 10), owner=house.posts["policy"]
    )
    risks.restrict(made, sensitivity="restricted", **by(5, 2))
    other = {"level": "operational", "sensitivity": "restricted", "owner": house.posts["policy"]}
    return [secret, made, a_risk(house, reference="ZQ79", title="An operational zqoperational", **other)]


def build_secret_audit(world: World, risk: Risk) -> None:
    """A restricted audit of the plan and the auditor that everybody sees, with a report and the secret risk in scope."""
    house, words = world.house, {place: f"Something {word} here" for place, word in WORDS.items()}
    audit = an_audit(
        house,
        provider=world.audits["seen"].provider,
        reference="ZQ70",
        title=words["audit"],
        purpose=words["purpose"],
        scope=words["scope"],
        sensitivity="restricted",
        owner=house.posts["policy"],
        reason=words["planned"],
        planned={"brief": date(2026, 4, 7), "fieldwork": date(2026, 4, 27)},
        at=moment(4, 1),
    )
    board: dict[str, Any] = {"approver": WORDS["agreed"]}
    audits.plan_stages(audit, planned={"fieldwork": date(2026, 5, 4)}, **board, **by(4, 20, WORDS["slipped"]))
    for stage, day in (("brief", date(2026, 4, 8)), ("exit", date(2026, 5, 20)), ("draft", date(2026, 6, 2))):
        audits.record_stage(audit, stage=stage, on=day, **by(6, 3))
    audits.issue_report(audit, on=date(2026, 6, 5), opinion=4, **by(6, 5))
    link(audit.record, to=risk.record, how="in scope", **by(6, 6))
    later = {"year": "2031/32", "provider": world.audits["seen"].provider, "owner": house.posts["policy"]}
    other = an_audit(house, reference="ZQ71", sensitivity="restricted", **later)
    link(other.record, to=world.risks["seen"].record, how="in scope", **by(6, 6))


def build_secret_agreement(world: World, risk: Risk) -> None:
    """A restricted agreement of the stream that everybody sees, over its budget, with a provider of its own."""
    house, words = world.house, {place: f"Something {word} here" for place, word in WORDS.items()}
    provider = agreements.add_provider(organisation=house.office, name=words["provider"], **by(1, 5))
    made = an_agreement(
        house,
        provider=provider,
        reference="ZQ60",
        service=words["service"],
        sensitivity="restricted",
        owner=house.posts["policy"],
        value=900_000_00,
        specification=words["specified"],
        kpis=words["kpis"],
        monitoring=words["monitored"],
        management=words["managed"],
        starts=date(2026, 1, 6),
        ends=date(2026, 5, 31),
        last_end=None,
        effective=None,
        at=moment(1, 6),
    )
    for side in ("office", "provider"):
        agreements.sign(made, side=side, by="Chief", on=date(2026, 1, 7), **by(1, 8))
    agreements.add_contact(made, role=words["post"], email="", on=date(2026, 1, 8), **by(1, 8))
    agreements.order(made, number=WORDS["ordered"], on=date(2026, 2, 2), value=5, **by(2, 2))
    agreements.pay(made, number=WORDS["paid"], on=date(2026, 2, 2), value=900_00, **by(2, 2))
    one = agreements.add_indicator(made, name=words["measured"], target="", **by(2, 2))
    agreements.rate(one, on=date(2026, 2, 1), rating="other", said="Other", **by(2, 3, WORDS["rated"]))
    agreements.withhold(made, part="value", ground="law", **by(2, 3))
    said = {"ground": "provided", "approver": "The board"}
    agreements.vary(made, on=date(2026, 2, 3), change=1, **said, **by(2, 3, WORDS["varied"]))
    link(made.record, to=risk.record, how="bears on", **by(2, 4))
    follow_secret(world, made)
    gone = an_agreement(
        house, provider=provider, reference="ZQ61", sensitivity="restricted", owner=house.posts["policy"]
    )
    agreements.end(gone, on=date(2026, 6, 12), **by(6, 12, WORDS["ended"]))


def follow_secret(world: World, made: Agreement) -> None:
    """All that follows a restricted agreement: returns late and sent back, money asked back, an issue, a breach, an exit
    interview, and an outcome that is the same as one that everybody sees."""
    words = {place: f"Something {word} here" for place, word in WORDS.items()}
    post = world.house.posts["policy"]
    asks = {"asks": words["returned"], "every": 1, "first": date(2026, 1, 6), "days": 5, "assessor": post}
    follow.ask_returns(made, **asks, **by(2, 4))
    one = made.returns.select_related("schedule", "agreement__record").order_by("starts")[0]
    follow.receive_return(one, on=date(2026, 2, 9), narrative=words["returned"], spent=5_00, **by(2, 9))
    follow.assess_return(one, verdict="back", wanted=words["wanted"], due=date(2026, 3, 2), **by(2, 10))
    follow.ask_back(made, year="2025/26", value=800_00, by=date(2026, 5, 1), **by(4, 2))
    follow.hold_meeting(made, on=date(2026, 2, 9), present=words["present"], notes=words["noted"], **by(2, 9))
    log = {"on": date(2026, 2, 9), "severity": "critical", "owner": post, "due": date(2026, 3, 1)}
    follow.raise_issue(made, text=words["issued"], **log, **by(2, 9))
    told = {"about": words["noticed"], "breach": True, "response_due": date(2026, 3, 1)}
    follow.give_notice(made, on=date(2026, 2, 9), **told, **by(2, 9))
    seen = world.agreements["seen"].outcomes.get()
    for what in (seen.what, words["brought"]):
        mine = follow.set_outcome(made, measure=seen.measure, what=what, **by(2, 9))
        days = {"starts": date(2026, 1, 6), "ends": date(2026, 1, 31)}
        follow.report_outcome(mine, amount=Decimal(777), **days, **by(2, 9))
    said = {"present": "The lead", "notes": "Words", "lessons": words["learnt"]}
    follow.hold_exit(made, on=date(2026, 6, 1), **said, **by(6, 2))


def build_secret_measure(world: World, risk: Risk) -> None:
    """A restricted measure that gets worse, with a break, and an explanation that a post owes which does not see it."""
    words = {place: f"Something {word} here" for place, word in WORDS.items()}
    made = a_measure(
        world.house,
        reference="ZQ50",
        title=words["measured"],
        counts=words["counted"],
        topic=words["topic"],
        source=words["sourced"],
        revisions=words["revisions"],
        sensitivity="restricted",
        owner=world.house.posts["policy"],
        target="95",
        target_by=date(2027, 3, 31),
        effective=None,
        at=moment(1, 6),
    )
    loaded(made, WORSE, at=moment(6, 12), reason="Loaded from a file")
    others = [NewFigure(made, LAST, body="Southmere", value=Decimal(70))]
    load(made, others, at=moment(6, 12), reason="Loaded from a file")
    performance.put_in_sets(
        made, wanted=[(world.measure_set, "Second")], on=date(2026, 6, 12), actor=CANDOUR, at=moment(6, 12)
    )
    performance.break_limits(made, period=date(2025, 9, 1), why=words["broke"], actor=CANDOUR, at=moment(6, 12))
    asked = {"signal": "Outside a limit", "post": world.house.posts["owner"], "due": date(2026, 7, 1)}
    one = performance.ask_explanation(made, period=LAST, asked=words["why"], **asked, **by(6, 12))
    performance.answer_explanation(one, answer=words["answered"], actor=CANDOUR, at=moment(6, 13))
    performance.ask_explanation(made, period=date(2026, 4, 1), asked="Why?", **asked, **by(6, 13))
    link(made.record, to=risk.record, how="bears on", **by(6, 13))


def build_secret_inspection(world: World) -> None:
    """A restricted inspection that graded an area that others did, whose clock runs, with comments invited of a post that does
    not see it, and a restricted item; a restricted item of the one that everybody sees, noted; and a statement item."""
    posts, words = world.house.posts, {place: f"Something {word} here" for place, word in WORDS.items()}
    hidden: dict[str, Any] = {"sensitivity": "restricted", "owner": posts["policy"]}
    grades = {"Preventing crime": 5, words["topic"]: 4}
    made = an_inspection(
        world.house, reference="ZQ40", title=words["measured"], about=words["counted"], grades=grades,
        areas=("Preventing crime",), **hidden,
    )  # fmt: skip
    inspections.invite_comments(made, post=posts["owner"], due=date(2026, 6, 20), **by(6, 15, WORDS["why"]))
    inspections.record_comments(made, comments=words["answered"], **by(6, 15, WORDS["why"]))
    asked = an_asked_item(world.house, made, reference="ZQ41", title=words["audit"], **hidden)
    answers = {asked.record: (words["managed"], "")}
    inspections.draft_response(
        made, response=words["sourced"], answers=answers, wanted=[asked.record], **by(6, 15, "So")
    )
    seen = world.inspections["seen"]
    open_one = an_asked_item(world.house, seen, CAUSE, reference="ZQ42", title=words["scope"], **hidden)
    inspections.note_item(NewNote(open_one.record, seen, words["rated"], status=2), **by(6, 15, WORDS["why"]))
    link(made.record, to=world.inspections["proposed"].record, how="bears on", **by(6, 15))
    stated = a_statement_item(world.house, reference="ZQ43", title=words["service"], section=words["topic"], **hidden)
    inspections.report_progress(stated, said="at risk", text=words["monitored"], **by(6, 15))


def build_secret_finance(world: World, risk: Risk) -> None:
    """A restricted budget, scheme, project and collaboration of the body whose other ones everybody of it sees."""
    house, words = world.house, {place: f"Something {word} here" for place, word in WORDS.items()}
    like: dict[str, Any] = {
        "sensitivity": "restricted",
        "owner": house.posts["policy"],
        "effective": None,
        "at": moment(1, 6),
    }
    year = date(2024, 4, 1)
    budget = money.a_budget(house, year=date(2031, 4, 1), title=words["finbudget"], reference="ZQ40", **like)
    facts = {"title": words["finscheme"], "about": words["finabout"]}
    scheme = money.a_scheme(house, "capital", reference="ZQ41", **facts, **like)
    amounts = [
        NewAmount(budget.record, part, date(2031, 4, 1), what, 900_000_000, words[line])
        for part, what, line in (
            ("revenue", "budget", "finheading"), ("reserve", "opening", "finreserve"), ("income", "budget", "finplan"),
        )
    ]  # fmt: skip
    amounts += money.years(scheme, {year: (9_000, 1, 1)})
    money.load(house.office, [*amounts, *money.funding(scheme, {words["finsource"]: {year: 5}})], at=moment(6, 12))
    scheme.record.refresh_from_db()
    finance.rate_scheme(scheme, rating=3, **by(6, 12, WORDS["finrated"]))
    facts = {"title": words["finproject"], "about": words["finwhy"]}
    project = money.a_project(house, reference="ZQ42", **facts, **like)
    texts = {"progress": words["finprogress"], "next": words["finnext"], "issues": words["finissue"], "time": 3}
    money.reported(project, at=moment(6, 12), **texts)
    project.record.refresh_from_db()
    finance.submit_case(project, kind="outline", value=5, summary=words["fincase"], **by(6, 12))
    finance.ask_change(project, asked=words["finasked"], cost=5, **by(6, 12))
    one = money.a_benefit(project, what=words["finbenefit"], at=moment(6, 12))
    one.record.refresh_from_db()
    finance.measure_benefit(one, found=words["finfound"], measured=5, **by(6, 13))
    facts = {"title": words["finjoint"], "about": words["fintogether"], "lead": words["finlead"]}
    joint = money.a_collaboration(house, reference="ZQ43", **facts, **like)
    money.shared_out(joint, [Portion(words["finmember"], 10_000, True)], year)
    joint.record.refresh_from_db()
    finance.record_review(joint, on=date(2026, 6, 12), found=words["finreview"], **by(6, 12))
    project.record.refresh_from_db()
    link(project.record, to=risk.record, how="bears on", **by(6, 13))
    link(scheme.record, to=world.schemes["seen"].record, how="bears on", **by(6, 13))


def build_secret_plan(world: World, risk: Risk) -> None:
    """A restricted plan; and a restricted objective with all that hangs on it, and an activity, of the plan everybody sees."""
    house, words = world.house, {place: f"Something {word} here" for place, word in WORDS.items()}
    like: dict[str, Any] = {"sensitivity": "restricted", "owner": house.posts["policy"], "effective": None}
    like["at"] = moment(1, 6)
    own = a_plan(house, reference="ZQ40", title=words["aim"], aim=words["aim"], published_on=None, **like)
    priority = a_priority(own, house, number="2", title=words["priority"], text=words["priority"], **by(1, 7))
    an_objective(own, house, priority=priority, reference="ZQ41", title=words["priority"], **like)
    made = an_objective(
        world.plans["seen"],
        house,
        number="8.8",
        reference="ZQ42",
        title=words["objective"],
        outcome=words["outlook"],
        **like,
    )
    one = an_activity(made, house, reference="ZQ43", title=words["activity"], text=words["doing"], **like)
    said = {"achieved": words["achieved"], "left": words["left"], "barriers": words["barrier"]}
    updated(one, RED, **said, **by(2, 1))
    plans.move_due(one, to=date(2026, 5, 31), **by(2, 2, WORDS["moved"]))
    agreed = {"text": words["good"], "agreed_by": words["agreedby"], "agreed_on": date(2026, 2, 2)}
    plans.agree_success(made.record, **agreed, **by(2, 3))
    asked = {
        "asked_by": words["askedby"],
        "post": house.posts["owner"],
        "asked": words["dived"],
        "due": date(2026, 3, 1),
    }
    dive = plans.ask_dive(made, **asked, **by(2, 4))
    plans.answer_dive(dive, answer=words["told"], **by(2, 5))
    plans.ask_dive(made, **asked, **by(2, 6))
    link(made.record, to=risk.record, how="bears on", **by(2, 7))
    link(made.record, to=world.risks["seen"].record, how="bears on", **by(2, 7))
    open_one = world.objectives["seen"]
    hidden = an_activity(open_one, house, number="1.1.9", reference="ZQ44", title="Late and restricted", **like)
    proposed(hidden, at=moment(2, 8))
    gone = an_activity(open_one, house, number="1.1.8", reference="ZQ45", title="Stopped and restricted", **like)
    plans.stop_activity(gone, **by(2, 9, WORDS["stopped"]))


def build_secret_round(world: World) -> None:
    """A restricted round; and a restricted application to the round that everybody sees."""
    secret = f"Something {WORDS['service']} here"
    a_round(
        world.house, reference="ZQ50", title=secret, purpose=secret, sensitivity="restricted",
        owner=world.house.posts["policy"],
    )  # fmt: skip
    hidden = new(secret, title=secret, reference="ZQ51", answers={1: secret, 2: "Yes"})
    receive(again(world.rounds["seen"]), new=hidden, **by(6, 4))


def hung(world: World, secret: Risk, opened: Open) -> None:
    """Actions of posts that do not see the risk, files, links both ways, a share."""
    house = world.house
    ask: dict[str, Any] = {"due": date(2026, 12, 1), "owner": house.posts["owner"]}
    add_action(secret.record, text=f"Do {WORDS['action']}", **ask, **by(2, 3))
    done = add_action(secret.record, text="Do it", **ask, **by(2, 3))
    finish_action(done, outcome=f"Done {WORDS['outcome']}", **by(2, 4))
    drop_action(add_action(secret.record, text="Drop it", **ask, **by(2, 3)), **by(2, 5, WORDS["dropped"]))
    add_file(secret.record, name=f"{WORDS['file']}.txt", content=BytesIO(b"One"), **by(2, 6))
    file = add_file(secret.record, name="other.txt", content=BytesIO(b"Two"), **by(2, 6))
    remove_file(file, **by(2, 7, WORDS["removed"]))
    link(secret.record, to=opened.risks[0].record, how="bears on", **by(2, 8, WORDS["linked"]))
    share(secret.record, organisation=house.force, **by(2, 9, WORDS["shared"]))


def turned(world: World, secret: Risk) -> None:
    """A proposed score, an inherent one, a response, another half that is open, and a restricted risk merged into it."""
    house = world.house
    risks.set_inherent(secret, impact=4, likelihood=4, **by(2, 10, WORDS["inherent"]))
    risks.propose_score(secret, impact=4, likelihood=4, **by(2, 11, WORDS["proposed"]))
    board = f"Board {WORDS['board']}"
    risks.choose_response(secret, response="reduce", approver=board, **by(2, 12, WORDS["responded"]))
    risks.make_joint(secret, joint_with=house.force, joint_reference="Q0005", **by(2, 13, WORDS["joint"]))
    hidden: dict[str, Any] = {"sensitivity": "restricted", "owner": house.posts["policy"], "at": moment(1, 10)}
    gone = a_risk(house, reference="ZQ80", title=f"Taken in {WORDS['took']}", **hidden)
    kept = risks.add_control(gone, text=f"Keep {WORDS['kept']}", due=date(2026, 12, 1), **by(2, 13))
    said = by(2, 14, WORDS["merged"])
    risks.merge(gone, into=secret, controls={kept.pk: "move"}, actions={}, approver=board, **said)
    moved = Control.objects.get(came_from=kept)
    words: dict[str, Any] = {"text": f"Keep {WORDS['kept']}", "owner": house.posts["owner"], "due": date(2026, 12, 2)}
    risks.change_control(moved, **words, **by(2, 15, WORDS["recontrolled"]))
