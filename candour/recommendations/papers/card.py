"""One recommendation in full: what was asked, who answers for it by when, what they said, and how it stands. Pure."""

from collections.abc import Iterator

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Column, Detail, Fact, bullets, cell, fact
from candour.kernel.papers.say import lines
from candour.recommendations.papers.stock import Copy, failed_checks, said_since
from candour.recommendations.papers.words import (
    NO_OWNER,
    NO_TARGET,
    OUTCOMES,
    RESPONSES,
    SEEN_BY,
    VERDICTS,
    current_words,
    notes,
    original_words,
    priority_cell,
    report_words,
    reported,
    status_cell,
    target_words,
    years,
)
from candour.recommendations.queries.rows import ClosureRow, OwnerRow, RecommendationRow, TargetRow, UpdateRow

COLUMNS = (
    Column("Reference", 15, kind="reference"),
    Column("Number", 8),
    Column("Priority", 9),
    Column("Status", 11),
    Column("Original target", 12),
    Column("Current target", 12),
    Column("Slips", 6, "right", "number"),
    Column("Days late", 7, "right", "number"),
)
NOT_SAID = "Not answered"


def card(row: RecommendationRow, copy: Copy) -> Detail:
    """The block of one recommendation as this copy prints it."""
    return Detail(
        columns=COLUMNS,
        cells=(
            cell(row.reference),
            cell(row.printed.strip() or "None"),
            priority_cell(row),
            status_cell(row),
            cell(original_words(row)),
            cell(current_words(row)),
            cell(row.line.slips),
            cell(row.late.current),
        ),
        facts=tuple(_facts(row, copy)),
    )


def _facts(row: RecommendationRow, copy: Copy) -> Iterator[Fact]:
    yield fact("Heading", row.title)
    yield from _report(row, copy)
    for label, text in (("Finding", row.finding), ("Risk", row.risk), ("Recommendation", row.text)):
        if text.strip():
            yield fact(label, *lines(text))
    yield fact("Response", RESPONSES[row.line.response])
    if row.response_text.strip():
        yield fact("Management response", *lines(row.response_text))
    for owner in row.owners:
        yield from _owner(owner)
    yield from _repeat(row, copy)
    told = said_since(row, copy.stock.since) or row.updates[-1:]
    for update in told:
        yield from _update(update)
    if earlier := len(row.updates) - len(told):
        yield fact("Earlier updates", f"{earlier}, kept in the record")
    yield from _closing(row, copy)
    if said := notes(row, copy):
        yield fact("To note", bullets(*said))
    if copy.audience == "panel":
        yield fact("Seen by", SEEN_BY[row.sensitivity])


def _report(row: RecommendationRow, copy: Copy) -> Iterator[Fact]:
    yield fact("Report", report_words(row))
    if (audit := copy.near(row.came_from_id)) and audit.opinion:
        yield fact("Opinion", audit.opinion)
    yield fact("Reported", reported(row))


def _owner(owner: OwnerRow) -> Iterator[Fact]:
    yield fact("Owner", owner.owner or NO_OWNER)
    yield fact("Targets", bullets(*map(_target, owner.targets)) if owner.targets else NO_TARGET)


def _target(target: TargetRow) -> str:
    """Original: March 2019 (set 1 September 2018), or Slip 1: TBC (set 4 May 2021). Parts are late. Agreed by the panel."""
    name = f"Slip {target.number}" if target.number else "Original"
    said = f"{name}: {target_words(target)} (set {say_date(target.set_on)})"
    why = [target.why.strip().rstrip(".")] if target.why.strip() else ["No reason is recorded"] if target.number else []
    agreed = [f"Agreed by {target.approver.strip().rstrip('.')}"] if target.approver.strip() else []
    agreed = agreed or (["Nobody is recorded as having agreed it"] if target.number else [])
    return ". ".join([said, *(" ".join(part.split()) for part in why + agreed)])


def _repeat(row: RecommendationRow, copy: Copy) -> Iterator[Fact]:
    if row.repeat_of_id is None and row.line.first_reported >= row.line.reported_on:
        return
    earlier = copy.near(row.repeat_of_id)
    named = earlier.reference if earlier else "An earlier recommendation"
    first = say_date(row.line.first_reported)
    yield fact("Repeats", f"{named}. First reported {first}, {years(row, copy.stock.as_at)} ago")


def _update(update: UpdateRow) -> Iterator[Fact]:
    by = f" by {update.by}" if update.by else ""
    yield fact("Update", f"{update.period.strip() or 'Update'}, given {say_date(update.dated)}{by}")
    for label, text in (
        ("What was said", update.text),
        ("What has been achieved", update.achieved),
        ("What is left", update.left),
        ("Barriers", update.barriers),
    ):
        if text.strip():
            yield fact(label, *lines(text))
        elif label != "What was said" and not update.text.strip():
            yield fact(label, NOT_SAID)
    yield fact("Proposed to close", "Yes" if update.proposes_closure else "No")
    if update.evidence.strip():
        yield fact("Evidence", *lines(update.evidence))


def _closing(row: RecommendationRow, copy: Copy) -> Iterator[Fact]:
    closure, closed_on = row.closure, row.line.closed_on
    if closure and not (closed_on and row.line.outcome != "closed"):
        by = f" by {closure.proposed_by}" if closure.proposed_by else ""
        yield fact("Proposed closed", f"{say_date(closure.proposed_on)}{by}")
        if closure.case.strip():
            yield fact("Case for closing", *lines(closure.case))
        if row.line.proposed_on and (failed := failed_checks(row, copy)):
            yield fact("Checks that fail", bullets(*(check.said for check in failed)))
        if closure.answered_on:
            yield fact("The panel’s answer", _answer(closure))
    if closed_on:
        yield fact("Ended", f"{OUTCOMES.get(row.line.outcome, 'Ended')}, {say_date(closed_on)}")
    if closed_on and closure and closure.verified_on:
        found = f". {closure.found.strip()}" if closure.found.strip() else ""
        yield fact(
            "Verified", f"{VERDICTS[closure.verdict]}, {say_date(closure.verified_on)}{' '.join(found.split(chr(10)))}"
        )


def _answer(closure: ClosureRow) -> str:
    """Agreed, 26 October 2023. Audit Panel, 26 October 2023, minute 7. Why."""
    assert closure.answered_on is not None  # noqa: S101  # nosec B101
    said = "Agreed" if closure.answer == "agreed" else "Sent back"
    parts = (f"{said}, {say_date(closure.answered_on)}", closure.decision, " ".join(closure.why.split()))
    return ". ".join(part.rstrip(".") for part in parts if part)
