"""What changed in the measures between the ends of two days: both side by side. compare() is pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.models import Record
from candour.performance import rules
from candour.performance.queries.past import Then, then_on_days
from candour.performance.queries.rows import MeasureRow

# What may change, in the order in which it is told.
KINDS: Mapping[str, str] = {
    "state": "Came to stand otherwise",
    "explained": "Explained",
    "revised": "Figures revised",
    "figure": "New figures",
    "target": "Target or tolerance changed",
    "defined": "Defined",
    "ended": "Ended",
    "changed": "Definition otherwise changed",
}
TOLD = 6  # revised figures that are told one by one
TEXTS: Mapping[str, str] = {"counts": "What is counted", "source": "Source", "revisions": "When figures are revised"}


@dataclass(frozen=True)
class Change:
    """One thing that changed of one measure, as it stands on the later day. said: what, a line each."""

    kind: str
    row: MeasureRow
    said: tuple[str, ...]


@dataclass(frozen=True)
class TwoDays:
    """Measures at the ends of two days, as the actor may see each."""

    since: date
    as_at: date
    before: tuple[Then, ...]
    after: tuple[Then, ...]


def two_days(actor: Actor, records: QuerySet[Record], *, since: date, as_at: date) -> TwoDays:
    """Some measures on both days, without their areas. Eight queries."""
    before, after = then_on_days(actor, records, days=(since, as_at))
    return TwoDays(since, as_at, tuple(before), tuple(after))


def compare(days: TwoDays) -> list[Change]:
    """What changed, in the order of KINDS and then by reference.

    A measure that stood on the first day but may not be seen as it stood then is left out: nothing of it can be compared.
    """
    before = {one.row.pk: one for one in days.before}
    found: list[Change] = []
    for one in days.after:
        was = before.get(one.row.pk)
        if was is not None:
            found += _between(was, one)
        elif one.row.defined_on > days.since:
            found.append(Change("defined", one.row, (f"{one.row.texts['counts']}.",)))
    order = list(KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.row.reference))


def _between(was: Then, now: Then) -> Iterator[Change]:
    told = {
        "state": _state(was.row, now.row),
        "explained": _explained(was, now),
        "revised": _revised(was, now),
        "figure": _figures(was, now),
        "target": _target(was.row, now.row),
        "ended": _ended(was.row, now.row),
        "changed": _changed(was.row, now.row),
    }
    for kind, lines in told.items():
        if said := tuple(lines):
            yield Change(kind, now.row, said)


def _state(was: MeasureRow, now: MeasureRow) -> Iterator[str]:
    if now.state not in (was.state, "Ended"):
        yield f"{now.state}, {was.state[:1].lower()}{was.state[1:]} before"


def _explained(was: Then, now: Then) -> Iterator[str]:
    answered = {one["id"] for one in was.explanations if one["answered_on"]}
    for one in now.explanations:
        if one["answered_on"] and one["id"] not in answered:
            yield f"{now.row.say_period(one['period'])}, by {one['post_label']}: {one['answer']}"


def _revised(was: Then, now: Then) -> Iterator[str]:
    """What became of figures that stood on the first day. What is hidden today is hidden on both."""
    held = {one.period: one.value for one in now.points}
    moved = [
        f"{now.row.say_period(one.period)}: {now.row.say(held[one.period])}, {was.row.say(one.value)} before"
        for one in was.points
        if one.value is not None and held.get(one.period) is not None and held[one.period] != one.value
    ]
    yield from moved[-TOLD:]
    if len(moved) > TOLD:
        yield f"And {len(moved) - TOLD} earlier"


def _figures(was: Then, now: Then) -> Iterator[str]:
    there = {one.period for one in was.points if one.value is not None}
    new = [one for one in now.points if one.value is not None and one.period not in there]
    if new:
        last = new[-1]
        many = "" if len(new) == 1 else f", and {len(new) - 1} other {'period' if len(new) == 2 else 'periods'}"
        yield f"{now.row.say_period(last.period)}: {now.row.say(last.value)}{many}"


def _target(was: MeasureRow, now: MeasureRow) -> Iterator[str]:
    if (was.line.target, was.line.target_by) != (now.line.target, now.line.target_by):
        yield f"Target: {_aim(now)}, {_aim(was)} before"
    if was.tolerance != now.tolerance:
        old, new = (row.say(row.tolerance) for row in (was, now))
        yield f"Tolerance: {new}, {old} before"


def _aim(row: MeasureRow) -> str:
    return f"{row.target} by {say_date(row.line.target_by)}" if row.target and row.line.target_by else "none"


def _ended(was: MeasureRow, now: MeasureRow) -> Iterator[str]:
    if now.line.closed_on and not was.line.closed_on:
        yield f"Measured for the last time on {say_date(now.line.closed_on)}"


def _changed(was: MeasureRow, now: MeasureRow) -> Iterator[str]:
    if was.title != now.title:
        yield f"Title: ‘{was.title}’ before"
    if was.owner != now.owner:
        yield f"Owner: {now.owner or 'no post'}, {was.owner or 'no post'} before"
    if was.line.better != now.line.better:
        yield f"Better is: {rules.BETTER[now.line.better].lower()}, {rules.BETTER[was.line.better].lower()} before"
    for name, words in TEXTS.items():
        if was.texts[name] != now.texts[name]:
            yield f"{words} is worded anew"
