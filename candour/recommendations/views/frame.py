"""What the pages of recommendations share: finding the record, its addresses, the past days on offer, and the switches."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from candour.kernel.papers.days import past_days
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request
from candour.kernel.web.tables import query_string
from candour.recommendations import rules
from candour.recommendations.models import Recommendation
from candour.recommendations.queries import RecommendationRow
from candour.recommendations.queries.one import recommendation_at
from candour.recommendations.views.words import PRIORITY_TONES, SOURCES, STATUS_TONES


def found(request: Request, organisation: str, reference: str) -> Recommendation:
    """The recommendation at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return recommendation_at(organisation, reference, actor=request.actor)
    except Recommendation.DoesNotExist:
        raise Http404 from None


def address(it: Recommendation, name: str = "recommendation", **more: object) -> str:
    """The address of a page of a recommendation: address(it, "recommendation-update")."""
    place = {"organisation": it.record.organisation.code, "reference": it.record.reference}
    return reverse(name, kwargs=place | more)


def past_choices(request: Request) -> list[Choice]:
    """The past days that the as-at control offers, with everything else of the address kept."""
    return [
        Choice(each.label, query_string(request.GET, as_at=each.day.isoformat(), page=None), day=each.day)
        for each in past_days((), request.today)
    ]


@dataclass(frozen=True)
class Listed:
    """A row of a list with what the page adds to it. home: of the body whose tracker this is, not only shared with it."""

    row: RecommendationRow
    href: str
    home: bool
    day: date
    update: str = ""  # where to record an update, for who may

    @property
    def tone(self) -> str:
        return STATUS_TONES.get(self.row.status, "")

    @property
    def priority_tone(self) -> str:
        return PRIORITY_TONES.get(self.row.line.tone, "line")

    @property
    def source(self) -> str:
        return SOURCES.get(self.row.line.source, self.row.line.source)

    @property
    def age(self) -> str:
        """How old it is, from the first report in its chain; one that ended is as old as then. Numbers keep their unit."""
        line = self.row.line
        said = rules.age(line.first_reported, min(line.closed_on or self.day, self.day))
        return said.replace(" year", "\xa0year").replace(" month", "\xa0month")

    @property
    def owners(self) -> str:
        """The posts that answer for it, in a line."""
        return ", ".join(owner.owner for owner in self.row.owners if owner.owner) or "No owner"


def listed(row: RecommendationRow, *, day: date, own: int | None, after: str = "", update: bool = False) -> Listed:
    """A row as lists show it. own: the body whose tracker it is; after: what keeps its page on a past day."""
    place = {"organisation": row.organisation_code, "reference": row.reference}
    href = reverse("recommendation", kwargs=place)
    form = reverse("recommendation-update", kwargs=place) if update else ""
    return Listed(row, href + after, row.organisation_id == own, day, form)
