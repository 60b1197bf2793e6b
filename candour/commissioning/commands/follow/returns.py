"""Monitoring returns: asked for, received, assessed or sent back, chased."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.models import Agreement, Return, ReturnFigure, Schedule
from candour.commissioning.queries import line_now
from candour.commissioning.rules import follow
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence.commands import add_file
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason

MANAGE = CommissioningPermission.MANAGE


def ask_returns(
    agreement: Agreement,
    *,
    asks: str,
    every: int,
    first: date,
    days: int,
    assessor: Post,
    actor: Actor,
    at: datetime,
    reason: str,
    assess_days: int = follow.ASSESS_DAYS,
    effective: date | None = None,
) -> Schedule:
    """Ask for returns until the agreement ends, in place of a schedule that stands: what of it has not come is dropped.

    every: months; days, assess_days: working days. Raises Refused without words, for a period, first day or number of days
    that cannot be, without a last day, and where a return came of a period that is not over by the first day.
    """
    require(actor, MANAGE, agreement.record)
    standing(agreement)
    ends = line_now(agreement).ends
    if not asks.strip():
        raise Refused("asks", "Enter what the provider returns")
    if every not in follow.EVERY:
        raise Refused("every", "Choose how often")
    if ends is None:
        raise Refused("first", "Enter the last day of the agreement first: returns are due until then")
    if first > ends or (agreement.starts and first < agreement.starts):
        raise Refused("first", f"Enter a day of the agreement, up to {say_date(ends)}")
    for name, number in (("days", days), ("assess_days", assess_days)):
        if not 1 <= number <= 250:
            raise Refused(name, "Enter 1 to 250 working days")
    why = need_reason(reason, "Say where it is agreed")
    there = agreement.returns.filter(dropped_on=None)
    came = there.filter(first_received_on__isnull=False).order_by("-ends").first()
    if came and came.ends >= first:
        raise Refused("first", f"Enter a day after {say_date(came.ends)}: the return up to then has come")
    day = effective or local_date(at)
    with recording("agreement.returns_asked", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        agreement.schedules.filter(ended_on=None).update(ended_on=day)
        there.filter(first_received_on=None).update(dropped_on=day)
        schedule = Schedule.objects.create(
            agreement=agreement, asks=asks.strip(), every=every, first=first, days=days, assess_days=assess_days,
            assessor=assessor,
        )  # fmt: skip
        expect(agreement, ends)
    return schedule


def expect(agreement: Agreement, until: date) -> None:
    """Give the returns of the standing schedule their days up to a day, within a recording on the agreement: those that are
    there stay, but for one that is not received and was cut at an earlier end."""
    schedule = Schedule.objects.filter(agreement=agreement, ended_on=None).first()
    if schedule is None:
        return
    there = {row.starts: row for row in Return.objects.filter(agreement=agreement, dropped_on=None)}
    for one in follow.periods(schedule.first, schedule.every, until, schedule.days):
        row = there.get(one.starts)
        if row is None:
            Return.objects.create(
                agreement=agreement, schedule=schedule, starts=one.starts, ends=one.ends, due=one.due, first_due=one.due
            )
        elif row.first_received_on is None and row.ends != one.ends:
            row.ends, row.due, row.first_due = one.ends, one.due, one.due
            row.save()


def receive_return(
    expected: Return,
    *,
    on: date,
    narrative: str,
    actor: Actor,
    at: datetime,
    spent: int | None = None,
    figures: Mapping[int, Decimal] | None = None,
    name: str = "",
    content: BinaryIO | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Return:
    """Record that a return came: its words, its file, spend from the beginning (pence), figures by the number of the KPI.

    Raises Refused for one that lies here or is not asked for any more, a day to come or before its period, neither words nor a
    file, less spent than before, and figures of a KPI that is none of the agreement's.
    """
    agreement = expected.agreement
    require(actor, MANAGE, agreement.record)
    if expected.dropped_on is not None or expected.received_on is not None:
        raise Refused("expected", "Choose a return that has not come")
    not_to_come(on, local_date(at))
    if on < expected.starts:
        raise Refused("on", f"Enter a day after {say_date(expected.starts)}, when its period begins")
    if not narrative.strip() and content is None:
        raise Refused("narrative", "Enter what it says, or attach the file")
    earlier = Return.objects.filter(agreement=agreement, dropped_on=None, ends__lt=expected.ends, spent__isnull=False)
    before = earlier.order_by("-ends").first()
    if spent is not None and before is not None and spent < (before.spent or 0):
        raise Refused("spent", f"Enter {rules.pounds(before.spent)} or more: spend is counted from the beginning")
    known = {one.pk: one for one in agreement.indicators.all()}
    if not set(figures or {}) <= set(known):
        raise Refused("figures", "Choose KPIs of this agreement")
    said = {"actor": actor, "at": at, "effective": effective}
    with transaction.atomic():
        if content is not None:
            expected.file = add_file(agreement.record, name=name, content=content, reason=reason, **said)  # type: ignore[arg-type]
        with recording("agreement.return_received", agreement.record, reason=reason.strip(), **said):  # type: ignore[arg-type]
            expected.received_on = on
            expected.first_received_on = expected.first_received_on or on
            expected.assess_by = follow.assess_by(on, expected.schedule.assess_days)
            expected.spent, expected.narrative, expected.verdict = spent, narrative.strip(), ""
            expected.save()
            _keep(expected, known, figures or {})
    return expected


def _keep(expected: Return, known: Mapping[int, object], figures: Mapping[int, Decimal]) -> None:
    """The figures of a return, in place of those it gave before it was sent back."""
    there = {row.indicator_id: row for row in expected.figures.all()}
    for number, value in figures.items():
        row = there.get(number)
        if row is None:
            row = ReturnFigure(agreement=expected.agreement, report=expected, indicator=known[number])  # type: ignore[misc]
        row.value = value
        row.save()


def assess_return(
    expected: Return,
    *,
    verdict: str,
    actor: Actor,
    at: datetime,
    wanted: str = "",
    due: date | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Return:
    """Assess a return: it is satisfactory, or it goes back with what is wanted, to come again by a day (due).

    Raises Refused for one that does not wait for it, a verdict that is none, and one sent back without words or a day to come.
    """
    agreement = expected.agreement
    require(actor, MANAGE, agreement.record)
    if expected.received_on is None or expected.verdict or expected.dropped_on is not None:
        raise Refused("expected", "Choose a return that waits to be assessed")
    if verdict not in follow.VERDICTS:
        raise Refused("verdict", "Choose what you found")
    today = local_date(at)
    if verdict == "back":
        if not wanted.strip():
            raise Refused("wanted", "Enter what is wanted of the provider")
        if due is None or due <= today:
            raise Refused("due", "Enter a day to come, by which it is to be received again")
    event = "agreement.return_sent_back" if verdict == "back" else "agreement.return_assessed"
    with recording(event, agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        expected.verdict, expected.assessed_on = verdict, effective or today
        if verdict == "back" and due is not None:
            expected.wanted, expected.due, expected.back = wanted.strip(), due, expected.back + 1
            expected.received_on = expected.assess_by = None
        else:
            expected.wanted = ""
        expected.save()
    return expected


def chase_return(
    expected: Return, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Return:
    """Record that the provider was asked for a return that has not come. reason: how, and what was answered.

    Raises Refused for one that came, and a day to come.
    """
    agreement = expected.agreement
    require(actor, MANAGE, agreement.record)
    if expected.received_on is not None or expected.dropped_on is not None:
        raise Refused("expected", "Choose a return that has not come")
    not_to_come(on, local_date(at))
    why = need_reason(reason, "Say how the provider was asked, and what it answered")
    with recording("agreement.return_chased", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        expected.chased_on = on
        expected.save()
    return expected
