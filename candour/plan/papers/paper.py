"""The delivery report for the Police and Crime Panel: what is at risk first, then each priority with all that is under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import (
    Block,
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
    anchor_for,
    bold,
    bullets,
    cell,
    fact,
    link,
    para,
)
from candour.kernel.papers.inked import inked
from candour.plan import rules
from candour.plan.papers.changed import Changed, changes
from candour.plan.papers.drawn import delivery_chart, said, table_columns, titled
from candour.plan.queries import ActivityRow, ObjectiveRow, SuccessRow, Whole

TITLE = "Delivery of the Police and Crime Plan"
TONES = {name: tone for name, tone in rules.STATE_TONES.items() if tone in ("red", "amber", "green", "blue")}


@dataclass(frozen=True)
class Stock:
    """The plans of one body as they stood on a day, and on the day that changes are counted from."""

    body: str
    as_at: date
    since: date
    dated: date
    plans: tuple[Whole, ...]
    before: tuple[Whole, ...]

    def shown(self, audience: str) -> tuple[Whole, ...]:
        """The plans with what the audience may read of them. A part is never seen by more than the whole."""
        sights = may_read(audience)
        return tuple(cut(one, sights) for one in self.plans if one.plan.sensitivity in sights)

    def earlier(self, audience: str, pk: int) -> Whole | None:
        sights = may_read(audience)
        return next((cut(one, sights) for one in self.before if one.plan.pk == pk), None)


def cut(whole: Whole, sights: frozenset[str]) -> Whole:
    """A plan without what some readers may not see, counted from what is left."""
    objectives = []
    for one in whole.objectives:
        if one.sensitivity in sights:
            kept = tuple(row for row in one.activities if row.sensitivity in sights)
            objectives.append(replace(one, activities=kept, tally=rules.tally(row.state for row in kept)))
    risky = tuple(row for row in whole.at_risk if row.sensitivity in sights and row.under)
    shown = {row.pk for one in objectives for row in one.activities}
    return replace(whole, objectives=tuple(objectives), at_risk=tuple(row for row in risky if row.pk in shown))


def plan_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    plans = stock.shown(audience)
    blocks: list[Block] = []
    for whole in plans:
        blocks += _plan(stock, audience, whole, alone=len(plans) == 1)
    if not plans:
        blocks = [Heading(1, "Summary"), para("There is no plan to report.")]
    restricted = any(
        whole.plan.restricted
        or any(one.restricted or any(row.restricted for row in one.activities) for one in whole.objectives)
        for whole in plans
    )
    return Document(
        plans[0].plan.title if len(plans) == 1 else TITLE,
        stock.body,
        tuple(blocks),
        subtitle=f"Delivery report. {COPY[audience]}. As it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if restricted else "OFFICIAL",
        meta=(
            fact("For", "Police and Crime Panel"),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", TITLE),
            fact("As at", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )


def _plan(stock: Stock, audience: str, whole: Whole, *, alone: bool) -> Iterator[Block]:
    plan = whole.plan
    yield Heading(
        1, "Summary" if alone else f"{plan.reference} {plan.title}", anchor=anchor_for(f"plan {plan.reference}")
    )
    yield from _summary(whole)
    yield from _at_risk(whole)
    yield from _changed(changes(stock.earlier(audience, plan.pk), whole), stock.since)
    for place, priority in enumerate(whole.priorities):
        yield PageBreak(landscape=True)
        yield Heading(1 if alone else 2, f"Priority {titled(priority)}", anchor=anchor_for(f"{plan.reference} {place}"))
        yield from _priority(whole, place, alone=alone)
    yield from _gaps(whole)


def _summary(whole: Whole) -> Iterator[Block]:
    plan, tally = whole.plan, whole.tally
    if plan.aim:
        yield para(plan.aim)
    yield para(
        f"{plan.title} runs from {say_date(plan.starts)} to {say_date(plan.ends)}. It has ",
        *(bold(len(whole.priorities)), _many(len(whole.priorities), " priority, ", " priorities, ")),
        *(bold(len(whole.objectives)), _many(len(whole.objectives), " objective and ", " objectives and ")),
        *(bold(tally.whole), _many(tally.whole, " activity. ", " activities. ")),
        *(bold(tally.at_risk), " may not be delivered as things are."),
    )
    if not tally.whole:
        return
    chart = delivery_chart(whole, key=anchor_for(f"delivery {plan.reference}"))
    columns = table_columns(chart)
    rows = tuple(Row(tuple(cell(text) for text in line)) for line in chart.table.rows)
    words = "; ".join(f"{titled(one)}: {said(whole.tally_of(one))}" for one in whole.priorities) + "."
    yield Figure(inked(chart.svg), chart.title, words, Table("The same in figures", columns, rows))


def _many(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _at_risk(whole: Whole) -> Iterator[Block]:
    yield Heading(2, "At risk of non-delivery", anchor=anchor_for(f"risk {whole.plan.reference}"))
    if not whole.at_risk:
        yield para("Nothing is red, amber or past its date.")
        return
    yield Table(
        "Activities that may not be delivered, the worst first",
        (
            Column("Reference", 12, kind="reference"),
            Column("Activity", 34),
            Column("Owner", 20),
            Column("Due", 16),
            Column("How it stands", 14),
            Column("What is in the way", 34),
        ),
        tuple(
            Row(
                (
                    cell(link(row.reference, f"#{anchor_for(row.under)}")),
                    cell(row.title),
                    cell(row.owner or row.said_owner or "no post"),
                    cell(_due(row)),
                    cell(*_stands(row), tone=TONES.get(row.state, "")),
                    cell(row.last.barriers if row.last and row.last.barriers else "not said"),
                )
            )
            for row in whole.at_risk
        ),
    )


def _changed(found: Sequence[Changed], since: date) -> Iterator[Block]:
    yield Heading(2, f"What changed since {say_date(since)}")
    if not found:
        yield para("No activity is new, stands otherwise, or has another date or owner.")
        return
    columns = (Column("Reference", 12, kind="reference"), Column("Activity", 44), Column("What changed", 44))
    rows = tuple(Row((cell(one.row.reference), cell(one.row.title), cell(" ".join(one.what)))) for one in found)
    yield Table(f"Changes since {say_date(since)}", columns, rows)


def _priority(whole: Whole, place: int, *, alone: bool) -> Iterator[Block]:
    priority = whole.priorities[place]
    if priority.text:
        yield para(priority.text)
    objectives = whole.under(priority)
    lead = f"Led by {priority.lead}. " if priority.lead else "Nobody leads it. "
    yield para(lead, f"Its activities: {said(whole.tally_of(priority))}.")
    if not objectives:
        yield para("No objective stands under it.")
    for one in objectives:
        yield from _objective(one, 2 if alone else 3)


def _objective(one: ObjectiveRow, level: int) -> Iterator[Block]:
    yield Heading(level, f"{one.reference} {one.title}", anchor=anchor_for(one.reference))
    if one.closed_on:
        yield para(f"Closed on {say_date(one.closed_on)}.")
    if one.outcome:
        yield para(bold("Outcome. "), one.outcome)
    yield from _success(one.successes)
    for dive in one.dives:
        answer = (
            f"Answered {say_date(dive.answered_on)}: {dive.answer}"
            if dive.answered_on
            else (f"Due {say_date(dive.due)}{', late' if dive.late else ''}.")
        )
        yield para(bold("Deep dive. "), f"Asked by {dive.asked_by} of {dive.post}: {dive.asked} ", answer)
    shown = [row for row in one.activities if row.state != "Stopped"]
    if not shown:
        yield para("No activity works towards it.")
        return
    yield Table(
        f"Activities of {one.reference}",
        (
            Column("Reference", 11, kind="reference"),
            Column("Activity", 30),
            Column("Owner", 18),
            Column("Due", 15),
            Column("How it stands", 13),
            Column("Measures of success", 26),
            Column("Progress", 47),
        ),
        tuple(_activity(row) for row in shown),
    )


def _success(found: Sequence[SuccessRow]) -> Iterator[Block]:
    if found:
        yield para(bold("What good looks like."))
        yield bullets(*(_agreed(one) for one in found))


def _agreed(one: SuccessRow) -> str:
    if one.agreed_on:
        return f"{one.text.rstrip('.')}. Agreed by {one.agreed_by}, {say_date(one.agreed_on)}."
    return f"{one.text.rstrip('.')}. Still to be agreed."


def _activity(row: ActivityRow) -> Row:
    owners = [row.owner or row.said_owner or "no post", *([f"Lead: {row.lead}"] if row.lead else [])]
    return Row(
        (
            cell(row.reference),
            cell(row.title, *([para(row.text)] if row.text else [])),
            cell(*(para(words) for words in owners)),
            cell(_due(row)),
            cell(*_stands(row), tone=TONES.get(row.state, "")),
            cell(_listed([_agreed(one) for one in row.successes]) if row.successes else "none"),
            cell(*_progress(row)),
        )
    )


def _listed(texts: Sequence[str]) -> Bullets:
    return bullets(*texts)


def _stands(row: ActivityRow) -> tuple[str, ...]:
    """The word of the body, and the state where that says more."""
    word, state = row.line.word, row.state
    if not word or rules.STANDS.get(row.line.stands) == state:
        return (f"{word}: {state.lower()}" if word and word.casefold() != state.casefold() else state,)
    return (f"{word}: {state.lower()}",)


def _due(row: ActivityRow) -> str:
    line = row.line
    if line.due is None:
        return row.said_due or "no date"
    moved = f", first {say_date(line.original_due)}" if line.slips and line.original_due else ""
    return f"{say_date(line.due)}{moved}"


def _progress(row: ActivityRow) -> Iterator[str | Paragraph]:
    """The four questions, as they were answered last."""
    if row.last is None:
        yield "Nothing was said yet."
        return
    yield para(bold("Achieved. "), row.last.achieved)
    if not rules.nothing(row.last.left):
        yield para(bold("Left to do. "), row.last.left)
    if not rules.nothing(row.last.barriers):
        yield para(bold("Barriers. "), row.last.barriers)
    if row.last.proposes and row.line.closed_on is None:
        yield para(bold("Proposed done, "), "to be agreed.")
    yield para(f"Said by {row.last.by or 'its owner'}, {say_date(row.last.on)}")


def _gaps(whole: Whole) -> Iterator[Block]:
    """What can be told of a past day: objectives without activity or without an agreed measure of success."""
    running = [one for one in whole.objectives if one.closed_on is None]
    rows = [(one, words) for one in running if (words := gaps_of(one))]
    if not running:
        return
    yield PageBreak()
    yield Heading(1, "What nothing covers", anchor=anchor_for(f"gaps {whole.plan.reference}"))
    if not rows:
        yield para("Each objective has an activity, and what good looks like is agreed for each.")
        return
    columns = (Column("Objective", 14, kind="reference"), Column("Words", 46), Column("Gap", 40))
    table = tuple(Row((cell(one.reference), cell(one.title), cell(words))) for one, words in rows)
    yield Table("Objectives with a gap", columns, table)


def gaps_of(one: ObjectiveRow) -> str:
    """The gaps of an objective that its own rows tell, in a phrase."""
    running = [row for row in one.activities if row.state != "Stopped"]
    successes = [*one.successes, *(each for row in running for each in row.successes)]
    told = []
    if not running:
        told.append("no activity")
    if not successes:
        told.append("nothing says what good looks like")
    elif not any(each.agreed_on for each in successes):
        told.append("what good looks like is not agreed")
    if running and not any(row.owner for row in running) and not one.owner:
        told.append("no owner")
    phrase = ", ".join(told)
    return phrase[:1].upper() + phrase[1:]
