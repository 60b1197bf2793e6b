"""Saving a delivery plan through commands, and saying beforehand what that would do.

A plan of the same title, or the one that holds its activities, takes what is new; what is recorded is never overwritten.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from candour.kernel.access import Actor
from candour.kernel.calendar import add_months, local_date, say_date
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.intake.printed import words_key
from candour.kernel.intake.rules import key_of
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.models import visible
from candour.kernel.rules import Refused
from candour.plan import commands, rules
from candour.plan.access import PlanPermission
from candour.plan.commands import AsPrinted
from candour.plan.models import Activity, Objective, Plan, Priority

Record = Mapping[str, Any]
Records = Sequence[Record]
_NUMBERED = re.compile(
    r"^(?:(?:strategic )?(?:priority|theme|pillar|objective|aim|goal)\s*[:.–-]?\s*)?(?P<number>\d+(?:\.\d+)*)[\s:.)–-]+",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^[A-Z][A-Z0-9]{1,11}/(?P<number>\d+(?:\.\d+)*)\s+")


def activities_of(organisation: Organisation, actor: Actor) -> QuerySet[Activity]:
    """The activities of a body's running plans, as an actor may see them."""
    rows = Activity.objects.filter(
        visible(actor, PlanPermission.SEE, "record__"),
        record__organisation=organisation,
        objective__plan__record__closed_on=None,
    )
    return rows.select_related("record__organisation", "record__owner", "objective__plan__record")


def known(organisation: Organisation, actor: Actor) -> dict[str, Activity]:
    """The activities of a body by reference and by title, in small letters. One query."""
    found: dict[str, Activity] = {}
    for activity in activities_of(organisation, actor):
        found.setdefault(words_key(activity.record.title), activity)
    return found | {each.record.reference.casefold(): each for each in list(found.values())}


def same(record: Record, have: Mapping[str, Activity]) -> Activity | None:
    """By its reference where the title agrees too, else by its title."""
    named = have.get(str(record["reference"]).casefold()) if record["reference"] else None
    if named is not None and words_key(named.record.title) == words_key(record["title"]):
        return named
    return have.get(words_key(record["title"]))


def news(record: Record, activity: Activity) -> bool:
    """Whether the paper says something of an activity that was not said last."""
    if activity.record.closed_on is not None or not any(record[name] for name in ("achieved", "left", "barriers")):
        return False
    last = activity.progress.order_by("-on", "-pk").first()
    said = tuple(words_key(record[name]) for name in ("achieved", "left", "barriers"))
    return last is None or said != tuple(words_key(text) for text in (last.achieved, last.left, last.barriers))


def conflicts_of(record: Record, activity: Activity) -> tuple[str, ...]:
    """What the paper says otherwise than the plan: it stays as it is recorded."""
    due, found = record["due"], []
    if due and activity.due and date.fromisoformat(due) != activity.due:
        found.append(
            f"{activity.record.reference}: its date is recorded as {say_date(activity.due)}, "
            f"the paper says {say_date(date.fromisoformat(due))}"
        )
    owner = activity.record.owner
    if record["owner"] and owner and words_key(record["owner"]) != words_key(owner.title):
        found.append(
            f"{activity.record.reference}: its owner is recorded as {owner.title}, the paper says {record['owner']}"
        )
    return tuple(found)


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What saving would do to each record."""
    have = known(organisation, actor)
    return [_match(record, same(record, have)) for record in records]


def _match(record: Record, activity: Activity | None) -> Match:
    name = key_of(record)
    if not record["title"]:
        return Match(name, "Cannot be saved", ())
    if activity is None:
        return Match(name, "New", ("New activity",))
    words = ("an update",) if news(record, activity) else ()
    restricted = activity.record.sensitivity == "restricted"
    return Match(name, "Restricted match" if restricted else "Same record", words, conflicts_of(record, activity))


@dataclass
class Maker:
    """Finds or makes the plan, priorities and objectives that rows stand under."""

    organisation: Organisation
    said: dict[str, Any]
    day: date
    posts: dict[str, Post] = field(default_factory=dict)
    plan: Plan | None = None

    def post(self, title: str) -> Post | None:
        return self.posts.get(words_key(title))

    def plan_of(self, meta: Mapping[str, Any], records: Records, actor: Actor) -> Plan:
        """The running plan of the paper's title, else a draft under it."""
        title = " ".join(str(meta.get("title") or "Delivery plan").split())[:300]
        rows = Plan.objects.filter(
            visible(actor, PlanPermission.SEE, "record__"),
            record__organisation=self.organisation,
            record__closed_on=None,
        ).select_related("record__organisation")
        standing = next((each for each in rows if words_key(each.record.title) == words_key(title)), None)
        if standing is not None:
            return standing
        days = [date.fromisoformat(record["due"]) for record in records if record["due"]]
        ends = max([*days, add_months(self.day, 12)])
        return commands.set_up_plan(
            organisation=self.organisation, title=title, starts=self.day, ends=ends, sort="delivery", **self.said
        )

    def objective(self, plan: Plan, record: Record) -> Objective:
        number, title = numbered(record["objective"] or record["priority"] or plan.record.title)
        rows = Objective.objects.select_related("record__organisation", "plan__record__organisation")
        for one in rows.filter(plan=plan, record__closed_on=None):
            if words_key(one.record.title) == words_key(title):
                return one
        priority = self.priority(plan, record["priority"] or plan.record.title)
        number = number if number and not plan.objectives.filter(number=number).exists() else ""
        number = number or f"{priority.number}.{priority.objectives.count() + 1}"
        made = commands.add_objective(priority, number=number, title=title, **self.said)
        return rows.get(pk=made.pk)

    def priority(self, plan: Plan, words: str) -> Priority:
        number, title = numbered(words)
        rows = Priority.objects.select_related("plan__record__organisation").filter(plan=plan, removed_on=None)
        standing = next((one for one in rows if words_key(one.title) == words_key(title)), None)
        if standing is not None:
            return standing
        taken = {one.number for one in rows}
        number = number if number and number not in taken else str(len(taken) + 1)
        made = commands.add_priority(plan, number=number[:12], title=title, **self.said)
        return rows.get(pk=made.pk)


