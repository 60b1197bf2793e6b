"""Raising recommendations: one, or many in one recording."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.models import Recorded
from candour.kernel.history.recording import recording_many
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.records.raised import NewRaised
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.scales.rules import Words
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import (
    Assignment,
    Closure,
    Outcome,
    Recommendation,
    Response,
    Source,
    Target,
    Update,
)

KIND = "recommendation"


@dataclass(frozen=True)
class Due:
    """A date of an owner as it was printed or typed: due is None where it is in words. why and approver are of a slip."""

    text: str = ""
    due: date | None = None
    why: str = ""
    approver: str = ""
    set_on: date | None = None  # the day of the raising unless known


@dataclass(frozen=True)
class Owner:
    """A post that answers for it, None where it is still to be named, and its dates: the original, then each slip."""

    post: Post | None
    targets: Sequence[Due] = ()


@dataclass(frozen=True)
class Said:
    """An update to bring in with the recommendation."""

    dated: date
    period: str = ""
    achieved: str = ""
    left: str = ""
    barriers: str = ""
    text: str = ""
    proposes_closure: bool = False
    evidence: str = ""
    by: Post | None = None


@dataclass(frozen=True)
class NewRecommendation:
    """A recommendation to raise. priority: its word, sought on priority_scale, such as its auditor's; where none is given,
    on the body's scale of the day it was reported.

    proposed_on: the owner's proposal to close it stands since. outcome and ended_on: how and when it left the tracker.
    """

    reference: str
    title: str
    source: str = Source.INTERNAL
    audit: str = ""
    printed: str = ""
    text: str = ""
    finding: str = ""
    risk: str = ""
    priority: str = ""
    priority_scale: Scale | None = None
    response: str = ""
    response_text: str = ""
    reported_on: date | None = None
    repeat_of: Record | None = None
    came_from: Record | None = None
    sensitivity: str = Sensitivity.OFFICE
    owners: Sequence[Owner] = ()
    updates: Sequence[Said] = ()
    proposed_on: date | None = None
    outcome: str = ""
    ended_on: date | None = None


def raise_recommendation(
    new: NewRecommendation,
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Recommendation:
    """Raise one recommendation. Raises Refused as raise_many does."""
    said: dict[str, Any] = {"actor": actor, "at": at, "reason": reason, "effective": effective}
    return raise_many([new], organisation=organisation, **said)[0]


def raise_many(
    found: Sequence[NewRecommendation],
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Recommendation]:
    """Raise many recommendations of one body on one day, an entry each, in batches: for forms and for loads.

    Raises Refused for a reference that is missing, taken or given twice, for a heading that is empty, for a word that no
    choice has, and for a repeat of what is no recommendation of the body.
    """
    require(actor, RecommendationPermission.RAISE, Record(organisation=organisation))
    _check(found, organisation)
    day, why = effective or local_date(at), need_reason(reason, "Say why it is raised")
    firsts = _first_reported(found, organisation)
    scales = {
        on: words_on(organisation.pk, Scale.Kind.PRIORITY, on) for on in {new.reported_on or day for new in found}
    }
    made = [_rows(new, organisation=organisation, day=day, firsts=firsts, scales=scales) for new in found]
    with recording_many("recommendation.raised", [], actor=actor, at=at, effective=day, reason=why):
        for model in (Record, Recommendation, Assignment, Target, Update, Closure):
            model.objects.bulk_create([row for rows in made for row in rows if type(row) is model])
    return [row for rows in made for row in rows if isinstance(row, Recommendation)]


def raise_from_records(
    found: Sequence[NewRaised],
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Record]:
    """Raise what another register read out of a paper, such as the causes of concern of an inspection.

    Raises Refused as raise_many does.
    """
    require(actor, RecommendationPermission.RAISE, Record(organisation=organisation))
    new = [
        NewRecommendation(
            reference=one.reference,
            title=one.title,
            source=one.sort or Source.INSPECTION,
            audit=one.origin.title,
            printed=one.printed,
            text=one.text,
            priority=one.priority,
            response=one.response,
            reported_on=one.reported_on,
            came_from=one.origin,
            sensitivity=one.origin.sensitivity,
            owners=[Owner(one.owner, [Due(one.due_text, one.due)] if one.due or one.due_text else [])],
            outcome=Outcome.CLOSED if one.closed else "",
        )
        for one in found
    ]
    made = raise_many(new, organisation=organisation, actor=actor, at=at, reason=reason, effective=effective)
    return [one.record for one in made]


def _check(found: Sequence[NewRecommendation], organisation: Organisation) -> None:
    references = [new.reference.strip() for new in found]
    if "" in references:
        raise Refused("reference", "Enter a reference")
    taken = Record.objects.filter(organisation=organisation, kind=KIND, reference__in=references)
    twice = [reference for reference, times in Counter(references).items() if times > 1]
    for reference in [*taken.order_by("reference").values_list("reference", flat=True), *twice]:
        raise Refused("reference", f"{reference} is taken: enter another reference")
    for new in found:
        if not new.title.strip():
            raise Refused("title", f"{new.reference}: enter a heading")
        known = (("source", Source.values), ("response", ["", *Response.values]), ("outcome", ["", *Outcome.values]))
        for name, values in known:
            if getattr(new, name) not in values:
                raise Refused(name, f"{new.reference}: ‘{getattr(new, name)}’ is no {name} that Candour knows")


def _first_reported(found: Sequence[NewRecommendation], organisation: Organisation) -> dict[int, date]:
    """By the number of each recommendation that is repeated the day on which the first of its chain was reported."""
    earlier = {new.repeat_of.pk for new in found if new.repeat_of is not None}
    if not earlier:
        return {}
    rows = Recommendation.objects.filter(pk__in=earlier, record__organisation=organisation)
    firsts = dict(rows.values_list("pk", "first_reported"))
    if earlier - set(firsts):
        raise Refused("repeat_of", "Name a recommendation of the same body")
    return firsts


def _rows(
    new: NewRecommendation,
    *,
    organisation: Organisation,
    day: date,
    firsts: Mapping[int, date],
    scales: Mapping[date, Words | None],
) -> list[Recorded]:
    """The unsaved rows of one, pointing at one another."""
    reported = new.reported_on or day
    scale = new.priority_scale.words_of() if new.priority_scale else scales[reported]
    step = scale.named(new.priority) if scale else None
    # The body's answer that it does not accept is itself how it ended.
    outcome = new.outcome or (Outcome.NOT_ACCEPTED if new.response == Response.NOT_ACCEPTED else "")
    record = Record(
        kind=KIND,
        reference=new.reference.strip(),
        title=" ".join(new.title.split())[:300],
        organisation=organisation,
        owner=next((owner.post for owner in new.owners if owner.post), None),
        sensitivity=new.sensitivity,
        closed_on=(new.ended_on or day) if outcome else None,
    )
    copied = ("source", "printed", "text", "finding", "risk", "response", "response_text", "repeat_of", "came_from")
    made = Recommendation(
        record=record,
        audit=new.audit.strip()[:200],
        priority_scale_id=scale.id if scale and step else None,
        priority=step.value if step else None,
        priority_text="" if step else new.priority.strip()[:60],
        reported_on=reported,
        first_reported=min(firsts[new.repeat_of.pk], reported) if new.repeat_of else reported,
        outcome=outcome,
        **{name: getattr(new, name) for name in copied},
    )
    rows: list[Recorded] = [record, made, *_owners(new, made, day)]
    rows += [Update(recommendation=made, **vars(update)) for update in new.updates]
    if new.proposed_on or outcome == Outcome.CLOSED:
        rows.append(_proposal(new, made, record, outcome=outcome, day=day))
    return rows


def _owners(new: NewRecommendation, made: Recommendation, day: date) -> list[Recorded]:
    rows: list[Recorded] = []
    for owner in new.owners:
        assignment = Assignment(recommendation=made, owner=owner.post, added_on=day)
        rows.append(assignment)
        rows += [
            Target(
                recommendation=made,
                assignment=assignment,
                number=number,
                text=target.text.strip()[:200],
                due=target.due,
                set_on=target.set_on or day,
                why=target.why,
                approver=target.approver,
            )
            for number, target in enumerate(owner.targets)
        ]
    return rows


def _proposal(new: NewRecommendation, made: Recommendation, record: Record, *, outcome: str, day: date) -> Closure:
    """The proposal that stands, or that the panel agreed where the recommendation comes in as closed."""
    closed = outcome == Outcome.CLOSED
    return Closure(
        recommendation=made,
        proposed_on=new.proposed_on or record.closed_on or day,
        proposed_by=record.owner,
        answered_on=record.closed_on if closed else None,
        answer=Closure.Answer.AGREED if closed else "",
    )
