from dataclasses import dataclass

from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Risk, Update
from tests.factories import NOW, House, a_risk
from tests.standing import standing


@dataclass
class Story:
    """A risk with three entries: raised, rescored, updated."""

    risk: Risk
    update: Update

    @property
    def record(self) -> Record:
        return Record.objects.get(pk=self.risk.pk)

    @property
    def name(self) -> str:
        """How verify calls the record."""
        return f"{self.record.reference} (records.record {self.risk.pk})"

    def entry(self, sequence: int) -> Entry:
        return Entry.objects.get(record_kind="records.record", record_id=self.risk.pk, sequence=sequence)

    def shot(self, model: str) -> Snapshot:
        """The last snapshot of the story's one row of a model."""
        return Snapshot.objects.filter(record_kind="records.record", record_id=self.risk.pk, model=model).latest("pk")


@standing
def story(house: House) -> Story:
    risk = a_risk(house)
    said = {"actor": house.actors["policy"], "at": NOW}
    commands.rescore(risk, impact=4, likelihood=3, reason="It got worse", **said)
    update = commands.record_update(risk, text="The supplier has answered", reason="At the quarter's review", **said)
    return Story(risk, update)
