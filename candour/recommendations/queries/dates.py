"""The new dates that owners ask for: those that wait for an answer, and what became of the others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.records.models import visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import DateAsked, Target

RECORD = "recommendation__record__"
LINE = f"{RECORD}recommendation_line__"


@dataclass(frozen=True)
class DateAskedRow:
    """One date asked for, with the ledger of its owner as it stands. due, now: None where the date is in words."""

    pk: int
    assignment: int
    reference: str
    title: str
    organisation_code: str
    sensitivity: str
    owner: str
    text: str
    due: date | None
    why: str
    asked_on: date
    answer: str
    answered_on: date | None
    said: str
    first_text: str
    first: date | None
    now_text: str
    now: date | None
    slips: int

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def longer(self) -> int | None:
        """By how many days it would move the date that stands; None where either is in words."""
        return (self.due - self.now).days if self.due and self.now else None

    @property
    def flags(self) -> bool:
        """Whether granting it would flag the recommendation to the panel."""
        return self.slips + 1 >= rules.REPEATED


def waiting_dates(actor: Actor) -> QuerySet[DateAsked]:
    """The dates that an actor may grant or refuse, the one that waits longest first. What has ended asks for none."""
    held = actor.scope(RecommendationPermission.GRANT)
    rows = DateAsked.objects.filter(
        visible(actor, RecommendationPermission.GRANT, RECORD),
        Q() if EVERYWHERE in held else Q(**{f"{RECORD}organisation__in": held}),  # not what is only shared with them
        answer="",
        assignment__removed_on=None,
        **{f"{LINE}closed_on": None, f"{LINE}proposed_on": None},
    )
    return rows.order_by("asked_on", f"{RECORD}reference", "pk")


def own_dates(actor: Actor, posts: Collection[int], *, since: date) -> QuerySet[DateAsked]:
    """What some posts asked for: what waits, and what was granted or refused since a day, the newest first."""
    answered = (DateAsked.Answer.GRANTED, DateAsked.Answer.REFUSED)
    rows = DateAsked.objects.filter(
        visible(actor, RecommendationPermission.SEE, RECORD),
        Q(answer="", **{f"{LINE}closed_on": None}) | Q(answer__in=answered, answered_on__gte=since),
        assignment__owner__in=posts,
        assignment__removed_on=None,
    )
    return rows.order_by("-asked_on", f"{RECORD}reference", "-pk")


def date_rows(rows: QuerySet[DateAsked]) -> list[DateAskedRow]:
    """The rows of a question, each with the first and the last line of its owner's ledger. One query."""
    ledger = Target.objects.filter(assignment=OuterRef("assignment"))
    first, last = ledger.order_by("number"), ledger.order_by("-number")
    columns: dict[str, Any] = {
        "reference": F(f"{RECORD}reference"),
        "title": F(f"{RECORD}title"),
        "organisation_code": F(f"{RECORD}organisation__code"),
        "sensitivity": F(f"{RECORD}sensitivity"),
        "owner": F("assignment__owner__title"),
        "first_text": Subquery(first.values("text")[:1]),
        "first": Subquery(first.values("due")[:1]),
        "now_text": Subquery(last.values("text")[:1]),
        "now": Subquery(last.values("due")[:1]),
        "slips": Subquery(last.values("number")[:1]),
    }
    own = ("pk", "assignment_id", "text", "due", "why", "asked_on", "answer", "answered_on", "said")
    found = []
    for row in rows.annotate(**columns).values(*own, *columns):
        row["assignment"] = row.pop("assignment_id")
        found.append(DateAskedRow(**row | {"owner": row["owner"] or ""}))
    return found
