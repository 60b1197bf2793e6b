"""A house with one of everything, and what each actor may see of it, said by hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from candour.audits.commands import issue_report
from candour.audits.models import Audit
from candour.boards import commands as boards
from candour.boards.models import Board, Item, Limit, Meeting, Question
from candour.kernel.access import CANDOUR
from candour.kernel.actions.commands import add_action
from candour.kernel.evidence.commands import add_file
from candour.kernel.intake.commands import read, stage
from candour.kernel.intake.document import Reading
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.commands import issue
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.people.commands import set_up_organisation
from candour.kernel.publication.commands import publish, take_on_duty
from candour.kernel.publication.models import Duty, Published
from candour.kernel.records.commands import link, share
from candour.kernel.scales.commands import begin_draft, bring_in_matrix, bring_in_words, set_appetite
from candour.kernel.scales.models import Appetite, Draft, Scale
from candour.recommendations.commands import Due, Owner, open_cycle
from candour.recommendations.models import Ask, Recommendation
from candour.risks import commands as risks
from candour.risks.models import Risk
from tests.audits.factories import DATES, OPINIONS, an_audit
from tests.boards.factories import a_board, a_meeting, an_item
from tests.evidence.samples import PDF
from tests.factories import MATRIX, NOW, TODAY, House, a_risk, build_house
from tests.recommendations.factories import a_recommendation

FAR = date(2090, 1, 1)
NEVER = 10**6  # a number that nothing has
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

OFFICE = frozenset({"policy", "secretary", "chief", "finance", "owner", "reader", "panel", "auditor"})
DEEP = frozenset({"policy", "secretary", "chief", "finance", "panel", "auditor"})
FORCE = frozenset({"force_policy", "force_reader", "panel", "auditor"})


@dataclass
class Target:
    """A record and what hangs on it, by the parameters that addresses take. seen_by: the actors who may see it."""

    organisation: str
    reference: str
    seen_by: frozenset[str]
    organisation_pk: int = 0
    control: int = NEVER
    action: int = NEVER
    file: int = NEVER
    kind: str = "risk"
    assignment: int = NEVER
    item: str = ""  # the reference of the agenda item that stands beside it
    paper: int = NEVER  # of that item
    interest: int = NEVER  # declared in that item


@dataclass
class World:
    house: House
    risks: dict[str, Risk] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    audits: dict[str, Audit] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)  # by the code of their body
    meetings: dict[str, Meeting] = field(default_factory=dict)  # "office", "force" and, of the force, "shared"
    items: dict[str, Item] = field(default_factory=dict)  # by the name of the target
    sat: dict[str, Item] = field(default_factory=dict)  # by the name of the target, of a meeting that was opened
    closed: Meeting = None  # type: ignore[assignment]  # the meeting of sat["seen"], whose minutes wait to be signed
    later: Meeting = None  # type: ignore[assignment]  # of the same board, open now
    question: Question = None  # type: ignore[assignment]  # of the item "seen", about the risk "seen"
    limit: Limit = None  # type: ignore[assignment]
    duty: Duty = None  # type: ignore[assignment]
    published: Published = None  # type: ignore[assignment]
    staged: Staged = None  # type: ignore[assignment]
    staged_right: Staged = None  # type: ignore[assignment]
    reading: Reading = None  # type: ignore[assignment]
    papers: dict[str, IssuedPaper] = field(default_factory=dict)
    draft: Draft = None  # type: ignore[assignment]
    appetite: Appetite = None  # type: ignore[assignment]
    scale_to_come: Scale = None  # type: ignore[assignment]
    asked: Ask = None  # type: ignore[assignment]  # of the chief executive about "seen", in an open cycle

    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """A new client signed in as an actor; nobody for ""."""
        client = Client()
        if name not in self.sessions:
            if name:
                client.force_login(self.house.people[name])
            self.sessions[name] = client.cookies["sessionid"].value if name else ""
        client.cookies = SimpleCookie({"sessionid": self.sessions[name]} if name else {})
        return client


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


def boards_of(world: World) -> None:
    """A board of each body with a meeting, and for each risk an item that is closed where the risk is restricted.

    What of the force is shared with the office stands in a meeting of its own.
    """
    house, said = world.house, {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    seats = {"office": {"chief": "chair", "finance": "member"}, "force": {"force_policy": "chair"}}
    for body in (house.office, house.force):
        board = a_board(house, organisation=body, code="brd", name=f"Board of {body}", seats=seats[body.code])
        boards.add_standing(board, boards.StandingFacts("Budget"), **said)
        boards.add_standing(board, boards.StandingFacts("Restricted risks", closed=True, ground="legal"), **said)
        world.boards[body.code] = board
        world.meetings[body.code] = a_meeting(board, date(2026, 7, 16))
    world.meetings["shared"] = a_meeting(world.boards["force"], date(2026, 9, 17))
    for name, risk in world.risks.items():
        record, closed = risk.record, risk.record.sensitivity == "restricted"
        meeting = world.meetings["shared" if name == "shared" else record.organisation.code]
        item = an_item(meeting, f"Item {name}", presenter=record.owner, closed=closed)
        paper = boards.add_written(item, kind="risk-register", title="The register", **said)
        world.items[name], world.targets[name].item, world.targets[name].paper = item, item.record.reference, paper.pk
        chair = house.posts["chief" if record.organisation == house.office else "force_policy"]
        declared = boards.declare_interest(item, post=chair, nature="A governor", withdrew=False, **said)
        world.targets[name].interest = declared.pk
    for record in (world.meetings["shared"].record, world.items["shared"].record):
        share(record, organisation=house.office, **said)
    world.limit = boards.set_limit(
        organisation=house.office,
        what="Contracts",
        post=house.posts["chief"],
        board=None,
        up_to=None,
        starts=TODAY,
        **said,
    )


def rooms_of(world: World) -> None:
    """For each target an item of a meeting that was opened, with a minute, a decision, two actions; for "proposed" one that
    asks to agree the score. The meeting of "seen" is closed, and a later one of its board is open."""
    house, said = world.house, {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    for name, risk in world.risks.items():
        record = risk.record
        chair = "force_policy" if record.organisation == house.force else "chief"
        seats = {chair: "chair", "policy": "member"} if name == "shared" else {chair: "chair"}
        board = a_board(house, organisation=record.organisation, code=f"room{record.reference[-1]}", seats=seats)
        meeting = a_meeting(board, TODAY if name == "proposed" else date(2026, 6, 11))
        made = an_item(meeting, f"Room {name}", closed=record.sensitivity == "restricted")
        if name == "proposed":
            boards.ask(made, record, act="risk.score", **said)
        boards.open_meeting(meeting, started=time(9), **said)
        boards.take_attendance(meeting, [boards.Taken(house.posts[chair], "present")], **said)
        item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(pk=made.pk)
        boards.write_minute(item, text="It was noted.", summary="", started_at=None, **said)
        boards.declare_interest(item, post=house.posts[chair], nature="None", withdrew=False, **said)
        boards.decide(item, boards.NewDecision("To note it."), **said)
        for words in ("Write", "Call"):
            boards.set_action(item, text=words, owner=house.posts[chair], due=FAR, actor=CANDOUR, at=NOW)
        world.sat[name] = item
    world.closed = Meeting.objects.get(pk=world.sat["seen"].meeting_id)
    boards.close_meeting(world.closed, finished=time(16), **said)
    world.later = a_meeting(world.closed.board, TODAY)
    boards.open_meeting(world.later, started=time(9), **said)
    boards.take_attendance(world.later, [boards.Taken(house.posts["chief"], "present")], **said)


def publications_of(world: World) -> None:
    """A duty of the office, and the agenda of a meeting of its own, published."""
    house, said = world.house, {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    world.duty = take_on_duty(
        organisation=house.office, group="Decisions", title="Agendas", law="", months=3, fulfilled_by="agenda",
        owner=None, starts=TODAY, **said,
    )  # fmt: skip
    out = a_meeting(world.boards["office"], date(2026, 8, 20))
    an_item(out, "Budget")
    an_item(out, "Restricted risks", closed=True)
    boards.issue_agenda(out, **said)
    given = {"organisation": house.office, "actor": CANDOUR, "at": NOW}
    world.published = publish("agenda", out.record.reference, **given)


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
    boards_of(world)
    publications_of(world)
    for name, body in (("never", house.office), ("never of the force", house.force)):
        world.targets[name] = Target(body.code, "Q9999", frozenset(), body.pk, item="Q9999")
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    risks.propose_score(world.risks["proposed"], impact=4, likelihood=4, **said)
    share(world.risks["shared"].record, organisation=house.office, **said)
    rooms_of(world)
    link(world.risks["seen"].record, to=world.risks["hidden"].record, how="bears on", **said)
    faulty = read(read_document(PAPER.encode(), "paper.txt"))
    world.draft = begin_draft(organisation=house.office, name="Next", copied_from=house.scale, actor=CANDOUR, at=NOW)
    world.appetite = set_appetite(
        organisation=house.office, category="Finance", word="Open", highest=9, effective=TODAY, **said
    )
    world.scale_to_come = bring_in_matrix(MATRIX, organisation=house.force, starts=FAR, **said)
    world.staged = stage(faulty, organisation=house.office, actor=CANDOUR, at=NOW, paper=PAPER.encode())
    right = PAPER.replace("\t8\t8\t", "\t12\t12\t").encode()
    world.reading = read(read_document(right, "right.txt"))
    world.staged_right = stage(world.reading, organisation=house.office, actor=CANDOUR, at=NOW, paper=right)
    issued = issue("risk-register", actor=CANDOUR, organisation=house.office, at=NOW, as_at=TODAY, reason="For a test")
    world.papers = {paper.audience: paper for paper in issued}
    return world


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


PATTERNS = {str(pattern.name): pattern for _, pattern in routes()}


def parameters(name: str) -> set[str]:
    """The parameters that the address of a name takes."""
    return set(PATTERNS[name].pattern.converters)


def names_a_record(name: str) -> bool:
    return {"organisation", "reference"} <= parameters(name) and not names_a_meeting(name)


def names_a_meeting(name: str) -> bool:
    """Meetings stand apart: none is restricted as a whole."""
    return name.split("-", maxsplit=1)[0] == "meeting"


def address_of(name: str, target: Target, **over: Any) -> str:
    """The address of a name for a record; over: parameters that lead astray."""
    part = "action" if name.startswith("action") else "paper" if name.startswith("item-") else "file"
    part = "interest" if name == "item-interest-back" else part
    known = {
        "organisation": target.organisation,
        "reference": target.item if name.split("-", maxsplit=1)[0] == "item" else target.reference,
        "control": target.control,
        "assignment": target.assignment,
        "number": getattr(target, part),
        "kind": target.kind,
    } | over
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


TOKEN = re.compile(rb"""(name="csrfmiddlewaretoken" value=")[^"]*""")


@dataclass(frozen=True)
class Answer:
    """What came back: enough to tell two answers apart."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int


def ask(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Answer:
    """One request, with how many queries it took. The token against forged forms differs each time, so it is cut."""
    connection.queries_log.clear()  # it holds 9,000 at most, and counts no further
    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, data or {}) if method == "POST" else client.generic(method, address)
        body = content_of(response)
    headers = tuple(sorted((key, value) for key, value in response.headers.items() if key != "Expires"))
    return Answer(response.status_code, headers, TOKEN.sub(rb"\1", body), len(captured))


def content_of(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def without(answer: Answer, *words: str) -> Answer:
    """An answer without the words of its own address."""
    body, headers = answer.body, answer.headers
    for word in words:
        body = body.replace(word.encode(), b"*")
        headers = tuple((key, value.replace(quote(word, safe=""), "*")) for key, value in headers)
    return Answer(answer.status, headers, body, answer.queries)


def everything() -> dict[str, int]:
    """How many rows there are of everything that can be written, and of what they say."""
    from django.apps import apps

    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("candour."):
            rows = model._base_manager.order_by("pk").values_list()
            found[model._meta.label] = hash(tuple(map(repr, rows)))
    return found
