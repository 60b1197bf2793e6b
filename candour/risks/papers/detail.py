"""One risk in full: what it is, how it is scored, its controls one by one, and its dated updates. Pure."""

from datetime import date

from candour.kernel.calendar import days_late, say_date
from candour.kernel.papers.document import Bullets, Column, Detail, Fact, Item, bold, cell, fact, words
from candour.kernel.papers.say import days, listed
from candour.risks.papers.stock import Copy, direction
from candour.risks.papers.words import RESPONSES, day_or, impact, likelihood, movement, point, score_cell
from candour.risks.queries.rows import ControlRow, RiskRow

COLUMNS = (
    Column("First recorded", 11),
    Column("Reference", 9, kind="reference"),
    Column("Risk owner", 14),
    Column("Responsible officer", 14),
    Column("Previous score", 8, "centre", "number"),
    Column("Score", 10, kind="score"),
    Column("Movement", 11),
)


def detail(row: RiskRow, copy: Copy) -> Detail:
    """The block of one risk as this copy prints it."""
    since = copy.stock.since
    previous = "None" if row.previous_score is None else f"{row.previous_score}"
    return Detail(
        columns=COLUMNS,
        cells=(
            cell(say_date(row.line.first_recorded)),
            cell(row.reference),
            cell(row.owner or "No owner"),
            cell(row.responsible_officer or "Not named"),
            cell(previous),
            score_cell(row.line.score, row.band),
            cell(movement(row, since)),
        ),
        facts=tuple(_facts(row, copy)),
    )


def _facts(row: RiskRow, copy: Copy) -> list[Fact]:
    as_at, since = copy.stock.as_at, copy.stock.since
    facts = [fact("Title", row.title)]
    said = (("Source", row.source), ("Event", row.event), ("Effect", row.effect), ("Context", row.context))
    facts += [fact(label, text.strip()) for label, text in said if text.strip()]
    facts += [fact("Scored as", _scored(row)), *_beside(row), fact("Status", row.status)]
    if row.response:
        facts.append(fact("Response", RESPONSES[row.response]))
    if row.joint_with:
        facts.append(fact("Carried jointly with", _joint(row, copy)))
    mark_new = direction(row, since) != "new"
    shown = [one for one in row.controls if one.removed_on is None or one.removed_on > since]
    standing = [one for one in shown if not one.pending or one.removed_on]
    further = [one for one in shown if one.pending and not one.removed_on]
    if standing:
        facts.append(fact("Controls", _controls(standing, as_at, since if mark_new else None)))
    if further:
        facts.append(fact("Further controls", _controls(further, as_at, since if mark_new else None)))
    if not shown:
        facts.append(fact("Gap", "No control is recorded"))
    if row.updates:
        newest = sorted(row.updates, key=lambda update: update.dated, reverse=True)
        items = tuple(Item(words(bold(say_date(one.dated)), f": {one.text}")) for one in newest)
        facts.append(fact("Updates", Bullets(items, "update")))
    facts += _next_review(row, as_at)
    if row.next_key_date.strip():
        facts.append(fact("Next key date", row.next_key_date.strip()))
    return facts


def _scored(row: RiskRow) -> str:
    if row.matrix is None:
        return "Not yet scored"
    target = f". Target {row.line.target}" if row.line.target is not None else ""
    return f"Impact {impact(row)}, likelihood {likelihood(row)}, since {say_date(row.history[-1].since)}{target}"


def _beside(row: RiskRow) -> list[Fact]:
    """The inherent score and the proposed one, under words that no reader takes for the score itself."""
    named = (("Without controls", row.inherent, ""), ("Proposed, not agreed yet", row.proposed, ", since "))
    return [
        fact(label, f"{point(found)}{since}{say_date(found.since) if since else ''}")
        for label, found, since in named
        if found
    ]


def _joint(row: RiskRow, copy: Copy) -> str:
    """The other body, and how it numbers the risk: not in public, where its register may not say so itself."""
    public = copy.audience == "public"
    return row.joint_with if public or not row.joint_reference else f"{row.joint_with}, there {row.joint_reference}"


def _controls(controls: list[ControlRow], as_at: date, since: date | None) -> Bullets:
    return Bullets(tuple(_control(one, as_at, since) for one in controls))


def _control(one: ControlRow, as_at: date, since: date | None) -> Item:
    new = (bold("New: "),) if since and one.added_on > since and not one.removed_on else ()
    return Item(words(*new, f"{one.text} ({control_state(one, as_at)})"))


def control_state(one: ControlRow, as_at: date) -> str:
    """in place since 3 May 2026, works in part; due 30 June 2026, 47 days late, Chief Finance Officer; removed ..."""
    if one.removed_on:
        return f"removed {say_date(one.removed_on)}"
    owner = [one.owner] if one.owner else []
    if one.pending:
        late = [f"{days(days_late(one.due, as_at))} late"] if one.due and one.due < as_at else []
        return ", ".join([f"due {say_date(one.due)}" if one.due else "no date yet", *late, *owner])
    effect = {"works": ["works"], "in part": ["works in part"], "fails": ["does not work"]}.get(one.effect, [])
    return ", ".join(
        [f"in place since {say_date(one.in_place_since)}" if one.in_place_since else "in place", *effect, *owner]
    )


def _next_review(row: RiskRow, as_at: date) -> list[Fact]:
    if row.line.closed_on:
        return [fact("Closed on", say_date(row.line.closed_on))]
    due = row.line.review_due
    late = [fact("Review late by", days(days_late(due, as_at)))] if due and due < as_at else []
    return [fact("Next review", day_or(due, "When it is first scored")), *late]


def said_of_review(rows: list[tuple[str, int]], *, most: int = 6) -> str:
    """MPC014 (13 days late) and MPC020 (2 days late)."""
    return listed([f"{reference} ({days(late)} late)" for reference, late in rows], most=most)
