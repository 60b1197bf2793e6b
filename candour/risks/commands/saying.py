"""What a load says of many risks that it has raised: one thing of each, in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording_many
from candour.kernel.rules import Refused, need_reason
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, Control, Risk, Update

EVENTS = {
    Assessment: ("risk.rescored", RiskPermission.REVIEW),
    Update: ("risk.updated", RiskPermission.REVIEW),
    Control: ("risk.control_added", RiskPermission.CHANGE),
    None: ("risk.reviewed", RiskPermission.REVIEW),
}


@dataclass(frozen=True)
class Said:
    """One thing said of a risk: a row of it that is not yet saved, or that it was reviewed; from which day, and why."""

    risk: Risk
    day: date
    reason: str
    row: Assessment | Update | Control | None = None

    @property
    def what(self) -> type[Assessment] | type[Update] | type[Control] | None:
        """Which of EVENTS it is."""
        return type(self.row) if self.row is not None else None


def say_many(said: Sequence[Said], *, actor: Actor, at: datetime) -> None:
    """Record one thing of each of some risks that were just raised, an entry each, those of one event together.

    Raises Refused for a level that the scale does not have, and ValueError where a risk comes twice.
    """
    if len({each.risk.pk for each in said}) != len(said):
        raise ValueError("one thing of each risk at a time: its history has an order")
    for what, (event, permission) in EVENTS.items():
        alike = [each for each in said if each.what is what]
        for each in alike:
            require(actor, permission, each.risk.record)
            on_its_scale(each)
        if alike:
            _record(event, alike, actor=actor, at=at)


def on_its_scale(said: Said) -> None:
    """Raises Refused, naming the risk, for a score that its scale does not have."""
    if isinstance(said.row, Assessment):
        try:
            said.row.scale.matrix().score(said.row.impact, said.row.likelihood)
        except ValueError as off_scale:
            message = f"{said.risk.record.reference}: Choose a level of the scale: {off_scale}"
            raise Refused("records", message) from None


def _record(event: str, said: Sequence[Said], *, actor: Actor, at: datetime) -> None:
    records = [each.risk.record for each in said]
    days = {each.risk.pk: each.day for each in said}
    reasons = {each.risk.pk: need_reason(each.reason) for each in said}
    with recording_many(event, records, actor=actor, at=at, reasons=reasons, days=days):
        for model in (Assessment, Update, Control):
            model.objects.bulk_create([each.row for each in said if isinstance(each.row, model)])
        if reviewed := [each for each in said if each.row is None]:
            for each in reviewed:
                each.risk.last_review = each.day
            Risk.objects.bulk_update([each.risk for each in reviewed], ["last_review"])
