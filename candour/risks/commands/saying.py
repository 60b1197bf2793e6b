"""What a load says of many risks that it has raised: of each what it dates to one day, in batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording_many
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.rules import Matrix
from candour.risks.access import RiskPermission
from candour.risks.models import Assessment, Control, Risk, Update

# What an entry is called, by what it says; one that says several things is called by the first of them.
EVENTS = {
    None: ("risk.reviewed", RiskPermission.REVIEW),
    Assessment: ("risk.rescored", RiskPermission.REVIEW),
    Control: ("risk.control_added", RiskPermission.CHANGE),
    Update: ("risk.updated", RiskPermission.REVIEW),
}
Row = TypeVar("Row", Assessment, Control, Update)
What = type[Assessment] | type[Control] | type[Update] | None


@dataclass(frozen=True)
class Said:
    """What is said of one risk: rows of it that are not yet saved, and whether it was reviewed; from which day, and why."""

    risk: Risk
    day: date
    reason: str
    rows: tuple[Assessment | Update | Control, ...] = ()
    reviewed: bool = False

    @property
    def kinds(self) -> list[What]:
        """Which of EVENTS it is, in their order."""
        held = {*map(type, self.rows), *([None] if self.reviewed else ())}
        return [kind for kind in EVENTS if kind in held]

    def of(self, kind: type[Row]) -> list[Row]:
        """Its rows of one kind."""
        return [row for row in self.rows if isinstance(row, kind)]


def together(said: Sequence[Said]) -> Said:
    """What is said of one risk from one day on, as one thing, with every reason for it once."""
    first = said[0]
    rows = tuple(row for each in said for row in each.rows)
    reason = "; ".join(dict.fromkeys(each.reason for each in said))
    return Said(first.risk, first.day, reason, rows, any(each.reviewed for each in said))


def say_many(said: Sequence[Said], *, actor: Actor, at: datetime) -> None:
    """Record what is said of each of some risks that were just raised, an entry each, those of one event together.

    Raises Refused for a level that the scale does not have, and ValueError where a risk comes twice or nothing is said of one.
    """
    if not all(each.kinds for each in said):
        raise ValueError("nothing is said of one of the risks")
    if len({each.risk.pk for each in said}) != len(said):
        raise ValueError("one thing of each risk at a time: its history has an order")
    for each in said:
        for kind in each.kinds:
            require(actor, EVENTS[kind][1], each.risk.record)
    on_their_scales(row for each in said for row in each.of(Assessment))
    for called, (event, _) in EVENTS.items():
        if alike := [each for each in said if each.kinds[:1] == [called]]:
            _record(event, alike, actor=actor, at=at)


def on_their_scales(scores: Iterable[Assessment]) -> None:
    """Raises Refused, naming the risk, for a score that its scale does not have."""
    matrices: dict[int, Matrix] = {}
    for row in scores:
        if row.scale_id not in matrices:
            matrices[row.scale_id] = row.scale.matrix()
        try:
            matrices[row.scale_id].score(row.impact, row.likelihood)
        except ValueError as off_scale:
            message = f"{row.risk.record.reference}: Choose a level of the scale: {off_scale}"
            raise Refused("records", message) from None


def _record(event: str, said: Sequence[Said], *, actor: Actor, at: datetime) -> None:
    records = [each.risk.record for each in said]
    days = {each.risk.pk: each.day for each in said}
    reasons = {each.risk.pk: need_reason(each.reason) for each in said}
    with recording_many(event, records, actor=actor, at=at, reasons=reasons, days=days):
        Assessment.objects.bulk_create([row for each in said for row in each.of(Assessment)])
        Update.objects.bulk_create([row for each in said for row in each.of(Update)])
        Control.objects.bulk_create([row for each in said for row in each.of(Control)])
        if reviewed := [each for each in said if each.reviewed]:
            for each in reviewed:
                each.risk.last_review = each.day
            Risk.objects.bulk_update([each.risk for each in reviewed], ["last_review"])
