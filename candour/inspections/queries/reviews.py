"""Monthly reviews: which there are, what each asks, of whom, and who has not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from candour.inspections.access import InspectionPermission
from candour.inspections.models import Asked, Inspection, Note, Review
from candour.inspections.queries.items import item_of, word_of
from candour.inspections.queries.one import inspections_of
from candour.inspections.rules.items import CAUSE, Item
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.records.models import visible
from candour.kernel.records.queries import visible_records
from candour.kernel.records.raised import raised_from


@dataclass(frozen=True)
class ReviewRow:
    """A review with how many of the items that the reader sees are answered."""

    pk: int
    organisation: str
    organisation_code: str
    month: date
    opened_on: date
    due: date
    closed_on: date | None
    asked: int
    answered: int

    @property
    def missing(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Question:
    """An item that a review asks about, and what was answered. post: whom it asks; mine: the reader holds that post.

    status, level: step of the answer; before: the note that stood before this review, in words.
    """

    item: Item
    inspection: Inspection
    post: str
    post_id: int | None
    mine: bool
    answered: bool
    text: str = ""
    status: int | None = None
    level: int | None = None
    by: str = ""
    dated: date | None = None
    before: str = ""


def reviews(actor: Actor) -> list[ReviewRow]:
    """The reviews of the bodies whose inspections an actor may see, the newest first. One query."""
    seen = visible_records(actor, "asked__item__") & visible(
        actor, InspectionPermission.SEE, "asked__inspection__record__"
    )
    given = Note.objects.filter(review=OuterRef("pk"), item=OuterRef("asked__item"))
    rows = Review.objects.filter(_of_bodies(actor)).annotate(
        many=Count("asked", filter=seen, distinct=True),
        given=Count("asked", filter=seen & Q(Exists(given)), distinct=True),
    )
    names = (
        "pk",
        "organisation__name",
        "organisation__code",
        "month",
        "opened_on",
        "due",
        "closed_on",
        "many",
        "given",
    )
    return [ReviewRow(*row) for row in rows.order_by("-month", "organisation__name").values_list(*names)]


def _of_bodies(actor: Actor) -> Q:
    """Reviews of the bodies whose inspections an actor may see."""
    see = actor.scope(InspectionPermission.SEE)
    return Q() if EVERYWHERE in see else Q(organisation__in=see)


def review_at(organisation: str, month: date, *, actor: Actor) -> Review:
    """The review of a body and month. Raises Review.DoesNotExist alike for one that is hidden and one that never was."""
    rows = Review.objects.select_related("organisation")
    return rows.get(_of_bodies(actor), organisation__code=organisation, month=month)


def questions(review: Review, *, actor: Actor, today: date) -> list[Question]:
    """What a review asks about, of the items that an actor may see, gravest first. Five queries."""
    seen = visible(actor, InspectionPermission.SEE, "inspection__record__")
    asked = list(Asked.objects.filter(seen, review=review).select_related("inspection__record", "post").order_by("pk"))
    found = _items([row.inspection_id for row in asked], actor, today)
    notes = {row.item_id: row for row in Note.objects.filter(review=review)}
    before = newest_before(review, [row.item_id for row in asked])
    rows = []
    for row in asked:
        item, note = found.get(row.item_id), notes.get(row.item_id)
        if item is None:
            continue
        rows.append(
            Question(
                item=item,
                inspection=row.inspection,
                post=row.post.title if row.post else "",
                post_id=row.post_id,
                mine=row.post_id in actor.posts,
                answered=note is not None,
                text=note.text if note else "",
                status=note.status if note else None,
                level=note.level if note else None,
                by=note.by if note else "",
                dated=note.dated if note else None,
                before=before.get(row.item_id, ""),
            )
        )
    return sorted(rows, key=lambda one: (one.inspection.record.reference, one.item.rank, one.item.reference))


def _items(inspections: Sequence[int], actor: Actor, today: date) -> dict[int, Item]:
    """The items of some inspections that an actor may see, by number of record, those under causes of concern too."""
    first = raised_from(sorted(set(inspections)), actor=actor, today=today)
    rows = [one for some in first.values() for one in some]
    causes = [one.pk for one in rows if one.sort == CAUSE]
    below = raised_from(causes, actor=actor, today=today) if causes else {}
    found = {one.pk: item_of(one) for one in rows}
    return found | {one.pk: item_of(one, cause) for cause, some in below.items() for one in some}


def newest_before(review: Review, items: Sequence[int]) -> dict[int, str]:
    """What was noted last before a review was opened, in words, by item. One query."""
    rows = (
        Note.objects.filter(item__in=items, dated__lte=review.opened_on)
        .exclude(review=review)
        .order_by("item", "dated", "pk")
        .values("item_id", "text", "status", "status_scale__definition")
    )
    return {row["item_id"]: said(word_of(row["status_scale__definition"], row["status"]), row["text"]) for row in rows}


def said(status: str, text: str) -> str:
    return ". ".join(part for part in (status, text) if part)


def open_items(organisation: int, *, actor: Actor, today: date) -> list[tuple[Item, Inspection]]:
    """Every open item of a body's inspections that an actor may see, once, with the inspection it came from."""
    inspections = {one.pk: one for one in inspections_of(organisation, actor=actor, out=True)}
    first = raised_from(sorted(inspections), actor=actor, today=today)
    causes = {one.pk: pk for pk, rows in first.items() for one in rows if one.sort == CAUSE}
    below = raised_from(sorted(causes), actor=actor, today=today) if causes else {}
    found = {one.pk: (item_of(one), inspections[pk]) for pk, rows in first.items() for one in rows}
    for cause, rows in below.items():
        for one in rows:
            found.setdefault(one.pk, (item_of(one, cause), inspections[causes[cause]]))
    return [pair for pair in found.values() if pair[0].open]
