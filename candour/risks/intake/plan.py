"""What saving a proposed risk would do: dated steps, worked out once and used both to show and to save.

Nothing that stands already is a step, so that saving a paper twice changes nothing. A fact takes effect on the day that
the paper prints for it: the day the risk was first recorded, the date of an update, the last review, else the paper's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import add_months
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Sensitivity
from candour.kernel.scales.models import Scale
from candour.risks import commands
from candour.risks.models import Control, Risk
from candour.risks.queries import RiskRow

Record = Mapping[str, Any]
REDACTED = "REDACTED"
CYCLE_MONTHS = 3  # panels meet quarterly, so the paper before this one is about as old
FUTURE = (" to be ", " will be ", "will ", " being ", "to be ", "in the process", "draw up", "recruit", "implement ", "seek ")


@dataclass
class Load:
    """What every step of a load shares."""

    organisation: Organisation
    file: str
    effective: date
    actor: Actor
    at: datetime
    scale: Scale | None
    posts: dict[str, Post]

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": self.at}

    def post(self, title: str | None) -> Post | None:
        return self.posts.get(title.casefold()) if title else None


@dataclass(frozen=True)
class Step:
    """One command: the day it takes effect, what it does in words, and the doing."""

    day: date
    words: str
    run: Callable[[Load, Risk | None], Risk | None]


def day_of(record: Record, name: str) -> date | None:
    return date.fromisoformat(record[name]) if record.get(name) else None


def dated(record: Record) -> list[date]:
    """Days of the updates, oldest first."""
    return sorted(date.fromisoformat(update["date"]) for update in record.get("updates") or [] if update.get("date"))


def earlier_day(record: Record, effective: date) -> date:
    """From when what is not new in this paper is taken to have stood: it was in the last paper, a quarter ago.

    The newest day by then on which something was said of the risk, else the day it was first recorded.
    """
    quarter_ago = add_months(effective, -CYCLE_MONTHS)
    said = [day for day in dated(record) if day <= quarter_ago]
    return max(said, default=day_of(record, "first_recorded") or effective)


def steps(record: Record, standing: RiskRow | None, effective: date) -> list[Step]:
    """The steps for one record, in the order in which they took effect; a new risk is raised first."""
    found = [
        *_raised(record, standing, effective),
        *_scores(record, standing, effective),
        *_updates(record, standing, effective),
        *_controls(record, standing, effective),
        *_reviewed(record, standing),
        *_reworded(record, standing, effective),
        *_handed_over(record, standing, effective),
        *_left(record, standing, effective),
    ]
    return [*found[:1], *sorted(found[1:], key=lambda step: step.day)] if standing is None else sorted(found, key=lambda step: step.day)


def _raised(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    if standing is not None:
        return
    redacted = bool(record.get("redacted"))

    def run(load: Load, _: Risk | None) -> Risk:
        return commands.raise_risk(
            organisation=load.organisation,
            reference=record["reference"],
            title=record.get("title") or REDACTED,
            impact=None,
            likelihood=None,
            owner=load.post(record.get("owner")),
            responsible_officer=load.post(record.get("responsible_officer")),
            level="strategic",
            sensitivity=Sensitivity.RESTRICTED if redacted else Sensitivity.PUBLIC,
            event=record.get("summary") or "",
            context=record.get("information") or "",
            effective=day_of(record, "first_recorded") or effective,
            reason=f"Read from {load.file}",
            **load.said,
        )

    yield Step(day_of(record, "first_recorded") or effective, "New restricted risk" if redacted else "New risk", run)


def _scores(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    impact, likelihood = record.get("impact_value"), record.get("likelihood_value")
    if not impact or not likelihood:
        return
    score, previous = impact * likelihood, record.get("previous_score")
    day = day_of(record, "last_review") or effective
    first = day_of(record, "first_recorded") or day
    if standing is None and previous is not None:
        before = earlier_day(record, effective)
        if previous in (score, record.get("score")):
            day = min(before, day)
        elif previous % impact == 0 and previous // impact <= 5:
            yield _score(max(first, min(before, day)), impact, previous // impact, "Earlier score as printed; impact taken as unchanged")
    if standing is None or (standing.line.impact, standing.line.likelihood) != (impact, likelihood):
        yield _score(max(first, day), impact, likelihood, "As printed")


def _score(day: date, impact: int, likelihood: int, why: str) -> Step:
    def run(load: Load, risk: Risk | None) -> None:
        assert risk is not None
        reason = f"{why}, in {load.file}"
        commands.rescore(
            risk, impact=impact, likelihood=likelihood, effective=day, scale=load.scale, reason=reason, **load.said
        )

    return Step(day, f"Score {impact} × {likelihood} = {impact * likelihood}", run)


def _updates(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    known = {(update.dated, update.text) for update in standing.updates} if standing else set()
    for update in record.get("updates") or []:
        day = date.fromisoformat(update["date"]) if update.get("date") else effective
        text = update.get("text", "").strip()
        if text and (day, text) not in known:
            known.add((day, text))
            yield Step(day, "Update", _update(text, day))


def _update(text: str, day: date) -> Callable[[Load, Risk | None], None]:
    def run(load: Load, risk: Risk | None) -> None:
        assert risk is not None
        commands.record_update(risk, text=text, effective=day, reason=f"Read from {load.file}", **load.said)

    return run


def _controls(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    known = {control.text: control for control in standing.controls} if standing else {}
    printed = [control for control in record.get("controls") or [] if control.get("text", "").strip()]
    pending = pending_texts(record, [control["text"].strip() for control in printed if not control.get("removed")])
    earlier, last = earlier_day(record, effective), day_of(record, "last_review") or effective
    for control in printed:
        text = control["text"].strip()
        stands = known.get(text)
        removed = bool(control.get("removed"))
        if stands is None:
            day = last if control.get("new") or standing is not None else earlier
            yield Step(day, "Control", _control(text, day, pending=text in pending or bool(control.get("new")) or removed))
        if removed and (stands is None or stands.removed_on is None):
            yield Step(last, "Control removed", _removal(text, last))


def pending_texts(record: Record, texts: list[str]) -> set[str]:
    """Which controls are still to be put in place, where a paper does not say it control by control.

    A status of Controls Tasked or Overdue Control says that some are: those worded as still to come, and where none is, all of
    them. Any other status says that none is.
    """
    if (record.get("status") or "").casefold() not in {"controls tasked", "overdue control", "overdue controls"}:
        return set()
    to_come = {text for text in texts if any(sign in f" {text.casefold()}" for sign in FUTURE)}
    return to_come or set(texts)


def _control(text: str, day: date, *, pending: bool) -> Callable[[Load, Risk | None], None]:
    def run(load: Load, risk: Risk | None) -> None:
        assert risk is not None
        in_place = None if pending else day
        reason = f"Read from {load.file}"
        commands.add_control(risk, text=text, in_place_since=in_place, effective=day, reason=reason, **load.said)

    return run


def _removal(text: str, day: date) -> Callable[[Load, Risk | None], None]:
    def run(load: Load, risk: Risk | None) -> None:
        found = Control.objects.select_related("risk__record").filter(risk=risk, removed_on=None).order_by("pk")
        control = next((each for each in found if each.text == text), None)
        if control:
            reason = f"Marked as removed in {load.file}"
            commands.settle_control(control, answer="removed", effective=day, reason=reason, **load.said)

    return run


def _reviewed(record: Record, standing: RiskRow | None) -> Iterator[Step]:
    last = day_of(record, "last_review")
    if last is None or (standing is not None and standing.line.last_review is not None and standing.line.last_review >= last):
        return

    def run(load: Load, risk: Risk | None) -> None:
        assert risk is not None
        commands.note_review(risk, effective=last, reason=f"Last review as printed in {load.file}", **load.said)

    yield Step(last, "Review", run)


def _reworded(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    if standing is None or record.get("redacted"):
        return
    title = record.get("title") or standing.title
    event, context = record.get("summary") or standing.event, record.get("information") or standing.context
    if (title, event, context) == (standing.title, standing.event, standing.context):
        return

    def run(load: Load, risk: Risk | None) -> None:
        assert risk is not None
        commands.change_wording(
            risk,
            title=title,
            source=risk.source,
            event=event,
            effect=risk.effect,
            context=context,
            effective=effective,
            reason=f"As worded in {load.file}",
            **load.said,
        )

    yield Step(effective, "Wording", run)


def _handed_over(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    if standing is None or record.get("redacted"):
        return
    owner = record.get("owner") or standing.owner
    officer = record.get("responsible_officer") or standing.responsible_officer
    if (owner.casefold(), officer.casefold()) == (standing.owner.casefold(), standing.responsible_officer.casefold()):
        return

    def run(load: Load, risk: Risk | None) -> None:
        assert risk is not None
        commands.hand_over(
            risk,
            owner=load.post(owner),
            responsible_officer=load.post(officer),
            effective=effective,
            reason=f"As printed in {load.file}",
            **load.said,
        )

    yield Step(effective, "Owner or responsible officer", run)


def _left(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    """A risk in the section of closed risks leaves the register: to operational level where its updates say so, else closed."""
    if "closed" not in (record.get("sections") or []):
        return
    texts = [update.get("text", "").casefold() for update in (record.get("updates") or [])]
    if any("operational level" in text for text in texts):
        if standing is None or standing.line.kind == "strategic":
            yield Step(effective, "Managed at operational level", _level)
    elif standing is None or standing.line.closed_on is None:
        yield Step(effective, "Closed", _close)


def _level(load: Load, risk: Risk | None) -> None:
    assert risk is not None
    reason = f"Managed at operational level, says {load.file}"
    commands.change_level(risk, level="operational", effective=load.effective, reason=reason, **load.said)


def _close(load: Load, risk: Risk | None) -> None:
    assert risk is not None
    commands.close(risk, effective=load.effective, reason=f"Closed, says {load.file}", **load.said)
