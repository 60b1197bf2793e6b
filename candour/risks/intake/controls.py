"""What a paper's list of controls makes of a risk's: added, new, still to come, removed."""

from collections.abc import Callable, Iterator
from datetime import date

from candour.risks import commands
from candour.risks.intake.step import Load, Record, Step, day_of, earlier_day
from candour.risks.models import Control, Risk
from candour.risks.queries import RiskRow

FUTURE = (
    " to be ",
    " will be ",
    "will ",
    " being ",
    "to be ",
    "in the process",
    "draw up",
    "recruit",
    "implement ",
    "seek ",
)


def control_steps(record: Record, standing: RiskRow | None, effective: date) -> Iterator[Step]:
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
            yield _control(text, day, pending=text in pending or bool(control.get("new")) or removed)
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


def _control(text: str, day: date, *, pending: bool) -> Step:
    in_place = None if pending else day

    def run(load: Load, risk: Risk) -> None:
        reason = f"Read from {load.file}"
        commands.add_control(risk, text=text, in_place_since=in_place, effective=day, reason=reason, **load.said)

    def said(load: Load, risk: Risk) -> commands.Said:
        row = Control(risk=risk, text=text, pending=pending, in_place_since=in_place, added_on=day)
        return commands.Said(risk, day, f"Read from {load.file}", (row,))

    return Step(day, "Control", run, said)


def _removal(text: str, day: date) -> Callable[[Load, Risk], None]:
    def run(load: Load, risk: Risk) -> None:
        found = Control.objects.select_related("risk__record").filter(risk=risk, removed_on=None).order_by("pk")
        control = next((each for each in found if each.text == text), None)
        if control:
            reason = f"Marked as removed in {load.file}"
            commands.settle_control(control, answer="removed", effective=day, reason=reason, **load.said)

    return run
