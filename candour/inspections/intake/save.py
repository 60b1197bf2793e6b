"""Saving a list of inspections through commands, and saying beforehand what that would do.

What is recorded is never overwritten: a list brings inspections, grades and items that are not there yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.inspections import commands
from candour.inspections.intake.checks.inspections import UNGRADED
from candour.inspections.models import Grade, Inspection
from candour.inspections.queries import inspections_of, inspectorates
from candour.inspections.rules.items import CAUSE
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, statutory_deadline
from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice, Match, Saved
from candour.kernel.intake.printed import words_key
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.models import Record
from candour.kernel.records.raised import NewRaised, raise_from
from candour.kernel.rules import Refused
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on

Rows = Sequence[Mapping[str, Any]]
NOBODY = "Set up the inspectorate first, as an organisation that inspects"
MANY = "There are several inspectorates: enter these inspections by hand, or name the one in the list’s titles"


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """A contradiction is kept as printed, or the whole inspection is set aside: nothing is guessed."""
    keep, aside = Choice("0", "Keep as printed"), Choice("1", "Set this inspection aside", aside=True)
    if finding.code == "grade-off-scale" and record is not None:
        known = [one for one in record["grades"] if one["grade"] != finding.says]
        return [Choice("0", "Leave the area without a grade", {"grades": known}), aside]
    if finding.code == "number-repeated":
        return [Choice("0", "Save both, the second under the next number"), aside]
    return [keep, aside] if finding.severity == "error" else [keep]


@dataclass(frozen=True)
class Known:
    """What stands already: inspections by title, references of recommendations that came from each, posts by title."""

    inspections: Mapping[str, Inspection]
    taken: frozenset[str]
    posts: Mapping[str, Post]
    graded: frozenset[tuple[int, str]]

    def found(self, record: Mapping[str, Any]) -> Inspection | None:
        return self.inspections.get(words_key(record["title"]))


def known(organisation: Organisation, actor: Actor) -> Known:
    """What stands already, as far as the actor sees it. Four queries."""
    rows = {words_key(one.record.title): one for one in inspections_of(organisation.pk, actor=actor)}
    held = Record.objects.filter(organisation=organisation, kind="recommendation").values_list("reference", flat=True)
    grades = Grade.objects.filter(
        inspection__in=[one.pk for one in rows.values()], grade__isnull=False, removed_on=None
    )
    return Known(
        rows,
        frozenset(held),
        {words_key(post.title): post for post in posts_of(organisation.pk)},
        frozenset((pk, words_key(area)) for pk, area in grades.values_list("inspection", "area")),
    )


def compare(records: Rows, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What saving would do to each inspection of a list."""
    have = known(organisation, actor)
    return [_match(record, have) for record in records]


def _match(record: Mapping[str, Any], have: Known) -> Match:
    standing = have.found(record)
    items = [reference for reference, _ in _numbered(record, standing)] if standing else record["items"]
    new_items = [one for one in items if not standing or one not in have.taken]
    told = [one for one in record["grades"] if words_key(one["grade"]) not in UNGRADED]
    grades = [one for one in told if not standing or (standing.pk, words_key(one["area"])) not in have.graded]
    plan = [] if standing else ["New inspection"]
    plan += [f"{len(grades)} {'grade' if len(grades) == 1 else 'grades'}"] if grades else []
    plan += [f"{len(new_items)} asked"] if new_items else []
    return Match(record["reference"], "Same record" if standing else "New", tuple(plan))


def _numbered(record: Mapping[str, Any], of: Inspection) -> list[tuple[str, Mapping[str, Any]]]:
    """The items of an inspection with the references that they have among the recommendations: INS-004/AFI 2."""
    seen: dict[str, int] = {}
    found = []
    for place, item in enumerate(record["items"], 1):
        name = " ".join((item["number"] or str(place)).split())
        seen[name] = seen.get(name, 0) + 1
        more = f" ({seen[name]})" if seen[name] > 1 else ""
        found.append((f"{of.record.reference}/{name}{more}"[:60], item))
    return found


def save(
    records: Rows,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save all inspections or none; loaded again, they change nothing. Raises Refused without an inspectorate."""
    said: dict[str, Any] = {"actor": actor, "at": at, "reason": f"Read from {source.get('file') or 'a list'}"}
    said["effective"] = effective
    made: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    with transaction.atomic():
        have = known(organisation, actor)
        for record in records:
            standing = have.found(record)
            it = standing or _enter(record, organisation, at, said)
            touched = _grade(it, record, have, said) + _ask(it, record, organisation, have, said)
            where = made if standing is None else changed if touched else same
            where.append(it.record.reference)
    return Saved(tuple(made), tuple(changed), tuple(same))


def _enter(record: Mapping[str, Any], organisation: Organisation, at: datetime, said: dict[str, Any]) -> Inspection:
    """A new inspection and its report. The clock begins only where the law’s last day has not passed."""
    who = inspectorates()
    if len(who) != 1:
        raise Refused("inspectorate", MANY if who else NOBODY)
    out = date.fromisoformat(record["date"]) if record["date"] else None
    today = local_date(at)
    it = commands.enter_inspection(
        organisation=organisation,
        title=record["title"],
        kind=record["kind"],
        inspectorate=who[0],
        statutory=out is None or statutory_deadline(out) >= today,
        areas=list(dict.fromkeys(one["area"] for one in record["grades"])),
        **said,
    )
    if out is not None and out <= today:
        commands.publish_report(it, on=out, **said)
    return it


def _grade(it: Inspection, record: Mapping[str, Any], have: Known, said: dict[str, Any]) -> int:
    """Grades that are not recorded yet, on the scale of the report's day; a word that it does not have is left out."""
    if it.published_on is None:
        return 0
    scale = words_on(it.inspectorate_id, Scale.Kind.GRADE, it.published_on)
    areas = {words_key(row.area): row.area for row in Grade.objects.filter(inspection=it, removed_on=None)}
    found = {}
    for one in record["grades"]:
        step, key = scale.named(one["grade"]) if scale else None, words_key(one["area"])
        if step and (it.pk, key) not in have.graded:
            found[areas.get(key, one["area"])] = step.value
    if found:
        commands.grade(it, grades=found, **said)
    return len(found)


def _ask(it: Inspection, record: Mapping[str, Any], body: Organisation, have: Known, said: dict[str, Any]) -> int:
    """Raise what is not there yet: first what comes from the inspection, then what comes from each cause of concern."""
    rows = [(reference, item) for reference, item in _numbered(record, it) if reference not in have.taken]
    first = [(reference, item) for reference, item in rows if not item["under"]]
    made = raise_from([_new(one, it.record, it, have) for one in first], organisation=body, **said)
    causes = {
        item["number"] or item["text"]: raised
        for (_, item), raised in zip(first, made, strict=True)
        if item["sort"] == CAUSE
    }
    below = [_new(one, causes.get(one[1]["under"], it.record), it, have) for one in rows if one[1]["under"]]
    raise_from(below, organisation=body, **said)
    return len(rows)


def _new(row: tuple[str, Mapping[str, Any]], origin: Record, of: Inspection, have: Known) -> NewRaised:
    reference, item = row
    return NewRaised(
        reference=reference,
        title=item["text"][:300],
        sort=item["sort"],
        origin=origin,
        text=item["text"],
        printed=item["number"][:60],
        owner=have.posts.get(words_key(item["owner"])),
        due=date.fromisoformat(item["due"]) if item["due"] else None,
        due_text=item["due_text"],
        reported_on=of.published_on,
        closed=item["closed"],
    )
