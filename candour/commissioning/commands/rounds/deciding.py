"""Scores that are too far apart are moderated, the ranking is settled, and the round is decided and announced."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.rounds.base import not_decided, not_ranked, running
from candour.commissioning.models import Application, Criterion, Moderation, Round, Scoring
from candour.commissioning.queries.rounds import candidates, limit_of, scheme_of, tally
from candour.commissioning.queries.rounds.one import marks_in
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import CANDOUR, Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


def moderate(
    application: Application,
    *,
    criterion: Criterion,
    value: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Moderation:
    """Record the mark that scorers agreed for a criterion, and why. It takes the place of their average.

    Raises Refused while a score is still to be sent, where scorers are not further apart than the round allows, and for a mark
    that is none.
    """
    require(actor, CommissioningPermission.MANAGE, application.record)
    it, why = application.round, need_reason(reason, "Say how the mark was agreed")
    not_ranked(it)
    standing = Scoring.objects.filter(application=application, removed_on=None)
    if not standing.exists() or standing.filter(sent_on=None).exists():
        raise Refused("value", "Wait until every score of this application is sent")
    if criterion.round_id != it.pk or criterion.removed_on is not None:
        raise Refused("criterion", "Choose a criterion of this round")
    if not 0 <= value <= len(marks_in(it)) - 1:
        raise Refused("value", f"Choose a mark from 0 to {len(marks_in(it)) - 1}")
    marks = list(standing.filter(scores__criterion=criterion).values_list("scores__value", flat=True))
    if rules.apart([mark for mark in marks if mark is not None]) <= it.tolerance:
        raise Refused("value", "Scorers are within the difference that this round allows: their average stands")
    with recording("application.moderated", application.record, actor=actor, at=at, effective=effective, reason=why):
        row = Moderation.objects.filter(application=application, criterion=criterion).first() or Moderation(
            application=application, criterion=criterion
        )
        row.value, row.why, row.on = value, why, effective or local_date(at)
        row.save()
    return row


def rank(round: Round, *, actor: Actor, at: datetime, reason: str = "", effective: date | None = None) -> Round:
    """Let the ranking stand: no score and no moderation changes any more.

    Raises Refused while a score is to be sent or a difference to be moderated, and for an application that nobody scores.
    """
    require(actor, CommissioningPermission.MANAGE, round.record)
    not_ranked(round)
    found = tally(CANDOUR, round)
    if round.scoring_on is None or not found.all_in:
        left = found.scorings - found.sent
        raise Refused(
            "reason",
            f"Wait for {left} {'score' if left == 1 else 'scores'} still to be sent"
            if left
            else "Scoring has not begun",
        )
    scheme = scheme_of(round)
    _, rows = candidates(CANDOUR, round)
    apart = sum(bool(rules.to_moderate(one, scheme)) for one in rows)
    if apart:
        raise Refused(
            "reason",
            f"Moderate {apart} {'application' if apart == 1 else 'applications'} first: scorers are too far apart",
        )
    if any(rules.total(one, scheme) is None for one in rows):
        raise Refused("reason", "An application in the running has no scorer: give it to a post first")
    with recording("round.ranked", round.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        round.ranked_on = effective or local_date(at)
        round.save()
    return round


def settle_tie(
    round: Round, *, order: Sequence[int], actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> None:
    """Decide in which order applications come that are equal in everything. order: their numbers, the first first.

    Raises Refused before the ranking stands, once the round is decided, and for any that are not equal.
    """
    require(actor, CommissioningPermission.DECIDE, round.record)
    not_decided(round)
    why = need_reason(reason, "Say why this one comes first")
    if round.ranked_on is None:
        raise Refused("order", "Settle the ranking first")
    scheme = scheme_of(round)
    applications, rows = candidates(actor, round)
    wanted = [one for one in rows if one.key in order]
    marks = {(rules.total(one, scheme), *rules.finals(one, scheme).values()) for one in wanted}
    if len(order) < 2 or len(wanted) != len(set(order)) or len(marks) != 1:
        raise Refused("order", "Choose applications that are equal in every criterion")
    found = {one.pk: one for one in applications if one.pk in order}
    with recording_many(
        "application.tie_settled",
        [found[pk].record for pk in order],
        actor=actor,
        at=at,
        effective=effective,
        reason=why,
    ):
        for place, pk in enumerate(order, 1):
            found[pk].tie = place
            found[pk].save()


def decide(
    round: Round,
    *,
    awards: Mapping[int, int],
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    excepted: Collection[int] = (),
    effective: date | None = None,
) -> int:
    """Decide every application of a round; gives how many are awarded. awards: pence by application, those left out nothing.

    excepted: those awarded although they miss a pass mark, for the reason given. Raises Refused for awards beyond the budget
    or what was asked, for a part where the round gives none, below a pass mark without exception, where equals on whom nobody
    decided are parted, and above the limit of the actor’s posts without the board that agreed.
    """
    require(actor, CommissioningPermission.DECIDE, round.record)
    not_decided(round)
    why = need_reason(reason, "Say why the round is decided so")
    if round.ranked_on is None:
        raise Refused("reason", "Settle the ranking first")
    _, rows = candidates(actor, round)
    _allowed(round, rows, awards, excepted)
    limit = limit_of(actor, round, local_date(at))
    highest = max(awards.values(), default=0)
    if limit is not None and highest > limit and not approver.strip():
        raise Refused(
            "approver",
            f"Enter the board that agreed awards above {of_agreements.pounds(limit)}, the limit of your post",
        )
    every = list(Application.objects.filter(round=round).select_related("record", "round"))
    records = [round.record, *(one.record for one in every)]
    with recording_many(
        "round.decided", records, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        for one in every:
            one.outcome, one.award = _outcome(one, awards.get(one.pk, 0)), awards.get(one.pk, 0)
            one.excepted = one.pk in excepted and one.award > 0
        Application.objects.bulk_update(every, ["outcome", "award", "excepted"], batch_size=200)
        round.decided_on = effective or local_date(at)
        round.save()
    return sum(award > 0 for award in awards.values())


def _outcome(one: Application, award: int) -> str:
    if one.withdrawn_on is not None:
        return "withdrawn"
    if not running(one):
        return "ineligible" if one.eligible is False else "late"
    return "refused" if not award else "awarded" if award == one.asked else "part"


def _allowed(
    round: Round, rows: Sequence[rules.Candidate], awards: Mapping[int, int], excepted: Collection[int]
) -> None:
    scheme, known = scheme_of(round), {one.key: one for one in rows}
    if strange := set(awards) - set(known):
        raise Refused("awards", f"{len(strange)} of these applications cannot be awarded: they are not in the running")
    given = sum(awards.values())
    if given > round.budget:
        over = of_agreements.pounds(given - round.budget)
        raise Refused("awards", f"These awards are {over} above the budget: lower some")
    for key, award in awards.items():
        one = known[key]
        if award < 0 or award > one.asked:
            raise Refused(f"award_{key}", f"Enter at most {of_agreements.pounds(one.asked)}, which is asked for")
        if 0 < award < one.asked and not round.part_awards:
            raise Refused(f"award_{key}", "This round awards all that is asked for, or nothing")
        if award and rules.below(one, scheme) and key not in excepted:
            raise Refused(f"award_{key}", f"{rules.below(one, scheme)[0]}: except it with a reason, or award nothing")
    groups: dict[object, set[bool]] = {}
    for one in rows:
        equal = (rules.total(one, scheme), *rules.finals(one, scheme).values(), one.tie)
        groups.setdefault(equal, set()).add(awards.get(one.key, 0) > 0)
    if any(len(found) > 1 for found in groups.values()):
        raise Refused("awards", "Two applications are equal, and only one of them is awarded: settle the tie first")


def announce(round: Round, *, actor: Actor, at: datetime, reason: str = "", effective: date | None = None) -> Round:
    """Record that the letters went out: the awards are public from then on, and the round is over."""
    require(actor, CommissioningPermission.MANAGE, round.record)
    if round.decided_on is None:
        raise Refused("reason", "The round is not decided yet")
    if round.announced_on is not None:
        raise Refused("reason", "This round is announced already")
    numbers = Application.objects.filter(round=round).order_by().values("pk")
    records = [round.record, *Record.objects.filter(pk__in=numbers)]
    day = effective or local_date(at)
    with recording_many("round.announced", records, actor=actor, at=at, effective=day, reason=reason.strip()):
        Record.objects.filter(pk__in=[each.pk for each in records]).update(closed_on=day)
        round.record.closed_on = day
        round.announced_on = day
        round.save()
    return round
