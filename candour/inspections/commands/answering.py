"""The statutory response, step by step: comments invited and received, drafted, approved, published, its copies sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.commands.base import (
    answers_for,
    done,
    is_open,
    not_to_come,
    step_that_can_be_done,
    steps_of,
)
from candour.inspections.models import Answer, Inspection, StepRow
from candour.kernel.access import CANDOUR, Actor, require
from candour.kernel.calendar import local_date, say_date, statutory_deadline
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

MANAGE = InspectionPermission.MANAGE
# What the response says to an item: what is done, and why nothing is; one of the two.
Said = tuple[str, str]


def invite_comments(
    inspection: Inspection,
    *,
    post: Post,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Inspection:
    """Invite the chief officer, by the post, to send comments by a day that leaves time before the law’s.

    Raises Refused for a day that has passed or lies after the law’s last, and where they were invited.
    """
    require(actor, MANAGE, inspection.record)
    row = step_that_can_be_done(inspection, "invite", "post")
    last = statutory_deadline(inspection.published_on) if inspection.published_on else due
    day = effective or local_date(at)
    if not day <= due <= last:
        raise Refused("due", f"Enter a day from today to {say_date(last)}, the law’s last day for the response")
    with recording(
        "inspection.comments_invited", inspection.record, actor=actor, at=at, effective=day, reason=reason.strip()
    ):
        inspection.asked = post
        inspection.save()
        done(row, day, actor)
        comments = StepRow.objects.get(inspection=inspection, which="comments")
        comments.due = due
        comments.save()
    return inspection


def record_comments(
    inspection: Inspection,
    *,
    comments: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Inspection:
    """Keep the chief officer’s comments: as sent by who holds the invited post, or as written down by who keeps the clock.

    Raises Refused for no words, before they were invited, and once the response is published; Forbidden.
    """
    answers_for(actor, inspection.asked_id, InspectionPermission.UPDATE, MANAGE, inspection.record)
    row = step_that_can_be_done(inspection, "comments", "comments")
    _not_out(inspection, "comments")
    if not comments.strip():
        raise Refused("comments", "Write the chief officer’s comments, or that there are none")
    if row.done_on is not None:
        reason = need_reason(reason, "Say why the comments change that were received")
    day = effective or local_date(at)
    with recording(
        "inspection.comments_received", inspection.record, actor=actor, at=at, effective=day, reason=reason.strip()
    ):
        inspection.comments = comments.strip()
        inspection.save()
        if row.done_on is None:
            done(row, day, actor)
        _no_longer_approved(inspection)
    return inspection


def draft_response(
    inspection: Inspection,
    *,
    response: str,
    answers: Mapping[Record, Said],
    actor: Actor,
    at: datetime,
    wanted: Sequence[Record] = (),
    reason: str = "",
    effective: date | None = None,
) -> Inspection:
    """Write the response: its own words, and what it says to each item. The draft is done once every recommendation has one.

    answers: by record (what is done, why nothing is), both empty for none yet. wanted: the records that need an answer. A
    response that was approved has to be approved again. Raises Refused for no words, both at once, and once it is published.
    """
    require(actor, MANAGE, inspection.record)
    row = step_that_can_be_done(inspection, "draft", "response")
    _not_out(inspection, "response")
    if not response.strip():
        raise Refused("response", "Write the response")
    for record, (action, why) in answers.items():
        if action.strip() and why.strip():
            raise Refused(f"why-{record.pk}", f"{record.reference}: say what is done, or why nothing is done, not both")
    day, changed = effective or local_date(at), _changed(inspection, answers)
    with recording_many(
        "inspection.response_drafted",
        [inspection.record, *(row.item for row in changed)],
        actor=actor,
        at=at,
        effective=day,
        reason=reason.strip(),
    ):
        inspection.response = response.strip()
        inspection.save()
        for one in changed:
            one.save()
        given = set(
            Answer.objects.filter(inspection=inspection).exclude(action="", why_none="").values_list("item", flat=True)
        )
        whole = all(record.pk in given for record in wanted)
        if whole and row.done_on is None:
            done(row, day, actor)
        elif not whole and row.done_on is not None:
            row.done_on, row.by = None, ""
            row.save()
        _no_longer_approved(inspection)
    return inspection


def approve_response(
    inspection: Inspection, *, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> Inspection:
    """Approve the response as it is drafted. Raises Refused before its draft is done, and where it was approved."""
    require(actor, InspectionPermission.APPROVE, inspection.record)
    row = step_that_can_be_done(inspection, "approve", "reason")
    day = effective or local_date(at)
    with recording(
        "inspection.response_approved",
        inspection.record,
        actor=actor,
        at=at,
        effective=day,
        reason=reason.strip(),
        approver=actor.label,
    ):
        done(row, day, actor)
    return inspection


def response_published(inspection: Inspection, *, actor: Actor, at: datetime) -> Inspection:
    """Write down that the response is out: called by the publication of its frozen copy, which asks who may publish.

    A correction that is published later changes nothing here. Raises Refused where it is not approved.
    """
    if (row := steps_of(inspection).get(rules.LAW)) is not None and row.done_on is not None:
        return inspection
    row = step_that_can_be_done(inspection, rules.LAW, "reason")
    with recording("inspection.response_published", inspection.record, actor=actor, at=at):
        done(row, local_date(at), actor)
    return inspection


def response_published_elsewhere(
    inspection: Inspection,
    *,
    on: date,
    where: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Inspection:
    """Write down that the response was published outside Candour: of reports that were answered before it came into use.

    What was not recorded of the steps before it counts as done that day. Raises Refused for a day before the report or to
    come, and without the address.
    """
    require(actor, MANAGE, inspection.record)
    is_open(inspection)
    rows = steps_of(inspection)
    if rules.LAW not in rows or inspection.published_on is None:
        raise Refused("on", "Record the publication of the report first: the clock begins with it")
    if rows[rules.LAW].done_on is not None:
        raise Refused("on", "Its publication is recorded already")
    if on < inspection.published_on:
        raise Refused("on", f"Enter a day on or after {say_date(inspection.published_on)}, when the report came out")
    not_to_come(on, at, "on")
    if not where.strip():
        raise Refused("where", "Enter the address at which the response stands")
    why = need_reason(reason, "Say why it was not published from here")
    with recording(
        "inspection.response_published", inspection.record, actor=actor, at=at, effective=effective, reason=why
    ):
        inspection.where = where.strip()[:300]
        inspection.save()
        for name in ("invite", "comments", "draft", "approve", rules.LAW):
            if rows[name].done_on is None:
                done(rows[name], on, actor)
    return inspection


def send_copy(
    inspection: Inspection,
    *,
    to: str,
    on: date,
    how: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> StepRow:
    """Record that a copy of the published response was sent. to: one of rules.COPIES.

    Raises Refused before the response is published, for a day before that or to come, and for a copy that was sent.
    """
    require(actor, MANAGE, inspection.record)
    if to not in rules.COPIES:
        raise Refused("to", "Choose to whom the copy was sent")
    row = step_that_can_be_done(inspection, to, "to")
    published = steps_of(inspection)[rules.LAW].done_on
    if published is not None and on < published:
        raise Refused("on", f"Enter a day on or after {say_date(published)}, when the response was published")
    not_to_come(on, at, "on")
    with recording(
        "inspection.copy_sent", inspection.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        row.how = how.strip()[:200]
        done(row, on, actor)
    return row


def move_step(
    inspection: Inspection,
    *,
    which: str,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> StepRow:
    """Give a step another day. The law’s own day cannot be moved, and no step before it can lie after it.

    Raises Refused for these, for a step that is done, and where nothing changes.
    """
    require(actor, MANAGE, inspection.record)
    is_open(inspection)
    row = steps_of(inspection).get(which)
    if row is None:
        raise Refused("which", "Choose a step of the clock")
    if which == rules.LAW:
        raise Refused("which", "The law sets this day: 55 days after the report was published. It cannot be moved")
    if row.done_on is not None:
        raise Refused("which", f"This step was done on {say_date(row.done_on)}")
    last = statutory_deadline(inspection.published_on) if inspection.published_on else due
    if which not in rules.COPIES and due > last:
        raise Refused("due", f"Enter a day on or before {say_date(last)}, the law’s last day for the response")
    if inspection.published_on and due < inspection.published_on:
        raise Refused("due", f"Enter a day on or after {say_date(inspection.published_on)}, when the report came out")
    if due == row.due:
        raise Refused("due", "It has this day already: enter another")
    why = need_reason(reason, "Say why the day moves")
    with recording("inspection.step_moved", inspection.record, actor=actor, at=at, effective=effective, reason=why):
        row.due = due
        row.save()
    return row


def answer_with(
    inspection: Inspection,
    *,
    other: Inspection,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Inspection:
    """One response answers this report and another whose findings are identical: its own clock stops.

    Source: Police Act 1996, section 55: a national report and one on the force both count unless their findings are the same.
    Raises Refused for the same report, one without a clock, one that is itself answered with another, and no reason.
    """
    require(actor, MANAGE, inspection.record)
    is_open(inspection)
    why = need_reason(reason, "Say why the findings are identical")
    if other.pk == inspection.pk:
        raise Refused("other", "Choose another report")
    if other.record.organisation_id != inspection.record.organisation_id:
        raise Refused("other", "Choose a report on the same body")
    if other.published_on is None or not other.statutory or other.answers_with_id is not None:
        raise Refused("other", "Choose a report that is out and has a response of its own")
    if Inspection.objects.filter(answers_with=inspection.pk).exists():
        raise Refused("other", "The response to this report answers another: take that back first")
    if (row := steps_of(inspection).get(rules.LAW)) is not None and row.done_on is not None:
        raise Refused("other", "Its own response is published")
    with recording("inspection.answered_with", inspection.record, actor=actor, at=at, effective=effective, reason=why):
        inspection.answers_with, inspection.answers_why = other.record, why
        inspection.save()
    return inspection


def answered_on_its_own(
    inspection: Inspection, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Inspection:
    """Take back that another report’s response answers it: its own clock runs again, from its own publication."""
    require(actor, MANAGE, inspection.record)
    is_open(inspection)
    why = need_reason(reason, "Say what is different in the findings")
    if inspection.answers_with_id is None:
        raise Refused("reason", "It is answered on its own already")
    with recording("inspection.answered_alone", inspection.record, actor=actor, at=at, effective=effective, reason=why):
        inspection.answers_with, inspection.answers_why = None, ""
        inspection.save()
    return inspection


def told_of_publication(organisation: int, key: str, actor: Actor, at: datetime) -> object:
    """What the publication of a response calls once it is out. key: the reference of the inspection."""
    found = Inspection.objects.select_related("record__organisation").get(
        record__organisation=organisation, record__kind="inspection", record__reference=key
    )
    return response_published(found, actor=actor or CANDOUR, at=at)


def _not_out(inspection: Inspection, field: str) -> None:
    row = StepRow.objects.get(inspection=inspection, which=rules.LAW)
    if row.done_on is not None:
        raise Refused(field, f"The response was published on {say_date(row.done_on)}: publish a correction")


def _no_longer_approved(inspection: Inspection) -> None:
    """What was approved was another text: it has to be approved again. Inside a recording."""
    row = StepRow.objects.get(inspection=inspection, which="approve")
    if row.done_on is not None:
        row.done_on, row.by = None, ""
        row.save()


def _changed(inspection: Inspection, answers: Mapping[Record, Said]) -> list[Answer]:
    """The unsaved rows of what the response says otherwise than before, each with the record that was given."""
    standing = {row.item_id: row for row in Answer.objects.filter(inspection=inspection)}
    found = []
    for record, (action, why) in answers.items():
        row = standing.get(record.pk) or Answer(inspection=inspection, item=record)
        if (row.action, row.why_none) != (action.strip(), why.strip()):
            row.item, row.action, row.why_none = record, action.strip(), why.strip()
            found.append(row)
    return found
