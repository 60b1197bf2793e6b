"""What `candour notices` writes by itself of inspections: one letter for each step that comes due, and no second one."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from candour.inspections import rules
from candour.inspections.models import Asked, Inspection, Note, Review, StepRow
from candour.kernel.calendar import local_date, say_date
from candour.kernel.notices.commands import Letter, write
from candour.kernel.people.models import Post
from candour.kernel.records.kinds import kind_named

ABOUT, ABOUT_REVIEW = "inspection", "inspection review"


def write_reminders(at: datetime) -> int:
    """Write the letters of steps due within a fortnight, or late, and of reviews due within three days. Gives how many.

    A step whose day moves is due anew, and has a letter anew. Nothing of a restricted inspection stands in a letter.
    """
    today = local_date(at)
    with transaction.atomic():
        return write([*_of_steps(today), *_of_reviews(today)], at=at)


def _of_steps(today: date) -> list[Letter]:
    rows = StepRow.objects.filter(
        done_on=None,
        due__lte=today + timedelta(days=rules.REMIND),
        inspection__record__closed_on=None,
        inspection__answers_with=None,
    ).select_related("inspection__record__owner", "inspection__asked")
    letters = []
    for row in rows.order_by("due", "pk"):
        post = _owes(row)
        if post is None or (row.which == "comments" and row.inspection.asked_id is None):
            continue
        record = row.inspection.record
        what = rules.STEPS[row.which].words
        title = "an inspection report" if record.sensitivity == "restricted" else f"{record.reference} {record.title}"
        law = " This is the last day that the law allows." if row.which == rules.LAW else ""
        left = rules.said_left(row.due, today)
        letters.append(
            Letter(
                key=f"inspection-step:{row.pk}:{row.due.isoformat()}",
                to=post,
                about=ABOUT,
                about_id=row.inspection_id,
                kind=ABOUT,
                subject=f"{what} by {say_date(row.due)}",
                text=f"{what}: {title}.\n\nLast day: {say_date(row.due)} ({left}).{law}\n\n{{link}}\n",
            )
        )
    return letters


def _owes(row: StepRow) -> Post | None:
    """The post that owes a step: of the comments the one invited, of the others the owner of the inspection."""
    return row.inspection.asked if row.which == "comments" else row.inspection.record.owner


def _of_reviews(today: date) -> list[Letter]:
    """One letter a post and review, three days before its day: that answers are missing, never to what."""
    letters = []
    for review in Review.objects.filter(closed_on=None, due__lte=today + timedelta(days=3)):
        given = Note.objects.filter(review=review).values("item")
        missing = Asked.objects.filter(review=review, post__isnull=False, item__closed_on=None).exclude(item__in=given)
        for post in Post.objects.filter(pk__in=missing.values("post")).order_by("pk"):
            letters.append(
                Letter(
                    key=f"inspection-review:{review.pk}:{post.pk}",
                    to=post,
                    about=ABOUT_REVIEW,
                    about_id=review.pk,
                    kind=ABOUT_REVIEW,
                    subject=f"Monthly review of inspections, due {say_date(review.due)}",
                    text=f"Answers of your post are missing. They are due on {say_date(review.due)}.\n\n{{link}}\n",
                )
            )
    return letters


def address_of_inspection(number: int, at: datetime) -> str | None:
    """Where the letter about a step leads."""
    found = Inspection.objects.select_related("record__organisation").filter(pk=number).first()
    if found is None:
        return None
    return kind_named("inspection").address(found.record.organisation.code, found.record.reference)


def address_of_review(number: int, at: datetime) -> str | None:
    """Where the letter about a review leads; nowhere once it is closed."""
    found = Review.objects.select_related("organisation").filter(pk=number, closed_on=None).first()
    return reverse("inspection-review", args=[found.organisation.code, f"{found.month:%Y-%m}"]) if found else None


__all__ = ["ABOUT", "ABOUT_REVIEW", "address_of_inspection", "address_of_review", "write_reminders"]
