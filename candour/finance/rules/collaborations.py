"""Collaborations: shares that come to the whole, costs from them, when a review is due, the read line. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from candour.kernel.calendar import add_months
from candour.kernel.rules import TODAY, Condition, Op, Rule, Table, Today, read, table

WHOLE = 10_000  # hundredths of a per cent
SOON = 60  # days before the end of an agreement from which it is said


@dataclass(frozen=True)
class Share:
    """The share of a member, in hundredths of a per cent. own: it is the share of the body whose record it is."""

    member: str
    share: int
    own: bool = False


@dataclass(frozen=True)
class CollaborationFacts:
    """What the rules know of a collaboration from its record and its row."""

    organisation: int
    sensitivity: str
    closed_on: date | None
    lead: str
    ends: date | None
    review_due: date


@dataclass(frozen=True)
class CollaborationLine:
    """What lists need of a collaboration and what does not depend on today. year: the newest with shares. Pence."""

    organisation: int
    sensitivity: str
    closed_on: date | None
    lead: str
    members: int
    year: date | None
    cost: int | None
    own_share: int | None
    own_cost: int | None
    ends: date | None
    review_due: date
    planned: int
    measured: int


def say_share(share: int) -> str:
    """25%, 33.33%."""
    return f"{Decimal(share) / 100:f}%"


def problem_of(shares: Sequence[Share]) -> str:
    """What is wrong with the shares of a year, as a sentence that says how to mend it; "" where they come to the whole."""
    if not shares:
        return "Enter a member and its share"
    names = [one.member.casefold() for one in shares]
    twice = next((one.member for one in shares if names.count(one.member.casefold()) > 1), "")
    if twice:
        return f"{twice} stands twice: enter each member once"
    if sum(one.own for one in shares) > 1:
        return "Choose one member as the body whose record this is"
    come = sum(one.share for one in shares)
    if come == WHOLE:
        return ""
    apart = say_share(abs(WHOLE - come))
    wrong = f"{apart} is missing" if come < WHOLE else f"{apart} is too much"
    return f"The shares come to {say_share(come)}: {wrong}. Change them until they come to 100%"


def costs(pence: int, shares: Sequence[Share]) -> dict[str, int]:
    """What each member bears of a year's cost, to the penny; pence that do not divide go to the largest shares first."""
    found = {one.member: pence * one.share // WHOLE for one in shares}
    rest = pence - sum(found.values())
    for one in sorted(shares, key=lambda each: (-each.share, each.member))[:rest]:
        found[one.member] += 1
    return found


def next_review(on: date, every: int) -> date:
    return add_months(on, every)


def collaboration_line(
    facts: CollaborationFacts,
    shares: Mapping[date, Sequence[Share]],
    cost: Mapping[date, int],
    *,
    benefits: Iterable[tuple[bool, int | None, int | None]],
) -> CollaborationLine:
    """The read line of a collaboration from its row, its shares and costs by year. benefits: (cashable, planned, measured)."""
    year = max((year for year, some in shares.items() if some), default=None)
    some = shares[year] if year else ()
    pence = cost.get(year) if year else None
    own = next((one for one in some if one.own), None)
    cash = [(planned or 0, measured or 0) for cashable, planned, measured in benefits if cashable]
    return CollaborationLine(
        organisation=facts.organisation,
        sensitivity=facts.sensitivity,
        closed_on=facts.closed_on,
        lead=facts.lead,
        members=len(some),
        year=year,
        cost=pence,
        own_share=own.share if own else None,
        own_cost=costs(pence, some)[own.member] if own and pence is not None else None,
        ends=facts.ends,
        review_due=facts.review_due,
        planned=sum(planned for planned, _ in cash),
        measured=sum(measured for _, measured in cash),
    )


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


COLLABORATION_STATE: Table = table(
    _when("Ended", ("closed_on", "is not none")),
    _when("Agreement expired", ("ends", "<", TODAY)),
    _when("Review late", ("review_due", "<", TODAY)),
    _when("No shares agreed", ("year", "is none")),
    _when("Agreement ends soon", ("ends", "<", Today(SOON))),
    _when("Review due", ("review_due", "<", Today(SOON))),
    Rule("Running"),
)
COLLABORATION_ORDER = (
    *("Agreement expired", "Review late", "No shares agreed", "Agreement ends soon", "Review due", "Running", "Ended"),
)
COLLABORATION_RANK: Table = table(
    *(Rule(f"{COLLABORATION_ORDER.index(rule.outcome):02}", rule.when) for rule in COLLABORATION_STATE)
)
COLLABORATION_WORDS: Mapping[str, str] = {
    "Agreement expired": "The agreement between its members has ended, and the work goes on.",
    "Review late": "It should have been reviewed by now.",
    "No shares agreed": "What each member bears of its cost is not recorded for any year.",
    "Agreement ends soon": f"The agreement ends within {SOON} days.",
    "Review due": f"It is to be reviewed within {SOON} days.",
    "Running": "It was reviewed in time, and its agreement holds.",
    "Ended": "It is no longer done together.",
}


def collaboration_state(line: CollaborationLine, today: date) -> str:
    """Derived from the line, never typed."""
    return read(COLLABORATION_STATE, line, today)
