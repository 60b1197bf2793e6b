"""What changed in the register of agreements between the ends of two days: the two side by side, and why. compare() is pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from candour.commissioning import rules
from candour.commissioning.queries.past import stood_on_days
from candour.commissioning.queries.rows import TEXTS, AgreementRow
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.models import Record
from candour.kernel.records.reasons import Why, reasons

EVENTS = tuple(
    f"agreement.{event}"
    for event in ("raised", "changed", "signed", "varied", "extended", "ordered", "next_decided", "ended")
)
# What may change, in the order in which it is told.
KINDS: Mapping[str, str] = {
    "raised": "Put into the register",
    "signed": "Signed",
    "varied": "Varied or extended",
    "ordered": "Ordered or paid",
    "next": "Decided what comes next",
    "ended": "Ended",
    "health": "Health: what fails now, and what no longer does",
    "changed": "Otherwise changed",
}
PLAIN = frozenset({"signed", "ordered", "health"})  # what happens without anybody having to say why
WORDS: Mapping[str, str] = {
    "specification": "Specification",
    "kpis": "KPIs",
    "monitoring": "Monitoring",
    "management": "Management plan",
}
DAYS: Mapping[str, str] = {"starts": "First day", "last_end": "Last possible end", "notice_on": "Notice by"}


@dataclass(frozen=True)
class Change:
    """One thing that changed of one agreement, as it stands on the later day. day: from when, where it is one day.

    said: what changed, a line each. why, approver: the reason given and who approved it, "" where there is none or the
    reader may not see it.
    """

    kind: str
    row: AgreementRow
    said: tuple[str, ...]
    day: date | None = None
    why: str = ""
    approver: str = ""


@dataclass(frozen=True)
class TwoDays:
    """Agreements at the ends of two days, and what took effect after the first, up to the second.

    stood: the numbers of all that stood on the first day, those that the reader may not see as well.
    """

    since: date
    as_at: date
    before: tuple[AgreementRow, ...]
    after: tuple[AgreementRow, ...]
    stood: frozenset[int]
    why: Mapping[int, tuple[Why, ...]]


def two_days(
    actor: Actor, records: QuerySet[Record], *, since: date, as_at: date, known_on: datetime | None = None
) -> TwoDays:
    """The agreements of some records on both days, from what the actor may see of each. Eight queries."""
    told = reasons(actor, records, EVENTS, after=since, until=as_at, known_on=known_on)
    (before, stood), (after, _) = stood_on_days(actor, records, days=(since, as_at), known_on=known_on)
    return TwoDays(since, as_at, tuple(before), tuple(after), stood, told)


def compare(days: TwoDays) -> list[Change]:
    """What changed, in the order of KINDS and then by stream and reference.

    An agreement that stood on the first day but may not be seen as it stood then is left out: nothing of it can be compared.
    """
    before = {row.pk: row for row in days.before}
    found: list[Change] = []
    for row in days.after:
        was = before.get(row.pk)
        if was is not None or row.pk not in days.stood:
            found += _changes(was, row, days.why.get(row.pk, ()))
    order = list(KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.row.stream_code, one.row.reference))


def _changes(was: AgreementRow | None, row: AgreementRow, told: Sequence[Why]) -> Iterator[Change]:
    if was is None:
        said = f"{row.kind}, {row.stream} {row.year}, {row.provider}, {row.value}"
        yield _because(Change("raised", row, (said,)), told, "agreement.raised")
    if signed := tuple(_signed(was, row)):
        yield Change("signed", row, signed, row.line.signed_on)
    ordered = row.line.ordered - (was.line.ordered if was else 0)
    if ordered:
        words = f"{rules.pounds(ordered)}, {row.ordered} in all"
        yield _because(Change("ordered", row, (words,)), told, "agreement.ordered")
    if row.line.closed_on and not (was and was.line.closed_on):
        words = f"On {say_date(row.line.closed_on)}, {row.value} agreed, {row.ordered} ordered"
        yield _because(Change("ended", row, (words,), row.line.closed_on), told, "agreement.ended")
    if was is not None:
        yield from _between(was, row, told)


def _between(was: AgreementRow, row: AgreementRow, told: Sequence[Why]) -> Iterator[Change]:
    """What changed of one that stood on both days."""
    if row.line.follows != was.line.follows:
        words = f"{row.follows or 'Nothing'}, {was.follows.lower() if was.follows else 'nothing'} before"
        yield _because(Change("next", row, (words,)), told, "agreement.next_decided")
    moved, varied = tuple(_moved(was, row)), ("agreement.varied", "agreement.extended")
    by_variation = any(one.event in varied for one in told)
    if moved and by_variation:
        yield _because(Change("varied", row, moved), told, *varied)
    if said := (*(() if by_variation else moved), *_otherwise(was, row)):
        yield _because(Change("changed", row, said), told, "agreement.changed")
    if row.state != "Ended" and (health := tuple(_health(was, row))):
        yield Change("health", row, health)


def _signed(was: AgreementRow | None, row: AgreementRow) -> Iterator[str]:
    for side, words in rules.SIDES.items():
        old = getattr(was.line, f"{side}_signed_on") if was else None
        now = getattr(row.line, f"{side}_signed_on")
        if now and now != old:
            yield f"{words} signed on {say_date(now)}{f', {say_date(old)} before' if old else ''}"


def _moved(was: AgreementRow, row: AgreementRow) -> Iterator[str]:
    if row.line.value != was.line.value:
        yield f"Value: {was.value} before, now {row.value}"
    if row.line.ends != was.line.ends:
        yield f"Last day: {_day(was.line.ends)} before, now {_day(row.line.ends)}"


def _otherwise(was: AgreementRow, row: AgreementRow) -> Iterator[str]:
    if was.title != row.title:
        yield f"Title: ‘{was.title}’ before"
    if was.owner != row.owner:
        yield f"Lead: {was.owner or 'no post'} before, now {row.owner or 'no post'}"
    if was.line.project_code != row.line.project_code:
        yield f"Project code: {was.line.project_code or 'none'} before, now {row.line.project_code or 'none'}"
    for name, words in DAYS.items():
        old, now = getattr(was.line, name), getattr(row.line, name)
        if old != now:
            yield f"{words}: {_day(old)} before, now {_day(now)}"
    for name in TEXTS:
        if was.texts[name] != row.texts[name]:
            yield f"{WORDS[name]} {'reworded' if was.texts[name] else 'written'}"


def _health(was: AgreementRow, row: AgreementRow) -> Iterator[str]:
    """Time alone can make a check fail: what has expired did so without anybody touching it."""
    old, now = ({one.check.name: one for one in each.failing} for each in (was, row))
    fails = [one.check.fails for name, one in now.items() if name not in old]
    mended = [one.check.fails for name, one in old.items() if name not in now]
    if fails:
        yield f"Fails now: {'; '.join(fails)}"
    if mended:
        yield f"Mended: {'; '.join(mended)}"


def _day(day: date | None) -> str:
    return say_date(day) if day else "no date"


def _because(change: Change, told: Sequence[Why], *events: str) -> Change:
    """The change with the last reason given for it. One that may not be read says nothing, and no earlier one stands in."""
    return _with(change, next((one for one in reversed(told) if one.event in events), None))


def _with(change: Change, why: Why | None) -> Change:
    if why is None:
        return change
    return replace(change, day=change.day or why.day, why=why.reason, approver=why.approver)
