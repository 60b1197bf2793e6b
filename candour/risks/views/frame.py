"""What the pages of risks share: finding the record, the day that is shown, the marking, and links that keep their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from candour.kernel.calendar import add_months
from candour.kernel.papers.days import PastDay, past_days, since_for
from candour.kernel.papers.queries import issued_days
from candour.kernel.web.asat import Choice, Since, since_before
from candour.kernel.web.page import Request
from candour.kernel.web.tables import query_string
from candour.risks.models import Risk
from candour.risks.queries import RiskRow, risk_at
from candour.risks.queries.rows import point_at
from candour.risks.views.words import STATUS_TONES


def issued(request: Request) -> tuple[date, ...]:
    """The days of the body's issued risk papers, asked once a request."""
    if not hasattr(request, "issued"):
        request.issued = issued_days("risk-register", request.actor.organisation)  # type: ignore[attr-defined]
    return request.issued  # type: ignore[attr-defined, no-any-return]


def since_of(request: Request, day: date) -> date:
    """The day that the page measures movement from, where the address names none."""
    return since_for(issued(request), day)


def since_asked(request: Request, day: date) -> Since:
    """The day of ?since=, or the usual one."""
    return since_before(request, day, usual=since_of(request, day))


def past_choices(request: Request) -> list[Choice]:
    """The past days that the as-at control offers, with everything else of the address kept."""
    today = request.today
    days: Iterable[PastDay] = past_days(issued(request), today)
    return [
        Choice(each.label, query_string(request.GET, as_at=each.day.isoformat(), page=None), day=each.day)
        for each in days
    ]


def found(request: Request, organisation: str, reference: str, *, appetite_on: date | None = None) -> Risk:
    """The risk at the address, as risk_at gives it. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return risk_at(organisation, reference, actor=request.actor, appetite_on=appetite_on)
    except Risk.DoesNotExist:
        raise Http404 from None


def address(risk: Risk, name: str = "risk", **more: object) -> str:
    """The address of a page of a risk: address(risk, "risk-review")."""
    place = {"organisation": risk.record.organisation.code, "reference": risk.record.reference}
    return reverse(name, kwargs=place | more)


@dataclass(frozen=True)
class Listed:
    """A row of a list with what the page adds to it."""

    row: RiskRow
    href: str
    home: bool  # of the body whose register this is, not only shared with it
    day: date
    cells: tuple[SafeString, ...] = ()

    @property
    def tone(self) -> str:
        return STATUS_TONES.get(self.row.status, "")

    @property
    def scores(self) -> list[int]:
        """The score on the day and three, six, nine and twelve months before it, as far back as there is one on its scale."""
        quarters = (point_at(self.row.history, add_months(self.day, -3 * back)) for back in (4, 3, 2, 1, 0))
        return [
            point.score for point in quarters if point and self.row.matrix and point.matrix.id == self.row.matrix.id
        ]

    @property
    def top(self) -> int:
        return self.row.matrix.scores[-1] if self.row.matrix else 1
