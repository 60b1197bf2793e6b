"""The paper of changes as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.people.models import Organisation
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.papers.changes.paper import Stock, changes_paper, copy_of
from candour.recommendations.papers.checks import leaks
from candour.recommendations.queries import register


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """Both trackers of a body, what has ended too, from what had been recorded by `at` and the actor may see."""
    asked: dict[str, Any] = {
        "known_on": at, "organisation": organisation.pk, "closed_since": date.min, "texts": True,
    }  # fmt: skip
    before, after = (register(actor, today=day, as_at=day, **asked) for day in (since, as_at))
    return Stock(organisation.name, settings.PANEL_NAME, local_date(at), since, as_at, tuple(before), tuple(after))


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden recommendation may stand in a copy."""
    copy = copy_of(stock, audience)
    return leaks(document, audience, hidden=copy.hidden, shown=copy.shown)


RECOMMENDATION_CHANGES = PaperKind(
    name="recommendation-changes",
    label="Changes to the recommendations tracker",
    permission=RecommendationPermission.SEE,
    gather=gather,
    write=changes_paper,
    check=checks,
)
