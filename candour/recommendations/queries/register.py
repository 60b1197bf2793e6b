"""Recommendations in full, live or as they stood on a past day: what papers, exports, loads and past-day pages read.

The same number of queries whatever the number of recommendations: nine at most.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.kernel.scales.rules import Words
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Assignment, Closure, DateAsked, Recommendation, Target, Update
from candour.recommendations.queries.rows import RecommendationRow, line_of, recommendation_row

Rows = list[dict[str, Any]]
KIND = "recommendation"
STANDING = ("organisation_code", "shared")  # what a past day shows as it is now


def register(
    actor: Actor,
    *,
    today: date,
    as_at: date | None = None,
    known_on: datetime | None = None,
    organisation: int | None = None,
    closed_since: date | None = None,
    texts: bool = False,
    asked: bool = False,
    only: QuerySet[Record] | None = None,
) -> list[RecommendationRow]:
    """The recommendations that an actor may see, highest priority first, then by first date and reference.

    as_at: how they stood at the end of that day (None: now), by what had been recorded by known_on. Those that have ended
    are left out, save those that ended after closed_since. texts: updates and proposals in full too. asked: the
    new dates that owners ask for too.
    """
    records = (Record.objects.all() if only is None else only).filter(visible(actor, RecommendationPermission.SEE))
    records = records.filter(kind=KIND)
    if organisation is not None:
        records = records.filter(organisation=organisation)
    parts = _live(records) if as_at is None else _past(actor, records, as_at, known_on)
    if asked:
        dates: Any = DateAsked.objects.filter(recommendation__record__in=records)
        parts["asked"] = list(dates.values()) if as_at is None else states_on(dates, as_at, known_on=known_on)
    scales = word_scales(Scale.Kind.PRIORITY)
    rows = _rows(parts, as_at or today, scales=scales, texts=texts)
    kept = [row for row in rows if row.line.closed_on is None or _since(row.line.closed_on, closed_since)]
    return sorted(kept, key=lambda row: (row.line.rank, row.line.original_due or date.max, row.reference))


def by_reference(actor: Actor, *, organisation: int, today: date) -> dict[str, RecommendationRow]:
    """Every recommendation of a body in full by its reference, ended ones too: what a load compares a paper with."""
    rows = register(actor, today=today, organisation=organisation, closed_since=date.min, texts=True)
    return {row.reference: row for row in rows}


def row_on(record: Record, *, actor: Actor, today: date, as_at: date | None = None) -> RecommendationRow | None:
    """One in full, live or as it stood; None where it did not stand yet, or may not be seen as it stood."""
    only = Record.objects.filter(pk=record.pk)
    if as_at is None:
        rows = register(actor, today=today, closed_since=date.min, texts=True, asked=True, only=only)
        return rows[0] if rows else None
    return _row_then(record, only.filter(visible(actor, RecommendationPermission.SEE), kind=KIND), actor, as_at)


def _row_then(record: Record, only: QuerySet[Record], actor: Actor, day: date) -> RecommendationRow | None:
    """One as it stood, whose body is known already. Eight queries, and one more where nothing else says who may see it."""
    stood = states_on(only, day)
    if not stood:
        return None
    state = stood[0] | {"organisation_code": record.organisation.code}
    state["sensitivity"] = stricter(state["sensitivity"], record.sensitivity)
    if not seen_then(actor, state):
        return None
    parts = {"records": [state], "own": states_on(Recommendation.objects.filter(record__in=only), day)}
    asked = DateAsked.objects.filter(recommendation__record__in=only)
    parts |= {name: states_on(rows, day) for name, rows in (_children(only) | {"asked": asked}).items()}
    rows = _rows(parts, day, scales=word_scales(Scale.Kind.PRIORITY), texts=True)
    return rows[0] if rows else None


def _since(closed_on: date, closed_since: date | None) -> bool:
    return closed_since is not None and closed_on > closed_since


def _rows(parts: dict[str, Rows], day: date, *, scales: Mapping[int, Words], texts: bool) -> list[RecommendationRow]:
    records = {row["id"]: row for row in parts.pop("records")}
    own = parts.pop("own")
    children = {name: grouped(rows, "recommendation_id") for name, rows in parts.items()}
    found = []
    for row in own:
        record = records.get(row["record_id"])
        if record is None:
            continue
        held: dict[str, Any] = {name: rows[row["record_id"]] for name, rows in children.items()}
        dates = held.pop("asked", ())
        line = line_of(record | row, scales=scales, **held)
        shown = held if texts else {name: held[name] for name in ("assignments", "targets")}
        found.append(recommendation_row(record | row, line=line, today=day, asked=dates, **shown))
    return found


def standing(records: QuerySet[Record]) -> QuerySet[Record]:
    """Records with the code of their body, and whether they are shared."""
    shares = Share.objects.filter(record=OuterRef("pk"), ended=None)
    return records.annotate(organisation_code=F("organisation__code"), shared=Exists(shares)).order_by()


def _children(records: QuerySet[Record]) -> dict[str, QuerySet[Any]]:
    of = {"recommendation__record__in": records}
    return {
        "assignments": Assignment.objects.filter(**of),
        "targets": Target.objects.filter(**of),
        "updates": Update.objects.filter(**of),
        "closures": Closure.objects.filter(**of),
    }


def _live(records: QuerySet[Record]) -> dict[str, Rows]:
    of_record = standing(records).annotate(organisation_label=F("organisation__name"), owner_label=F("owner__title"))
    children = _children(records)
    labelled = {
        "records": of_record,
        "own": Recommendation.objects.filter(record__in=records),
        "assignments": children["assignments"].annotate(owner_label=F("owner__title")),
        "targets": children["targets"],
        "updates": children["updates"].annotate(by_label=F("by__title")),
    }
    parts: dict[str, Rows] = {name: list(rows.order_by().values()) for name, rows in labelled.items()}  # type: ignore[attr-defined]
    closures = children["closures"].annotate(proposed_by_label=F("proposed_by__title")).select_related("decision")
    return parts | {"closures": [with_decision(closure) for closure in closures]}


def with_decision(closure: Closure) -> dict[str, Any]:
    """A proposal's values with the words of the decision that it points at, which its row holds as a number."""
    values = {field.attname: getattr(closure, field.attname) for field in Closure._meta.concrete_fields}
    said = str(closure.decision) if closure.decision else ""
    return values | {"proposed_by_label": closure.proposed_by_label, "decision_label": said}  # type: ignore[attr-defined]


