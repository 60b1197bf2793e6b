"""Plans as they stood at the end of a past day, from the history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import as_at_together, grouped
from candour.kernel.records.models import Record, Share, stricter, visible
from candour.kernel.records.queries import seen_then, shares_for
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.kernel.scales.rules import Words
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.models import Activity, DeepDive, Objective, Plan, Priority, Progress, Slip, Success
from candour.plan.queries.overview import Whole
from candour.plan.queries.register import ActivityFilter
from candour.plan.queries.rows import (
    ActivityRow,
    ObjectiveRow,
    activity_row,
    dive_rows,
    line_of,
    objective_row,
    plan_row,
    priority_row,
    said_rows,
    success_rows,
)

Seen = Mapping[int, Mapping[str, Any]]
# What of an activity is read beside its own row.
LISTED = frozenset({"slips", "progress"})
WHOLE = LISTED | {"successes", "dives"}


def records_of(actor: Actor, plan: int | None = None, organisation: int | None = None) -> QuerySet[Record]:
    """The records of plans that an actor may see: of one plan, of a body, or all."""
    rows = Record.objects.filter(visible(actor, PlanPermission.SEE), kind__in=("plan", "objective", "activity"))
    rows = rows.annotate(
        plan_id=Coalesce(F("activity__objective__plan"), F("objective__plan"), F("pk")),
        objective_id=F("activity__objective"),
    )
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return rows if plan is None else rows.filter(plan_id=plan)


def seen_on(actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None) -> Seen:
    """The states of a day that an actor may see, by number, with what does not change of each. Two queries.

    What may be seen is the stricter of that day's sensitivity and today's.
    """
    columns = {
        "organisation_code": F("organisation__code"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
    }
    names = ("id", "sensitivity", "plan_id", "objective_id", *columns)
    today = {row["id"]: row for row in records.annotate(**columns).order_by().values(*names)}
    found = {}
    for state in states_on(Record.objects.filter(pk__in=list(today)), as_at, known_on=known_on):
        one = today[state["id"]]
        state["sensitivity"] = stricter(state["sensitivity"], one["sensitivity"])
        if seen_then(actor, state, shared=one["deep"]):
            extra = {name: one[name] for name in ("organisation_code", "shared", "plan_id", "objective_id")}
            found[state["id"]] = state | extra | {"record_id": state["id"]}
    return found


def activities_on(
    seen: Seen,
    scales: Mapping[int, Words],
    *,
    as_at: date,
    known_on: datetime | None = None,
    parts: Iterable[str] = LISTED,
    successes: Mapping[int, list[dict[str, Any]]] | None = None,
) -> list[ActivityRow]:
    """The activities among what is seen of a day, by reference. One query, and one for each part that is read."""
    keys = [pk for pk, one in seen.items() if one["kind"] == "activity"]
    slips, said = (
        grouped(states_on(model.objects.filter(activity__in=keys), as_at, known_on=known_on), "activity_id")
        if name in parts
        else {}
        for name, model in (("slips", Slip), ("progress", Progress))
    )
    rows = []
    for state in states_on(Activity.objects.filter(pk__in=keys), as_at, known_on=known_on):
        pk = state["record_id"]
        values = dict(state) | dict(seen[pk])
        told = said.get(pk, [])
        line = line_of(values, scales, [one["on"] for one in told], len(slips.get(pk, ())))
        whole = seen.get(values["objective_id"])
        rows.append(
            activity_row(
                values,
                line,
                today=as_at,
                under=whole["reference"] if whole else "",
                under_title=whole["title"] if whole else "",
                last=next(iter(said_rows(told, scales)), None),
                successes=success_rows((successes or {}).get(pk, ())),
            )
        )
    return sorted(rows, key=lambda row: row.reference)


def register_on(
    actor: Actor, wanted: ActivityFilter, *, as_at: date, known_on: datetime | None = None
) -> list[ActivityRow]:
    """Every activity as it stood on a day, whatever view, what is at risk first. Six queries."""
    seen = seen_on(actor, records_of(actor, wanted.plan, wanted.organisation), as_at=as_at, known_on=known_on)
    rows = activities_on(seen, word_scales(Scale.Kind.RATING), as_at=as_at, known_on=known_on)
    words = wanted.words.casefold().split()
    found = [
        row
        for row in rows
        if (wanted.objective is None or row.line.objective == wanted.objective)
        and (not wanted.state or row.state == wanted.state)
        and all(word in f"{row.reference} {row.title} {row.text}".casefold() for word in words)
    ]
    return sorted(found, key=lambda row: (rules.ORDER.index(row.state), row.line.due or date.max, row.reference))


def whole_on(
    actor: Actor, plan: int, *, as_at: date, known_on: datetime | None = None, parts: Iterable[str] = ()
) -> Whole | None:
    """A plan as it stood on a day; None where it did not yet, or may not be seen so. Five queries, one more for each part."""
    seen = seen_on(actor, records_of(actor, plan), as_at=as_at, known_on=known_on)
    if plan not in seen:
        return None
    asked: dict[str, QuerySet] = {
        "plan": Plan.objects.filter(pk=plan),
        "priorities": Priority.objects.filter(plan=plan),
        "objectives": Objective.objects.filter(pk__in=objectives_in(seen)),
    }
    (stood,) = as_at_together(asked, (as_at,), known_on=known_on)
    if not stood["plan"]:
        return None
    priorities = [priority_row(row) for row in stood["priorities"] if row["removed_on"] is None]
    objectives = objectives_on(seen, as_at=as_at, known_on=known_on, parts=parts, stood=stood["objectives"])
    risky = [row for one in objectives for row in one.activities if row.at_risk]
    risky.sort(key=lambda row: (rules.ORDER.index(row.state), row.line.due or date.max, row.reference))
    return Whole(
        plan_row(stood["plan"][0] | dict(seen[plan])),
        tuple(sorted(priorities, key=lambda one: (one.place, one.pk))),
        tuple(objectives),
        tuple(risky),
    )


def objectives_on(
    seen: Seen,
    *,
    as_at: date,
    known_on: datetime | None = None,
    parts: Iterable[str] = (),
    stood: Sequence[Mapping[str, Any]] | None = None,
) -> list[ObjectiveRow]:
    """The objectives among what is seen of a day, with their activities. Three queries, and one for each part.

    stood: their own states, where they were read already.
    """
    keys = objectives_in(seen)
    if stood is None:
        stood = states_on(Objective.objects.filter(pk__in=keys), as_at, known_on=known_on)
    said, dives = (
        grouped(states_on(model.objects.filter(**{f"{of}__in": pks}), as_at, known_on=known_on), f"{of}_id")
        if name in parts
        else {}
        for name, model, of, pks in (
            ("successes", Success, "record", list(seen)),
            ("dives", DeepDive, "objective", keys),
        )
    )
    scales = word_scales(Scale.Kind.RATING)
    under: dict[int, list[ActivityRow]] = {}
    for row in activities_on(seen, scales, as_at=as_at, known_on=known_on, parts=parts, successes=said):
        under.setdefault(row.line.objective, []).append(row)
    found = [
        objective_row(
            dict(state) | dict(seen[state["record_id"]]),
            tally=rules.tally(row.state for row in under.get(state["record_id"], ())),
            activities=tuple(under.get(state["record_id"], ())),
            successes=success_rows(said.get(state["record_id"], ())),
            dives=dive_rows(dives.get(state["record_id"], ()), as_at),
        )
        for state in stood
    ]
    return sorted(found, key=lambda one: (one.place, one.pk))


def objectives_in(seen: Seen) -> list[int]:
    """The numbers of the objectives among what is seen."""
    return [pk for pk, one in seen.items() if one["kind"] == "objective"]


def plans_on(actor: Actor, organisation: int) -> list[int]:
    """The numbers of the plans of a body that an actor may see today, those that are over too. One query."""
    return list(records_of(actor, organisation=organisation).filter(kind="plan").values_list("pk", flat=True))
