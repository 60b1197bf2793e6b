"""What finance brings to a desk: highlight reports that the reader’s posts owe, and collaborations they have to review."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse

from candour.finance.access import FinancePermission
from candour.finance.models import CollaborationLine, ProjectLine
from candour.finance.rules.collaborations import SOON
from candour.kernel.access import Actor
from candour.kernel.records.models import visible
from candour.kernel.records.needs import Need, Part, text

REPORT_SOON = 20  # days before a highlight report is due from which a desk says so


def reports(actor: Actor, *, today: date) -> Part | None:
    """Highlight reports that the actor's posts owe soon; None for who reports on nothing."""
    if not actor.posts or not actor.scope(FinancePermission.REPORT):
        return None
    rows = ProjectLine.objects.filter(
        visible(actor, FinancePermission.SEE),
        owner__in=actor.posts,
        closed_on=None,
        report_due__lte=today + timedelta(days=REPORT_SOON),
    )
    return Part("highlight report", rows, _columns("report_due", "Highlight report"), _report)


def reviews(actor: Actor, *, today: date) -> Part | None:
    """Collaborations that the actor's posts have to review soon."""
    if not actor.posts or not actor.scope(FinancePermission.REPORT):
        return None
    rows = CollaborationLine.objects.filter(
        visible(actor, FinancePermission.SEE),
        owner__in=actor.posts,
        closed_on=None,
        review_due__lte=today + timedelta(days=SOON),
    )
    return Part("collaboration review", rows, _columns("review_due", "Review of the collaboration"), _review)


def _columns(day: str, why: str) -> dict[str, Any]:
    return {
        "title": F("record__title"),
        "code": F("organisation__code"),
        "reference": F("reference"),
        "about": text(""),
        "why": text(why),
        "by": F(day),
        "other": Cast(Value(None), DateField()),
        "sight": F("sensitivity"),
    }


def _report(row: Mapping[str, Any]) -> Need:
    return _need(row, f"Report on {row['title']}", "project-report")


def _review(row: Mapping[str, Any]) -> Need:
    return _need(row, f"Review {row['title']}", "collaboration-review")


def _need(row: Mapping[str, Any], title: str, page: str) -> Need:
    return Need(
        title=title,
        address=reverse(page, args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=row["why"],
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )
