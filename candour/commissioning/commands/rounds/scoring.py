"""Applications are given to posts, and each scores on its own; an interest takes a post off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.rounds.base import not_ranked, not_scoring, running
from candour.commissioning.models import Application, Criterion, Round, Score, Scoring
from candour.commissioning.queries.rounds import applications, criteria_of, in_the_running
from candour.commissioning.queries.rounds.one import marks_in
from candour.kernel.access import Actor, require
from candour.kernel.access.decide import Forbidden
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason


def begin_scoring(
    round: Round,
    *,
    posts: Sequence[Post],
    actor: Actor,
    at: datetime,
    reason: str = "",
    each: int = 0,
    effective: date | None = None,
) -> int:
    """Give every application in the running to posts to score; gives how many scorings there are.

    each: by how many posts an application is scored, in turn; 0 for all of them. Raises Refused before the last day has
    passed, while an application is not judged, for none in the running, and for fewer posts than are asked for.
    """
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_scoring(round)
    day, several = local_date(at), each or len(posts)
    if round.opened_on is None or day <= round.closes:
        raise Refused("posts", "Begin once the last day for applications has passed")
    if len(posts) < 2 or several < 2 or several > len(posts):
        raise Refused("posts", "Choose at least two posts: each application is scored by two or more")
    if waiting := applications(actor, round).filter(eligible=None, withdrawn_on=None).count():
        raise Refused(
            "posts",
            f"Say first of {waiting} {'application' if waiting == 1 else 'applications'} whether they are eligible",
        )
    rows = list(in_the_running(actor, round))
    if not rows:
        raise Refused("posts", "No application is in the running")
    with transaction.atomic():
        with recording(
            "round.scoring_begun", round.record, actor=actor, at=at, effective=effective, reason=reason.strip()
        ):
            round.scoring_on = effective or day
            round.save()
        with recording_many("scoring.given", [], actor=actor, at=at, effective=effective):
            made = Scoring.objects.bulk_create(
                Scoring(application=one, owner=posts[(place + turn) % len(posts)], given_on=round.scoring_on)
                for place, one in enumerate(rows)
                for turn in range(several)
            )
    return len(made)


def give(
    application: Application,
    *,
    owner: Post,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Scoring:
    """Give an application to one more post, such as where another was taken off. Raises Refused where it has it, or had."""
    require(actor, CommissioningPermission.MANAGE, application.record)
    not_ranked(application.round)
    why = need_reason(reason)
    if application.round.scoring_on is None:
        raise Refused("owner", "Scoring has not begun: choose all scorers then")
    if not running(application):
        raise Refused("owner", "This application is not in the running")
    if Scoring.objects.filter(application=application, owner=owner).exists():
        raise Refused("owner", f"{owner.title} scores it already, or was taken off: choose another post")
    with recording("scoring.given", actor=actor, at=at, effective=effective, reason=why):
        return Scoring.objects.create(application=application, owner=owner, given_on=effective or local_date(at))


def declare_conflict(
    scoring: Scoring, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Scoring:
    """Declare an interest in an applicant: the post is taken off the application, and no longer sees it.

    reason: the interest. What the post had scored counts no more. Raises Forbidden for another’s scoring.
    """
    own(scoring, actor)
    why = need_reason(reason, "Say what the interest is")
    not_ranked(scoring.application.round)
    if scoring.removed_on is not None:
        raise Refused("reason", "You are off this application already")
    with recording("scoring.conflict_declared", scoring, actor=actor, at=at, effective=effective, reason=why):
        scoring.conflict, scoring.removed_on = why, effective or local_date(at)
        scoring.save()
    return scoring


def save_scores(
    scoring: Scoring,
    *,
    marks: Mapping[int, tuple[int | None, str]],
    actor: Actor,
    at: datetime,
    send: bool = False,
    reason: str = "",
    effective: date | None = None,
) -> Scoring:
    """Keep what a post has scored so far, or send it: then it stands. marks: by criterion the mark (None: none yet), and why.

    Raises Refused for a mark that is none, and, where it is sent, for a criterion without a mark or without its reason, which
    the applicant reads; the field is "mark_" or "why_" and the criterion’s number. Raises Forbidden for another’s scoring.
    """
    own(scoring, actor)
    it = scoring.application.round
    not_ranked(it)
    if scoring.sent_on is not None:
        raise Refused("reason", "You have sent these scores: they stand")
    if scoring.removed_on is not None:
        raise Refused("reason", "You are off this application")
    if not running(scoring.application):
        raise Refused("reason", "This application is withdrawn: there is nothing to score any more")
    criteria, top = criteria_of(it), len(marks_in(it)) - 1
    for one in criteria:
        _check(one, *marks.get(one.pk, (None, "")), top=top, send=send)
    there = {each.criterion_id: each for each in Score.objects.filter(scoring=scoring)}
    event = "scoring.sent" if send else "scoring.saved"
    with recording(event, scoring, actor=actor, at=at, effective=effective, reason=reason.strip()):
        for one in criteria:
            value, why = marks.get(one.pk, (None, ""))
            row = there.get(one.pk) or Score(scoring=scoring, criterion=one)
            if row.pk is None or (row.value, row.why) != (value, why.strip()):
                row.value, row.why = value, why.strip()
                row.save()
        if send:
            scoring.sent_on = effective or local_date(at)
            scoring.save()
    return scoring


def _check(one: Criterion, value: int | None, why: str, *, top: int, send: bool) -> None:
    if value is not None and not 0 <= value <= top:
        raise Refused(f"mark_{one.number}", f"Choose a mark from 0 to {top} for {one.name}")
    if send and value is None:
        raise Refused(f"mark_{one.number}", f"Choose a mark for {one.name}, or save for later")
    if send and not why.strip():
        raise Refused(f"why_{one.number}", f"Say why for {one.name}: the applicant reads it")


def own(scoring: Scoring, actor: Actor) -> None:
    """Raises Forbidden unless the scoring is of one of the actor’s posts, who may score."""
    require(actor, CommissioningPermission.SCORE, scoring.application.record)
    if actor.kind != "system" and scoring.owner_id not in actor.posts:
        raise Forbidden(actor, str(CommissioningPermission.SCORE))
