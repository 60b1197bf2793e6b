"""A plan on one screen: its priorities and objectives, how their activities stand, what covers them and what does not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from candour.kernel.access import Actor, allowed
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.models import File, visible_files
from candour.kernel.records.compile import compiled
from candour.kernel.records.models import Link, visible
from candour.kernel.records.queries import visible_records
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.models import ActivityLine, Objective, Plan, Priority
from candour.plan.queries.register import in_order, lines, of_view, rows_of
from candour.plan.queries.rows import (
    ActivityRow,
    ObjectiveRow,
    PlanRow,
    PriorityRow,
    objective_row,
    plan_row,
    priority_row,
)

SEE = PlanPermission.SEE
# The kinds of record, and files, that cover an objective, and as which part of its cover. The kernel knows kinds by name.
COVERS: Mapping[str, str] = {
    "file": "evidence",
    "measure": "measures",
    "risk": "risks",
    "recommendation": "audits",
    "audit": "audits",
    "agreement": "agreements",
    "decision": "decisions",
    "item": "decisions",
}


@dataclass(frozen=True)
class Whole:
    """A plan on a day: priorities in order, objectives in order, the activities that may not be delivered."""

    plan: PlanRow
    priorities: tuple[PriorityRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    at_risk: tuple[ActivityRow, ...] = ()

    @property
    def tally(self) -> rules.Tally:
        return added(self.objectives)

    def under(self, priority: PriorityRow) -> tuple[ObjectiveRow, ...]:
        return tuple(one for one in self.objectives if one.priority == priority.pk)

    def tally_of(self, priority: PriorityRow) -> rules.Tally:
        return added(self.under(priority))


def added(objectives: Iterable[ObjectiveRow]) -> rules.Tally:
    return sum((one.tally for one in objectives), rules.Tally())


def values_of(plan: Plan) -> dict[str, Any]:
    """The values of a plan's row and record, as plan_row takes them."""
    record = plan.record
    named = {name: getattr(record, name) for name in ("reference", "title", "organisation_id", "sensitivity")}
    own = {name: getattr(plan, name) for name in ("sort", "aim", "starts", "ends", "published_on", "every")}
    return (
        named
        | own
        | {
            "record_id": record.pk,
            "closed_on": record.closed_on,
            "organisation_label": str(record.organisation),
            "organisation_code": record.organisation.code,
            "owner_label": str(record.owner or ""),
        }
    )


def overview(plan: Plan, actor: Actor, *, today: date, most: int = 8) -> Whole:
    """A plan as it stands. most: of the activities at risk. Five queries."""
    risky = in_order(lines(actor).filter(of_view("risk", today), plan=plan.pk), "state", today)
    return Whole(
        plan_row(values_of(plan)),
        priorities_of(plan.pk),
        objectives_of(Objective.objects.filter(plan=plan.pk), actor, today=today),
        rows_of(risky, actor, today=today, size=most),
    )


def priorities_of(plan: int) -> tuple[PriorityRow, ...]:
    """The priorities of a plan in their order. One query."""
    rows = Priority.objects.filter(plan=plan, removed_on=None).annotate(lead_label=F("lead__title"))
    return tuple(map(priority_row, rows.order_by("place", "pk").values()))


def objectives_of(objectives: QuerySet[Objective], actor: Actor, *, today: date) -> tuple[ObjectiveRow, ...]:
    """Some objectives, as far as an actor sees them, with how they stand and what covers them. Three queries."""
    columns = {
        **{
            name: F(f"record__{name}") for name in ("reference", "title", "organisation_id", "sensitivity", "closed_on")
        },
        "organisation_code": F("record__organisation__code"),
        "owner_label": F("record__owner__title"),
    }
    seen = objectives.filter(visible(actor, SEE, "record__")).annotate(**columns).order_by("place", "pk")
    return told([dict(row) for row in seen.values()], actor, today=today)


def objective_now(objective: Objective, actor: Actor, *, today: date) -> ObjectiveRow:
    """The same of one that was found already. Two queries."""
    record = objective.record
    named = {
        name: getattr(record, name) for name in ("reference", "title", "organisation_id", "sensitivity", "closed_on")
    }
    own = {name: getattr(objective, name) for name in ("record_id", "number", "outcome", "priority_id", "place")}
    more = {"organisation_code": record.organisation.code, "owner_label": str(record.owner or "")}
    return told([named | own | more], actor, today=today)[0]


def told(rows: Sequence[dict[str, Any]], actor: Actor, *, today: date) -> tuple[ObjectiveRow, ...]:
    """Objectives from their values, with how they stand and what covers them. Two queries."""
    keys = [row["record_id"] for row in rows]
    tallies, covers = tallies_of(keys, actor, today=today), covers_of(keys, actor)
    found = []
    for row in rows:
        tally, cover = tallies.get(row["record_id"], rules.Tally()), covers[row["record_id"]]
        whole = sum(count for state, count in tally.states.items() if state != "Stopped")
        found.append(objective_row(row, tally=tally, cover=rules.Cover(activities=whole, **cover)))
    return tuple(found)


def tallies_of(objectives: list[int], actor: Actor, *, today: date) -> dict[int, rules.Tally]:
    """How the activities of objectives stand, as far as an actor sees them. One query."""
    rows = ActivityLine.objects.filter(visible(actor, SEE), objective__in=objectives)
    states: dict[int, dict[str, int]] = defaultdict(dict)
    counted = rows.annotate(state=compiled(rules.STATE, today)).order_by()
    for pk, state, count in counted.values_list("objective", "state").annotate(Count("pk")):
        states[pk][state] = count
    return {pk: rules.Tally(found) for pk, found in states.items()}


def covers_of(objectives: list[int], actor: Actor) -> dict[int, dict[str, Any]]:
    """What is linked to objectives, or to their activities, and whether there is evidence. One query.

    A link counts where the actor sees both its ends. Somebody who reads no files is not told whether there are any.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for objective, kind, owner, _ in _linked(objectives, actor):
        if name := COVERS.get(kind):
            counts[objective][name] += 1
            counts[objective]["owned"] += kind == "risk" and owner is not None
    blind = not allowed(actor, EvidencePermission.SEE)
    return {pk: dict(counts[pk]) | {"evidence": blind or counts[pk]["evidence"] > 0} for pk in objectives}


def _near(path: str, objectives: list[int]) -> Q:
    return Q(**{f"{path}pk__in": objectives}) | Q(**{f"{path}activity__objective__in": objectives})


def _objective(path: str) -> Coalesce:
    return Coalesce(F(f"{path}activity__objective"), F(f"{path}pk"))


def _linked(objectives: list[int], actor: Actor) -> set[tuple[int, str, int | None, int]]:
    """(objective, kind, owner, number) of each record linked to it or its activities, either way, and of their files.

    One query.
    """
    files = File.objects.filter(visible_files(actor), _near("record__", objectives), removed_on=None).order_by()
    nobody = Value(None, output_field=BigIntegerField())
    parts: list[QuerySet[Any, Any]] = [files.values_list(_objective("record__"), Value("file"), nobody, F("pk"))]
    for near, far in (("record__", "to__"), ("to__", "record__")):
        rows = Link.objects.filter(_near(near, objectives), visible_records(actor, far), ended=None)
        rows = rows.filter(visible(actor, SEE, near)).order_by()
        names = (F(f"{far}kind"), F(f"{far}owner"), F(f"{far}pk"))
        parts.append(rows.values_list(_objective(near), *names))
    return set(parts[0].union(*parts[1:], all=True))
