"""Something good for the commands of retention: a record that is due, a hold that stands, a removal that waits."""

from datetime import date
from typing import Any

from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record
from candour.kernel.retention import commands
from candour.kernel.retention.models import Hold, Period, Removal
from candour.kernel.retention.queries.removals import look_for
from candour.risks import commands as risks
from candour.risks.models import Risk
from tests.everywhere.world import World
from tests.factories import NOW, TODAY, a_risk

DUE = "K0001"


def a_due_record(world: World) -> Record:
    """A risk of the office that was closed years ago and whose period has passed; made once."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
    if not Record.objects.filter(reference=DUE).exists():
        if not Period.objects.exists():
            given = {"kind": "risk", "years": 2, "starts": date(2020, 1, 1), "basis": "The schedule"}
            commands.set_period(world.house.office, **given, **said)
        risk = a_risk(world.house, reference=DUE, effective=date(2020, 2, 1))
        risks.close(risk, reason="It is over", effective=date(2021, 2, 1), **said)
    return Record.objects.select_related("organisation").get(reference=DUE)


def a_hold(world: World) -> Hold:
    """A hold on the risk that is seen; made once."""
    record = Record.objects.get(pk=world.risks["proposed"].pk)
    if not Hold.objects.exists():
        commands.hold(record, actor=CANDOUR, at=NOW, reason="A claim")
    return Hold.objects.select_related("record__organisation").get()


def a_removal(world: World) -> Removal:
    """A removal of words of the risk that is seen, which nobody in this world asked for; made once."""
    if not Removal.objects.exists():
        record = Record.objects.get(pk=world.risks["seen"].pk)
        codes = [row.code for row in look_for(record, "An update").rows]
        said = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
        commands.ask_removal(record, words="An update", places=codes, files=[], **said)
    return Removal.objects.select_related("record__organisation").get()


def of_keeping(world: World, name: str) -> dict[str, Any]:
    """By the parameters of a command; what it needs first is made, once."""
    if not name.startswith("candour.kernel.retention."):
        return {}
    seen = Risk.objects.get(pk=world.risks["seen"].pk).record
    due = a_due_record(world) if "dispos" in name else seen
    words = "An update"
    return {
        "record": due,
        "records": [due],
        "kind": "audit",
        "years": 7,
        "starts": TODAY,
        "basis": "The schedule",
        "standing": a_hold(world) if name.endswith(".lift") else None,
        "removal": a_removal(world) if name.endswith("_removal") and ".ask_" not in name else None,
        "words": words,
        "places": [row.code for row in look_for(seen, words).rows],
        "files": [],
    }
