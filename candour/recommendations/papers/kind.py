"""The tracker paper as the kernel's papers know it: asked of the database once, written and checked from that."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.conf import settings

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.evidence.models import File
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.papers.kinds import PaperKind
from candour.kernel.people.models import Organisation
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.papers.checks import checks
from candour.recommendations.papers.paper import tracker_paper
from candour.recommendations.papers.stock import Stock, verified_since
from candour.recommendations.queries import register
from candour.recommendations.queries.near import near_records


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The tracker of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    asked: dict[str, Any] = {"today": as_at, "known_on": at, "organisation": organisation.pk}
    before = register(actor, as_at=since, **asked)
    every = register(actor, as_at=as_at, closed_since=date.min, texts=True, **asked)
    rows = tuple(row for row in every if _shown(row.line.closed_on, since) or verified_since(row, since))
    proposed = [row.pk for row in rows if row.line.proposed_on]
    files = states_on(File.objects.filter(record__in=proposed), as_at, known_on=at) if proposed else []
    near = near_records(actor, rows, as_at=as_at, known_on=at)
    scales = [one.scale for one in near.values() if one.scale]
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        since=since,
        dated=local_date(at),
        rows=rows,
        before=frozenset(row.pk for row in before),
        near=near,
        files=Counter(file["record_id"] for file in files if file["removed_on"] is None),
        priorities=words_on(organisation.pk, Scale.Kind.PRIORITY, as_at),
        opinions=max(scales, key=lambda scale: scale.id)
        if scales
        else words_on(organisation.pk, Scale.Kind.OPINION, as_at),
        admit_redacted=settings.ADMIT_REDACTED,
    )


def _shown(closed_on: date | None, since: date) -> bool:
    return closed_on is None or closed_on > since


RECOMMENDATIONS = PaperKind(
    name="recommendations",
    label="Recommendations tracker paper",
    permission=RecommendationPermission.SEE,
    gather=gather,
    write=tracker_paper,
    check=checks,
)
