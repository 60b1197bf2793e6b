"""What records serve: the priorities of a plan. The app that keeps plans says which there are, others what serves each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.kernel.access import Actor


@dataclass(frozen=True)
class Priority:
    """A priority of a plan as others name it. pk: its number where plans are kept. plan: the reference of its plan.

    sensitivity: of its plan. current: whether it can be said of something today that it serves it.
    """

    pk: int
    number: str
    title: str
    plan: str
    organisation: int
    sensitivity: str
    address: str
    current: bool = False

    @property
    def words(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True)
class Serving:
    """A record that serves a priority, as the priority's page lists it. worth: in words; tone: of its state."""

    reference: str
    title: str
    address: str
    state: str
    tone: str
    worth: str
    sensitivity: str


@dataclass(frozen=True)
class Served:
    """Records of a kind that serve a priority: how many one sees, the first of them, and what is said of all together.

    every: the address of the list of them all.
    """

    label: str
    count: int
    said: str
    rows: tuple[Serving, ...]
    every: str


# (actor, a past day or None, what was known by then) -> the priorities of the plans that an actor may see, in order.
Source = Callable[[Actor, date | None, datetime | None], Sequence[Priority]]
# (number of a priority, actor, today, a past day or None) -> what serves it, as far as the actor sees.
ServedSource = Callable[[int, Actor, date, date | None], Served]

_sources: list[Source] = []
_served: dict[str, ServedSource] = {}


def register(source: Source) -> None:
    """Say which priorities there are. Raises ValueError for a second app that keeps plans."""
    if _sources:
        raise ValueError("the priorities of plans are registered twice")
    _sources.append(source)


def register_served(kind: str, source: ServedSource) -> None:
    """Say which records of a kind serve a priority. Raises ValueError for a kind that is taken."""
    if kind in _served:
        raise ValueError(f"what {kind!r} serves is registered twice")
    _served[kind] = source


def priorities(
    actor: Actor, *, as_at: date | None = None, known_on: datetime | None = None, body: int | None = None
) -> tuple[Priority, ...]:
    """The priorities of the plans that an actor may see, plan by plan; as they stood on a past day, with its titles.

    body: of one body's plans alone. One query, two of a past day.
    """
    found = (one for source in _sources for one in source(actor, as_at, known_on))
    return tuple(one for one in found if body is None or one.organisation == body)


def served(priority: int, actor: Actor, *, today: date, as_at: date | None = None) -> tuple[Served, ...]:
    """What serves a priority, kind by kind, as far as an actor sees. A few queries for each kind, however many serve it."""
    return tuple(source(priority, actor, today, as_at) for _, source in sorted(_served.items()))


def said_of(found: Sequence[Priority]) -> dict[int, str]:
    """What each priority is called among some: its number and title, with its plan where there are several."""
    several = len({(one.organisation, one.plan) for one in found}) > 1
    return {one.pk: f"{one.plan}: {one.words}" if several else one.words for one in found}
