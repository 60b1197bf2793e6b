"""The register in full, live or as it stood on a past day: what papers, exports, record pages and past-day pages read.

The same number of queries whatever the number of risks: seven at most live and for a past day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_days, grouped
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for
from candour.kernel.scales.queries import matrices
from candour.kernel.scales.rules import Matrix
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, Control, Risk, Update
from candour.risks.queries.rows import RiskRow, line_of, risk_row, score_points, scores_beside

Rows = list[dict[str, Any]]
Sources = tuple[Rows, Rows, Rows, Rows, Rows]  # records, risks, assessments, controls, updates


def register(
    actor: Actor,
    *,
    today: date,
    as_at: date | None = None,
    known_on: datetime | None = None,
    since: date | None = None,
    organisation: int | None = None,
    level: str | None = "strategic",
    closed_since: date | None = None,
    texts: bool = False,
    only: QuerySet[Record] | None = None,
    scales: Mapping[int, Matrix] | None = None,
) -> list[RiskRow]:
    """The risks that an actor may see, highest score first and then by reference.

    as_at: how they stood at the end of that day (None: now). since: the day that movement is measured from. Closed risks are
    left out, save those closed after closed_since. level None gives every level. texts: wording, controls and updates too.
    """
    records = _records(actor, organisation, only)
    scales = matrices() if scales is None else scales
    if as_at is None:
        sources = _live(records, level, closed_since, texts)
    else:
        (sources,) = _past(actor, records, (as_at,), known_on, texts)
    return _rows(sources, as_at or today, since, level=level, closed_since=closed_since, scales=scales)


def registers(
    actor: Actor,
    *,
    days: Sequence[date],
    organisation: int | None,
    scales: Mapping[int, Matrix],
    known_on: datetime | None = None,
    only: QuerySet[Record] | None = None,
) -> list[list[RiskRow]]:
    """The risks of every level, closed ones too, as they stood at the end of each of some days; five queries for all."""
    past = _past(actor, _records(actor, organisation, only), days, known_on, texts=False)
    return [
        _rows(sources, day, None, level=None, closed_since=date.min, scales=scales)
        for sources, day in zip(past, days, strict=True)
    ]


def _records(actor: Actor, organisation: int | None, only: QuerySet[Record] | None) -> QuerySet[Record]:
    records = (Record.objects.all() if only is None else only).filter(visible(actor, RiskPermission.SEE), kind="risk")
    return records if organisation is None else records.filter(organisation=organisation)


def _rows(
    sources: Sources,
    day: date,
    since: date | None,
    *,
    level: str | None,
    closed_since: date | None,
    scales: Mapping[int, Matrix],
) -> list[RiskRow]:
    record_rows, risk_rows, assessments, controls, updates = sources
    by_record = {row["id"]: row for row in record_rows}
    scores, tied, said = (grouped(rows, "risk_id") for rows in (assessments, controls, updates))
    found = []
    for risk in risk_rows:
        record = by_record.get(risk["record_id"])
        if record is None or not _stands(record, risk, level, closed_since):
            continue
        pk = risk["record_id"]
        values = record | risk
        points = score_points(scores[pk], scales, day)
        line = line_of(values, assessments=scores[pk], controls=tied[pk], matrices=scales)
        beside = scores_beside(scores[pk], scales, day)
        more: dict[str, Any] = {"controls": tied[pk], "updates": said[pk], "beside": beside}
        found.append(risk_row(values, line=line, points=points, today=day, since=since, **more))
    return sorted(found, key=lambda row: (-(row.line.score or 0), row.reference))


STANDING = ("organisation_code", "shared")  # what a past day shows as it is now


def standing(records: QuerySet[Record]) -> QuerySet[Record]:
    """Records with the code of their body, and whether they are shared."""
    shares = Share.objects.filter(record=OuterRef("pk"), ended=None)
    return records.annotate(organisation_code=F("organisation__code"), shared=Exists(shares)).order_by()


def risk_on(
    record: Record, *, actor: Actor, today: date, as_at: date | None = None, since: date | None = None
) -> RiskRow | None:
    """One risk in full, live or as it stood; None where it did not stand yet, or may not be seen as it stood."""
    rows = register(
        actor,
        today=today,
        as_at=as_at,
        since=since,
        level=None,
        closed_since=date.min,
        texts=True,
        only=Record.objects.filter(pk=record.pk),
    )
    return rows[0] if rows else None


def _stands(record: dict[str, Any], risk: dict[str, Any], level: str | None, closed_since: date | None) -> bool:
    if level is not None and risk["level"] != level:
        return False
    return record["closed_on"] is None or (closed_since is not None and record["closed_on"] > closed_since)


def _seen_then(actor: Actor, records: QuerySet[Record], past: Sequence[Rows]) -> list[Rows]:
    """Of each day the states that an actor may see: what is published later gives away no more than it did. One query."""
    told = standing(records).annotate(shared_with_actor=Exists(shares_for(actor).filter(record=OuterRef("pk"))))
    today = {row["id"]: row for row in told.values("id", "sensitivity", "shared_with_actor", *STANDING)}
    found: list[Rows] = []
    for states in past:
        seen = []
        for state in states:
            now = today[state["id"]]
            state |= {name: now[name] for name in STANDING}
            state["sensitivity"] = stricter(state["sensitivity"], now["sensitivity"])
            if seen_then(actor, state, shared=now["shared_with_actor"]):
                seen.append(state)
        found.append(seen)
    return found


def _past(
    actor: Actor, records: QuerySet[Record], days: Sequence[date], known_on: datetime | None, texts: bool
) -> list[Sources]:
    """What the rows of each day are made of. Five queries whatever the number of days; six with texts."""

    def on(rows: QuerySet) -> list[Rows]:
        return as_at_days(rows, days, known_on=known_on)

    children = {"risk__record__in": records}
    return list(
        zip(
            _seen_then(actor, records, on(records)),
            on(Risk.objects.filter(record__in=records)),
            on(Assessment.objects.filter(**children)),
            on(Control.objects.filter(**children)),
            on(Update.objects.filter(**children)) if texts else [[] for _ in days],
            strict=True,
        )
    )


def _live(records: QuerySet[Record], level: str | None, closed_since: date | None, texts: bool) -> Sources:
    if level is not None:
        records = records.filter(risk__level=level)
    if closed_since is None:
        records = records.filter(closed_on=None)
    children = {"risk__record__in": records}
    owner = F("owner__title")
    officer, joint = F("responsible_officer__title"), F("joint_with__name")
    return (
        values(standing(records).annotate(organisation_label=F("organisation__name"), owner_label=owner)),
        values(
            Risk.objects.filter(record__in=records).annotate(responsible_officer_label=officer, joint_with_label=joint)
        ),
        values(Assessment.objects.filter(**children)),
        values(Control.objects.filter(**children).annotate(owner_label=owner)),
        values(Update.objects.filter(**children)) if texts else [],
    )


def values(rows: QuerySet[Any]) -> Rows:
    """Live rows as the dicts that a past day gives, in no order."""
    return list(rows.order_by().values())
