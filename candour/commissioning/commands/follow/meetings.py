"""Meetings with a provider, issues, and performance notices. The actions of a meeting are actions on the agreement's record."""

from datetime import date, datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.models import Agreement, Issue, PerformanceNotice, ReviewMeeting
from candour.commissioning.rules import follow
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason

MANAGE = CommissioningPermission.MANAGE


def hold_meeting(
    agreement: Agreement,
    *,
    on: date,
    present: str,
    notes: str,
    actor: Actor,
    at: datetime,
    next_on: date | None = None,
    reason: str = "",
    effective: date | None = None,
) -> ReviewMeeting:
    """Record a meeting with the provider.

    Raises Refused for a day to come, nobody present, nothing said, and a next meeting that is not later.
    """
    require(actor, MANAGE, agreement.record)
    not_to_come(on, local_date(at))
    if not present.strip():
        raise Refused("present", "Enter who was there, by their posts")
    if not notes.strip():
        raise Refused("notes", "Enter what was said")
    if next_on is not None and next_on <= on:
        raise Refused("next_on", f"Enter a day after {say_date(on)}, the day of this meeting")
    with recording(
        "agreement.meeting_held", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return ReviewMeeting.objects.create(
            agreement=agreement, on=on, present=present.strip()[:300], notes=notes.strip(), next_on=next_on
        )


def raise_issue(
    agreement: Agreement,
    *,
    on: date,
    text: str,
    severity: str,
    owner: Post,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Issue:
    """Put an issue into the log of an agreement, for a post to resolve by a day.

    Raises Refused for no words, a severity that is none, a day to come, and a last day before it.
    """
    require(actor, MANAGE, agreement.record)
    standing(agreement)
    if not text.strip():
        raise Refused("text", "Enter what has gone wrong")
    if severity not in follow.SEVERITIES:
        raise Refused("severity", "Choose how bad it is")
    not_to_come(on, local_date(at))
    if due < on:
        raise Refused("due", f"Enter a day on or after {say_date(on)}, when it was found")
    with recording(
        "agreement.issue_raised", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return Issue.objects.create(
            agreement=agreement, on=on, text=text.strip(), severity=severity, owner=owner, due=due
        )


def resolve_issue(
    issue: Issue, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Issue:
    """Record how an issue was resolved (reason). Raises Refused for one that is, a day to come, and one before it was found."""
    require(actor, MANAGE, issue.agreement.record)
    if issue.resolved_on is not None:
        raise Refused("issue", "Choose an issue that is open")
    not_to_come(on, local_date(at))
    if on < issue.on:
        raise Refused("on", f"Enter a day on or after {say_date(issue.on)}, when it was found")
    how = need_reason(reason, "Say how it was resolved")
    record = issue.agreement.record
    with recording("agreement.issue_resolved", record, actor=actor, at=at, effective=effective, reason=how):
        issue.resolved_on, issue.resolution = on, how
        issue.save()
    return issue


def give_notice(
    agreement: Agreement,
    *,
    on: date,
    about: str,
    breach: bool,
    response_due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> PerformanceNotice:
    """Record a notice to the provider that it does not perform. breach: of the contract (Procurement Act 2023, section 71).

    Raises Refused for no words, a day to come, and an answer due before it.
    """
    require(actor, MANAGE, agreement.record)
    standing(agreement)
    if not about.strip():
        raise Refused("about", "Enter what is not performed, and what is asked")
    not_to_come(on, local_date(at))
    if response_due <= on:
        raise Refused("response_due", f"Enter a day after {say_date(on)}, the day of the notice")
    with recording(
        "agreement.notice_given", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return PerformanceNotice.objects.create(
            agreement=agreement, on=on, about=about.strip(), breach=breach, response_due=response_due
        )


def _open(notice: PerformanceNotice, on: date, at: datetime) -> None:
    """Raises Refused for a notice that is settled, a day to come, and one before it."""
    if notice.settled_on is not None:
        raise Refused("notice", "Choose a notice that is not settled")
    not_to_come(on, local_date(at))
    if on < notice.on:
        raise Refused("on", f"Enter a day on or after {say_date(notice.on)}, the day of the notice")


def answer_notice(
    notice: PerformanceNotice, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> PerformanceNotice:
    """Record what the provider answered (reason). Raises Refused for a notice that is answered or settled, and for its day."""
    require(actor, MANAGE, notice.agreement.record)
    _open(notice, on, at)
    if notice.responded_on is not None:
        raise Refused("notice", "The answer to this notice is recorded already")
    said = need_reason(reason, "Enter what the provider answered")
    record = notice.agreement.record
    with recording("agreement.notice_answered", record, actor=actor, at=at, effective=effective, reason=said):
        notice.responded_on, notice.response = on, said
        notice.save()
    return notice


def publish_notice(
    notice: PerformanceNotice, *, on: date, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> PerformanceNotice:
    """Record that what section 71 of the Procurement Act asks for of a breach was published.

    Raises Refused for a notice that is of no breach, and twice.
    """
    require(actor, MANAGE, notice.agreement.record)
    if not notice.breach or notice.published_on is not None:
        raise Refused("notice", "Choose a breach that is not published yet")
    not_to_come(on, local_date(at))
    record = notice.agreement.record
    with recording(
        "agreement.notice_published", record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        notice.published_on = on
        notice.save()
    return notice


def settle_notice(
    notice: PerformanceNotice, *, on: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> PerformanceNotice:
    """Record what came of a notice (reason). Raises Refused for one that is settled, its day, and a breach not published."""
    require(actor, MANAGE, notice.agreement.record)
    _open(notice, on, at)
    if notice.breach and notice.published_on is None:
        raise Refused("notice", "Record first when the breach was published")
    why = need_reason(reason, "Say what came of it")
    record = notice.agreement.record
    with recording("agreement.notice_settled", record, actor=actor, at=at, effective=effective, reason=why):
        notice.settled_on = on
        notice.save()
    return notice
