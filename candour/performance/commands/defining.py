"""A measure is defined, its definition changes, it ends, and who may see it changes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.records.queries import next_reference
from candour.kernel.rules import Refused, need_reason
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import Measure
from candour.performance.rules.figures import PARTS

# What a definition says; those that are not given stand as they are, or as a new measure has them.
DEFAULTS: dict[str, Any] = {
    "counts": "",
    "topic": "",
    "unit": "number",
    "per": 1000,
    "places": 0,
    "better": "neither",
    "frequency": "month",
    "due_days": 10,
    "source": "",
    "revisions": "",
    "smallest": 0,
    "baseline_first": None,
    "baseline_last": None,
    "target": None,
    "target_by": None,
    "tolerance": None,
    "mean": "simple",
    "own_in": False,
}
FIXED = ("unit", "frequency", "per")  # once figures are loaded: they would mean something else


def define_measure(
    *,
    organisation: Organisation,
    title: str,
    counts: str,
    actor: Actor,
    at: datetime,
    reason: str,
    reference: str = "",
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
    **facts: Any,
) -> Measure:
    """Define a measure under the next reference, or one that it has already.

    counts: what is counted, of what. facts: others of DEFAULTS. Raises Refused for no title, one or a reference that is taken,
    nothing counted, and what cannot be.
    """
    require(actor, PerformancePermission.MANAGE, Record(organisation=organisation))
    title, reference = _titled(title, organisation), reference.strip()[:60]
    given = _checked(DEFAULTS | facts | {"counts": counts}, facts)
    if reference and _taken(organisation).filter(reference=reference).exists():
        raise Refused("reference", f"{reference} is taken: enter another reference, or none")
    day = effective or local_date(at)
    with recording("measure.defined", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="measure",
            reference=reference or next_reference(organisation.pk, "measure", first="M-001"),
            title=title,
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        return Measure.objects.create(record=record, defined_on=day, **given)


def change_measure(
    measure: Measure,
    *,
    title: str,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
    **facts: Any,
) -> Measure:
    """Change a definition; facts that are not given stay. What stood before stays in the history.

    Raises Refused as define_measure, and for another unit or frequency once figures are loaded: define a new measure.
    """
    record = measure.record
    require(actor, PerformancePermission.MANAGE, record)
    standing(measure)
    why = need_reason(reason, "Say why it changes")
    before = {name: getattr(measure, name) for name in DEFAULTS}
    given = _checked(before | facts, facts)
    moved = next((name for name in FIXED if given[name] != before[name]), "")
    if moved and measure.observations.exists():
        raise Refused(moved, "Figures are loaded already: end this measure and define a new one")
    title = _titled(title, record.organisation, but=record.pk)
    with recording("measure.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        for name, value in given.items():
            setattr(measure, name, value)
        measure.save()
    return measure


def end_measure(
    measure: Measure, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Measure:
    """Measure it no longer; its figures stay. Raises Refused for a day to come, and while an explanation is owed."""
    require(actor, PerformancePermission.MANAGE, measure.record)
    standing(measure)
    if on > local_date(at):
        raise Refused("on", "Enter today, or a day that has passed")
    if measure.explanations.filter(answered_on=None).exists():
        raise Refused("reason", "An explanation is still owed: record the answer first")
    why = need_reason(reason, "Say why it ends")
    with recording("measure.ended", measure.record, actor=actor, at=at, effective=effective, reason=why):
        measure.record.closed_on = on
        measure.record.save()
    return measure


def restrict_measure(
    measure: Measure, *, sensitivity: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Measure:
    """Change who may see it: a public one is open data. Raises Refused where nothing changes."""
    record = measure.record
    require(actor, PerformancePermission.RESTRICT, record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    if sensitivity == record.sensitivity:
        raise Refused("sensitivity", "It is so already: choose another answer")
    why = need_reason(reason)
    with recording("measure.restricted", record, actor=actor, at=at, effective=effective, reason=why):
        record.sensitivity = sensitivity
        record.save()
    return measure


def standing(measure: Measure) -> None:
    """Raises Refused for a measure that has ended."""
    if measure.record.closed_on is not None:
        raise Refused("reason", "This measure has ended: define a new one")


def _taken(organisation: Organisation) -> Any:
    return Record.objects.filter(organisation=organisation, kind="measure")


def _titled(title: str, organisation: Organisation, but: int = 0) -> str:
    title = " ".join(title.split())[:300]
    if not title:
        raise Refused("title", "Enter what is measured, as a title")
    if _taken(organisation).filter(title__iexact=title, closed_on=None).exclude(pk=but).exists():
        raise Refused("title", "A measure of this title stands already: workbooks are read by it, so enter another")
    return title


def _checked(values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts by name, each there. Raises TypeError for one that measures do not have."""
    if unknown := set(given) - set(DEFAULTS):
        raise TypeError(f"measures have no {', '.join(sorted(unknown))}")
    found = dict(values)
    for name, choices in (("unit", rules.UNITS), ("better", rules.BETTER), ("frequency", rules.FREQUENCIES)):
        if found[name] not in choices:
            raise Refused(name, "Choose one of the answers")
    if found["mean"] not in rules.MEANS:
        raise Refused("mean", "Choose one of the answers")
    if found["mean"] == "weighted" and found["unit"] not in PARTS:
        raise Refused("mean", "A plain number has no parts to weigh by: choose the simple mean")
    if not found["counts"].strip():
        raise Refused("counts", "Say what is counted, of what")
    if found["per"] < 1:
        raise Refused("per", "Enter for each how many, 1 or more")
    if not 0 <= found["places"] <= 4:
        raise Refused("places", "Enter 0 to 4 decimal places")
    _check_baseline(found)
    if (found["target"] is None) != (found["target_by"] is None):
        missing = "target" if found["target"] is None else "target_by"
        raise Refused(missing, "Enter a target with its day, or neither")
    if found["target"] is not None:
        found["target"] = Decimal(found["target"]).quantize(Decimal("0.0001"))
    if found["tolerance"] is not None:
        found["tolerance"] = Decimal(found["tolerance"]).quantize(Decimal("0.0001"))
        if found["tolerance"] < 0 or found["target"] is None:
            raise Refused("tolerance", "Enter how far short of a target is borne, 0 or more, or leave it empty")
    found["topic"] = " ".join(found["topic"].split())[:120]
    return found


def _check_baseline(found: dict[str, Any]) -> None:
    first, last = found["baseline_first"], found["baseline_last"]
    if (first is None) != (last is None):
        raise Refused("baseline_last" if last is None else "baseline_first", "Enter both ends of the baseline, or none")
    if first is not None and last is not None:
        found["baseline_first"] = rules.starts_period(first, found["frequency"])
        found["baseline_last"] = rules.starts_period(last, found["frequency"])
        if last < first:
            raise Refused("baseline_last", "Enter a last period on or after the first")
