"""A collaboration is entered, changed, its cost is shared out, it is reviewed, and it ends."""

from collections.abc import Sequence
from datetime import date, datetime

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.commands.base import new_record, require_report, retitled, standing
from candour.finance.models import Collaboration, Cost, Portion, Review
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


def enter_collaboration(
    *,
    organisation: Organisation,
    title: str,
    lead: str,
    review_due: date,
    actor: Actor,
    at: datetime,
    reason: str,
    about: str = "",
    starts: date | None = None,
    ends: date | None = None,
    every: int = 12,
    reference: str = "",
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
) -> Collaboration:
    """Enter a collaboration that the body takes part in. lead: the lead body. every: months between its reviews.

    Raises Refused for no title, a title or reference that is taken, no lead body, and an end before the start.
    """
    require(actor, FinancePermission.MANAGE, Record(organisation=organisation))
    _check(lead, starts, ends, every)
    day = effective or local_date(at)
    record = new_record(
        "collaboration", first="COL-01", organisation=organisation, title=title, reference=reference, owner=owner,
        sensitivity=sensitivity,
    )  # fmt: skip
    with recording("collaboration.entered", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record.save()
        return Collaboration.objects.create(
            record=record, about=about.strip(), lead=_plain(lead), starts=starts, ends=ends, every=every,
            review_due=review_due, entered_on=day,
        )  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(words.split())[:120]


def _check(lead: str, starts: date | None, ends: date | None, every: int) -> None:
    if not lead.strip():
        raise Refused("lead", "Enter the lead body")
    if starts is not None and ends is not None and ends < starts:
        raise Refused("ends", "Enter an end on or after the start")
    if not 1 <= every <= 60:
        raise Refused("every", "Enter 1 to 60 months")


def change_collaboration(
    collaboration: Collaboration,
    *,
    title: str,
    about: str,
    lead: str,
    owner: Post | None,
    starts: date | None,
    ends: date | None,
    every: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Collaboration:
    """Change what a collaboration is called and says, its lead body, its owner, its days, and how often it is reviewed."""
    record = collaboration.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    _check(lead, starts, ends, every)
    why, title = need_reason(reason, "Say why it changes"), retitled(record, title)
    with recording("collaboration.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        collaboration.about, collaboration.lead = about.strip(), _plain(lead)
        collaboration.starts, collaboration.ends, collaboration.every = starts, ends, every
        collaboration.save()
    return collaboration


def share_costs(
    collaboration: Collaboration,
    *,
    year: date,
    pence: int,
    shares: Sequence[rules.Share],
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Portion]:
    """Say what a collaboration costs in a year, and which share each member bears; what was said of the year is replaced.

    Raises Refused unless the shares come to the whole, with what to change.
    """
    record = collaboration.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    if pence < 0:
        raise Refused("cost", "Enter a cost of nought or more")
    named = [rules.Share(_plain(one.member), one.share, one.own) for one in shares]
    if problem := rules.problem_of(named):
        raise Refused("shares", problem)
    why = need_reason(reason, "Say what the shares rest on")
    first, day = rules.starts_year(year), effective or local_date(at)
    held = {one.member.casefold(): one for one in collaboration.portions.filter(year=first, removed_on=None)}
    cost = collaboration.costs.filter(year=first).first() or Cost(collaboration=collaboration, year=first)
    with recording("collaboration.costs_shared", record, actor=actor, at=at, effective=day, reason=why):
        cost.pence = pence
        cost.save()
        found = []
        for one in named:
            row = held.pop(one.member.casefold(), None) or Portion(collaboration=collaboration, year=first)
            row.member, row.share, row.own = one.member, one.share, one.own
            row.save()
            found.append(row)
        for gone in held.values():
            gone.removed_on = day
            gone.save()
    return found


def record_review(
    collaboration: Collaboration,
    *,
    on: date,
    found: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Review:
    """Record a review of a collaboration: by who answers for it, or manages it. The next one is due so many months later.

    Raises Refused for a day to come, one before the last review, and no findings.
    """
    record = collaboration.record
    require_report(actor, record)
    standing(record, "found")
    if on > local_date(at):
        raise Refused("on", "Enter today, or a day before it")
    last = collaboration.reviews.order_by("-on").first()
    if last is not None and on <= last.on:
        raise Refused("on", "Enter a day after the last review")
    if not found.strip():
        raise Refused("found", "Write what it found: what the collaboration brings, and whether it goes on as it is")
    with recording("collaboration.reviewed", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        made = Review.objects.create(collaboration=collaboration, on=on, found=found.strip())
        collaboration.review_due = rules.next_review(on, collaboration.every)
        collaboration.save()
    return made


def end_collaboration(
    collaboration: Collaboration,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Collaboration:
    """Record that the work is no longer done together. Raises Refused for a day to come and where it has ended."""
    record = collaboration.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    if on > local_date(at):
        raise Refused("on", "Enter today, or a day before it")
    why = need_reason(reason, "Say why it ended")
    with recording("collaboration.ended", record, actor=actor, at=at, effective=effective, reason=why):
        record.closed_on = on
        record.save()
    return collaboration