def numbered(words: str) -> tuple[str, str]:
    """("1.2", "A single service") of "PCP25/1.2 A single service" or "Objective 1.2: A single service"."""
    for pattern in (_REFERENCE, _NUMBERED):
        if found := pattern.match(words):
            return found["number"], words[found.end() :].strip()[:300] or words[:300]
    return "", words[:300]


def as_printed(record: Record, maker: Maker) -> AsPrinted:
    """A row as the commands take it. A post is known by its title; else its words are kept."""
    days = {
        name: date.fromisoformat(record[name]) if record.get(name) else None for name in ("start", "due", "first_due")
    }
    owner = maker.post(record["owner"])
    return AsPrinted(
        title=record["title"][:300],
        text=record["text"],
        reference=record["reference"],
        owner=owner,
        lead=maker.post(record["lead"]),
        said_owner="" if owner else record["owner"],
        said_due="" if days["due"] else record["due_text"],
        starts=days["start"],
        due=days["due"],
        original_due=days["first_due"],
        stands=record["stands"],
        achieved=record["achieved"],
        left="" if rules.nothing(record["left"]) else record["left"],
        barriers="" if rules.nothing(record["barriers"]) else record["barriers"],
        proposes=bool(record["proposes"]),
        successes=[
            (one["text"], one["agreed_by"], date.fromisoformat(one["agreed_on"]) if one["agreed_on"] else None)
            for one in record["success"]
        ],
    )


def save(
    records: Records,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save all records or none; loaded again, they change nothing. Raises Refused, naming the record."""
    day = effective or local_date(at)
    said: dict[str, Any] = {"actor": actor, "at": at, "reason": f"Read from {source.get('file') or 'a paper'}"}
    said["effective"] = day
    made: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    conflicts: list[str] = []
    with transaction.atomic():
        have, scale = known(organisation, actor), commands.scale_for(organisation.pk, day)
        maker = Maker(organisation, said, day, {words_key(post.title): post for post in posts_of(organisation.pk)})
        for record in records:
            activity = same(record, have)
            try:
                new = as_printed(record, maker)
                if activity is None:
                    maker.plan = maker.plan or maker.plan_of(meta, records, actor)
                    objective = maker.objective(maker.plan, record)
                    number = f"{objective.number}.{objective.activities.count() + 1}"
                    one = commands.bring_in_activity(objective, new=new, number=number, scale=scale, **said)
                    made.append(one.record.reference)
                    continue
                if news(record, activity):
                    commands.bring_in_progress(activity, new=new, scale=scale, **said)
                    changed.append(activity.record.reference)
                else:
                    unchanged.append(activity.record.reference)
                conflicts += conflicts_of(record, activity)
            except Refused as refused:
                raise Refused("records", f"{key_of(record)}: {refused.message}") from None
    return Saved(tuple(made), tuple(changed), tuple(unchanged), conflicts=tuple(conflicts))
