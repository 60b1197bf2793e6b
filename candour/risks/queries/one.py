"""One risk: found at its address as an actor may see it, and read in full, live or as it stood."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F

from candour.kernel.access import Actor
from candour.kernel.composed import Composed
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Record, visible
from candour.kernel.records.queries import seen_then
from candour.kernel.scales.rules import Matrix
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, Control, Risk, Update
from candour.risks.queries.appetite import appetite_columns
from candour.risks.queries.rows import RiskRow, ScorePoint, line_of, risk_row, score_points, scores_beside

RISK_FIELDS = (
    "level",
    "source",
    "event",
    "effect",
    "context",
    "category",
    "first_recorded",
    "last_review",
    "transferred_on",
    "accepted_on",
    "next_key_date",
    "response",
    "joint_reference",
    "merged_into_id",
)
RECORD_FIELDS = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")


def risk_at(organisation: str, reference: str, *, actor: Actor, appetite_on: date | None = None) -> Risk:
    """The risk at an address, with its record, owner and responsible officer. One query.

    appetite_on: bring what the body tolerates in its category on that day too, for appetite.tolerated. Raises
    Risk.DoesNotExist alike for one that is hidden and one that never was.
    """
    values: dict[str, Any] = {"organisation": organisation, "reference": reference}
    found = _at(actor, **values) if appetite_on is None else _at(actor, **values, appetite_on=appetite_on)
    if not found:
        raise Risk.DoesNotExist
    return found[0]  # type: ignore[no-any-return]


@Composed
def _at(actor: Actor, *, organisation: str, reference: str, appetite_on: date | None = None) -> Any:
    rows = Risk.objects.select_related("record__organisation", "record__owner", "responsible_officer", "joint_with")
    if appetite_on is not None:
        rows = rows.annotate(**appetite_columns(appetite_on))
    return rows.filter(
        visible(actor, RiskPermission.SEE, "record__"),
        record__kind="risk",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def in_full(risk: Risk, *, actor: Actor, today: date, since: date | None, as_at: date | None = None) -> RiskRow | None:
    """A risk with its wording, scores, controls and updates: three queries live, six as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    day = as_at or today
    assessments = _scored(risk=risk.pk)
    scales = {each.scale_id: each.scale.matrix() for each in assessments}
    if as_at is not None:
        return _as_it_stood(risk, actor=actor, day=as_at, since=since, scales=scales)
    record = risk.record
    values = {name: getattr(record, name) for name in RECORD_FIELDS} | {
        name: getattr(risk, name) for name in RISK_FIELDS
    }
    values |= {
        "record_id": record.pk,
        "organisation_label": str(record.organisation),
        "organisation_code": record.organisation.code,
        "owner_label": str(record.owner or ""),
        "responsible_officer_label": str(risk.responsible_officer or ""),
        "joint_with_label": str(risk.joint_with or ""),
    }
    controls, updates = _controls(risk=risk.pk), _updates(risk=risk.pk)
    return _row(values, _plain(assessments), controls, updates, scales=scales, day=day, since=since)


_scored = Composed(
    lambda *, risk: Assessment.objects.filter(risk=risk).select_related("scale").order_by("scored_on", "pk")
)
_controls = Composed(
    lambda *, risk: Control.objects.filter(risk=risk).annotate(owner_label=F("owner__title")).order_by().values()
)
_updates = Composed(lambda *, risk: Update.objects.filter(risk=risk).order_by().values())
SCORE_FIELDS = ("id", "purpose", "proposed", "withdrawn_on", "scored_on", "scale_id", "impact", "likelihood")


def _plain(assessments: Iterable[Assessment]) -> list[dict[str, Any]]:
    return [{name: getattr(each, name) for name in SCORE_FIELDS} for each in assessments]


def score_points_of(risk: Risk) -> tuple[ScorePoint, ...]:
    """Every current score of a risk, oldest first. One query."""
    assessments = list(Assessment.objects.filter(risk=risk).select_related("scale"))
    scales = {each.scale_id: each.scale.matrix() for each in assessments}
    return score_points(_plain(assessments), scales, date.max)


def standing_scores(risk: Risk) -> dict[str, Assessment]:
    """The last score of each purpose, and the proposed one where one waits for an answer. One query."""
    rows = Assessment.objects.filter(risk=risk, withdrawn_on=None).select_related("scale").order_by("scored_on", "pk")
    return {("proposed" if row.proposed else row.purpose): row for row in rows}


def _as_it_stood(
    risk: Risk, *, actor: Actor, day: date, since: date | None, scales: dict[int, Matrix]
) -> RiskRow | None:
    record = next(iter(states_on(Record.objects.filter(pk=risk.pk), day)), None)
    then = next(iter(states_on(Risk.objects.filter(pk=risk.pk), day)), None)
    if record is None or then is None or not seen_then(actor, record):
        return None
    values = record | then | {"organisation_code": risk.record.organisation.code}
    scores = states_on(Assessment.objects.filter(risk=risk), day)
    controls = states_on(Control.objects.filter(risk=risk), day)
    updates = states_on(Update.objects.filter(risk=risk), day)
    return _row(values, scores, controls, updates, scales=scales, day=day, since=since)


def _row(
    values: dict[str, Any],
    scores: list[dict[str, Any]],
    controls: list[dict[str, Any]],
    updates: list[dict[str, Any]],
    *,
    scales: dict[int, Matrix],
    day: date,
    since: date | None,
) -> RiskRow:
    points = score_points(scores, scales, day)
    line = line_of(values, assessments=scores, controls=controls, matrices=scales)
    said: dict[str, Any] = {"controls": controls, "updates": updates, "beside": scores_beside(scores, scales, day)}
    return risk_row(values, line=line, points=points, today=day, since=since, **said)
