"""What a person finds on their desk: what needs them, what stands out, what changed, which meetings come. Every app says
its own part; here they are put together."""

from dataclasses import dataclass
from datetime import date, timedelta

from candour.boards.queries import desk as boards
from candour.commissioning.queries import desk as agreements
from candour.finance.queries import desk as finance
from candour.inspections.queries import desk as inspections
from candour.kernel.access import Actor
from candour.kernel.actions import queries as actions
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.queries import Event, event
from candour.kernel.intake import queries as papers_in
from candour.kernel.records.happened import entries_told
from candour.kernel.records.models import Record
from candour.kernel.records.needs import Flag, Need, asked_together, in_order
from candour.performance.queries import desk as performance
from candour.plan.queries import desk as plans
from candour.recommendations.queries import desk as recommendations
from candour.risks.queries import desk as risks

MOST = 8  # of each kind: what is later is on that app's own list
LATELY = 6
READ = 60  # entries, of which runs of the same are told once
SOON = timedelta(days=14)
GROUPS = ("Late", "Within a fortnight", "Later", "No date")


@dataclass(frozen=True)
class Changed:
    """Something that happened to a record that the reader may see; more: how often the same was recorded just before, by
    the same post, of other records."""

    event: Event
    record: Record
    more: int


@dataclass(frozen=True)
class Desk:
    """Everything on a desk. needs: by the words of GROUPS, in their order, without the empty ones."""

    flags: tuple[Flag, ...]
    needs: tuple[tuple[str, tuple[Need, ...]], ...]
    changed: tuple[Changed, ...]
    coming: tuple[boards.Coming, ...]
    since: date  # of the last paper, from which movement is measured


def desk_of(actor: Actor, *, today: date) -> Desk:
    """The desk of an actor on a day. At most eleven queries, whatever there is; fewer for who may see less."""
    convening, coming = boards.meetings_near(actor, today=today)
    waiting = [
        *risks.needs(actor, today=today, most=MOST),
        *recommendations.needs(actor, today=today, most=MOST),
        *actions.needs(actor, today=today, most=MOST),
        *boards.papers_owed(actor, today=today, most=MOST),
        *convening[:MOST],
        *asked_together(
            [
                agreements.undecided(actor, today=today),
                agreements.returns_owed(actor, today=today),
                agreements.unscored(actor),
                *agreements.of_care(actor, today=today),
                performance.owed(actor, today=today),
                inspections.steps(actor),
                inspections.answers(actor),
                inspections.stated(actor, today=today),
                finance.reports(actor, today=today),
                finance.reviews(actor, today=today),
                plans.updates(actor, today=today),
                plans.dives(actor, today=today),
                plans.to_agree(actor),
                papers_in.waiting(actor),
            ],
            most=MOST,
        ),
    ]
    since = risks.last_paper(actor, today=today)
    flags = (*risks.flags(actor, today=today, since=since), *recommendations.flags(actor, today=today))
    return Desk(flags, _grouped(waiting, today), _changed(actor), tuple(coming), since)


def _grouped(waiting: list[Need], today: date) -> tuple[tuple[str, tuple[Need, ...]], ...]:
    groups: dict[str, list[Need]] = {name: [] for name in GROUPS}
    for need in in_order(waiting):
        groups[_group(need.by, today)].append(need)
    return tuple((name, tuple(rows)) for name, rows in groups.items() if rows)


def _group(by: date | None, today: date) -> str:
    if by is None:
        return "No date"
    if by < today:
        return "Late"
    return "Within a fortnight" if by <= today + SOON else "Later"


def _changed(actor: Actor) -> tuple[Changed, ...]:
    """What was recorded last of what the actor may read the history of; a run of the same is told once. Two queries."""
    if not actor.scope(HistoryPermission.SEE):
        return ()
    runs: list[list[Event]] = []
    for entry in entries_told(actor).order_by("-pk")[:READ]:
        told = event(entry, {})  # what it changed is not told here
        if runs and _alike(runs[-1][0]) == _alike(told):
            runs[-1].append(told)
        else:
            runs.append([told])
    lately = runs[:LATELY]
    records = Record.objects.select_related("organisation").in_bulk({run[0].record_id for run in lately})
    return tuple(Changed(run[0], records[run[0].record_id], _others(run)) for run in lately)


def _alike(told: Event) -> tuple[str, str]:
    return told.event, told.actor_label


def _others(run: list[Event]) -> int:
    return len({told.record_id for told in run}) - 1
