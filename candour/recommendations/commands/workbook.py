"""What owners answered in a workbook, brought in at once: dates, updates and proposals to close; all of them, or none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.history.recording import recording_many
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.ledger import dated, line_after, overtake
from candour.recommendations.commands.raising import Due, Said
from candour.recommendations.models import Assignment, Closure, RecommendationLine, Target, Update


@dataclass(frozen=True)
class Answer:
    """What the owner of one part says. pk: the recommendation; seen: the sequence of the last entry that was looked at.

    update: said on its day for its period; "by" is taken from the part. date: a new line of the part's ledger, its reason
    and who agreed it.
    """

    pk: int
    seen: int
    assignment: int
    update: Said | None = None
    date: Due | None = None


@dataclass(frozen=True)
class Bringing:
    """What all answers share while they are brought in: how things stand, and who acts, when and why."""

    records: Mapping[int, Record]
    parts: Mapping[int, Assignment]
    stages: Mapping[int, rules.Stage]
    day: date
    by: Mapping[str, Any]

    def need(self, verb: rules.Verb, answer: Answer, field: str) -> None:
        """Raises Refused where the recommendation stands elsewhere in its life."""
        if refused := rules.refusal(verb, self.stages[answer.pk]):
            raise Refused(field, f"{self.records[answer.pk].reference}: {refused}")


def bring_back(answers: Sequence[Answer], *, actor: Actor, at: datetime, reason: str) -> int:
    """Record the answers, dates first and proposals last, an entry for each; gives how many recommendations.

    The reason stands beside each update; a new date keeps its own. Raises Refused, and changes nothing, without a reason,
    for a recommendation on which anybody entered something after it was looked at ("seen"), and for whatever the rules
    refuse of any answer; Forbidden where the actor may not update one.
    """
    require(actor, RecommendationPermission.UPDATE)
    why = need_reason(reason, "Say why these answers come in")
    with _as_looked_at(answers) as records:
        for record in records.values():
            require(actor, RecommendationPermission.UPDATE, record)
        stages = _stages(records)
        named = [answer.assignment for answer in answers if answer.assignment]
        parts = Assignment.objects.select_related("owner").filter(removed_on=None).in_bulk(named)
        by = {"actor": actor, "at": at, "reason": why}
        bringing = Bringing(records, parts, stages, local_date(at), by)
        _move_dates([answer for answer in answers if answer.date], bringing)
        _record_updates([answer for answer in answers if answer.update], bringing)
    return len(records)


def _stages(records: Mapping[int, Record]) -> dict[int, rules.Stage]:
    names = ("closed_on", "outcome", "proposed_on", "response")
    held: Any = RecommendationLine.objects.filter(pk__in=records).values("pk", *names)
    return {line["pk"]: rules.stage_at(**{name: line[name] for name in names}) for line in held}


@contextmanager
def _as_looked_at(answers: Sequence[Answer]) -> Iterator[dict[int, Record]]:
    """Hold the records of the answers as they were looked at; the block is done whole or not at all."""
    records = Record.objects.in_bulk({answer.pk for answer in answers})
    if len(records) < len({answer.pk for answer in answers}):
        raise Refused("seen", "A recommendation of the workbook is no longer there")
    try:
        with unless_overtaken(list(records.values()), {answer.pk: answer.seen for answer in answers}):
            yield records
    except Overtaken as overtaken:
        reference = records[overtaken.records[0]].reference
        raise Refused("seen", f"{reference} was changed meanwhile: look at it, then save again") from None


def _move_dates(answers: Sequence[Answer], bringing: Bringing) -> None:
    """New lines of the ledgers: one recording for each kind of event and each who agreed it."""
    held = Target.objects.filter(assignment__in=[answer.assignment for answer in answers]).order_by("number")
    last = {target.assignment_id: target for target in held}
    grouped: dict[tuple[str, str], list[tuple[Answer, Target]]] = {}
    for answer in answers:
        target = _target(answer, last.get(answer.assignment), bringing)
        last[answer.assignment] = target
        event = "recommendation.slipped" if target.number else "recommendation.dated"
        grouped.setdefault((event, target.approver), []).append((answer, target))
    for (event, approver), found in grouped.items():
        for moves in _once_each(found):
            reasons = {answer.pk: target.why for answer, target in moves}
            records = [bringing.records[answer.pk] for answer, _ in moves]
            with recording_many(event, records, reasons=reasons, approver=approver, **bringing.by):
                Target.objects.bulk_create([target for _, target in moves])
                overtake([answer.assignment for answer, _ in moves], day=bringing.day)


def _target(answer: Answer, before: Target | None, bringing: Bringing) -> Target:
    bringing.need("slip", answer, "due")
    part, new, reference = bringing.parts.get(answer.assignment), answer.date, bringing.records[answer.pk].reference
    if part is None or new is None or part.recommendation_id != answer.pk:
        raise Refused("seen", f"{reference}: the owner whose date moves no longer answers for it")
    try:
        text, why = dated(before, text=new.text, due=new.due, reason=new.why, approver=new.approver)
    except Refused as refused:
        raise Refused(refused.field, f"{reference}: {refused.message}") from None
    return line_after(before, part, text=text, due=new.due, why=why, approver=new.approver, day=bringing.day)


def _record_updates(answers: Sequence[Answer], bringing: Bringing) -> None:
    """What was said, then what proposes closure: at that stage no further update may be given."""
    plain = [(answer, _update(answer, bringing)) for answer in answers]
    for proposes in (False, True):
        event = "recommendation.closure_proposed" if proposes else "recommendation.updated"
        for found in _once_each([pair for pair in plain if pair[1].proposes_closure == proposes]):
            with recording_many(event, [bringing.records[answer.pk] for answer, _ in found], **bringing.by):
                Update.objects.bulk_create([update for _, update in found])
                Closure.objects.bulk_create([_proposal(update) for _, update in found if proposes])


def _update(answer: Answer, bringing: Bringing) -> Update:
    bringing.need("update", answer, "achieved")
    reference, said, part = bringing.records[answer.pk].reference, answer.update, bringing.parts.get(answer.assignment)
    if said is None or not any(words.strip() for words in (said.achieved, said.left, said.barriers, said.text)):
        raise Refused("achieved", f"{reference}: Say what has been achieved since the last update")
    if said.proposes_closure:
        bringing.need("propose", answer, "proposes_closure")
    words = {name: getattr(said, name).strip() for name in ("achieved", "left", "barriers", "text", "evidence")}
    held = replace(said, by=part.owner if part else None, period=said.period.strip()[:60], **words)
    return Update(recommendation_id=answer.pk, **vars(held))


def _proposal(update: Update) -> Closure:
    return Closure(
        recommendation_id=update.recommendation_id,
        proposed_on=update.dated,
        proposed_by=update.by,
        case=update.achieved or update.text,
    )


def _once_each(found: Sequence[tuple[Answer, Any]]) -> list[list[tuple[Answer, Any]]]:
    """The same in groups in which no recommendation stands twice: each has one entry in a recording.

    Raises Refused for closure that is proposed twice, which the second round would be.
    """
    rounds: list[list[tuple[Answer, Any]]] = []
    times: dict[int, int] = {}
    for answer, row in found:
        at = times[answer.pk] = times.get(answer.pk, -1) + 1
        if at and isinstance(row, Update) and row.proposes_closure:
            raise Refused(
                "proposes_closure", "The closure of one recommendation is proposed twice: keep one of the two"
            )
        if at == len(rounds):
            rounds.append([])
        rounds[at].append((answer, row))
    return rounds
