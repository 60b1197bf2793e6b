"""The liaison's verbs: open a cycle, send an answer back, remind, revoke links, close the cycle, name who covers a post."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import deputies_of
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.letters import owing, tell, tell_pairs
from candour.recommendations.models import AnswerLink, Ask, Assignment, Cycle
from candour.recommendations.queries.cycles import asks_of, to_ask
from candour.recommendations.queries.one import proposal_of


def open_cycle(
    *,
    organisation: Organisation,
    name: str,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    source: str = "",
    priority: str = "",
    before: int = 5,
    after: int = 1,
    line_after: int = 7,
    link_days: int = 14,
) -> Cycle:
    """Ask the owners of what is open in a body, all or of one source or priority, by a day; and write to each post.

    before, after, line_after: days of the reminders; link_days: for how long after the due day links open. Raises Refused
    without a name, for a name that was used, a day that has passed, while another is open, and where nobody is to be asked.
    """
    require(actor, RecommendationPermission.ASK, Record(organisation=organisation))
    today, name = local_date(at), " ".join(name.split())[:60]
    _may_open(organisation, name, due, today)
    parts = _once(to_ask(organisation.pk, source=source, priority=priority))
    if not parts:
        raise Refused("source", "Nothing that is open has an owner to ask: choose others, or name owners first")
    days = {"before": before, "after": after, "line_after": line_after, "link_days": link_days}
    with transaction.atomic():
        with recording("cycle.opened", actor=actor, at=at, reason=reason.strip()):
            cycle = Cycle.objects.create(organisation=organisation, name=name, opened_on=today, due=due, **days)
        cycle = Cycle.objects.get(pk=cycle.pk)
        records = list({part.recommendation_id: part.recommendation.record for part in parts}.values())
        with recording_many("recommendation.asked", records, actor=actor, at=at, reason=f"For the {name} cycle"):
            Ask.objects.bulk_create(
                Ask(recommendation=part.recommendation, cycle=cycle, post=part.owner, due=due) for part in parts
            )
        tell(cycle, "opened", owing(cycle, today=today), mark="opened", actor=actor, at=at)
    return cycle


def _may_open(organisation: Organisation, name: str, due: date, today: date) -> None:
    if not name:
        raise Refused("name", "Enter what the panel’s paper will call the period, for example April 2026")
    if due < today:
        raise Refused("due", "Enter today or a day to come")
    there = Cycle.objects.filter(organisation=organisation)
    if there.filter(name=name).exists():
        raise Refused("name", f"There was a cycle called {name} already: enter another name")
    if standing := there.filter(closed_on=None).first():
        raise Refused("name", f"The {standing.name} cycle is still open: close it first")


def _once(parts: list[Assignment]) -> list[Assignment]:
    """A post with several parts of one recommendation is asked about it once."""
    return list({(part.recommendation_id, part.owner_id): part for part in parts}.values())


def send_back(ask: Ask, *, due: date, actor: Actor, at: datetime, reason: str) -> Ask:
    """Send an answer back with what is asked for, by a day. A closure that it proposed is taken back with it."""
    record = ask.recommendation.record
    require(actor, RecommendationPermission.ASK, record)
    why, today = need_reason(reason, "Say what the answer lacks"), local_date(at)
    _need_open(ask.cycle)
    if ask.answer is None:
        raise Refused("reason", "There is no answer to send back")
    if due < today:
        raise Refused("due", "Enter today or a day to come")
    proposal = proposal_of(ask.recommendation) if ask.answer.proposes_closure else None
    if proposal is not None and proposal.answer:
        raise Refused("reason", "The panel has decided on it already")
    with transaction.atomic():
        with recording("recommendation.answer_returned", record, actor=actor, at=at, reason=why):
            ask.answer, ask.sent_back_on, ask.why, ask.due = None, today, why, due
            ask.save()
            if proposal is not None:
                proposal.lapsed_on = today
                proposal.save()
        owed = owing(ask.cycle, today=today, posts=[ask.post_id])
        back = {post: [row for row in rows if row.ask.pk == ask.pk] for post, rows in owed.items()}
        mark = f"back:{ask.pk}:{record.head_sequence}"
        tell(ask.cycle, "sent back", {post: rows for post, rows in back.items() if rows}, mark=mark, actor=actor, at=at)
    return ask


def remind_now(
    cycle: Cycle, *, post: Post, actor: Actor, at: datetime, reason: str = "", to: Post | None = None
) -> int:
    """Write to a post, and to who answers for it, what it still owes; gives how many letters.

    to: the one to write to, where it is not all of them: the post itself or one that answers for it today.
    """
    require(actor, RecommendationPermission.ASK, cycle)
    _need_open(cycle)
    today = local_date(at)
    owed = owing(cycle, today=today, posts=[post.pk])
    # What the actor may not see is not told to be owed; the letter itself is the post's own.
    if not owed or not any(row.owes for row in asks_of(cycle, actor=actor, today=today, posts=[post.pk])):
        raise Refused("reason", f"The {post} has answered everything")
    if to is not None and to.pk not in {post.pk, *(each.by_id for each in deputies_of([post.pk], today)[post.pk])}:
        raise Refused("reason", f"The {to} does not answer for the {post} any more")
    said = reason.strip() or f"Reminder to {post}{f', to the {to}' if to and to != post else ''}"
    with transaction.atomic():
        with recording("cycle.reminded", cycle, actor=actor, at=at, reason=said):
            pass
        told: dict[str, Any] = {"mark": f"again:{cycle.head_sequence}", "actor": actor, "at": at}
        return tell_pairs(cycle, "again", [(post, to)], owed, **told) if to else tell(cycle, "again", owed, **told)


def revoke_links(cycle: Cycle, *, post: Post, actor: Actor, at: datetime, reason: str, to: Post | None = None) -> int:
    """Shut every link to what a cycle asks of a post, or the one that was sent to a post; gives how many.

    The next reminder carries a new one.
    """
    require(actor, RecommendationPermission.ASK, cycle)
    why = need_reason(reason, "Say why the link is revoked")
    standing = AnswerLink.objects.filter(cycle=cycle, post=post, revoked_on=None)
    standing = standing.filter(to=to) if to else standing
    if not standing.exists():
        raise Refused("reason", "No link of this post opens")
    with recording("cycle.links_revoked", cycle, actor=actor, at=at, reason=why):
        return standing.update(revoked_on=local_date(at))


def close_cycle(cycle: Cycle, *, actor: Actor, at: datetime, reason: str) -> Cycle:
    """End a cycle: links open no more, and nobody is reminded. What was not answered stays so."""
    require(actor, RecommendationPermission.ASK, cycle)
    _need_open(cycle)
    why = need_reason(reason, "Say why it closes, and what becomes of what was not answered")
    with recording("cycle.closed", cycle, actor=actor, at=at, reason=why):
        cycle.closed_on = local_date(at)
        cycle.save()
    return cycle


def _need_open(cycle: Cycle) -> None:
    if cycle.closed_on is not None:
        raise Refused("reason", f"The {cycle.name} cycle is closed")
