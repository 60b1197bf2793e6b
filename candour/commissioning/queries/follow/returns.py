"""Monitoring returns: of one agreement, and over all that an actor may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement, Return, ReturnFigure, Schedule
from candour.commissioning.rules import follow
from candour.kernel.access import Actor
from candour.kernel.calendar import days_late
from candour.kernel.history.queries import grouped
from candour.kernel.records.compile import holds
from candour.kernel.records.models import visible
from candour.kernel.rules import read

RETURN_VIEWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "open": ("To do", ("Late", "Sent back, late", "Assessment late", "To assess", "Sent back", "Due")),
    "owed": ("Overdue", follow.OWED),
    "late": ("Not received in time", ("Late", "Sent back, late")),
    "assess": ("To assess", ("To assess", "Assessment late")),
    "back": ("Sent back", ("Sent back", "Sent back, late")),
    "due": ("Due soon", ("Due",)),
    "come": ("To come", ("To come",)),
    "done": ("Satisfactory", ("Satisfactory",)),
    "all": ("Everything", tuple(follow.RETURN_WORDS)),
}
RECORD = "agreement__record__"


@dataclass(frozen=True)
class ReturnFilter:
    """Which returns a list shows. posts: those that assess, None for any. stream: a code."""

    view: str = "open"
    stream: str = ""
    posts: frozenset[int] | None = None
    words: str = ""


@dataclass(frozen=True)
class ReturnRow:
    """A return on a day. spent: pence from the beginning. late: days past the day that counts, where it is overdue.

    figures: (KPI, figure) that it gives; only of the returns of one agreement.
    """

    pk: int
    reference: str
    title: str
    organisation_code: str
    sensitivity: str
    provider: str
    assessor: str
    starts: date
    ends: date
    due: date
    first_due: date
    received_on: date | None
    first_received_on: date | None
    assess_by: date | None
    assessed_on: date | None
    verdict: str
    wanted: str
    narrative: str
    spent: int | None
    back: int
    chased_on: date | None
    file: int | None
    state: str
    late: int
    figures: tuple[tuple[str, Decimal], ...] = field(default=())

    @property
    def owed(self) -> bool:
        return self.state in follow.OWED

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"


COLUMNS = {
    "reference": F(f"{RECORD}reference"),
    "title": F(f"{RECORD}title"),
    "organisation_code": F(f"{RECORD}organisation__code"),
    "sensitivity": F(f"{RECORD}sensitivity"),
    "provider": F("agreement__provider__name"),
    "assessor": F("schedule__assessor__title"),
}
OWN = (
    *("pk", "starts", "ends", "due", "first_due", "received_on", "first_received_on", "assess_by", "assessed_on"),
    *("verdict", "wanted", "narrative", "spent", "back", "chased_on"),
)


def asked_for() -> Q:
    """Returns that stand: not dropped, and of no period that began after the agreement had ended."""
    before = Q(starts__lte=F(f"{RECORD}closed_on")) | Q(**{f"{RECORD}closed_on": None})
    return Q(dropped_on=None) & before


def returns_seen(actor: Actor) -> QuerySet[Return]:
    """The returns of the agreements that an actor may see."""
    return Return.objects.filter(visible(actor, CommissioningPermission.SEE, RECORD), asked_for())


def of_view(view: str, today: date) -> Q:
    """The condition of a view on a day. Raises KeyError for one that does not exist."""
    found = Q(pk__in=[])
    for state in RETURN_VIEWS[view][1]:
        found |= Q(holds(follow.RETURN, state, today))
    return found


def returns_page(
    actor: Actor, wanted: ReturnFilter, *, today: date, offset: int = 0, size: int = 50
) -> tuple[tuple[ReturnRow, ...], dict[str, int]]:
    """A page of returns, what is due or to be assessed first, and how many each view holds. Two queries."""
    every = returns_seen(actor)
    if wanted.stream:
        every = every.filter(agreement__stream__code=wanted.stream)
    if wanted.posts is not None:
        every = every.filter(schedule__assessor__in=wanted.posts)
    for word in wanted.words.split():
        named = Q(**{f"{RECORD}reference__icontains": word}) | Q(**{f"{RECORD}title__icontains": word})
        every = every.filter(named)
    asked: dict[str, Any] = {f"view_{name}": Count("pk", filter=of_view(name, today)) for name in RETURN_VIEWS}
    counts = every.order_by().aggregate(**asked)
    ordered = every.filter(of_view(wanted.view, today)).annotate(day=Coalesce("assess_by", "due"))
    rows = _rows(ordered.order_by("day", "pk")[offset : offset + size], today)
    return rows, {name: counts[f"view_{name}"] for name in RETURN_VIEWS}


def _rows(rows: Any, today: date, figures: Mapping[int, Any] | None = None) -> tuple[ReturnRow, ...]:
    return tuple(
        return_row(values, today, figures or {})
        for values in rows.annotate(**COLUMNS).values(*OWN, "file_id", *COLUMNS)
    )


def return_row(values: dict[str, Any], today: date, figures: Mapping[int, Any]) -> ReturnRow:
    """A return from its values and those of its agreement, on a day. figures: by return."""
    file = values.pop("file_id")
    row = _Read(values["due"], values["received_on"], values["assess_by"], values["verdict"])
    state = read(follow.RETURN, row, today)
    day = values["assess_by"] if state == "Assessment late" else values["due"]
    late = days_late(day, today) if state in follow.OWED else 0
    told = tuple((one["named"], one["value"]) for one in figures.get(values["pk"], ()))
    return ReturnRow(**values, file=file, state=state, late=late, figures=told)


@dataclass(frozen=True)
class _Read:
    due: date
    received_on: date | None
    assess_by: date | None
    verdict: str


def returns_of(agreement: Agreement, *, today: date) -> tuple[ReturnRow, ...]:
    """The returns of an agreement with their figures, the earliest first. Two queries."""
    rows = ReturnFigure.objects.filter(agreement=agreement).annotate(named=F("indicator__name"))
    figures = grouped(list(rows.order_by("indicator", "pk").values("report_id", "named", "value")), "report_id")
    return _rows(Return.objects.filter(asked_for(), agreement=agreement).order_by("starts"), today, figures)


def schedule_of(agreement: Agreement) -> Schedule | None:
    """The schedule that stands, with its post. One query."""
    return agreement.schedules.filter(ended_on=None).select_related("assessor").first()
