"""Entries of the history told in plain words: a title, what moved, why, who; and field by field for who wants all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Change, Event
from candour.kernel.records.telling import Diff, Group, Shown, Told, group_of, shown_as, told_as
from candour.risks.queries import ControlRow, Others, ScorePoint
from candour.risks.views.titles import ASSESSMENT, CONTROL, UPDATE, title_of
from candour.risks.views.words import WORDS, field_words, value_words

ATTACHED = {"actions.action": "text", "evidence.file": "name"}  # what a new row of each is told by


@dataclass(frozen=True)
class Known:
    """What an entry must be read beside: the scores in order, what each control says, and the other records that it
    names by their numbers, where the reader may see them."""

    points: Sequence[ScorePoint]
    controls: Mapping[int, str]
    others: Others = field(default_factory=Others)

    @classmethod
    def of(cls, points: Sequence[ScorePoint], controls: Iterable[ControlRow], others: Others | None = None) -> "Known":
        return cls(points, {control.pk: control.text for control in controls}, others or Others())

    def other(self, number: Any) -> str:
        """What another record is called here."""
        return self.others.names.get(number, "another record") if isinstance(number, int) else ""

    def ends(self, event: Event) -> tuple[str, ...]:
        """The records that the links of an entry lead to, as far as they may be named."""
        found = (self.others.ends.get(each.key, "") for each in event.changes if each.model == "records.link")
        return tuple(words for words in found if words)

    def linked(self, number: int) -> str:
        """What the record at the other end of a link is called here."""
        return self.others.of_links.get(number, "Another risk")


def told(event: Event, known: Known) -> Told:
    """An entry for the timeline."""
    event = replace(event, ends=known.ends(event))
    scored = score_words(event, known.points)
    return told_as(event, title_of(event, known, scored), tuple(_texts(event, known, scored)))


def score_words(event: Event, points: Sequence[ScorePoint]) -> str:
    """ "raised from 8 to 12", "lowered from 9 to 6", "set at 9"; empty where the entry scored nothing."""
    if event.event == "risk.score_agreed":
        return _agreed(event, points)
    for change in event.changes:
        values = _values(change)
        if change.model != ASSESSMENT or not change.new or values.get("purpose") != "current" or values["proposed"]:
            continue
        score = values["impact"] * values["likelihood"]
        before = [point.score for point in points if point.since.isoformat() < values["scored_on"]]
        if not before:
            return f"set at {score}"
        if before[-1] == score:
            return f"stays {score}, as {values['impact']} × {values['likelihood']}"
        return f"{'raised' if score > before[-1] else 'lowered'} from {before[-1]} to {score}"
    return ""


def _agreed(event: Event, points: Sequence[ScorePoint]) -> str:
    """What agreeing a proposed score did: it is the score from the day on which it was agreed."""
    upto = [point.score for point in points if point.since <= event.effective]
    if len(upto) < 2:
        return f"set at {upto[-1]}" if upto else ""
    return f"{'raised' if upto[-1] > upto[-2] else 'lowered'} from {upto[-2]} to {upto[-1]}"


def _texts(event: Event, known: Known, scored: str) -> Iterable[str]:
    if event.event == "risk.raised" and scored:
        yield f"Score {scored}."
    for change in event.changes:
        values = _values(change)
        if change.model == CONTROL and event.event != "risk.merged":
            yield from _control_texts(change, values, known, single=event.event == "risk.control_settled")
        elif change.model == UPDATE and change.new and values["text"] != event.reason:
            yield values["text"]
        elif change.model == CONTROL and change.new:
            yield f"Took in: {values['text'].rstrip('.')}."
        elif change.model == ASSESSMENT and change.new and (values["purpose"] != "current" or values["proposed"]):
            yield f"Score {values['impact'] * values['likelihood']}, as {values['impact']} × {values['likelihood']}."
        elif change.model in ATTACHED and change.new:
            yield f"{values[ATTACHED[change.model]].rstrip('.')}."
        elif not change.new:
            yield from _plain_texts(change)


def _control_texts(change: Change, values: Mapping[str, Any], known: Known, *, single: bool) -> Iterable[str]:
    text = known.controls.get(change.key) or change.label
    if change.new:
        ends = f", due {_day(values['due'])}" if values.get("due") else ""
        ends = f", in place since {_day(values['in_place_since'])}" if values.get("in_place_since") else ends
        yield f"{values['text'].rstrip('.')}{ends}."
        return
    if change.get("removed_on"):
        said = "removed"
    elif change.get("pending"):
        said = "in place"
    elif due := change.get("due"):
        said = f"due {_day(due[1])}" + (f", was {_day(due[0])}" if due[0] else "")
    elif (effect := change.get("effect")) and effect[1] == "in part":
        said = "works in part"
    else:
        said = ""
    if single:
        yield f"{text.rstrip('.')}{f': {said}' if change.get('due') else ''}."
    elif said:
        yield f"{text.rstrip('.')}: {said}."


PLAIN = (
    *("level", "owner", "responsible_officer", "sensitivity", "title", "response", "category"),
    *("joint_with", "joint_reference"),
)


def _plain_texts(change: Change) -> Iterable[str]:
    for name, old, new in change.fields:
        if name in PLAIN:
            was, now = (value_words(change.model, name, value) or "none" for value in (old, new))
            yield f"{field_words(change.model, name)} from {was} to {now}."


def _values(change: Change) -> dict[str, Any]:
    return {name: new for name, _, new in change.fields}


def _day(text: str) -> str:
    return say_date(date.fromisoformat(text))


def shown(event: Event, known: Known) -> Shown:
    """An entry for the page of history: everything that it changed, old beside new."""
    return shown_as(event, told(event, known), tuple(_group(change, event, known) for change in event.changes))


def _group(change: Change, event: Event, known: Known) -> Group:
    if change.model == ASSESSMENT and change.new:
        return Group("", tuple(_score_diffs(_values(change), known.points)), change.model, change.key)
    title = known.controls.get(change.key, "") if change.model == CONTROL and not change.new else ""
    return group_of(change, event, WORDS, other=known.other, title=title, telling="pending")


def _score_diffs(values: Mapping[str, Any], points: Sequence[ScorePoint]) -> Iterable[Diff]:
    """Impact, likelihood and score beside what stood before; of a target or an inherent score only what is new."""
    current = values["purpose"] == "current" and not values["proposed"]
    which = "proposed" if values["proposed"] else values["purpose"]
    before = [point for point in points if current and point.since.isoformat() < values["scored_on"]]
    here = next((point for point in points if point.since.isoformat() == values["scored_on"]), None)
    prefix = "" if current else f"{which.capitalize()} "
    for axis in ("impact", "likelihood"):
        new = values[axis]
        word = f" {here.matrix.word(axis, new)}" if here and current else ""  # type: ignore[arg-type]
        old = getattr(before[-1], axis) if before else None
        if old != new:
            was = f"{old} {before[-1].matrix.word(axis, old)}" if before else ""  # type: ignore[arg-type]
            yield Diff(f"{prefix}{axis}".capitalize(), was, f"{new}{word}", f"{which} {axis}", old)
    score = values["impact"] * values["likelihood"]
    if not before or before[-1].score != score:
        yield Diff(f"{prefix}score".capitalize(), str(before[-1].score) if before else "", f"{score}, worked out")
    if not before or before[-1].matrix.name != values["scale"]:
        yield Diff("Scale", before[-1].matrix.name if before else "", str(values["scale"]))


def passed_dates(controls: Iterable[ControlRow], *, tag: str) -> list[Told]:
    """What no one entered: a control that is past its date, told on the day it was due."""
    return [
        Told(
            day=control.due,
            title="Control passed its date",
            texts=(f"{control.text.rstrip('.')}.",),
            by="Worked out by Candour from the due date",
            tag=tag,
            tone="red",
        )
        for control in controls
        if control.state == "overdue" and control.due
    ]


def named_in(happened: Iterable[Event]) -> dict[str, set[int]]:
    """The numbers of other records that some entries name, and of the links that they change: as others_of takes them."""
    records: set[Any] = set()
    links: set[int] = set()
    for event in happened:
        for change in event.changes:
            if change.model == "records.link":
                links.add(change.key)
            for name, old, new in change.fields:
                if (change.model, name) in WORDS.others:
                    records |= {old, new}
    return {"records": {number for number in records if isinstance(number, int)}, "links": links}
