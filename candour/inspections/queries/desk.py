"""What inspections bring to a desk: the next step of each clock, answers of the monthly review, items of the statement."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import Asked, Note, StatementLine
from candour.inspections.queries.register import lines
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.models import visible
from candour.kernel.records.needs import Need, Part, text
from candour.kernel.records.queries import visible_records

SOON = timedelta(days=30)  # an item of the statement stands on the desk of its owner from so long before its day


def steps(actor: Actor) -> Part | None:
    """The next step of each clock of the actor's posts: of the comments for the post invited, of the rest for the owner, and
    approval for who may approve. None for who has no part in any.
    """
    if not actor.posts or not actor.scope(InspectionPermission.UPDATE):
        return None
    comments = Q(next_step="comments")
    mine = (comments & Q(record__inspection__asked__in=actor.posts)) | (~comments & Q(owner__in=actor.posts))
    approves = actor.scope(InspectionPermission.APPROVE)
    if approves:
        mine |= Q(next_step="approve", organisation__in=approves)
    columns = {
        "title": F("record__title"),
        "code": F("organisation__code"),
        "reference": F("reference"),
        "about": F("next_step"),
        "why": text(""),
        "by": F("next_due"),
        "other": F("response_due"),
        "sight": F("sensitivity"),
    }
    return Part("inspection", lines(actor).filter(mine, closed_on=None, next_due__isnull=False), columns, _step)


def _step(row: Mapping[str, Any]) -> Need:
    step = rules.STEPS[row["about"]]
    law = row["other"]
    return Need(
        title=f"{step.words}: {row['title']}",
        address=reverse("inspection", args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=f"The law’s last day for the response is {say_date(law)}"
        if law and row["about"] not in rules.COPIES
        else "",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )


def answers(actor: Actor) -> Part | None:
    """Open monthly reviews in which answers of the actor's posts are missing, and how many."""
    if not actor.posts or not actor.scope(InspectionPermission.UPDATE):
        return None
    given = Note.objects.filter(review=OuterRef("review"), item=OuterRef("item"))
    mine = Asked.objects.filter(
        visible_records(actor, "item__"),
        visible(actor, InspectionPermission.SEE, "inspection__record__"),
        ~Exists(given),
        post__in=actor.posts,
        review__closed_on=None,
        item__closed_on=None,
    )
    columns = {
        "title": Cast("review__month", CharField()),
        "code": F("review__organisation__code"),
        "reference": text(""),
        "about": text(""),
        "why": Cast(Count("pk"), CharField()),
        "by": F("review__due"),
        "other": F("review__month"),
        "sight": text("office"),
    }
    return Part("item review", mine.order_by().values("review"), columns, _answer)


def _answer(row: Mapping[str, Any]) -> Need:
    month: date = row["other"]
    many = f"{row['why']} {'item' if row['why'] == '1' else 'items'}"
    return Need(
        title=f"Say where {many} of inspections stand",
        address=reverse("inspection-review", args=[row["code"], f"{month:%Y-%m}"]),
        about=f"Review of {month:%B %Y}",
        why="",
        by=row["by"],
    )


def stated(actor: Actor, *, today: date) -> Part | None:
    """Items of the statement that the actor's posts own and that are due within a month, or late."""
    if not actor.posts or not actor.scope(InspectionPermission.UPDATE):
        return None
    rows = StatementLine.objects.filter(
        visible(actor, InspectionPermission.SEE), owner__in=actor.posts, closed_on=None, due__lte=today + SOON
    )
    columns = {
        "title": F("record__title"),
        "code": F("organisation__code"),
        "reference": F("reference"),
        "about": text(""),
        "why": F("section"),
        "by": F("due"),
        "other": Cast(Value(None), DateField()),
        "sight": F("sensitivity"),
    }
    return Part("statement item", rows, columns, _stated)


def _stated(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"Report progress: {row['title']}",
        address=reverse("statement-item", args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=f"Force management statement: {row['why']}",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )
