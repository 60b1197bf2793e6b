"""A grant round as it stood at the end of a past day: its facts, the day of each stage, criteria, form and awards."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.commissioning.models import Application, Criterion, Question, Round
from candour.commissioning.queries.rounds.applications import Awarded
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_together
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, stricter
from candour.kernel.records.queries import seen_on


@dataclass(frozen=True)
class RoundThen:
    """round: its row as it stood, with its record; never to be saved. awards: where they had been announced by then."""

    round: Round
    criteria: list[Criterion]
    questions: list[Question]
    awards: list[Awarded]


def round_then(it: Round, *, actor: Actor, day: date) -> RoundThen | None:
    """A round at the end of a day; None where it did not stand yet, or may not be seen as it stood. Two queries or three."""
    if not seen_on(it.record, actor=actor, day=day):
        return None
    applied = Application.objects.filter(round=it.pk)
    asked: dict[str, Any] = {
        "record": Record.objects.filter(pk=it.pk),
        "round": Round.objects.filter(pk=it.pk),
        "criteria": Criterion.objects.filter(round=it.pk),
        "questions": Question.objects.filter(round=it.pk),
        "applications": applied,
        "titles": Record.objects.filter(pk__in=applied.order_by().values("pk")),
    }
    (stood,) = as_at_together(asked, (day,))
    if not stood["round"]:
        return None
    (record,), (values,) = stood["record"], stood["round"]
    then, then.record = copy(it), copy(it.record)
    for name in (field.attname for field in Round._meta.concrete_fields if field.attname in values):
        setattr(then, name, "" if values[name] is None and name in Round.words else values[name])
    then.record.title = record["title"] or ""
    then.record.owner = Post(title=record["owner_label"]) if record["owner_label"] else None
    then.record.sensitivity = stricter(record["sensitivity"], it.record.sensitivity)
    return RoundThen(
        then,
        [_row(Criterion, one) for one in _standing(stood["criteria"])],
        [_row(Question, one) for one in _standing(stood["questions"])],
        _awards(stood) if then.announced_on else [],
    )


def _standing(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted((one for one in rows if one["removed_on"] is None), key=lambda one: one["number"])


def _row(model: Any, values: dict[str, Any]) -> Any:
    """A row as it stood, to be read and never saved."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model(**{name: values[name] for name in names if name in values})


def _awards(stood: dict[str, list[dict[str, Any]]]) -> list[Awarded]:
    """Who, what for, how much: the highest first."""
    records = {one["id"]: one for one in stood["titles"]}
    given = [one for one in stood["applications"] if one["award"] and one["record_id"] in records]
    given.sort(key=lambda one: (-one["award"], records[one["record_id"]]["reference"]))
    return [Awarded(one["applicant"] or "", records[one["record_id"]]["title"] or "", one["award"]) for one in given]
