"""How the world of these tests is made: one of everything, of each app in turn."""

from datetime import date, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from candour.audits.commands import issue_report
from candour.boards import commands as boards
from candour.boards.commands import NewDecision, Taken
from candour.boards.models import Item, Meeting, Pack
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.packs import contents_of
from candour.commissioning import commands as agreements
from candour.commissioning.commands import care
from candour.commissioning.commands.rounds import receive
from candour.finance import commands as finance
from candour.finance.commands import NewAmount
from candour.finance.models import Budget, Collaboration, Project, Scheme
from candour.inspections import commands as inspections
from candour.inspections.models import Inspection
from candour.inspections.queries.reviews import open_items
from candour.kernel.access import CANDOUR
from candour.kernel.actions.commands import add_action
from candour.kernel.establishment.commands import cover_post, set_up_organisation, set_up_post
from candour.kernel.evidence.commands import add_file
from candour.kernel.intake.commands import read, stage
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.commands import issue
from candour.kernel.publication.commands import publish, take_on_duty
from candour.kernel.records.commands import link, share
from candour.kernel.records.models import Record
from candour.kernel.scales.commands import begin_draft, bring_in_matrix, bring_in_words, set_appetite
from candour.performance import commands as performance
from candour.performance.commands import NewFigure
from candour.performance.models import Measure
from candour.plan import commands as plans
from candour.plan.models import Activity, Objective, Plan
from candour.recommendations.commands import Due, Owner, open_cycle
from candour.recommendations.models import Ask
from candour.risks import commands as risks
from candour.risks.models import Risk
from tests.audits.factories import DATES, OPINIONS, an_audit
from tests.boards.factories import a_board, a_meeting, an_item
from tests.commissioning.factories import an_agreement
from tests.commissioning.follow.factories import brings
from tests.commissioning.rounds.factories import a_round, new
from tests.everywhere.world import DEEP, FAR, FORCE, OFFICE, Target, World
from tests.evidence.samples import PDF
from tests.factories import MATRIX, NOW, START, TODAY, House, a_risk, build_house
from tests.finance import factories as money
from tests.inspections.factories import CAUSE, a_statement_item, an_inspection
from tests.inspections.factories import an_item as an_asked_item
from tests.performance.factories import LAST, WORSE, a_measure, load, loaded
from tests.plan.factories import a_plan, an_activity, an_objective, proposed, updated
from tests.recommendations.factories import a_recommendation

PAPER = """Subject\tRisk register
Date\t14 May 2026

Appendix A: Overview

Reference\tTitle\tOwner\tImpact\tLikelihood\tScore\tPrevious Score\tStatus\tFirst Recorded\tLast Review
RX1\tThe boiler fails in winter\tChief Executive\tHigh\tLikely\t9\t9\tManaged\t02/02/2025\t01/05/2026
RX3\tThe tender is late\tChief Executive\tVery high\tLikely\t8\t8\tManaged\t03/03/2025\t01/05/2026

Overall Risk Score
8 - 16 High
5 - 7 Medium
1 - 4 Low
"""


