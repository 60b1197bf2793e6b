"""Other records that recommendations name: the audits they came from with their opinions, and earlier recommendations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from candour.audits.models import Audit
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Record, stricter
from candour.kernel.records.queries import answered_then, seen_then, visible_records
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.kernel.scales.rules import Words
from candour.recommendations.queries.rows import RecommendationRow


@dataclass(frozen=True)
class Near:
    """Another record as it stood on a day. opinion: of an audit, "" where it has none; scale: the one it stands on."""

    reference: str
    sensitivity: str
    opinion: str = ""
    scale: Words | None = None


def near_records(
    actor: Actor, rows: Iterable[RecommendationRow], *, as_at: date, known_on: datetime
) -> dict[int, Near]:
    """Those that some recommendations came from or repeat, by number: what the actor may see. Five queries."""
    named = {pk for row in rows for pk in (row.came_from_id, row.repeat_of_id) if pk}
    if not named:
        return {}
    records = Record.objects.filter(visible_records(actor), pk__in=named)
    now = dict(records.values_list("pk", "sensitivity"))
    audits = {
        state["record_id"]: state
        for state in states_on(Audit.objects.filter(record__in=named), as_at, known_on=known_on)
    }
    scales = word_scales(Scale.Kind.OPINION)
    answered = answered_then(actor, records, as_at, known_on=known_on)
    found = {}
    for state in states_on(records, as_at, known_on=known_on):
        state["sensitivity"] = stricter(state["sensitivity"], now[state["id"]])
        if not seen_then(actor, state, answered=answered, shared=False):
            continue
        audit = audits.get(state["id"], {})
        scale = scales.get(audit.get("opinion_scale_id") or 0)
        step = scale.step(audit["opinion"]) if scale else None
        opinion = step.word if step else "Advisory" if audit.get("advisory") else ""
        found[state["id"]] = Near(state["reference"], state["sensitivity"], opinion, scale)
    return found
