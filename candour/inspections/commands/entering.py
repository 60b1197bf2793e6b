"""An inspection is entered, changed, dated; its report is published and graded; it is closed; who may see it changes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.commands.base import is_open, not_to_come, reference_for, steps_of, titled
from candour.inspections.models import Grade, Inspection, StepRow
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.scales.rules import Words

DATES = ("notified_on", "fieldwork_on", "debrief_on")
IN_ORDER = (*DATES, "published_on")
SAID = {
    "notified_on": "it was notified",
    "fieldwork_on": "its fieldwork began",
    "debrief_on": "its debrief",
    "published_on": "its report",
}


def enter_inspection(
    *,
    organisation: Organisation,
    title: str,
    kind: str,
    inspectorate: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    reference: str = "",
    statutory: bool = True,
    about: str = "",
    areas: Sequence[str] = (),
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    notified_on: date | None = None,
    fieldwork_on: date | None = None,
    debrief_on: date | None = None,
    effective: date | None = None,
) -> Inspection:
    """Enter an inspection under the next reference, or one that it has already. areas: what it looks at, in their order.

    Raises Refused for no title, a reference that is taken, a body that does not inspect, an area given twice, and days that
    run backwards.
    """
    require(actor, InspectionPermission.MANAGE, Record(organisation=organisation))
    title = titled(title)
    if kind not in rules.KINDS:
        raise Refused("kind", "Choose the kind of inspection")
    if inspectorate.kind != Organisation.Kind.INSPECTORATE:
        raise Refused("inspectorate", "Choose an inspectorate")
    days = {"notified_on": notified_on, "fieldwork_on": fieldwork_on, "debrief_on": debrief_on}
    _in_order(days)
    names = _areas(areas)
    number = reference_for(organisation, "inspection", reference, first="INS-001")
    day = effective or local_date(at)
    with recording("inspection.entered", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="inspection",
            reference=number,
            title=title,
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        made = Inspection.objects.create(
            record=record,
            kind=kind,
            inspectorate=inspectorate,
            statutory=statutory,
            about=about.strip(),
            entered_on=day,
            **days,
        )
        Grade.objects.bulk_create(Grade(inspection=made, position=n, area=name) for n, name in enumerate(names, 1))
    return made


def change_inspection(
    inspection: Inspection,
    *,
    title: str,
    owner: Post | None,
    about: str,
    areas: Sequence[str],
    actor: Actor,
    at: datetime,
    reason: str,
    notified_on: date | None = None,
    fieldwork_on: date | None = None,
    debrief_on: date | None = None,
    effective: date | None = None,
) -> Inspection:
    """Change what it is called, who answers for it, what it looks at and its days. An area that is graded stays.

    Raises Refused as enter_inspection does, and for a graded area that is left out.
    """
    require(actor, InspectionPermission.MANAGE, inspection.record)
    is_open(inspection)
    why, title, names = need_reason(reason, "Say why it changes"), titled(title), _areas(areas)
    days = {"notified_on": notified_on, "fieldwork_on": fieldwork_on, "debrief_on": debrief_on}
    _in_order(days | {"published_on": inspection.published_on})
    day = effective or local_date(at)
    with recording("inspection.changed", inspection.record, actor=actor, at=at, effective=day, reason=why):
        inspection.record.title, inspection.record.owner = title, owner
        inspection.record.save()
        inspection.about = about.strip()
        for name, value in days.items():
            setattr(inspection, name, value)
        inspection.save()
        _keep_areas(inspection, names, day)
    return inspection


def publish_report(
    inspection: Inspection,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    address: str = "",
    effective: date | None = None,
) -> Inspection:
    """Record that the inspectorate published its report: from that day the clock of the response runs.

    Raises Refused for a day to come, one before the inspection began, and where it was recorded.
    """
    require(actor, InspectionPermission.MANAGE, inspection.record)
    is_open(inspection)
    if inspection.published_on is not None:
        raise Refused("on", "Its publication is recorded: correct the day where it is wrong")
    not_to_come(on, at, "on")
    _in_order({name: getattr(inspection, name) for name in DATES} | {"published_on": on})
    day = effective or local_date(at)
    with recording("inspection.published", inspection.record, actor=actor, at=at, effective=day, reason=reason.strip()):
        inspection.published_on, inspection.address = on, address.strip()[:300]
        inspection.save()
        if inspection.statutory:
            StepRow.objects.bulk_create(
                StepRow(inspection=inspection, which=step.which, due=step.due) for step in rules.clock(on)
            )
    return inspection


def correct_publication(
    inspection: Inspection, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Inspection:
    """Correct the day on which the report was published: the law’s last day moves with it, and so do steps not yet done.

    Raises Refused where nothing was published, nothing changes, for a day to come, and once the response is published.
    """
    require(actor, InspectionPermission.MANAGE, inspection.record)
    is_open(inspection)
    rows = steps_of(inspection)
    if inspection.published_on is None or inspection.published_on == on:
        raise Refused("on", "Enter another day than the one that is recorded")
    if rules.LAW in rows and rows[rules.LAW].done_on:
        raise Refused("on", "The response is published: its clock has ended")
    not_to_come(on, at, "on")
    _in_order({name: getattr(inspection, name) for name in DATES} | {"published_on": on})
    why, moved = need_reason(reason, "Say how the wrong day came in"), on - inspection.published_on
    with recording(
        "inspection.publication_corrected", inspection.record, actor=actor, at=at, effective=effective, reason=why
    ):
        inspection.published_on = on
        inspection.save()
        for row in rows.values():
            if row.done_on is None:
                row.due += moved
                row.save()
    return inspection


def grade(
    inspection: Inspection,
    *,
    grades: Mapping[str, int | None],
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> list[Grade]:
    """Give areas their grades, on the inspectorate’s scale of the day on which the report was published.

    grades: by area the step, None for one left ungraded; areas that are not in it keep theirs, new ones join at the end.
    Raises Refused before the report is out, without a scale, and for a step that the scale does not have.
    """
    require(actor, InspectionPermission.MANAGE, inspection.record)
    is_open(inspection)
    if inspection.published_on is None:
        raise Refused("grades", "Record the publication of the report first: grades stand on the scale of that day")
    scale = scale_of(inspection)
    if scale is None and any(value is not None for value in grades.values()):
        raise Refused("grades", f"Bring in the grades of {inspection.inspectorate} first, on the page of scales")
    if wrong := [name for name, value in grades.items() if value and scale and scale.step(value) is None]:
        raise Refused("grades", f"{wrong[0]}: choose a grade of {scale.name if scale else ''}")
    standing = {row.area: row for row in Grade.objects.filter(inspection=inspection, removed_on=None)}
    if any(row.grade is not None and row.grade != grades.get(area, row.grade) for area, row in standing.items()):
        reason = need_reason(reason, "Say why a grade changes that was recorded")
    last, changed = max((row.position for row in standing.values()), default=0), []
    day = effective or local_date(at)
    with recording("inspection.graded", inspection.record, actor=actor, at=at, effective=day, reason=reason.strip()):
        for area, value in grades.items():
            row = standing.get(area)
            if row is None:
                last += 1
                row = Grade(inspection=inspection, position=last, area=area[:160])
            row.grade, row.scale_id = value, scale.id if value is not None and scale else None
            row.save()
            changed.append(row)
    return changed


def scale_of(inspection: Inspection) -> Words | None:
    """The scale on which a report grades: the inspectorate’s on the day of publication. None where it has none."""
    if inspection.published_on is None:
        return None
    return words_on(inspection.inspectorate_id, Scale.Kind.GRADE, inspection.published_on)


def close_inspection(
    inspection: Inspection, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Inspection:
    """Close an inspection of which nothing is open. Raises Refused while the law’s clock runs."""
    require(actor, InspectionPermission.MANAGE, inspection.record)
    is_open(inspection)
    why, rows = need_reason(reason, "Say why nothing of it is open"), steps_of(inspection)
    if rules.LAW in rows and rows[rules.LAW].done_on is None and inspection.answers_with_id is None:
        raise Refused("reason", "Its response is not published, and the law asks for it: publish it first")
    day = effective or local_date(at)
    with recording("inspection.closed", inspection.record, actor=actor, at=at, effective=day, reason=why):
        inspection.record.closed_on = day
        inspection.record.save()
    return inspection


def reopen_inspection(
    inspection: Inspection, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Inspection:
    """Open a closed inspection again. Raises Refused for one that is open."""
    require(actor, InspectionPermission.MANAGE, inspection.record)
    why = need_reason(reason, "Say what is open again")
    if inspection.record.closed_on is None:
        raise Refused("reason", "It is open already")
    with recording("inspection.reopened", inspection.record, actor=actor, at=at, effective=effective, reason=why):
        inspection.record.closed_on = None
        inspection.record.save()
    return inspection


def restrict_inspection(
    inspection: Inspection,
    *,
    sensitivity: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Inspection:
    """Change who may ever see an inspection. Raises Refused where nothing changes."""
    record = inspection.record
    require(actor, InspectionPermission.RESTRICT, record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    if sensitivity == record.sensitivity:
        raise Refused("sensitivity", "It is so already: choose another answer")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording("inspection.restricted", record, actor=actor, at=at, effective=effective, reason=why):
        record.sensitivity = sensitivity
        record.save()
    return inspection


def _areas(areas: Sequence[str]) -> list[str]:
    names = [" ".join(area.split())[:160] for area in areas]
    found = [name for name in names if name]
    if len({name.casefold() for name in found}) < len(found):
        raise Refused("areas", "Enter each area once")
    return found


def _keep_areas(inspection: Inspection, names: Sequence[str], day: date) -> None:
    """Bring the areas to those of a list, inside a recording. Raises Refused for a graded one that is left out."""
    standing = {row.area: row for row in Grade.objects.filter(inspection=inspection, removed_on=None)}
    for area, row in standing.items():
        if area not in names:
            if row.grade is not None:
                raise Refused("areas", f"{area} is graded: keep it in the list")
            row.removed_on = day
            row.save()
    for position, name in enumerate(names, 1):
        row = standing.get(name) or Grade(inspection=inspection, area=name)
        if row.pk is None or row.position != position:
            row.position = position
            row.save()


def _in_order(days: Mapping[str, date | None]) -> None:
    """Raises Refused, on the later, where two days run backwards."""
    there = [(name, days[name]) for name in IN_ORDER if days.get(name)]
    for (before, first), (after, then) in pairwise(there):
        if first and then and then < first:
            field = "on" if after == "published_on" else after
            raise Refused(field, f"Enter a day on or after the one on which {SAID[before]}")
