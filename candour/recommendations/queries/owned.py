"""Which open recommendations a post answers for."""

from candour.kernel.establishment.work import Source
from candour.kernel.records.models import visible
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment

RECORD = "recommendation__record__"

RECOMMENDATIONS = Source(
    name="recommendation",
    one="recommendation",
    many="recommendations",
    order=20,
    rows=lambda actor, today: Assignment.objects.filter(
        visible(actor, RecommendationPermission.SEE, RECORD), removed_on=None, recommendation__record__closed_on=None
    ),
    holder="owner",
    record=RECORD,
    title=f"{RECORD}title",
    due=f"{RECORD}recommendation_line__due",
)
