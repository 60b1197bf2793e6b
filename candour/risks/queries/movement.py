"""How scores moved since a day, worked out in the database as rules.direction() does in Python."""

from datetime import date

from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from candour.risks.models import Assessment, RiskLine


def score_on(day: date) -> Subquery:
    """The score that stood at the end of a day, from the assessments."""
    scored = Assessment.objects.filter(
        risk=OuterRef("pk"), purpose=Assessment.Purpose.CURRENT, proposed=False, withdrawn_on=None, scored_on__lte=day
    )
    product = scored.annotate(product=F("impact") * F("likelihood")).order_by("-scored_on", "-pk")
    return Subquery(product.values("product")[:1], output_field=IntegerField())


def direction_since(since: date | None) -> Case:
    """new, up, down or same. Only a line scored after that day is asked what its score was before."""
    if since is None:
        return Case(When(score=None, then=Value("same")), default=Value("new"), output_field=CharField())
    before = score_on(since)
    return Case(
        When(score=None, then=Value("same")),
        When(first_recorded__gt=since, then=Value("new")),
        When(scored_on__lte=since, then=Value("same")),
        When(Q(score__gt=before), then=Value("up")),
        When(Q(score__lt=before), then=Value("down")),
        When(Q(score=before), then=Value("same")),
        default=Value("new"),
        output_field=CharField(),
    )


def moved(rows: QuerySet[RiskLine], movement: str, since: date | None) -> QuerySet[RiskLine]:
    """The lines that moved so: new, up, down, same, or "changed" for the first three."""
    if movement != "same" and since is not None:
        rows = rows.filter(Q(scored_on__gt=since) | Q(first_recorded__gt=since))
    rows = rows.alias(direction=direction_since(since))
    return rows.exclude(direction="same") if movement == "changed" else rows.filter(direction=movement)
