"""What became of items: dated notes of their status on the portal, monthly reviews, carrying over to a later inspection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.inspections.access import InspectionPermission
from candour.inspections.commands.base import answers_for, not_to_come
from candour.inspections.models import Asked, Carried, Inspection, Note, Review
from candour.inspections.rules import Item
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on


@dataclass(frozen=True)
class NewNote:
    """A note to write. status, level: steps of the inspectorate’s scales; None where nothing is said of them."""

    item: Record
    inspection: Inspection
    text: str = ""
    status: int | None = None
    level: int | None = None


def note_item(
    new: NewNote,
    *,
    actor: Actor,
    at: datetime,
    review: Review | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Note:
    """Write one note on an item. Raises as note_many."""
    return note_many([new], actor=actor, at=at, review=review, reason=reason, effective=effective)[0]


def note_many(
    found: Sequence[NewNote],
    *,
    actor: Actor,
    at: datetime,
    review: Review | None = None,
    reason: str = "",
    effective: date | None = None,
) -> list[Note]:
    """Write notes on items, an entry each on the item’s own record: by who holds the item’s post, or who keeps the register.

    review: the monthly review that they answer; a second answer takes the place of the first. Raises Refused for a note that
    says nothing, a step that the scale does not have, a review that is closed or does not ask about the item; Forbidden.
    """
    day = effective or local_date(at)
    if review is not None and review.closed_on is not None:
        raise Refused("reason", f"This review was closed on {say_date(review.closed_on)}")
    asked = {row.item_id: row.post_id for row in Asked.objects.filter(review=review)} if review else {}
    standing = {row.item_id: row for row in Note.objects.filter(review=review)} if review else {}
    rows, scales = [], _Scales(day)
    for new in found:
        post = asked.get(new.item.pk, new.item.owner_id)
        answers_for(actor, post, InspectionPermission.UPDATE, InspectionPermission.MANAGE, new.inspection.record)
        if review is not None and new.item.pk not in asked:
            raise Refused(f"text-{new.item.pk}", f"{new.item.reference}: this review does not ask about it")
        if not new.text.strip() and new.status is None and new.level is None:
            raise Refused(f"text-{new.item.pk}", f"{new.item.reference}: write a note, or choose a status")
        row = standing.get(new.item.pk) or Note(item=new.item, inspection=new.inspection, review=review)
        row.dated, row.text, row.by = day, new.text.strip(), actor.label[:200]
        for kind in ("status", "level"):
            number = scales.checked(new, kind)
            setattr(row, kind, getattr(new, kind))
            setattr(row, f"{kind}_scale_id", number)
        rows.append(row)
    records = [new.item for new in found]
    with recording_many("inspection.item_noted", records, actor=actor, at=at, effective=day, reason=reason.strip()):
        for row in rows:
            row.save()
    return rows


class _Scales:
    """The scales of portals and levels on a day, each asked for once."""

    KINDS = {"status": Scale.Kind.PORTAL, "level": Scale.Kind.LEVEL}

    def __init__(self, day: date) -> None:
        self.day = day
        self.held: dict[tuple[int, str], object] = {}

    def checked(self, new: NewNote, kind: str) -> int | None:
        """The number of the scale that a step of a note stands on; None where it says none. Raises Refused."""
        value = getattr(new, kind)
        if value is None:
            return None
        key = (new.inspection.inspectorate_id, kind)
        if key not in self.held:
            self.held[key] = words_on(key[0], self.KINDS[kind], self.day)
        words = self.held[key]
        if words is None or words.step(value) is None:  # type: ignore[attr-defined]
            raise Refused(f"{kind}-{new.item.pk}", f"{new.item.reference}: choose a {kind} of the inspectorate’s")
        return words.id  # type: ignore[attr-defined,no-any-return]


def carry_over(
    item: Record,
    *,
    inspection: Inspection,
    to: Inspection,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Carried:
    """A later inspection takes an item over: it is listed there too, as carried over from the first.

    Raises Refused for the same inspection or an earlier one, another body’s, one that has it already, and without a reason.
    """
    require(actor, InspectionPermission.MANAGE, inspection.record)
    why, day = need_reason(reason, "Say why it is carried over"), effective or local_date(at)
    if to.record.organisation_id != inspection.record.organisation_id:
        raise Refused("to", "Choose an inspection of the same body")
    first, then = inspection.published_on, to.published_on or to.fieldwork_on or day
    if to.pk == inspection.pk or (first is not None and then <= first):
        raise Refused("to", "Choose a later inspection")
    if Carried.objects.filter(item=item, to=to).exists():
        raise Refused("to", "It is carried over to that inspection already")
    with recording("inspection.item_carried_over", item, actor=actor, at=at, effective=day, reason=why):
        return Carried.objects.create(item=item, inspection=inspection, to=to, on=day, why=why)


def open_review(
    *,
    month: date,
    due: date,
    items: Sequence[tuple[Item, Inspection]],
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    reason: str = "",
    effective: date | None = None,
) -> Review:
    """Open the review of a month: every open item is asked about, of the post that answers for it.

    items: those that the opener sees. Raises Refused for a month that has one, a day before today, nothing to ask about, and
    while another review of the body is open.
    """
    require(actor, InspectionPermission.MANAGE, Record(organisation=organisation))
    first, day = month.replace(day=1), effective or local_date(at)
    reviews = Review.objects.filter(organisation=organisation)
    if reviews.filter(month=first).exists():
        raise Refused("month", "This month has its review already")
    if reviews.filter(closed_on=None).exists():
        raise Refused("month", "Close the review that is open first")
    not_to_come(first, at, "month")
    if due < day:
        raise Refused("due", "Enter today, or a day to come")
    waiting = [(item, inspection) for item, inspection in items if item.open]
    if not waiting:
        raise Refused("month", "No inspection asks for anything that is open: there is nothing to review")
    with recording("inspection.review_opened", actor=actor, at=at, effective=day, reason=reason.strip()):
        review = Review.objects.create(organisation=organisation, month=first, opened_on=day, due=due)
        Asked.objects.bulk_create(
            Asked(review=review, item_id=item.pk, inspection=inspection, post_id=item.owner_id)
            for item, inspection in waiting
        )
    return review


def close_review(
    review: Review, *, missing: int, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> Review:
    """Close a review. missing: how many items have no answer; with any, the reason says why it is closed all the same.

    Raises Refused for one that is closed, and for missing answers without a reason.
    """
    require(actor, InspectionPermission.MANAGE, Record(organisation=review.organisation))
    if review.closed_on is not None:
        raise Refused("reason", "This review is closed already")
    if missing:
        reason = need_reason(reason, "Say why it is closed although answers are missing")
    with recording("inspection.review_closed", review, actor=actor, at=at, effective=effective, reason=reason.strip()):
        review.closed_on = effective or local_date(at)
        review.save()
    return review
