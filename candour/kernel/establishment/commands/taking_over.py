"""What `candour notices` writes by itself to who takes over a post: how much is open in it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from candour.kernel.calendar import local_date
from candour.kernel.establishment.queries.taken_over import TakenOver, at_post, changed_hands
from candour.kernel.notices.commands import Letter, write
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Appointment, holding

ABOUT = "post-taken-over"
WITHIN = 7  # days: who took over before that knows by now, and is not written to when Candour is upgraded


def write_letters(at: datetime) -> int:
    """Write to the holders who took over a post this week and were not written to yet; gives how many letters."""
    today = local_date(at)
    rows = list(changed_hands(today, within=WITHIN))
    written = set(Notice.objects.filter(key__in=[_key(row) for row in rows]).values_list("key", flat=True))
    fresh = [row for row in rows if _key(row) not in written]
    with transaction.atomic():
        return write([_letter(row, at_post(row, today=today)) for row in fresh], at=at)


def link_address(number: int, at: datetime) -> str | None:
    """Where the letter leads: the posts of whoever signs in; None once nobody holds the post."""
    held = Appointment.objects.filter(holding(local_date(at)), post=number, post__ended=None)
    return reverse("my-posts") if held.exists() else None


def _letter(row: Appointment, found: TakenOver) -> Letter:
    """A letter to whoever holds the post. It counts and names nothing, as it leaves Candour."""
    kinds = f" {found.sentence[:1].upper()}{found.sentence[1:]}." if found.count else ""
    text = (
        f"{found.told}{kinds}\n\n"
        "All of it stayed with the post. Sign in to see it, with what was said before you came:\n{link}\n"
    )
    return Letter(
        key=_key(row),
        to=row.post,
        subject=f"You took over the post {found.title}"[:200],
        text=text,
        about=ABOUT,
        about_id=row.post_id,
        kind=ABOUT,
    )


def _key(row: Appointment) -> str:
    return f"{ABOUT}:{row.pk}"
