"""Scores: one’s own, and those of all once they may be read; what rankings are made of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Application, Moderation, Round, Score, Scoring
from candour.commissioning.queries.rounds.applications import in_the_running
from candour.commissioning.queries.rounds.one import OF_SCORINGS
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import Actor
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.people.models import Post, holding
from candour.kernel.records.models import visible


@dataclass(frozen=True)
class Mine:
    """An application that was given to one of the reader’s posts. state: "To do", "Begun", "Sent", "Conflict".

    Of one that was given up for an interest only its reference is told. asked: pence.
    """

    reference: str
    organisation_code: str
    title: str
    asked: int | None
    round: str
    round_reference: str
    score_by: date | None
    post: str
    state: str
    marks: int
    sent_on: date | None


@dataclass(frozen=True)
class Marked:
    """The scores of one post on an application, by criterion: mark and why. order: which scorer it was, from 1."""

    post: str
    order: int
    scores: Mapping[int, tuple[int | None, str]]
    sent_on: date | None
    conflict: str
    removed: bool


def mine_page(actor: Actor, *, offset: int, size: int, waiting: bool = False) -> tuple[list[Mine], int, int]:
    """What was given to the actor’s posts in rounds not yet decided, what is to do first; how many, and how many wait.

    Two queries.
    """
    rows = Scoring.objects.filter(
        owner__in=actor.posts, application__round__ranked_on=None, application__withdrawn_on=None
    )
    held = actor.scope(CommissioningPermission.SCORE)
    if 0 not in held:
        rows = rows.filter(application__record__organisation__in=held)
    counts = rows.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(removed_on=None, sent_on=None)))
    if waiting:
        rows = rows.filter(removed_on=None, sent_on=None)
    order = Case(
        When(removed_on__isnull=False, then=Value(2)),
        When(sent_on__isnull=False, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = rows.annotate(turn=order, marks=Count("scores", filter=Q(scores__value__isnull=False)))
    named = rows.annotate(
        reference=F("application__record__reference"),
        code=F("application__record__organisation__code"),
        title=F("application__record__title"),
        asked=F("application__asked"),
        of=F("application__round__record__title"),
        of_reference=F("application__round__record__reference"),
        by=F("application__round__score_by"),
        post=F("owner__title"),
    )
    found = named.order_by("turn", "application__record__reference", "pk").values()[offset : offset + size]
    return [_mine(row) for row in found], counts["waiting" if waiting else "all"], counts["waiting"]


def _mine(row: Mapping[str, object]) -> Mine:
    gone = row["removed_on"] is not None
    state = "Conflict" if gone else "Sent" if row["sent_on"] else "Begun" if row["marks"] else "To do"
    return Mine(
        reference=row["reference"],  # type: ignore[arg-type]
        organisation_code=row["code"],  # type: ignore[arg-type]
        title="" if gone else row["title"],  # type: ignore[arg-type]
        asked=None if gone else row["asked"],  # type: ignore[arg-type]
        round=row["of"],  # type: ignore[arg-type]
        round_reference=row["of_reference"],  # type: ignore[arg-type]
        score_by=row["by"],  # type: ignore[arg-type]
        post=row["post"],  # type: ignore[arg-type]
        state=state,
        marks=row["marks"],  # type: ignore[arg-type]
        sent_on=row["sent_on"],  # type: ignore[arg-type]
    )


def my_scoring(actor: Actor, it: Application) -> Scoring | None:
    """The standing scoring of one of the actor’s posts on an application, with its scores read. Two queries at most."""
    rows = Scoring.objects.filter(application=it, owner__in=actor.posts, removed_on=None).select_related("owner")
    return rows.prefetch_related("scores").order_by("pk").first()


def scores_open(actor: Actor, it: Application) -> bool:
    """Whether the actor may read every score of an application: all of its are sent, and they owe none of its round.

    One query. Blind until then: for whoever runs the round as much as for who scores.
    """
    mine = Q(application__round=it.round_id, owner__in=actor.posts, sent_on=None)
    of_it = Q(application=it)
    counts = Scoring.objects.filter(removed_on=None).aggregate(
        here=Count("pk", filter=of_it),
        waiting=Count("pk", filter=of_it & Q(sent_on=None)),
        mine=Count("pk", filter=mine & OF_SCORINGS),
    )
    return rules.may_read_scores(all_in=counts["here"] > 0 and not counts["waiting"], mine_waiting=counts["mine"] > 0)


def marks_of(it: Application) -> list[Marked]:
    """The scores of every post that an application was given to, those taken off too. Two queries.

    Whoever asks has asked scores_open first, or is the scorer.
    """
    rows = Scoring.objects.filter(application=it).select_related("owner").prefetch_related("scores").order_by("pk")
    return [
        Marked(
            post=one.owner.title,
            order=number,
            scores={} if one.removed_on else {each.criterion_id: (each.value, each.why) for each in one.scores.all()},
            sent_on=one.sent_on,
            conflict=one.conflict,
            removed=one.removed_on is not None,
        )
        for number, one in enumerate(rows, 1)
    ]


def progress_of(actor: Actor, it: Round) -> list[tuple[str, int, int, int]]:
    """By post how many applications it scores, how many it sent, and how many it gave up for an interest. One query."""
    seen = visible(actor, CommissioningPermission.APPLICATIONS, "application__record__")
    rows = Scoring.objects.filter(seen, application__round=it).order_by().values("owner__title")
    standing = Q(removed_on=None) & OF_SCORINGS
    counted = rows.annotate(
        given=Count("pk", filter=standing),
        sent=Count("pk", filter=standing & Q(sent_on__isnull=False)),
        conflicts=Count("pk", filter=Q(removed_on__isnull=False)),
    )
    return [
        (one["owner__title"], one["given"], one["sent"], one["conflicts"]) for one in counted.order_by("owner__title")
    ]


def candidates(actor: Actor, it: Round) -> tuple[list[Application], list[rules.Candidate]]:
    """The applications in the running with the marks sent for each, in the order of their references. Three queries."""
    rows = list(in_the_running(actor, it))
    marks: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    sent = Q(scoring__removed_on=None, scoring__sent_on__isnull=False, value__isnull=False)
    scores = Score.objects.filter(sent, scoring__application__round=it, criterion__removed_on=None)
    for application, criterion, value in scores.values_list("scoring__application", "criterion", "value"):
        if value is not None:
            marks[application][criterion].append(value)
    agreed: dict[int, dict[int, int]] = defaultdict(dict)
    for application, criterion, value in Moderation.objects.filter(application__round=it).values_list(
        "application", "criterion", "value"
    ):
        agreed[application][criterion] = value
    return rows, [
        rules.Candidate(one.pk, one.asked, marks.get(one.pk, {}), agreed.get(one.pk, {}), one.tie) for one in rows
    ]


def scorers(organisation: int, today: date) -> list[Post]:
    """The posts that may score in a body, by title: those with a role that is for it, not the administrator's. One query."""
    able = [
        name
        for name, role in roles().items()
        if CommissioningPermission.SCORE in role.permissions and CommissioningPermission.DECIDE not in role.permissions
    ]
    grants = Grant.objects.filter(holding(today), organisation=organisation, role__in=able)
    return list(Post.objects.filter(pk__in=grants.values("post"), ended=None).order_by("title"))