def furnished(house: House, risk: Risk) -> Target:
    """A risk with a control, an update, an action and a file; gives their numbers."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
    control = risks.add_control(risk, text="A control", due=date(2027, 1, 4), reason="Agreed", **said)
    risks.record_update(risk, text="An update", reason="", **said)
    owner = risk.record.owner
    action = add_action(risk.record, text="An action", owner=owner, due=date(2027, 2, 1), **said)
    file = add_file(risk.record, name=f"{risk.record.reference}.pdf", content=BytesIO(PDF), **said)
    return Target(
        risk.record.organisation.code,
        risk.record.reference,
        frozenset(),
        risk.record.organisation_id,
        control.pk,
        action.pk,
        file.pk,
    )


def recommendations_of(world: World) -> None:
    """For each risk a recommendation of the same body, reference and sensitivity, so that one target leads to the pages of
    both; the one of the risk with a proposed score is proposed closed. One more, without a risk, is closed."""
    for name, risk in world.risks.items():
        record = risk.record
        world.recommendations[name] = made = a_recommendation(
            world.house,
            organisation=record.organisation,
            reference=record.reference,
            sensitivity=record.sensitivity,
            response="accepted",
            owners=[Owner(record.owner, [Due("31 March 2026", date(2026, 3, 31))])],
            proposed_on=date(2026, 4, 1) if name == "proposed" else None,
        )
        world.targets[name].assignment = made.assignments.get().pk
    closed: dict[str, Any] = {"reference": "Q0007", "response": "accepted", "outcome": "closed"}
    world.recommendations["closed"] = a_recommendation(world.house, **closed)
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    share(world.recommendations["shared"].record, organisation=world.house.office, **said)
    cycle = open_cycle(organisation=world.house.office, name="June 2026", due=FAR, **said)
    world.asked = Ask.objects.select_related("post").get(cycle=cycle, recommendation=world.recommendations["seen"])


def audits_of(world: World) -> None:
    """For each risk an audit of the same body, reference and sensitivity, so that one target leads to the pages of both."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    house = world.house
    auditor = set_up_organisation(name="Assurers", short_name="Assurers", code="assurers", kind="auditor", **said)
    bring_in_words(OPINIONS, kind="opinion", organisation=auditor, starts=date(2026, 4, 1), **said)
    for name, risk in world.risks.items():
        record = risk.record
        world.audits[name] = an_audit(
            house,
            provider=auditor,
            organisation=record.organisation,
            reference=record.reference,
            owner=record.owner,
            sensitivity=record.sensitivity,
            planned={which: day for which, day in DATES.items() if which != "panel"},
        )
    share(world.audits["shared"].record, organisation=house.office, **said)
    issue_report(world.audits["proposed"], on=TODAY, opinion=2, **said)


def agreements_of(world: World) -> None:
    """For each risk an agreement of the same body, reference and sensitivity, with a contact, an order and a variation; the
    one of the risk with a proposed score is not signed, so that its gate is shut."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    for name, risk in world.risks.items():
        record = risk.record
        world.agreements[name] = made = an_agreement(
            world.house,
            organisation=record.organisation,
            reference=record.reference,
            owner=record.owner,
            sensitivity=record.sensitivity,
        )
        agreements.add_contact(made, role="Service Director", email="", on=TODAY, **said)
        if name != "proposed":
            for side in ("office", "provider"):
                agreements.sign(made, side=side, by="Chief Executive", on=date(2026, 3, 20), **said)
            agreements.order(made, number="PO1", on=TODAY, value=50_00, **said)
            agreements.vary(made, on=TODAY, ground="provided", change=1, approver="The board", **said)
    share(world.agreements["shared"].record, organisation=world.house.office, **said)
    care_of(world)


def care_of(world: World) -> None:
    """A check asked of providers and made of the one of what is seen, and steps that have begun of two agreements."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    office, seen = world.house.office, world.agreements["seen"]
    world.asked_of = care.add_diligence_kind(
        organisation=office, name="Accounts", asks="", kinds=(), months=12, cover=None, starts=TODAY, **said
    )
    post = world.house.posts["policy"]
    care.check_provider(seen.provider, kind=world.asked_of, on=TODAY, seen="The last year", post=post, **said)
    steps = [care.NewStep("Specify", 5, needs="specified"), care.NewStep("Sign", 5, needs="signed")]
    care.set_process(organisation=office, kind="contract", starts=date(2026, 4, 1), steps=steps, **said)
    for name in ("seen", "hidden"):
        record = world.agreements[name].record
        record.refresh_from_db()
        care.begin_process(world.agreements[name], on=date(2026, 5, 1), **said)
    brings(world.agreements["seen"], 40)


