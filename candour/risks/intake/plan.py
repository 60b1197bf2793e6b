"""What saving a proposed risk would do: dated steps, worked out once and used both to show and to save.

Nothing that stands already is a step, so that saving a paper twice changes nothing. A fact takes effect on the day that
the paper prints for it: the day the risk was first recorded, the date of an update, the last review, else the paper's own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from candour.kernel.records.models import Record as Spine
from candour.kernel.records.models import Sensitivity
from candour.kernel.rules import Refused
from candour.risks import commands
from candour.risks.intake.controls import control_steps
from candour.risks.intake.step import Load, Record, Step, day_of, earlier_day
from candour.risks.models import Assessment, Control, Risk, Update
from candour.risks.queries import RiskRow

REDACTED = "REDACTED"


def steps(record: Record, standing: RiskRow | None, effective: date) -> list[Step]:
    """The steps for one record after it is raised, in the order in which they take effect."""
    found = [
        *_scores(record, standing, effective),
        *_updates(record, standing, effective),
        *control_steps(record, standing, effective),
        *_reviewed(record, standing),
        *_reworded(record, standing, effective),
        *_handed_over(record, standing, effective),
        *_left(record, standing, effective),
    ]
    return sorted(found, key=lambda step: step.day)


def is_restricted(record: Record) -> bool:
    """Whether the paper redacts a risk, or prints it in its restricted appendix: nobody else may learn of it from us."""
    return bool(record.get("redacted")) or "redacted" in (record.get("sections") or [])


def new_risk(record: Record, found: Sequence[Step], load: Load) -> tuple[commands.NewRisk, list[Step]]:
    """A risk new to the register, first recorded on the day printed, and the steps that are left when it is raised.

    What the paper dates to that day is raised with it. A risk that the paper hides is restricted.
    """
    spine = Spine(
        kind="risk",
        reference=record["reference"].strip(),
        title=(record.get("title") or REDACTED).strip()[:300],
        organisation=load.organisation,
        owner=load.post(record.get("owner")),
        sensitivity=Sensitivity.RESTRICTED if is_restricted(record) else Sensitivity.PUBLIC,
    )
    risk = Risk(
        record=spine,
        level="strategic",
        event=record.get("summary") or "",
        context=record.get("information") or "",
        responsible_officer=load.post(record.get("responsible_officer")),
        first_recorded=day_of(record, "first_recorded") or load.effective,
    )
    with_it = [step for step in found if step.said and step.day == risk.first_recorded]
    raised = commands.Said(risk, risk.first_recorded, f"Read from {load.file}")
    said = commands.together([raised, *(step.said(load, risk) for step in with_it if step.said)])
    if said.reviewed:
        risk.last_review = said.day
    rows = said.of(Assessment), said.of(Control), said.of(Update)
    new = commands.NewRisk(spine, risk, *rows, reason=said.reason)
    return new, [step for step in found if step not in with_it]


def turns(found: Sequence[Step]) -> list[list[Step]]:
    """The steps of a risk that was raised, in their order, as they are taken: what can be said of one day at once."""
    taken: list[list[Step]] = []
    for _, of_day in groupby(found, key=lambda step: step.day):
        steps_of_day = list(of_day)
        said = [step for step in steps_of_day if step.said]
        taken += [*([said] if said else []), *([step] for step in steps_of_day if not step.said)]
    return taken


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
            yield _score(
                max(first, min(before, day)),
                impact,
                previous // impact,
                "Earlier score as printed; impact taken as unchanged",
            )
    if standing is None or (standing.line.impact, standing.line.likelihood) != (impact, likelihood):
        yield _score(max(first, day), impact, likelihood, "As printed")


def _score(day: date, impact: int, likelihood: int, why: str) -> Step:
    def run(load: Load, risk: Risk) -> None:
        reason = f"{why}, in {load.file}"
        commands.rescore(
            risk, impact=impact, likelihood=likelihood, effective=day, scale=load.scale, reason=reason, **load.said
        )

    def said(load: Load, risk: Risk) -> commands.Said:
        if load.scale is None:
            raise Refused("impact", f"{load.organisation} has no risk matrix yet")
        row = Assessment(risk=risk, scale=load.scale, impact=impact, likelihood=likelihood, scored_on=day)
        return commands.Said(risk, day, f"{why}, in {load.file}", (row,))

    return Step(day, f"Score {impact} × {likelihood} = {impact * likelihood}", run, said)


def _updates(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    known = {(update.dated, update.text) for update in standing.updates} if standing else set()
    for update in record.get("updates") or []:
        day = date.fromisoformat(update["date"]) if update.get("date") else effective
        text = update.get("text", "").strip()
        if text and (day, text) not in known:
            known.add((day, text))
            yield _update(text, day)


def _update(text: str, day: date) -> Step:
    def run(load: Load, risk: Risk) -> None:
        commands.record_update(risk, text=text, effective=day, reason=f"Read from {load.file}", **load.said)

    def said(load: Load, risk: Risk) -> commands.Said:
        return commands.Said(risk, day, f"Read from {load.file}", (Update(risk=risk, dated=day, text=text),))

    return Step(day, "Update", run, said)


def _reviewed(record: Record, standing: RiskRow | None) -> Iterator[Step]:
    last = day_of(record, "last_review")
    if last is None or (
        standing is not None and standing.line.last_review is not None and standing.line.last_review >= last
    ):
        return

    def run(load: Load, risk: Risk) -> None:
        commands.note_review(risk, effective=last, reason=f"Last review as printed in {load.file}", **load.said)

    def said(load: Load, risk: Risk) -> commands.Said:
        return commands.Said(risk, last, f"Last review as printed in {load.file}", reviewed=True)

    yield Step(last, "Review", run, said)


def _reworded(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
    if standing is None or record.get("redacted"):
        return
    title = record.get("title") or standing.title
    event, context = record.get("summary") or standing.event, record.get("information") or standing.context
    if (title, event, context) == (standing.title, standing.event, standing.context):
        return

    def run(load: Load, risk: Risk) -> None:
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

    def run(load: Load, risk: Risk) -> None:
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


def _level(load: Load, risk: Risk) -> None:
    reason = f"Managed at operational level, says {load.file}"
    commands.change_level(risk, level="operational", effective=load.effective, reason=reason, **load.said)


def _close(load: Load, risk: Risk) -> None:
    commands.close(risk, effective=load.effective, reason=f"Closed, says {load.file}", **load.said)
