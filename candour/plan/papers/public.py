"""The plan as it is published: priorities, public objectives and public activities with what came of them; nothing of others.

The law asks for the plan itself: Police Reform and Social Responsibility Act 2011, section 5(10).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, say_date
from candour.kernel.papers import sheets
from candour.kernel.papers.audiences import may_read
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    anchor_for,
    bold,
    bullets,
    cell,
    fact,
    para,
)
from candour.kernel.papers.inked import inked
from candour.kernel.papers.leaks import leak_checks
from candour.kernel.publication.sources import Copy, Ready, Source
from candour.kernel.records.models import Sensitivity, visible
from candour.plan import rules
from candour.plan.access import PlanPermission
from candour.plan.models import Plan
from candour.plan.papers.drawn import delivery_chart, said, table_columns, titled
from candour.plan.papers.kind import told_of
from candour.plan.papers.paper import TONES, cut
from candour.plan.queries import WHOLE, ActivityRow, ObjectiveRow, Whole, whole_on

SEE = PlanPermission.SEE
FIRST = "Say first that everybody may see the plan"
COLUMNS = (
    *(("Priority", 30), ("Objective reference", 14), ("Objective", 40), ("Reference", 14), ("Activity", 48)),
    *(
        ("Owner", 26),
        ("First due", 16),
        ("Due", 16),
        ("State", 20),
        ("Updated on", 16),
        ("Achieved", 48),
        ("As at", 16),
    ),
)


def _plans(organisation: int, actor: Actor) -> list[Plan]:
    """The plans of a body that are in force and not restricted, as far as an actor may see them. One query."""
    rows = Plan.objects.filter(
        visible(actor, SEE, "record__"),
        record__organisation=organisation,
        record__closed_on=None,
        published_on__isnull=False,
    ).exclude(record__sensitivity=Sensitivity.RESTRICTED)
    return list(rows.select_related("record__organisation").order_by("-published_on", "pk"))


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """Plans that were published, the newest first; one that is not for everybody waits. One query."""
    return [
        Ready(
            one.record.reference,
            one.record.title,
            one.published_on or today,
            "" if one.record.sensitivity == Sensitivity.PUBLIC else FIRST,
        )
        for one in _plans(organisation, actor)
    ]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The public copy of a plan as it stands. Raises LookupError for one that is no published, public plan."""
    day = local_date(at)
    plan = next((one for one in _plans(organisation, actor) if one.record.reference == key), None)
    whole = whole_on(actor, plan.pk, as_at=day, known_on=at, parts=WHOLE) if plan else None
    if plan is None or whole is None or whole.plan.sensitivity != Sensitivity.PUBLIC:
        raise LookupError(f"no public plan {key!r} is ready to be published")
    sights = may_read("public")
    shown = cut(whole, sights)
    document = public_plan(shown, plan.record.organisation.name, day)
    told = list(told_of(whole))
    hidden, seen = ([each for sight, each in told if (sight in sights) == public] for public in (False, True))
    return Copy(
        title=whole.plan.title,
        dated=day,
        document=document,
        checks=leak_checks(document, hidden=hidden, shown=seen, what="parts of the plan"),
        facts={"plan": key},
        files={f"plan-{key}.csv": sheets.csv_of(COLUMNS, list(_data(shown, day)))},
    )


def public_plan(shown: Whole, body: str, day: date) -> Document:
    """The plan of one copy as a document. shown: without what the public may not see. Pure."""
    plan = shown.plan
    blocks: list[Block] = [*_page(shown)]
    for place, priority in enumerate(shown.priorities):
        blocks.append(Heading(1, f"Priority {titled(priority)}", anchor=anchor_for(f"priority {place}")))
        if priority.text:
            blocks.append(para(priority.text))
        objectives = shown.under(priority)
        if not objectives:
            blocks.append(para("Nothing is published under this priority yet."))
        for one in objectives:
            blocks += _objective(one)
    return Document(
        plan.title,
        body,
        tuple(blocks),
        subtitle=f"What is done under the plan, as it stood on {say_date(day)}",
        meta=(
            fact("Plan", plan.reference),
            fact("In force", f"{say_date(plan.starts)} to {say_date(plan.ends)}"),
            fact("Published", say_date(plan.published_on) if plan.published_on else "not yet"),
            fact("As at", say_date(day)),
        ),
        date=day,
    )


