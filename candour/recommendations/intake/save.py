"""Saving a tracker through commands, and saying beforehand what that would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.audits.intake.days import last_day
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import set_up_posts
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.people.models import Organisation, Post
from candour.kernel.rules import Refused
from candour.recommendations.commands import (
    Due,
    NewRecommendation,
    Owner,
    Said,
    mark_repeat,
    propose_closure,
    raise_many,
    record_update,
    slip,
    withdraw_closure,
)
from candour.recommendations.models import Recommendation
from candour.recommendations.queries import RecommendationRow, by_reference
from candour.recommendations.queries.one import owners_of

from .plan import Steps, outcome_of, reference_of, reported_on, response_of, roles_of, source_of, steps, updates_of
from .same import alike

FAR = date(2999, 12, 31)  # the tracker as it stands, whatever the day
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Load:
    """What every part of a load shares."""

    organisation: Organisation
    day: date
    file: str
    posts: Mapping[str, Post]
    actor: Actor
    at: datetime

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": self.at}


def compare(
    records: Sequence[Record], *, organisation: Organisation, effective: date | None, actor: Actor
) -> list[Match]:
    """What saving would do to each recommendation. Nine queries."""
    standing = _standing(records, by_reference(actor, organisation=organisation.pk, today=effective or FAR))
    return [_match(record, standing.get(reference_of(record)), effective or FAR) for record in records]


def _standing(records: Sequence[Record], rows: dict[str, RecommendationRow]) -> dict[str, RecommendationRow]:
    """By reference what stands. One that was raised from an auditor's report stands under its own reference: it is known by
    the name of its audit and the beginning of its text.
    """
    raised = [row for row in rows.values() if row.came_from_id]
    for record in records:
        reference = reference_of(record)
        if reference not in rows and not record.get("register_reference"):
            for one in raised:
                if alike(record["audit"], record["text"], one.audit, one.text):
                    rows[reference] = one
                    break
    return rows


def _match(record: Record, row: RecommendationRow | None, day: date) -> Match:
    reference = reference_of(record)
    if row is None:
        told = len(updates_of(record, day))
        words = ["New recommendation", *([f"{told} updates" if told > 1 else "Update"] if told else [])]
        return Match(reference, "New", (*words, *(["Proposed closed"] if record["proposed_closed"] else [])))
    return Match(
        reference, "Restricted match" if row.restricted else "Same record", tuple(steps(record, row, day).words)
    )


def save(
    records: Sequence[Record],
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save all recommendations or none; loaded again, a tracker changes nothing. Raises Refused, naming the recommendation."""
    day, file = effective or local_date(at), source.get("file") or "a paper"
    with transaction.atomic():
        standing = _standing(records, by_reference(actor, organisation=organisation.pk, today=local_date(at)))
        _refuse_twice(records)
        posts = posts_for(records, organisation=organisation, day=day, file=file, actor=actor, at=at)
        load = Load(organisation, day, file, posts, actor, at)
        fresh = [record for record in records if reference_of(record) not in standing]
        if fresh:
            reason = f"Read from {file}"
            raise_many(
                [_new(record, load) for record in fresh],
                organisation=organisation,
                reason=reason,
                effective=day,
                **load.said,
            )
        changed = [
            reference_of(record) for record in records if _bring_up(record, standing.get(reference_of(record)), load)
        ]
        _repeats(records, standing, load)
    made = [reference_of(record) for record in fresh]
    same = [reference for record in records if (reference := reference_of(record)) not in {*made, *changed}]
    return Saved(tuple(made), tuple(changed), tuple(same))


def _refuse_twice(records: Sequence[Record]) -> None:
    seen: dict[str, str] = {}
    for record in records:
        first = seen.setdefault(reference_of(record), record["key"])
        if first != record["key"]:
            message = f"{record['key']} and {first} would both be {reference_of(record)}: set one aside"
            raise Refused("records", message)
    if len(seen) < len(records):
        raise Refused("records", "One reference is printed twice in an audit: set one of the rows aside")


def posts_for(
    records: Sequence[Record], *, organisation: Organisation, day: date, file: str, actor: Actor, at: datetime
) -> dict[str, Post]:
    """Posts by title in lower case; those that the paper names and the organisation does not have are set up."""
    known = {post.title.casefold(): post for post in Post.objects.filter(organisation=organisation)}
    named = {role.casefold(): role for record in records for role in roles_of(record) if role.casefold() not in known}
    if named:
        first = min([day, *(reported_on(record, day) for record in records)])
        said: dict[str, Any] = {"actor": actor, "at": at, "effective": first, "reason": f"Named in {file}"}
        made = set_up_posts(list(named.values()), organisation=organisation, **said)
        known |= {post.title.casefold(): post for post in made}
    return known


