"""A risk with a control, and whoever acts on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from candour.kernel.history.queries import entries_of, events
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Control, Risk, RiskLine
from tests.factories import NOW, TODAY, House, a_risk

RAISED = date(2026, 1, 10)
PAST, FUTURE = TODAY - timedelta(days=30), TODAY + timedelta(days=30)


@dataclass
class Case:
    """A risk with a control, and whoever acts on it."""

    house: House
    risk: Risk
    control: Control

    def said(self, actor: str = "policy", reason: str = "Because") -> dict[str, Any]:
        return {"actor": self.house.actors[actor], "at": NOW, "reason": reason}

    def record(self) -> Record:
        return Record.objects.get(pk=self.risk.pk)

    def fresh(self) -> Risk:
        return Risk.objects.select_related("record").get(pk=self.risk.pk)

    def last(self) -> tuple[str, date, str]:
        (event,) = events([entries_of(self.risk.record)[0]])
        return event.event, event.effective, event.reason

    def line(self) -> dict[str, Any]:
        return RiskLine.objects.filter(pk=self.risk.pk).values().get()


def a_case(house: House) -> Case:
    risk = a_risk(house, effective=RAISED)
    control = commands.add_control(
        risk,
        text="Agree the plan",
        due=PAST,
        owner=house.posts["owner"],
        actor=house.actors["policy"],
        at=NOW,
        reason="Tasked",
        effective=RAISED,
    )
    return Case(house, Risk.objects.select_related("record").get(pk=risk.pk), Control.objects.get(pk=control.pk))
