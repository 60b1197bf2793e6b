"""Letters that gather several: each due time of a person has one, however many workers write it."""

from collections.abc import Iterable
from datetime import datetime
from textwrap import indent

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from candour.kernel.calendar import local_date, say_date
from candour.kernel.notices import sources
from candour.kernel.notices.mailing import number_of
from candour.kernel.notices.models import Copy, Notice

HEAD = "{count} for you from Candour, {day}."
FOOT = "You chose to have letters of these kinds gathered. Change when letters come:\n{address}\n"


def write_gathered(at: datetime) -> int:
    """Write the letters that gather what is due by now; gives how many. Due for a person at a moment, there is one."""
    due = Copy.objects.filter(due_at__lte=at, inside=None)
    people = due.order_by().values("person").annotate(last=Max("due_at")).order_by("person")
    return sum(_gathered(row["person"], row["last"], at) for row in people)


def arrived(notice: Notice, *, at: datetime) -> None:
    """A letter went out: what it gathered went out with it."""
    inside = list(Copy.objects.filter(inside=notice).values_list("notice", flat=True))
    if not inside:
        return
    Copy.objects.filter(inside=notice).update(sent_at=at)
    waiting = Copy.objects.filter(notice__in=inside, sent_at=None).values("notice")
    Notice.objects.filter(pk__in=inside, sent_at=None).exclude(pk__in=waiting).update(sent_at=at)


def _gathered(person: int, due: datetime, at: datetime) -> int:
    """One person's letter for one due time. Whoever makes its row fills it; another worker finds the row and does nothing."""
    with transaction.atomic():
        key = f"gathered:{person}:{due.isoformat()}"
        letter, new = Notice.objects.get_or_create(
            key=key, defaults={"person_id": person, "made_at": at, "message": number_of(key)}
        )
        if not new:
            return 0
        rows = Copy.objects.filter(person=person, due_at__lte=due, inside=None).select_related("notice").order_by("pk")
        said = list(_still_needed(rows, at))
        if not said:
            letter.delete()
            return 0
        Copy.objects.filter(pk__in=[copy.pk for copy, _ in said]).update(inside=letter)
        count = f"{len(said)} letter{'' if len(said) == 1 else 's'}"
        letter.subject = f"{count} from Candour, {say_date(local_date(due))}"
        letter.text = _text([(copy.notice, words) for copy, words in said], count=count, due=due)
        letter.save(update_fields=["subject", "text"])
    return 1


def _still_needed(rows: Iterable[Copy], at: datetime) -> Iterable[tuple[Copy, str]]:
    """The copies that are still about something, each with its words and where it leads; the others are let go."""
    for copy in rows:
        it = copy.notice
        path = sources.address_of(it.about, it.about_id, at)
        if path is not None and it.sent_at is None and it.dropped_at is None:
            yield copy, it.text.replace("{link}", f"{settings.SITE}{path}").strip()
            continue
        copy.delete()
        if not Copy.objects.filter(notice=it).exists():
            Notice.objects.filter(pk=it.pk, sent_at=None).update(dropped_at=at)


def _text(said: list[tuple[Notice, str]], *, count: str, due: datetime) -> str:
    parts = [HEAD.format(count=count, day=say_date(local_date(due)))]
    parts += [f"{number}. {it.subject}\n\n{indent(words, '   ')}" for number, (it, words) in enumerate(said, 1)]
    parts.append(FOOT.format(address=f"{settings.SITE}{reverse('letter-wishes')}"))
    return "\n\n".join(parts)