def _new(record: Record, load: Load) -> NewRecommendation:
    told = updates_of(record, load.day)
    reported = reported_on(record, load.day)
    targets = [
        Due(
            target["text"][:200],
            last_day(target["date"]),
            f"Printed in {load.file}" if n else "",
            "",
            load.day if n else reported,
        )
        for n, target in enumerate(record["targets"])
    ]
    posts = [load.posts.get(role.casefold()) for role in roles_of(record)] or [None]
    outcome = outcome_of(record)
    return NewRecommendation(
        reference=reference_of(record),
        title=record["heading"] or record["text"][:200] or record["key"],
        audit=f"{record['audit']} {record['audit_note']}".strip(),
        printed=record["reference"][:60],
        text=record["text"],
        source=source_of(record),
        finding=record.get("finding", ""),
        risk=record.get("risk", ""),
        priority=record["priority"],
        response=response_of(record),
        response_text=record["response_text"],
        reported_on=reported,
        owners=[Owner(post, targets) for post in posts],
        updates=[
            Said(
                one.dated,
                one.period,
                one.achieved,
                one.left,
                one.barriers,
                one.text,
                record["proposed_closed"] and one is told[-1],
            )
            for one in told
        ],
        proposed_on=(told[-1].dated if told else load.day) if record["proposed_closed"] else None,
        outcome=outcome,
        ended_on=_ended(record, reported, load.day) if outcome else None,
    )


def _ended(record: Record, reported: date, day: date) -> date:
    """The day it ended as printed, from its report to the day of the paper; else that day."""
    printed = record.get("ended_on")
    return min(max(date.fromisoformat(printed), reported), day) if printed else day


def _bring_up(record: Record, row: RecommendationRow | None, load: Load) -> bool:
    """Bring a standing recommendation up to what the paper says. Whether anything was lacking."""
    if row is None or not (lacking := steps(record, row, load.day)).words:
        return False
    recommendation = Recommendation.objects.select_related("record__organisation", "record__owner").get(pk=row.pk)
    try:
        _step(record, recommendation, lacking, load)
    except Refused as refused:
        raise Refused("records", f"{reference_of(record)}: {refused.message}") from None
    return True


def _step(record: Record, recommendation: Recommendation, lacking: Steps, load: Load) -> None:
    reason = f"Read from {load.file}"
    if lacking.withdraw:
        withdraw_closure(recommendation, reason=reason, effective=load.day, **load.said)
    if lacking.target:
        text, due = lacking.target
        for assignment in owners_of(recommendation):
            slip(
                assignment,
                text=text,
                due=due,
                reason=reason,
                approver=f"As printed in {load.file}",
                effective=load.day,
                **load.said,
            )
    for one in lacking.updates:
        record_update(
            recommendation, period=one.period, achieved=one.achieved, left=one.left, barriers=one.barriers, text=one.text,
            reason=reason, effective=one.dated, **load.said,
        )  # fmt: skip
    if lacking.propose:
        told = updates_of(record, load.day)
        case = (told[-1].achieved or told[-1].text) if told else ""
        propose_closure(recommendation, case=case or f"Proposed closed in {load.file}", effective=load.day, **load.said)


def _repeats(records: Sequence[Record], before: Mapping[str, RecommendationRow], load: Load) -> None:
    """Link each recommendation to the one that it repeats, where the paper holds both and no link stands."""

    def stands_as(record: Record) -> str:
        row = before.get(reference_of(record))
        return row.reference if row else reference_of(record)

    keys = {record["key"]: stands_as(record) for record in records}
    held = {row.reference: row for row in before.values()}
    wanted = {stands_as(one): keys[one["repeat_of"]] for one in records if one["repeat_of"] in keys}
    wanted = {own: other for own, other in wanted.items() if own not in held or held[own].repeat_of_id is None}
    if not wanted:
        return
    found = {
        one.record.reference: one
        for one in Recommendation.objects.select_related("record__organisation").filter(
            record__organisation=load.organisation, record__reference__in=[*wanted, *wanted.values()]
        )
    }
    for own, other in wanted.items():
        mark_repeat(found[own], repeat_of=found[other].record, reason=f"Said in {load.file}", **load.said)
