"""A tracker of any size beside the register of risks, and how long its pages take."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from candour.config.bench.build import AT, BATCH, START, WORDS, Register, analyse
from candour.config.bench.cycles import run_cycles
from candour.config.bench.measure import Figure, after_another, again, once, page, timed
from candour.config.bench.multiply import multiply
from candour.config.bench.save import Answers, answers_of, save
from candour.kernel.access import CANDOUR
from candour.kernel.access.queries import actor_for
from candour.kernel.calendar import say_date
from candour.kernel.establishment.commands import appoint
from candour.kernel.records.models import Record
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from candour.recommendations import queries
from candour.recommendations.commands import Due, NewRecommendation, Owner, Said, raise_many
from candour.recommendations.models import (
    Ask,
    Assignment,
    Closure,
    Cycle,
    Recommendation,
    RecommendationLine,
    SlipLine,
    Source,
    Target,
    Update,
)
from candour.recommendations.queries.orders import SORTS

UPDATES = 20
RAISED = 5000  # from which a tracker of more is written in copies
ROWS = 26  # recorded for one: its record, itself, two owners at most, their dates, its updates
LIST = "/recommendations/"
PRIORITIES = Words(
    id=0,
    name="Three priorities",
    steps=(Step(1, "High", tone="high"), Step(2, "Medium", tone="medium"), Step(3, "Low", tone="low")),
)
turn = count(1)


class Tracker:
    """The recommendations of the bench, for the posts of a register."""

    def __init__(self, register: Register) -> None:
        self.register, self.random, self.made = register, register.random, 0
        said: dict[str, Any] = {"actor": CANDOUR, "at": AT, "reason": "Set up to measure"}
        # The person answers for an eighth of them, so that their own page is not an empty one.
        appoint(register.person, register.owners[0], starts=START, **said)
        bring_in_words(PRIORITIES, kind=Scale.Kind.PRIORITY, organisation=register.office, starts=START, **said)

    def add(self, many: int) -> None:
        """Raise so many, each with one or two owners, none to three slips, and twenty updates."""
        said: dict[str, Any] = {"organisation": self.register.office, "actor": CANDOUR, "at": AT}
        for start in range(0, many, BATCH):
            day = START + timedelta(days=self.random.randrange(700))
            found = [self._new(day) for _ in range(min(BATCH, many - start))]
            raise_many(found, effective=day, reason="Made to measure", **said)

    def _new(self, day: date) -> NewRecommendation:
        self.made += 1
        owners = self.random.sample(self.register.owners, self.random.choice((1, 1, 1, 2)))
        outcome = self.random.choice(("", "", "closed", "superseded")) if self.made % 3 == 0 else ""
        words = self.register.words
        return NewRecommendation(
            reference=f"R{self.made:06}",
            title=f"The office should {words(5)}",
            source=self.random.choice(Source.values),
            audit=f"Audit of {self.random.choice(WORDS)} {day.year}",
            text=words(30),
            finding=words(30),
            risk=words(12),
            priority=self.random.choice(("High", "Medium", "Low")),
            response=self.random.choice(("", "accepted", "accepted", "in part")),
            response_text=words(15),
            reported_on=day - timedelta(days=self.random.randrange(1500)),
            sensitivity="restricted" if self.made % 50 == 0 else "public",
            owners=[Owner(post, self._dates(day)) for post in owners],
            updates=[self._update(day, number) for number in range(UPDATES)],
            outcome=outcome,
            ended_on=day + timedelta(days=30) if outcome else None,
        )

    def _dates(self, day: date) -> list[Due]:
        found = []
        due = day + timedelta(days=self.random.randrange(700))
        for number in range(self.random.choice((1, 1, 2, 3, 4))):
            due += timedelta(days=self.random.randrange(20, 200)) if number else timedelta(0)
            found.append(Due(say_date(due), due, self.register.words(6), "The panel"))
        return found

    def _update(self, day: date, number: int) -> Said:
        words = self.register.words
        dated = day + timedelta(days=number)
        return Said(dated, f"Period {number + 1}", achieved=words(20), left=words(10), barriers=words(5))


def measures(register: Register, rows: int, *, copied: bool) -> Iterator[Figure]:
    """Every figure of the tracker, as it is measured. copied: what is more than RAISED is written in copies (multiply.py)."""
    tracker = Tracker(register)
    times = -(-rows // RAISED) if copied else 1
    raised = rows // times
    making = once("making", lambda: tracker.add(raised))
    rate = round(raised / making.median)
    yield Figure(f"recommendations raised, of some {ROWS} recorded rows each", rate, rate, unit="records/s")
    cycle = run_cycles(register) if raised <= RAISED else None
    if times > 1:
        name = f"rows of {raised:,} recommendations written {times} times over, without a history of their own"
        yield once(name, lambda: multiply("recommendation", HANGING, times - 1))
    analyse()
    client = Client()
    client.force_login(register.person)
    yield from _listed(client, register, raised * times)
    yield page(client, "recommendation: detail", f"{LIST}office/R000007/")
    yield page(client, "recommendations: mine", f"{LIST}mine/")
    if cycle:
        yield from _asked(client, cycle)
    yield from _saved(client)
    for name in ("age", "slips", "closures", "dates"):
        yield page(client, f"recommendations: figures of {name}", f"{LIST}{name}/")
    yield from _past(register, min(raised, 1000))


def _asked(client: Client, cycle: Cycle) -> Iterator[Figure]:
    """The pages of a cycle that asked for thousands of answers."""
    asked = Ask.objects.filter(cycle=cycle).count()
    yield page(client, f"recommendations: board of a cycle of {asked:,} answers", f"{LIST}cycles/{cycle.pk}/")
    yield page(client, "recommendations: letters of that cycle", f"{LIST}cycles/{cycle.pk}/letters/", hold="")


def _listed(client: Client, register: Register, rows: int) -> Iterator[Figure]:
    """The list in every order and by every filter that is measured."""
    yield page(client, "recommendations: list of 50", LIST)
    yield again(client, "recommendations: list of 50", LIST)
    for name, query in QUERIES.items():
        yield page(client, f"recommendations: {name}", f"{LIST}?{query}")
    yield page(client, "recommendations: filter by owner", f"{LIST}?owner={register.owners[0].pk}")
    yield after_another(client, "recommendations: sort by owner", LIST, f"{LIST}?sort=owner")
    far = 100 if rows >= 10000 else 2
    yield page(client, f"recommendations: page {far}", f"{LIST}?page={far}")


QUERIES = {
    "filter by status": "status=Overdue",
    "filter by words that few have": "q=walwalwal",
    "filter by words that nine in ten have": "q=custody+radio",
    "filter by first date": "past=over+a+year",
    "filter by slips": "slips=2",
    "filter by report": "audit=Audit+of+fleet+2024",
    **{f"sort by {name}": f"sort={name}" for name in SORTS},
    "sort by most slips": "sort=-slips",
}
# What hangs on a recommendation, those first that others point at, with the column that says on which.
HANGING: dict[type[Model], str] = {
    Recommendation: "record_id",
    RecommendationLine: "record_id",
    **dict.fromkeys((Assignment, Target, Update, Closure), "recommendation_id"),
    SlipLine: "record_id",
}


def _saved(client: Client) -> Iterator[Figure]:
    """Saving an update through its page, as a person does; some that were ended or closed are passed over."""
    forms = [opened(client) for _ in range(32)]  # two to warm up
    median, p95 = timed(lambda: save(client, forms.pop()), 30)
    yield Figure("recommendation: save an update", median, p95, hold="100")


def opened(client: Client) -> Answers:
    """Open the update of the next recommendation that takes one."""
    response = None
    while response is None or response.status_code != 200:
        number = next(turn)
        address = f"{LIST}office/R{number:06}/update/"
        response = client.get(address)
        if response.status_code == 404:
            raise RuntimeError(f"{address} answered 404")
    said = {"achieved": f"Moved in turn {number}", "left": "The rest", "barriers": "None", "closure": "no"}
    return address, answers_of(response.content.decode()) | said | {"period": "This quarter"}


def _past(register: Register, many: int) -> Iterator[Figure]:
    """So many with all that hangs on them as at a past day; what DESIGN holds is said of a thousand."""
    today = timezone.localdate()
    actor = actor_for(register.person, today)
    first = Record.objects.filter(kind="recommendation").order_by("pk").values("pk")[:many]
    only = Record.objects.filter(pk__in=first)
    asked: dict[str, Any] = {
        "today": today,
        "as_at": today - timedelta(days=30),
        "closed_since": date.min,
        "only": only,
    }
    name = f"{many:,} recommendations with owners, dates and updates as at a past day"
    yield once(name, lambda: queries.register(actor, texts=True, **asked), hold="0.5" if many == 1000 else "")