def measures_of(world: World) -> None:
    """For each risk a measure of the same body, reference and sensitivity, with figures, its own and another body's, a break
    of the limits, and an explanation that its owner owes; of the one of the risk with a proposed score nobody was asked."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    named = {"name": "Most similar forces", "own": "Mereford", "source": "Put together for a test"}
    bodies = ["Northmere", "Southmere"]
    world.group = performance.set_up_group(
        organisation=world.house.office, bodies=bodies, joined=date(2025, 1, 1), **named, **said
    )
    world.measure_set = performance.begin_set(
        organisation=world.house.office, name="Priorities", source="", headings="First\nSecond", starts=START, **said
    )
    for name, risk in world.risks.items():
        record = risk.record
        made = a_measure(
            world.house,
            organisation=record.organisation,
            reference=record.reference,
            title=f"What is counted in {record.reference}",
            owner=record.owner,
            sensitivity=record.sensitivity,
        )
        loaded(made, WORSE)
        load(made, [NewFigure(made, LAST, body="Northmere", value=Decimal(80))])
        performance.break_limits(made, period=date(2025, 9, 1), why="New recording", actor=CANDOUR, at=NOW)
        if name != "proposed":
            asked = {"period": LAST, "signal": "Outside a limit", "post": record.owner, "asked": "What changed?"}
            performance.ask_explanation(made, due=FAR, **asked, **said)
        world.measures[name] = Measure.objects.select_related("record__organisation", "record__owner").get(pk=made.pk)
    wanted = [(world.measure_set, "First")]
    performance.put_in_sets(world.measures["seen"], wanted=wanted, on=START, actor=CANDOUR, at=NOW)
    share(world.measures["shared"].record, organisation=world.house.office, **said)


def inspections_of(world: World) -> None:
    """For each risk an inspection whose report is out and an item of the statement, of the same body, reference and
    sensitivity; the one seen asks for something, and a review asks about that."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    for name, risk in world.risks.items():
        record = risk.record
        like: dict[str, Any] = {"reference": record.reference, "sensitivity": record.sensitivity}
        like |= {"organisation": record.organisation, "owner": record.owner}
        made = an_inspection(
            world.house, title=f"Inspection {record.reference}", grades={"Preventing crime": 2}, **like
        )
        rows = Inspection.objects.select_related("record__organisation", "record__owner", "inspectorate")
        world.inspections[name] = rows.get(pk=made.pk)
        world.stated[name] = a_statement_item(world.house, title=f"What {record.reference} asks", **like)
    seen, posts = world.inspections["seen"], world.house.posts
    world.cause = an_asked_item(world.house, seen, CAUSE, reference="QI01", owner=posts["chief"])
    an_asked_item(world.house, world.cause.record, reference="QI02", owner=posts["chief"])
    for held in (world.inspections["shared"].record, world.stated["shared"].record):
        share(held, organisation=world.house.office, **said)
    world.review = inspections.open_review(
        organisation=world.house.office,
        month=TODAY,
        due=FAR,
        items=open_items(world.house.office.pk, actor=CANDOUR, today=TODAY),
        **said,
    )