def _page(shown: Whole) -> Iterator[Block]:
    """The plan on a page: its aim, and how what is published of it stands."""
    tally, counts = shown.tally, (len(shown.priorities), len(shown.objectives), shown.tally.whole)
    yield Heading(1, "The plan on a page")
    if shown.plan.aim:
        yield para(shown.plan.aim)
    words = (("priority", "priorities"), ("objective", "objectives"), ("activity", "activities"))
    named = [f"{count} {one if count == 1 else many}" for count, (one, many) in zip(counts, words, strict=True)]
    yield para(f"Published here: {named[0]}, {named[1]} and {named[2]}.")
    if not tally.whole:
        return
    chart = delivery_chart(shown, key="delivery")
    columns = table_columns(chart)
    rows = tuple(Row(tuple(cell(text) for text in line)) for line in chart.table.rows)
    told = "; ".join(f"{titled(one)}: {said(shown.tally_of(one))}" for one in shown.priorities) + "."
    yield Figure(inked(chart.svg), chart.title, told, Table("The same in figures", columns, rows))


def _objective(one: ObjectiveRow) -> Iterator[Block]:
    yield Heading(2, f"{one.number} {one.title}", anchor=anchor_for(one.reference))
    if one.closed_on:
        yield para(f"Closed on {say_date(one.closed_on)}.")
    if one.outcome:
        yield para(bold("Outcome. "), one.outcome)
    agreed = [each.text.rstrip(".") + "." for each in one.successes if each.agreed_on]
    if agreed:
        yield para(bold("What good looks like."))
        yield bullets(*agreed)
    rows = [row for row in one.activities if row.state != "Stopped"]
    if not rows:
        yield para("No activity is published under it.")
        return
    columns = (
        Column("Activity", 34),
        Column("Owner", 20),
        Column("Due", 15),
        Column("How it stands", 14),
        Column("What was achieved", 40),
    )
    yield Table(f"Activities of {one.number}", columns, tuple(_activity(row) for row in rows))


def _activity(row: ActivityRow) -> Row:
    return Row(
        (
            cell(row.title, *([para(row.text)] if row.text else [])),
            cell(row.owner or row.said_owner or "no post"),
            cell(_due(row)),
            cell(row.state, tone=TONES.get(row.state, "")),
            cell(*_achieved(row)),
        )
    )


def _due(row: ActivityRow) -> str:
    """The date that stands, with the first one where it moved: that a date moved is no secret."""
    line = row.line
    if line.due is None:
        return row.said_due or "no date"
    return (
        f"{say_date(line.due)}{f', first {say_date(line.original_due)}' if row.slipped and line.original_due else ''}"
    )


def _achieved(row: ActivityRow) -> Iterator[str | Paragraph]:
    """What its owner said last that it achieved; what is in the way is between office and panel."""
    if row.last is None or rules.nothing(row.last.achieved):
        yield "Nothing was said yet."
        return
    yield para(row.last.achieved)
    yield para(f"Said {say_date(row.last.on)}")


def _data(shown: Whole, day: date) -> Iterator[tuple[Any, ...]]:
    for priority in shown.priorities:
        for one in shown.under(priority):
            for row in one.activities:
                if row.state != "Stopped":
                    line, last = row.line, row.last
                    yield (
                        *(titled(priority), one.reference, one.title, row.reference, row.title),
                        *(row.owner or row.said_owner, line.original_due, line.due or row.said_due, row.state),
                        *(last.on if last else None, last.achieved if last else "", day),
                    )


PUBLIC_PLAN = Source("plan", "Plan", "Plans", SEE, ready, write)
