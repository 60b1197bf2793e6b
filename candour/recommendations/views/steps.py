"""The steps to closure, and the ledger, as the page of a recommendation shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import say_date
from candour.recommendations import rules
from candour.recommendations.queries import ClosureRow, OwnerRow, RecommendationRow, TargetRow
from candour.recommendations.views.words import RESPONSES, VERDICTS

ORDINALS = {1: "First slip", 2: "Second slip", 3: "Third slip"}
DONE, NOW, NEXT, LATER = ("Done", "green"), ("Now", "plum"), ("Next", ""), ("Later", "")


@dataclass(frozen=True)
class Step:
    """One step: how far it is, what it is, what is known of it."""

    outcome: str
    tone: str
    title: str
    note: str


def steps(row: RecommendationRow) -> list[Step]:
    """Response, proposal, panel, auditor: each done, now, next or later."""
    stage, closure = row.stage, row.closure
    at = {"unanswered": 0, "open": 1, "proposed": 2, "closed": 3, "ended": 4}[stage]
    if stage == "closed" and closure and closure.verdict:
        at = 4
    titles = (
        ("The body responds", _responded(row)),
        ("The owner proposes, with evidence", _proposed(closure) if at > 1 else _sent_back(closure)),
        ("The panel agrees, or sends back", _decided(closure) if at > 2 else ""),
        ("The auditor verifies", _verified(closure) if at > 3 else "A finding of its own, apart from closure."),
    )
    found = []
    for number, (title, note) in enumerate(titles):
        outcome, tone = DONE if number < at else NOW if number == at else NEXT if number == at + 1 else LATER
        found.append(Step(outcome, tone, title, note))
    return found


def _responded(row: RecommendationRow) -> str:
    return RESPONSES[row.line.response] if row.line.response else "Accepted, in part, or not"


def _proposed(closure: ClosureRow | None) -> str:
    if closure is None:
        return ""
    return ", ".join(part for part in (closure.proposed_by, say_date(closure.proposed_on)) if part)


def _sent_back(closure: ClosureRow | None) -> str:
    if closure is None or closure.answer != "sent back" or closure.answered_on is None:
        return ""
    return f"Sent back by {closure.decision or 'the panel'}: {closure.why}"


def _decided(closure: ClosureRow | None) -> str:
    if closure is None or closure.answered_on is None:
        return ""
    return closure.decision or say_date(closure.answered_on)


def _verified(closure: ClosureRow | None) -> str:
    if closure is None or closure.verified_on is None:
        return ""
    return f"{VERDICTS[closure.verdict]}, {say_date(closure.verified_on)}. {closure.found}"


@dataclass(frozen=True)
class LedgerLine:
    """A line of an owner's ledger as the page shows it. gap: a slip that nobody is recorded to have agreed."""

    target: TargetRow
    note: str
    said: str
    old: bool
    gap: bool


@dataclass(frozen=True)
class OwnerLedger:
    """An owner with the lines of the ledger, and where to change either."""

    owner: OwnerRow
    lines: tuple[LedgerLine, ...]
    move: str = ""
    hand_over: str = ""
    ask: str = ""
    answer: str = ""
    withdraw: str = ""


def ledger_lines(owner: OwnerRow) -> tuple[LedgerLine, ...]:
    """The ledger of one owner, oldest first."""
    last = len(owner.targets) - 1
    found = []
    for number, target in enumerate(owner.targets):
        before = owner.targets[number - 1] if number else None
        found.append(
            LedgerLine(
                target,
                _note(target, before, current=number == last),
                _read_as(target),
                old=number not in {0, last},
                gap=number > 0 and not target.approver,
            )
        )
    return tuple(found)


def _note(target: TargetRow, before: TargetRow | None, *, current: bool) -> str:
    if before is None:
        return "First date, never changes"
    slip = ORDINALS.get(target.number, f"Slip {target.number}")
    moved = _moved(before.due, target.due)
    return f"{slip}{f', {moved}' if moved else ''}{', the date today' if current else ''}"


def _moved(before: date | None, after: date | None) -> str:
    if before is None or after is None:
        return ""
    if after < before:
        return "earlier"
    months = rules.months_old(before, after)
    days = (after - before).days
    return f"{months} {'month' if months == 1 else 'months'}" if months else f"{days} {'day' if days == 1 else 'days'}"


def _read_as(target: TargetRow) -> str:
    """What the ledger says of a date that was printed in another way."""
    if target.due is None or target.text in {"", say_date(target.due)}:
        return ""
    last = ", read as the last day of the month" if rules.read_as_month(target.text) else ""
    return f"Printed as ‘{target.text}’{last}."


def owner_ledgers(owners: Iterable[OwnerRow]) -> list[OwnerLedger]:
    """The ledgers of the owners that stand, without the changes that nobody is offered on a past day."""
    return [OwnerLedger(owner, ledger_lines(owner)) for owner in owners]