def finance_of(world: World) -> None:
    """For each risk a budget of a year of its own, a capital scheme, a project and a collaboration of the same body, reference
    and sensitivity, with figures, a report, a benefit and shares. Of the project of the risk with a proposed score the full
    case is approved; of the others a case and a change wait for their answers."""
    house, said = world.house, {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    for body in (house.office, house.force):
        money.rated_in(house, body)
        money.limits(house, body)
    for number, (name, risk) in enumerate(world.risks.items()):
        record = risk.record
        like: dict[str, Any] = {
            "organisation": record.organisation, "reference": record.reference, "owner": record.owner,
            "sensitivity": record.sensitivity,
        }  # fmt: skip
        year, title = date(2024 + number, 4, 1), f"in {record.reference}"
        budget = money.a_budget(house, year=year, title=f"Budget {title}", **like)
        scheme = money.a_scheme(house, "capital", title=f"Scheme {title}", **like)
        amounts = [*money.headings(budget, {"Pay": (100, 110, 20)}), *money.years(scheme, {year: (500, 300, 90)})]
        amounts += [NewAmount(budget.record, "reserve", year, "opening", 5, "General")]
        amounts += [NewAmount(budget.record, side, year, "budget", 5, "Line") for side in ("income", "spending")]
        money.load(record.organisation, [*amounts, *money.funding(scheme, {"Grant": {year: 500}})])
        scheme.record.refresh_from_db()
        finance.rate_scheme(scheme, rating=2, **said)
        project = money.a_project(house, title=f"Project {title}", approved=name == "proposed", **like)
        money.reported(project)
        money.a_benefit(project)
        if name != "proposed":
            finance.ask_change(project, asked="More", cost=5, **said)
            finance.submit_case(project, kind="outline", value=5, **said)
        joint = money.a_collaboration(house, title=f"Collaboration {title}", **like)
        money.shared_out(joint)
        money.a_benefit(joint)
        world.budgets[name], world.schemes[name] = again(Budget, budget.pk), again(Scheme, scheme.pk)
        world.projects[name], world.collaborations[name] = again(Project, project.pk), again(Collaboration, joint.pk)
    for rows in (world.budgets, world.schemes, world.projects, world.collaborations):
        share(rows["shared"].record, organisation=house.office, **said)


def again(model: Any, pk: int) -> Any:
    """A row of finance with its record as they stand."""
    return model.objects.select_related("record__organisation", "record__owner").get(pk=pk)


def plans_of(world: World) -> None:
    """For each risk a plan with an objective and an activity, of the same body, reference and sensitivity; an update, and a
    deep dive that its owner owes. The activity of the one with a proposed score is proposed as done."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    for name, risk in world.risks.items():
        record = risk.record
        like: dict[str, Any] = {"reference": record.reference, "sensitivity": record.sensitivity, "owner": record.owner}
        plan = a_plan(world.house, organisation=record.organisation, title=f"The plan of {record.reference}", **like)
        objective = an_objective(plan, world.house, **like)
        activity = an_activity(objective, world.house, **like)
        (proposed if name == "proposed" else updated)(activity)
        plans.ask_dive(objective, asked_by="The board", post=record.owner, asked="By district?", due=FAR, **said)
        for model, made, held in (
            (Plan, plan, world.plans), (Objective, objective, world.objectives), (Activity, activity, world.activities),
        ):  # fmt: skip
            held[name] = model.objects.select_related("record__organisation", "record__owner").get(pk=made.pk)
        world.targets[name].priority = plan.priorities.get().pk
    for held in (world.plans, world.objectives, world.activities):
        share(held["shared"].record, organisation=world.house.office, **said)
    for name, also in (("seen", "hidden"), ("hidden", "seen")):
        record = Record.objects.get(kind="agreement", pk=world.agreements[name].pk)
        world.agreements[name].record = record
        serves = [world.targets[each].priority for each in (name, also)]
        agreements.serve(world.agreements[name], serves=serves, **said)


def rounds_of(world: World) -> None:
    """For each risk an open grant round, and an application to it, of the same body, reference and sensitivity."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    for name, risk in world.risks.items():
        record = risk.record
        like: dict[str, Any] = {"reference": record.reference, "sensitivity": record.sensitivity}
        world.rounds[name] = made = a_round(world.house, organisation=record.organisation, owner=record.owner, **like)
        world.applications[name] = receive(made, new=new(**like), **said)
    for held in (world.rounds["shared"].record, world.applications["shared"].record):
        share(held, organisation=world.house.office, **said)


def boards_of(world: World) -> None:
    """For each risk an item of a board's opened meeting, of the closed part where the risk is restricted, which asks to
    agree its score where one is proposed; with an interest, a decision and two actions. And a meeting to be signed."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    house = world.house
    for name, risk in world.risks.items():
        record, target = risk.record, world.targets[name]
        chair = "force_policy" if record.organisation == house.force else "chief"
        seats = {chair: "chair", "policy": "member"} if name == "shared" else {chair: "chair"}
        code = f"q{record.reference[-2:]}"
        board = a_board(house, organisation=record.organisation, code=code, seats=seats, in_public=True)
        restricted = record.sensitivity == "restricted"
        meeting = a_meeting(board, TODAY if name == "proposed" else date(2026, 6, 11))
        made = an_item(meeting, f"About {record.reference}", closed=restricted, presenter=record.owner)
        paper = boards.add_written(made, kind="risk-register", title="The register", **said)
        if name == "proposed":
            boards.ask(made, record, act="risk.score", **said)
        boards.open_meeting(meeting, started=time(9), **said)
        boards.take_attendance(meeting, [Taken(house.posts[chair], "present")], **said)
        item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(pk=made.pk)
        boards.write_minute(item, text="It was noted.", summary="", started_at=None, **said)
        interest = boards.declare_interest(item, post=house.posts[chair], nature="None", withdrew=False, **said)
        boards.decide(item, NewDecision("To note it."), **said)
        for words in ("Write", "Call"):
            boards.set_action(item, text=words, owner=house.posts[chair], due=FAR, actor=CANDOUR, at=NOW)
        world.items[name] = item
        target.item, target.interest, target.paper = item.record.reference, interest.pk, paper.pk
        if not restricted:  # a meeting is seen by all who see its board, whatever its items are
            target.meeting = meeting.record.reference
    world.closed = world.items["seen"].meeting
    boards.close_meeting(Meeting.objects.get(pk=world.closed.pk), finished=time(16), **said)
    world.later = a_meeting(world.closed.board, TODAY)
    boards.open_meeting(world.later, started=time(9), **said)
    boards.take_attendance(world.later, [Taken(house.posts["chief"], "present")], **said)


def planned_of(world: World) -> None:
    """A board of the office with a meeting to come, an item with a paper, a limit; and an agenda that went out."""
    house, said = world.house, {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    world.board = board = a_board(
        house, code="brd", name="Board of plans", seats={"chief": "chair", "finance": "member"}
    )
    boards.add_standing(board, boards.StandingFacts("Budget"), **said)
    boards.add_standing(board, boards.StandingFacts("Restricted risks", closed=True, ground="legal"), **said)
    world.planned = an_item(a_meeting(board, date(2026, 7, 16)), "Something to come")
    world.question = boards.ask(world.planned, world.risks["seen"].record, act="risk.score", **said)
    world.once = boards.plan_once(
        board, meeting=world.planned.meeting, title="Estates", lead=None, minutes=5, actor=CANDOUR, at=NOW
    )
    world.agenda_paper = boards.add_written(world.planned, kind="risk-register", title="The register", **said)
    cleared_of(world)
    chief = house.posts["chief"]
    world.limit = boards.set_limit(
        organisation=house.office, what="Contracts", post=chief, board=None, up_to=None, starts=TODAY, **said
    )
    world.duty = take_on_duty(
        organisation=house.office, group="Decisions", title="Agendas", law="", months=3, fulfilled_by="agenda",
        owner=None, starts=TODAY, **said,
    )  # fmt: skip
    out = a_meeting(board, date(2026, 8, 20))
    an_item(out, "Budget")
    an_item(out, "Restricted risks", closed=True)
    boards.issue_agenda(out, **said)
    world.pack, world.closed_pack = (a_pack(out, closed=closed) for closed in (False, True))
    world.pack_share = boards.share_pack(world.pack, board=world.closed.board, **said)
    world.published = publish("agenda", out.record.reference, organisation=house.office, actor=CANDOUR, at=NOW)


def cleared_of(world: World) -> None:
    """A file of the planned item that says the title of the hidden risk by chance."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
    item = Item.objects.select_related("record__organisation", "meeting__board", "meeting__record").get(
        pk=world.planned.pk
    )
    file = add_file(item.record, name="Report.pdf", content=BytesIO(PDF), **said)
    item.record.refresh_from_db()
    world.file_paper = boards.attach(item, file, title="Report", draft=False, **said)
    hidden = world.risks["hidden"].record
    world.clearance = boards.clear_match(world.file_paper, about=hidden, reason="Another thing of that name", **said)


def new_pack(meeting: Meeting, *, closed: bool) -> boards.NewPack:
    """A first pack as it would be compiled, whose files are quick to make."""
    mark = contents_of(agenda_of(meeting, actor=CANDOUR, today=TODAY), closed=closed).mark
    return boards.NewPack(
        closed=closed, version=1, supplement=0, contents=[], numbers={}, frozen={}, changes="", marking="OFFICIAL",
        first_page=1, pages=1, accessible=True, pdf=PDF, word=PDF, mark=mark, issues={},
    )  # fmt: skip


def a_pack(meeting: Meeting, *, closed: bool) -> Pack:
    """A pack that went out."""
    meeting = Meeting.objects.select_related("record__organisation", "board__organisation").get(pk=meeting.pk)
    return boards.issue_pack(meeting, new_pack(meeting, closed=closed), actor=CANDOUR, at=NOW)


def build_world() -> World:
    """Risks seen, restricted, of the force, shared, with a score proposed, and one that never was; a paper in, papers out."""
    house = build_house()
    world = World(house)
    force: dict[str, Any] = {"organisation": house.force, "owner": house.posts["force_policy"]}
    force |= {"responsible_officer": house.posts["force_policy"]}
    rows: dict[str, tuple[dict[str, Any], frozenset[str]]] = {
        "seen": ({"reference": "Q0001"}, OFFICE),
        "hidden": ({"reference": "Q0002", "sensitivity": "restricted"}, DEEP),
        "force": ({"reference": "Q0003", "sensitivity": "office"} | force, FORCE),
        "force hidden": ({"reference": "Q0004", "sensitivity": "restricted"} | force, FORCE - {"force_reader"}),
        "shared": ({"reference": "Q0005"} | force, OFFICE | FORCE),
        "proposed": ({"reference": "Q0006"}, OFFICE),
    }
    for name, (values, seen_by) in rows.items():
        world.risks[name] = risk = a_risk(house, **values)
        world.targets[name] = furnished(house, risk)
        world.targets[name].seen_by = seen_by
    recommendations_of(world)
    audits_of(world)
    agreements_of(world)
    measures_of(world)
    inspections_of(world)
    finance_of(world)
    plans_of(world)
    rounds_of(world)
    for name, body in (("never", house.office), ("never of the force", house.force)):
        world.targets[name] = Target(body.code, "Q9999", frozenset(), body.pk)
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    risks.propose_score(world.risks["proposed"], impact=4, likelihood=4, **said)
    share(world.risks["shared"].record, organisation=house.office, **said)
    boards_of(world)
    planned_of(world)
    link(world.risks["seen"].record, to=world.risks["hidden"].record, how="bears on", **said)
    faulty = read(read_document(PAPER.encode(), "paper.txt"))
    world.draft = begin_draft(organisation=house.office, name="Next", copied_from=house.scale, actor=CANDOUR, at=NOW)
    world.appetite = set_appetite(
        organisation=house.office, category="Finance", word="Open", highest=9, effective=TODAY, **said
    )
    world.scale_to_come = bring_in_matrix(MATRIX, organisation=house.force, starts=FAR, **said)
    world.free = set_up_post(title="Head of Nothing", organisation=house.office, **said)
    cover = {"by": house.posts["finance"], "starts": TODAY, "ends": None, "away": True}
    world.cover = cover_post(house.posts["owner"], **cover, **said)
    world.staged = stage(faulty, organisation=house.office, actor=CANDOUR, at=NOW, paper=PAPER.encode())
    right = PAPER.replace("\t8\t8\t", "\t12\t12\t").encode()
    world.reading = read(read_document(right, "right.txt"))
    world.staged_right = stage(world.reading, organisation=house.office, actor=CANDOUR, at=NOW, paper=right)
    issued = issue("risk-register", actor=CANDOUR, organisation=house.office, at=NOW, as_at=TODAY, reason="For a test")
    world.papers = {paper.audience: paper for paper in issued}
    return world
