"""A house with one of everything, and what each actor may see of it, said by hand."""

from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from itertools import count

from django.test import Client
from django.test.client import ClientHandler

from candour.audits.models import Audit
from candour.boards.models import Board, Clearance, Item, Limit, Meeting, Pack, PackShare, Paper, Planned, Question
from candour.commissioning.models import Agreement, Application, DiligenceKind, Round
from candour.finance.models import Budget, Collaboration, Project, Scheme
from candour.inspections.models import Inspection, Review, StatementItem
from candour.kernel.access.middleware import NUMBER
from candour.kernel.intake.document import Reading
from candour.kernel.intake.models import Staged
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.people.models import Cover, Post
from candour.kernel.publication.models import Duty, Published
from candour.kernel.scales.models import Appetite, Draft, Scale
from candour.performance.models import Group, Measure, MeasureSet
from candour.plan.models import Activity, Objective, Plan
from candour.recommendations.models import Ask, Recommendation
from candour.risks.models import Risk
from tests.factories import House

FAR = date(2090, 1, 1)
NEVER = 10**6  # a number that nothing has
OFFICE = frozenset({"policy", "chief", "finance", "owner", "reader", "admin", "secretary", "panel", "auditor"})
DEEP = frozenset({"policy", "chief", "finance", "admin", "secretary", "panel", "auditor"})
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
    meeting: str = "NEVER-2026-01"
    item: str = "NEVER-2026-01.1"
    interest: int = NEVER
    paper: int = NEVER  # of that item
    priority: int = NEVER  # of the plan


@dataclass
class World:
    house: House
    risks: dict[str, Risk] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    audits: dict[str, Audit] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    group: Group = None  # type: ignore[assignment]  # that the measures of the office are compared in
    measure_set: MeasureSet = None  # type: ignore[assignment]  # in which the measure that everybody sees stands
    inspections: dict[str, Inspection] = field(default_factory=dict)
    stated: dict[str, StatementItem] = field(default_factory=dict)
    review: Review = None  # type: ignore[assignment]  # of the office, open
    cause: Recommendation = None  # type: ignore[assignment]  # of concern, of the inspection seen, with one under it
    budgets: dict[str, Budget] = field(default_factory=dict)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    collaborations: dict[str, Collaboration] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)  # of an opened meeting, for each risk, as public as it is
    closed: Meeting = None  # type: ignore[assignment]  # of the office, before "later", to be signed
    later: Meeting = None  # type: ignore[assignment]
    board: Board = None  # type: ignore[assignment]  # of the office, with meetings to come
    planned: Item = None  # type: ignore[assignment]  # of a meeting to come, with a paper
    agenda_paper: Paper = None  # type: ignore[assignment]
    question: Question = None  # type: ignore[assignment]  # of that item
    once: Planned = None  # type: ignore[assignment]  # in the forward plan of that meeting
    limit: Limit = None  # type: ignore[assignment]
    duty: Duty = None  # type: ignore[assignment]
    published: Published = None  # type: ignore[assignment]
    pack: Pack = None  # type: ignore[assignment]  # of the office, the open part, shared with another of its boards
    closed_pack: Pack = None  # type: ignore[assignment]
    pack_share: PackShare = None  # type: ignore[assignment]
    file_paper: Paper = None  # type: ignore[assignment]  # of the planned item, with words that stand there by chance
    clearance: Clearance = None  # type: ignore[assignment]
    targets: dict[str, Target] = field(default_factory=dict)
    staged: Staged = None  # type: ignore[assignment]
    staged_right: Staged = None  # type: ignore[assignment]
    reading: Reading = None  # type: ignore[assignment]
    papers: dict[str, IssuedPaper] = field(default_factory=dict)
    asked_of: DiligenceKind = None  # type: ignore[assignment]  # of providers, by the office
    draft: Draft = None  # type: ignore[assignment]
    appetite: Appetite = None  # type: ignore[assignment]
    scale_to_come: Scale = None  # type: ignore[assignment]
    asked: Ask = None  # type: ignore[assignment]  # of the chief executive about "seen", in an open cycle
    free: Post = None  # type: ignore[assignment]  # of the office, which nobody holds and which owns nothing
    cover: Cover = None  # type: ignore[assignment]  # of the head of communications, by another post

    sessions: dict[str, str] = field(default_factory=dict)
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    tried: set[tuple[str, str, str]] = field(default_factory=set)  # closed doors, by address, actor and method

    def signed_out(self, name: str) -> None:
        """The next client of an actor signs in anew."""
        self.sessions.pop(name, None)

    def client(self, name: str) -> Client:
        """A new client signed in as an actor; nobody for ""."""
        client = Client()
        client.handler = self.handler  # each would load the middleware anew
        if name not in self.sessions:
            if name:
                client.force_login(self.house.people[name])
                session = client.session
                session[NUMBER] = f"walk{next(numbers)}"
                session.save()
                client.cookies["sessionid"] = session.session_key
            self.sessions[name] = client.cookies["sessionid"].value if name else ""
        client.cookies = SimpleCookie({"sessionid": self.sessions[name]} if name else {})
        return client


numbers = count(1)  # of sign-ins
