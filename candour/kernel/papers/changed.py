"""The page of what changed in a register between two days: what every such page has, whatever the register."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from candour.kernel.papers.days import OFFERED, since_for
from candour.kernel.web.asat import AsAt, Choice, Since, as_at_of, kept_with_day, kept_with_since, since_before
from candour.kernel.web.forms import Problem
from candour.kernel.web.page import Request
from candour.kernel.web.tables import Page, query_string

SIZE = 100  # lines of one page


class OfAKind(Protocol):
    """A change, as the app finds them."""

    @property
    def kind(self) -> str: ...


A = TypeVar("A", bound=OfAKind)


@dataclass(frozen=True)
class Told(Generic[A]):
    """A change with the address of its record."""

    change: A
    href: str


@dataclass(frozen=True)
class Group(Generic[A]):
    """The changes of one kind on this page of the list."""

    kind: str
    title: str
    rows: tuple[Told[A], ...]


@dataclass(frozen=True)
class TwoDays:
    """The days that an address asks for: the later (?as_at=, else today), and one before it (?since=, else the usual one)."""

    as_at: AsAt
    day: date
    compared: Since
    offered: Sequence[Choice]

    @property
    def since(self) -> date:
        return self.compared.day

    @property
    def problems(self) -> list[Problem]:
        return [*self.as_at.problems, *self.compared.problems]

    def context(self, request: Request, problems: Sequence[Problem]) -> dict[str, Any]:
        """What the page says of the two days, and the forms that ask for others. problems: these, and the page's own."""
        return {
            "as_at": self.as_at,
            "day": self.day,
            "compared": self.compared,
            "since": self.since,
            "since_days": self.offered,
            "problems": problems,
            "has_errors": bool(problems),
            "keep": kept_with_day(request),
            "keep_since": kept_with_since(request),
            "back": query_string(request.GET, as_at=None, page=None),
        }


def two_days_asked(request: Request, offered: Mapping[date, str]) -> TwoDays:
    """offered: days worth comparing with, of papers and meetings, and what each was; the last of them is the usual one."""
    as_at = as_at_of(request)
    day = as_at.day or request.today
    before = sorted((each for each in offered if each < day), reverse=True)
    compared = since_before(request, day, usual=since_for(before, day))
    return TwoDays(as_at, day, compared, since_choices(request, {each: offered[each] for each in before[:OFFERED]}))


def since_choices(request: Request, offered: Mapping[date, str]) -> list[Choice]:
    """Links to the same page, compared with some days."""
    return [
        Choice(label, query_string(request.GET, since=day.isoformat(), page=None), day=day)
        for day, label in offered.items()
    ]


def shown(request: Request, found: Sequence[A], kinds: Mapping[str, str], href: Callable[[A], str]) -> dict[str, Any]:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time, beside how much there is of each kind.

    kinds: label by kind, in the order told. href: the address of a change's record. Gives "rows", those of this page, too.
    """
    what, counts = request.GET.get("what", ""), Counter(change.kind for change in found)
    wanted = [change for change in found if change.kind == what] if what in kinds else found
    paging = Page.read(request.GET, count=len(wanted), size=SIZE)
    rows = paging.of(wanted)
    return {
        "figures": [
            (label, counts[kind], query_string(request.GET, what=kind, page=None)) for kind, label in kinds.items()
        ],
        "what": kinds.get(what, ""),
        "everything": query_string(request.GET, what=None, page=None),
        "groups": _groups(rows, kinds, href),
        "all": len(found),
        "total": len(wanted),
        "page": paging,
        "rows": rows,
    }


def _groups(rows: Iterable[A], kinds: Mapping[str, str], href: Callable[[A], str]) -> list[Group[A]]:
    told: dict[str, list[Told[A]]] = {}
    for change in rows:
        told.setdefault(change.kind, []).append(Told(change, href(change)))
    return [Group(kind, kinds[kind], tuple(each)) for kind, each in told.items()]