def _past(actor: Actor, records: QuerySet[Record], day: date, known_on: datetime | None = None) -> dict[str, Rows]:
    def on(rows: QuerySet[Any]) -> Rows:
        return states_on(rows, day, known_on=known_on)

    parts = {name: on(rows) for name, rows in _children(records).items()}
    answered = kind_named(KIND).owners.among(parts["assignments"], actor.posts)  # type: ignore[union-attr]
    parts["records"] = _seen_then(actor, records, on(records), answered)
    return parts | {"own": on(Recommendation.objects.filter(record__in=records))}


def _seen_then(actor: Actor, records: QuerySet[Record], states: Rows, answered: Collection[int]) -> Rows:
    """The states that an actor may see: what is published later gives away no more than it did. One query.

    answered: the records for which the actor's posts answered then.
    """
    told = standing(records).annotate(shared_with_actor=Exists(shares_for(actor).filter(record=OuterRef("pk"))))
    today = {row["id"]: row for row in told.values("id", "sensitivity", "shared_with_actor", *STANDING)}
    seen = []
    for state in states:
        now = today[state["id"]]
        state |= {name: now[name] for name in STANDING}
        state["sensitivity"] = stricter(state["sensitivity"], now["sensitivity"])
        if seen_then(actor, state, answered=answered, shared=now["shared_with_actor"]):
            seen.append(state)
    return seen
