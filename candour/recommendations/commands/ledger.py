"""Dates and owners: giving a new date to an owner, naming owners, handing over."""

from collections.abc import Collection
from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.stages import need_stage
from candour.recommendations.models import Assignment, DateAsked, Recommendation, Target
from candour.recommendations.queries.one import owners_of


def slip(
    assignment: Assignment,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str,
    due: date | None = None,
    effective: date | None = None,
) -> Target:
    """Give an owner a new date: a day (due) as it was typed or printed (text), or words alone, which are kept and flagged.

    The first date that an owner is ever given is the original, and needs nobody's agreement; every later one is a slip.
    Raises Refused without a reason, without an approver for a slip, without a date, and for the date that stands.
    """
    recommendation = assignment.recommendation
    require(actor, RecommendationPermission.UPDATE, recommendation.record)
    need_stage("slip", recommendation, "due")
    before = Target.objects.filter(assignment=assignment).order_by("-number").first()
    text, why = dated(before, text=text, due=due, reason=reason, approver=approver)
    day = effective or local_date(at)
    event = "recommendation.slipped" if before else "recommendation.dated"
    said = {"actor": actor, "at": at, "effective": day, "reason": why, "approver": approver}
    with recording(event, recommendation.record, **said):  # type: ignore[arg-type]
        target = line_after(before, assignment, text=text, due=due, why=why, approver=approver, day=day)
        target.save()
        overtake([assignment.pk], day=day)
    return target


def overtake(parts: Collection[int], *, day: date) -> None:
    """In a recording: what these owners still ask for is overtaken by a date that is set otherwise."""
    waiting = DateAsked.objects.filter(assignment__in=parts, answer="")
    waiting.update(answer=DateAsked.Answer.OVERTAKEN, answered_on=day)


def dated(before: Target | None, *, text: str, due: date | None, reason: str, approver: str) -> tuple[str, str]:
    """The words and the reason of a new line after the one that stands. Raises Refused as slip does."""
    text = new_words(before, text=text, due=due)
    why = need_reason(reason, "Say why the date moves" if before else "Say why this date")
    if before and not approver.strip():
        raise Refused("approver", "Enter the board or post that agreed the new date")
    return text, why


def new_words(before: Target | None, *, text: str, due: date | None) -> str:
    """The words of a new date, as typed or else its day. Raises Refused for none, and for the date that stands."""
    words = " ".join(text.split())[:200] or (say_date(due) if due else "")
    if not words:
        raise Refused("due", "Enter the new date, or the words that stand for it")
    if before and (before.due, before.text.casefold()) == (due, words.casefold()):
        raise Refused("due", f"‘{words}’ is the date that stands: enter another, or leave without saving")
    return words


def line_after(
    before: Target | None, part: Assignment, *, text: str, due: date | None, why: str, approver: str, day: date
) -> Target:
    """The unsaved line of the ledger that comes after another, or the original."""
    return Target(
        recommendation_id=part.recommendation_id,
        assignment=part,
        number=before.number + 1 if before else 0,
        text=text,
        due=due,
        set_on=day,
        why=why,
        approver=approver.strip()[:200],
    )


def add_owner(
    recommendation: Recommendation,
    *,
    owner: Post,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str,
    due: date | None = None,
    effective: date | None = None,
) -> Assignment:
    """Name a post that answers for it, with its first date where there is one. A lone owner still to be named is named so.

    Raises Refused for a post that answers for it already.
    """
    require(actor, RecommendationPermission.CHANGE, recommendation.record)
    need_stage("change", recommendation, "owner")
    standing = owners_of(recommendation)
    if any(each.owner_id == owner.pk for each in standing):
        raise Refused("owner", f"{owner.title} answers for it already: choose another post")
    day, why = effective or local_date(at), need_reason(reason)
    nobody = next((each for each in standing if each.owner_id is None), None)
    words = " ".join(text.split())[:200] or (say_date(due) if due else "")
    with recording("recommendation.owner_added", recommendation.record, actor=actor, at=at, effective=day, reason=why):
        made = nobody or Assignment(recommendation=recommendation, added_on=day)
        made.owner = owner
        made.save()
        if words and nobody is None:
            Target.objects.create(recommendation=recommendation, assignment=made, text=words, due=due, set_on=day)
        if recommendation.record.owner is None:
            recommendation.record.owner = owner
            recommendation.record.save()
    return made


def hand_over(
    assignment: Assignment,
    *,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Assignment:
    """Give an owner's part to another post, or None: the part ends. The ledger of its dates goes with it.

    Raises Refused for a post that answers for it already, and for ending the only part.
    """
    recommendation = assignment.recommendation
    require(actor, RecommendationPermission.CHANGE, recommendation.record)
    need_stage("change", recommendation, "owner")
    others = [each for each in owners_of(recommendation) if each.pk != assignment.pk]
    if owner is None and not others:
        raise Refused("owner", "Somebody must answer for it: choose a post")
    if owner is not None and owner.pk in {assignment.owner_id, *(each.owner_id for each in others)}:
        raise Refused("owner", f"{owner.title} answers for it already: choose another post")
    day, why = effective or local_date(at), need_reason(reason, "Say why it changes hands")
    record = recommendation.record
    with recording(
        "recommendation.handed_over", record, actor=actor, at=at, effective=day, reason=why, approver=approver
    ):
        led = record.owner_id == assignment.owner_id
        if owner is None:
            assignment.removed_on = day
        else:
            assignment.owner = owner
        assignment.save()
        if led:
            record.owner = owner or others[0].owner
            record.save()
    return assignment
