"""What can be asked about actions: those of a record, live or as at a day; what a post has to do; what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.actions import rules
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.models import Action, visible_actions
from candour.kernel.composed import Composed
from candour.kernel.history.models import Snapshot
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import events
from candour.kernel.records.compile import compiled
from candour.kernel.records.happened import entries_seen
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.records.needs import Need
from candour.kernel.records.queries import seen_on

HEADINGS = {"late": "Late", "due soon": f"Due within {rules.SOON} days", "open": "Later"}


@dataclass(frozen=True)
class ActionRow:
    """An action as a page shows it on a day. address: its own page. days_late counts to that day, or to done_on."""

    key: int
    text: str
    owner: str
    due: date
    original_due: date
    done_on: date | None
    outcome: str
    removed_on: date | None
    state: str
    days_late: int
    days_moved: int
    address: str

    @property
    def to_do(self) -> bool:
        return self.state in rules.TO_DO


@dataclass(frozen=True)
class RecordActions:
    """The actions of a record, those still to do first. add: where to add one; "" on a past day, or if one may not."""

    rows: tuple[ActionRow, ...]
    add: str = ""


@dataclass(frozen=True)
class Work:
    """An action among others, with the record that it is about."""

    action: ActionRow
    kind: str
    reference: str
    title: str
    sensitivity: str
    record_address: str


@dataclass(frozen=True)
class MyWork:
    """One page of what some posts have to do, most pressing first. counts: by state, of all pages."""

    rows: tuple[Work, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def groups(self) -> list[tuple[str, int, tuple[Work, ...]]]:
        """The rows of this page by state, each as (heading, how many on all pages, rows); an empty one is left out."""
        found = [(HEADINGS[state], self.counts[state], self._in(state)) for state in rules.TO_DO]
        return [group for group in found if group[2]]

    def _in(self, state: str) -> tuple[Work, ...]:
        return tuple(row for row in self.rows if row.action.state == state)


@dataclass(frozen=True)
class Step:
    """One thing that happened to an action: what, on which day, who said so, why. due: the new date, where it moved."""

    event: str
    day: date
    by: str
    why: str
    due: date | None


def actions_of(record: Record, *, actor: Actor, today: date, as_at: date | None = None) -> RecordActions:
    """The actions of a record that an actor may see; none for one who may not see actions. One query.

    as_at: as they stood at the end of that day, read only; two queries. Dropped actions are left out in both.
    """
    if as_at is not None:
        if not seen_on(record, actor=actor, day=as_at):
            return RecordActions(())
        rows = Action.objects.filter(visible_actions(actor), record=record)
        found = [action_row(values, record=record, today=as_at) for values in states_on(rows, as_at)]
        return RecordActions(_in_order(found))
    found = [action_row(row, record=record, today=today) for row in _standing(actor, record=record.pk)]
    add = address("action-new", record) if allowed(actor, ActionPermission.ADD, record) else ""
    return RecordActions(_in_order(found), add)


@Composed
def _standing(actor: Actor, *, record: int) -> Any:
    rows = Action.objects.filter(visible_actions(actor), record=record, removed_on=None)
    return rows.annotate(owner_label=F("owner__title")).values()


def actions_for(actor: Actor, *, today: date, offset: int = 0, size: int = 50) -> MyWork:
    """What the actor's posts have to do, on records that they may see, by date. Two queries."""
    mine = Action.objects.filter(visible_actions(actor), owner__in=actor.posts, done_on=None, removed_on=None)
    by_state = (
        mine.annotate(state=compiled(rules.STATE, today)).order_by().values_list("state").annotate(count=Count("pk"))
    )
    counts = dict.fromkeys(rules.TO_DO, 0) | dict(by_state)
    page = mine.select_related("owner", "record__organisation").order_by("due", "pk")[offset : offset + size]
    return MyWork(tuple(_work(action, today) for action in page), counts)


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """The first of what the actor's posts have agreed to do, by date, as a desk shows it. One query."""
    if not actor.posts:
        return []
    mine = Action.objects.filter(visible_actions(actor), owner__in=actor.posts, done_on=None, removed_on=None)
    rows = mine.select_related("owner", "record__organisation").order_by("due", "pk")[:most]
    found = [_work(action, today) for action in rows]
    return [
        Need(
            title=f"Do: {work.action.text}",
            address=work.action.address,
            about=work.reference,
            why=work.title,
            by=work.action.due,
            restricted=work.sensitivity == "restricted",
        )
        for work in found
    ]


def action_at(record: Record, number: int, *, actor: Actor) -> Action:
    """One action of a record. Raises Action.DoesNotExist alike for one that is hidden and one that never was."""
    return Action.objects.filter(visible_actions(actor), record=record).select_related("record", "owner").get(pk=number)


def steps_of(action: Action, *, actor: Actor) -> list[Step]:
    """What happened to one action, newest first, with the reasons, as an actor may read it. Two queries."""
    shots = Snapshot.objects.filter(model=Action._meta.label_lower, key=action.pk)
    entries = entries_seen(action.record, actor).filter(pk__in=shots.values("entry"), event__startswith="action.")
    return [_step(event, action) for event in events(list(entries))]


def action_row(values: Mapping[str, Any], *, record: Record, today: date) -> ActionRow:
    """A row from its values, live or as at a day, read on that day."""
    line = rules.Line(values["due"], values["original_due"], values["done_on"], values["removed_on"])
    return ActionRow(
        key=values["id"],
        text=values["text"],
        owner=values["owner_label"],
        due=values["due"],
        original_due=values["original_due"],
        done_on=values["done_on"],
        outcome=values["outcome"],
        removed_on=values["removed_on"],
        state=rules.state(line, today),
        days_late=rules.days_late(line, today),
        days_moved=rules.days_moved(line),
        address=address("action", record, number=values["id"]),
    )


def row_of(action: Action, *, today: date) -> ActionRow:
    """The row of one live action."""
    values = {field.attname: getattr(action, field.attname) for field in Action._meta.concrete_fields}
    return action_row(values | {"owner_label": action.owner.title}, record=action.record, today=today)


def address(name: str, record: Record, **more: int) -> str:
    """The address of a page about a record's actions."""
    return reverse(name, args=[record.kind, record.organisation.code, record.reference, *more.values()])


def _in_order(rows: list[ActionRow]) -> tuple[ActionRow, ...]:
    standing = [row for row in rows if row.state != "dropped"]
    return tuple(sorted(standing, key=lambda row: (not row.to_do, row.due, row.key)))


def _work(action: Action, today: date) -> Work:
    record = action.record
    kind = kind_named(record.kind)
    return Work(
        action=row_of(action, today=today),
        kind=kind.label,
        reference=record.reference,
        title=record.title,
        sensitivity=record.sensitivity,
        record_address=kind.address(record.organisation.code, record.reference),
    )


def _step(event: Any, action: Action) -> Step:
    change = next(one for one in event.changes if (one.model, one.key) == (Action._meta.label_lower, action.pk))
    moved = change.get("due")
    outcome = change.get("outcome")
    why = event.reason or (outcome[1] if outcome and not change.new else "")
    due = date.fromisoformat(moved[1]) if moved else None
    return Step(event.event, event.effective, event.actor_label, why, due)
