"""How scores moved since a day, worked out in the database as rules.direction() does in Python."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact

from candour.risks.models import Assessment, RiskLine


def standing(column: str, on: Any) -> Subquery:
    """A column of the assessment that stood at the end of a day: impact, likelihood, scale, or product."""
    scored = Assessment.objects.filter(
        risk=OuterRef("pk"), purpose=Assessment.Purpose.CURRENT, proposed=False, withdrawn_on=None, scored_on__lte=on
    )
    last = scored.annotate(product=F("impact") * F("likelihood")).order_by("-scored_on", "-pk")
    return Subquery(last.values(column)[:1], output_field=IntegerField())


def direction_since(since: date | None) -> Case:
    """new, up, down, same or rescaled. Only a line scored after that day is asked what its score was before."""
    if since is None:
        return Case(When(score=None, then=Value("same")), default=Value("new"), output_field=CharField())
    before = standing("product", since)
    return Case(
        When(score=None, then=Value("same")),
        When(moved_on__lte=since, then=Value("same")),
        When(first_recorded__gt=since, then=Value("new")),
        When(~Q(Exact(standing("scale", since), F("scale"))), then=Value("rescaled")),
        When(Q(score__gt=before), then=Value("up")),
        When(Q(score__lt=before), then=Value("down")),
        When(Q(score=before), then=Value("same")),
        default=Value("new"),
        output_field=CharField(),
    )


def moved(rows: QuerySet[RiskLine], movement: str, since: date | None) -> QuerySet[RiskLine]:
    """The lines that moved so: new, up, down, same, rescaled, or "changed" for all but "same"."""
    if movement != "same" and since is not None:
        rows = rows.filter(moved_on__gt=since)
    rows = rows.alias(direction=direction_since(since))
    return rows.exclude(direction="same") if movement == "changed" else rows.filter(direction=movement)
