"""What agreements and grant rounds bring to a desk: decisions and scores that the reader's posts owe."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Max, Min, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Least
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Scoring
from candour.commissioning.queries.follow.returns import returns_seen
from candour.commissioning.queries.register import lines
from candour.commissioning.rules import follow
from candour.commissioning.rules.care import EXPIRING
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.compile import holds
from candour.kernel.records.needs import Need, Part, asked_together, text


def needs(actor: Actor, *, today: date, most: int) -> list[Need]:
    """The same by themselves, the first to be done first. One query; none for who leads and scores none."""
    parts = [
        undecided(actor, today=today),
        returns_owed(actor, today=today),
        unscored(actor),
        *of_care(actor, today=today),
    ]
    return asked_together(parts, most=most)


def undecided(actor: Actor, *, today: date) -> Part | None:
    """Agreements of the actor's posts that end without a decision on what comes next; None for who leads none."""
    if not actor.posts or not actor.scope(CommissioningPermission.LEAD):
        return None
    table = rules.BY_NAME["next"].table
    open_now = Q(holds(table, "fail", today)) | Q(holds(table, "warn", today))
    columns = {
        "title": F("title"),
        "code": F("organisation__code"),
        "reference": F("reference"),
        "about": text(""),
        "why": text(""),
        "by": Coalesce("notice_on", "ends"),
        "other": F("ends"),
        "sight": F("sensitivity"),
    }
    return Part("agreement", lines(actor).filter(open_now, owner__in=actor.posts), columns, _need)


def _need(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"Decide what comes next: {row['title']}",
        address=reverse("agreement-next", args=[row["code"], row["reference"]]),
        about=row["reference"],
        why=f"It ends on {say_date(row['other'])}" if row["other"] else "",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )


def of_care(actor: Actor, *, today: date) -> list[Part]:
    """Steps that wait for the actor’s posts, and the due diligence of what they lead; empty for who has none."""
    return [part for part in (steps_due(actor, today=today), diligence_due(actor, today=today)) if part is not None]


def steps_due(actor: Actor, *, today: date) -> Part | None:
    """The next steps of agreements that the actor’s posts see to, planned within a fortnight or late."""
    if not actor.posts:
        return None
    columns = {
        "title": F("title"),
        "code": F("organisation__code"),
        "reference": F("reference"),
        "about": text(""),
        "why": F("step"),
        "by": F("step_due"),
        "other": Cast(Value(None), DateField()),
        "sight": F("sensitivity"),
    }
    waiting = lines(actor).filter(closed_on=None, step_post__in=actor.posts, step_due__lte=today + timedelta(days=14))
    return Part("step", waiting, columns, _step)


def diligence_due(actor: Actor, *, today: date) -> Part | None:
    """Providers of agreements that the actor’s posts lead, whose checks are missing, out of date or run out soon: once each."""
    if not actor.posts or not actor.scope(CommissioningPermission.LEAD):
        return None
    wrong = Q(owed_from__lte=today) | Q(checked_until__lte=today + timedelta(days=EXPIRING))
    mine = lines(actor).filter(wrong, closed_on=None, owner__in=actor.posts).order_by().values("provider")
    columns = {
        "title": F("provider__name"),
        "code": Cast("provider", CharField()),
        "reference": text(""),
        "about": text(""),
        "why": Cast(Count("pk"), CharField()),
        "by": Min(Coalesce(Least("owed_from", "checked_until"), "owed_from", "checked_until")),
        "other": Cast(Value(None), DateField()),
        "sight": Max("sensitivity"),
    }
    return Part("diligence", mine, columns, _diligence)


def _step(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"{row['why']}: {row['title']}",
        address=reverse("agreement-steps", args=[row["code"], row["reference"]]),
        about=row["reference"],
        why="The next step of its process",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )


def _diligence(row: Mapping[str, Any]) -> Need:
    many = f"{row['why']} {'agreement needs' if row['why'] == '1' else 'agreements need'}"
    return Need(
        title=f"See the due diligence of {row['title']}",
        address=reverse("provider", args=[row["code"]]),
        about="",
        why=f"What {many} is missing, out of date, or runs out soon",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )


def returns_owed(actor: Actor, *, today: date) -> Part | None:
    """Returns that the actor's posts assess: not come by their day, or waiting to be assessed; None for who leads none."""
    if not actor.posts or not actor.scope(CommissioningPermission.LEAD):
        return None
    open_now = Q(pk__in=[])
    for state in (*follow.OWED, "To assess"):
        open_now |= Q(holds(follow.RETURN, state, today))
    its = "agreement__record"
    columns = {
        "title": F(f"{its}__title"),
        "code": F(f"{its}__organisation__code"),
        "reference": F(f"{its}__reference"),
        "about": text(""),
        "why": Case(When(received_on=None, then=text("late")), default=text("assess")),
        "by": Coalesce("assess_by", "due"),
        "other": F("ends"),
        "sight": F(f"{its}__sensitivity"),
    }
    mine = returns_seen(actor).filter(open_now, schedule__assessor__in=actor.posts)
    return Part("return", mine, columns, _returned)


def _returned(row: Mapping[str, Any]) -> Need:
    late = row["why"] == "late"
    page = "agreement-returns"
    return Need(
        title=f"{'Chase the return' if late else 'Assess the return'} to {say_date(row['other'])}: {row['title']}",
        address=reverse(page, args=[row["code"], row["reference"]]),
        about=row["reference"],
        why="It has not come" if late else "",
        by=row["by"],
        restricted=row["sight"] == "restricted",
    )


def unscored(actor: Actor) -> Part | None:
    """Rounds in which the actor's posts have scores to send, and how many; None for who scores nothing."""
    if not actor.posts or not actor.scope(CommissioningPermission.SCORE):
        return None
    mine = Scoring.objects.filter(
        owner__in=actor.posts,
        removed_on=None,
        sent_on=None,
        application__round__ranked_on=None,
        application__withdrawn_on=None,
    )
    its = "application__round__record"
    columns = {
        "title": F(f"{its}__title"),
        "code": F(f"{its}__organisation__code"),
        "reference": F(f"{its}__reference"),
        "about": text(""),
        "why": Cast(Count("pk"), CharField()),
        "by": F("application__round__score_by"),
        "other": Cast(Value(None), DateField()),
        "sight": F(f"{its}__sensitivity"),
    }
    return Part("scores", mine.order_by().values("application__round"), columns, _to_score)


def _to_score(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"Score {row['why']} {'application' if row['why'] == '1' else 'applications'}: {row['title']}",
        address=reverse("scoring"),
        about=row["reference"],
        why="",
        by=row["by"],
    )
