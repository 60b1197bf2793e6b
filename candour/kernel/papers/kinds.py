"""The kinds of paper that apps can write, and one paper of any of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import add_months, local_date, say_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.queries import last_as_at
from candour.kernel.people.models import Organisation

MONTHS_BACK = 3  # what a first paper is compared with: panels meet each quarter


class UnknownPaper(ValueError):
    """No app writes a paper of this name; the message lists those that there are."""


@dataclass(frozen=True)
class Check:
    """One check of a copy before it is issued. stops: a failure that no reason can excuse."""

    passed: bool
    words: str
    detail: str = ""
    stops: bool = False


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper that an app writes.

    gather(actor, organisation=, as_at=, since=, at=) asks the database once: what it gives is all that write(stock, audience)
    and check(stock, audience, document) know, so every audience's copy comes from the same rows. issued: the audiences
    whose copies are issued together. permission: what an actor needs, in the organisation, to see what the paper is made from.
    """

    name: str
    label: str
    permission: str
    gather: Callable[..., Any]
    write: Callable[[Any, str], Document]
    check: Callable[[Any, str, Document], tuple[Check, ...]]
    issued: tuple[str, ...] = ("panel", "public")


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> None:
    """Make a kind known. Raises ValueError for a name that is taken."""
    if kind.name in _kinds:
        raise ValueError(f"the paper {kind.name!r} is registered twice")
    _kinds[kind.name] = kind


def paper_kinds() -> list[PaperKind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def paper_kind(name: str) -> PaperKind:
    """The kind of that name. Raises UnknownPaper."""
    if name not in _kinds:
        raise UnknownPaper(f"there is no paper {name!r}; there are: {', '.join(sorted(_kinds)) or 'none yet'}")
    return _kinds[name]


@dataclass(frozen=True)
class Days:
    """The day that a paper shows, and the day that changes are counted from."""

    as_at: date
    since: date


def days_of(kind: str, *, organisation: Organisation, as_at: date | None, since: date | None, at: datetime) -> Days:
    """The days of a paper: today and the day of the paper last issued before it, unless given.

    Raises ValueError for a day still to come, or one compared with that is not before the other.
    """
    today = local_date(at)
    day = as_at or today
    if day > today:
        raise ValueError(
            f"{say_date(day)} is still to come: a paper shows the register as it stood, today at the latest"
        )
    compared = since or last_as_at(kind, organisation.pk, before=day) or add_months(day, -MONTHS_BACK)
    if compared >= day:
        raise ValueError(f"the day to compare with must be before {say_date(day)}, not {say_date(compared)}")
    return Days(day, compared)


def paper(
    kind: str,
    *,
    actor: Actor,
    organisation: Organisation,
    as_at: date | None = None,
    since: date | None = None,
    audience: str = "panel",
    at: datetime,
) -> Document:
    """A paper as a draft, from what the actor may see.

    Raises UnknownPaper, and ValueError for days or an audience that cannot be.
    """
    found = paper_kind(kind)
    days = days_of(kind, organisation=organisation, as_at=as_at, since=since, at=at)
    stock = found.gather(actor, organisation=organisation, as_at=days.as_at, since=days.since, at=at)
    return found.write(stock, audience)
