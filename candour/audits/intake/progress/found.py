"""What a progress report brings, as it is read: its reports and their recommendations. Pure."""

from dataclasses import dataclass, field
from typing import Any

from candour.audits.intake.days import Due, ledger
from candour.audits.intake.owners import Owner, owners_of
from candour.audits.intake.words import ADVISORY
from candour.kernel.intake.document import Place
from candour.kernel.intake.lines import Line

from .labels import REPEAT


@dataclass
class Recommendation:
    """A recommendation of a report. brief: told in one line among those of the lowest priority."""

    number: str
    priority: str
    priority_text: str
    place: Place
    brief: bool = False
    broken: bool = False
    parts: dict[str, list[str]] = field(default_factory=dict)

    def part(self, name: str) -> str:
        return "\n".join(self.parts.get(name, ())).strip()

    @property
    def owners(self) -> list[Owner]:
        return owners_of(self.part("timescale"))

    @property
    def targets(self) -> list[Due]:
        return ledger(self.part("timescale"))

    def as_json(self) -> dict[str, Any]:
        repeat = REPEAT.search(f"{self.part('response')}\n{self.part('finding')}")
        targets = self.targets
        said = (repeat["what"] or f"{repeat['audit']}, {repeat['when']}, {repeat['ref']}").strip() if repeat else None
        return {
            "reference": self.number, "priority": self.priority, "priority_text": self.priority_text,
            "text": self.part("text"), "finding": self.part("finding"), "risk": self.part("risk"),
            "response_text": self.part("response"), "timescale_text": self.part("timescale"), "owners": self.owners,
            "original_target": targets[0].date if targets else None,
            "current_target": targets[-1].date if targets else None,
            "targets": [{"text": one.text, "date": one.date} for one in targets],
            "register_text": self.part("register"), "status_text": self.part("status"),
            "repeat_of": said, "place": str(self.place),
        }  # fmt: skip


@dataclass
class Report:
    """One report. counts: by priority as its table states them; said: the same from its sentences, with their words."""

    title: str
    year: str | None
    collaboration: bool
    place: Place
    opinion: str | None = None
    opinion_text: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    count_place: Place | None = None
    said: list[tuple[str, int, str, Place]] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    scope: list[str] = field(default_factory=list)
    agreed: str = ""
    reference: str = ""
    issued: str = ""  # the day of the final report, as printed
    lines: list[Line] = field(default_factory=list)
    tabled: bool = False  # known from a table of reports alone
    partly: bool = False  # its counts are those of such a table: it may set out some recommendations only

    @property
    def advisory(self) -> bool:
        return bool(ADVISORY.search(self.opinion_text))

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "year": self.year, "opinion": self.opinion, "opinion_text": self.opinion_text,
            "advisory": self.advisory, "collaboration": self.collaboration, "counts": self.counts,
            "priority_names": self.names, "scope": self.scope,
            "recommendations": [one.as_json() for one in self.recommendations], "agreed_text": self.agreed,
            "reference": self.reference, "issued_text": self.issued, "place": str(self.place),
        }  # fmt: skip
