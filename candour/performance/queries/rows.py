"""The frozen rows that the pages of measures read, from plain values: of the live tables, or of a past day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from candour.performance import rules

LINE_FIELDS = tuple(rules.Line.__dataclass_fields__)
FACTS = tuple(name for name in rules.Facts.__dataclass_fields__ if name != "organisation")
TEXTS = ("counts", "source", "revisions")
SHOWN = (
    "places",
    "per",
    "smallest",
    "due_days",
    "baseline_first",
    "baseline_last",
    "tolerance",
    "mean",
    "own_in",
    "defined_on",
)

Values = Mapping[str, Any]


@dataclass(frozen=True)
class MeasureRow:
    """A measure as it stood on a day. texts: its long texts by name, where they were read."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    sensitivity: str
    line: rules.Line
    state: str
    exception: bool
    places: int
    per: int
    smallest: int
    due_days: int
    tolerance: Decimal | None
    mean: str
    own_in: bool
    defined_on: date
    baseline: tuple[date, date] | None = None
    shared: bool = False
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def said(self) -> str:
        return self.say(self.line.value)

    @property
    def target(self) -> str:
        return self.say(self.line.target) if self.line.target is not None else ""

    @property
    def period(self) -> str:
        return self.say_period(self.line.last_period) if self.line.last_period else ""

    @property
    def variation(self) -> str:
        return rules.VARIATION_WORDS[self.line.variation]

    @property
    def assurance(self) -> str:
        return rules.ASSURANCE_WORDS[self.line.assurance]

    @property
    def against(self) -> str:
        """The newest figure held against the target: a key of AGAINST_WORDS."""
        return rules.against(self.line.value, self.line.target, self.tolerance, self.line.better)

    @property
    def spark(self) -> tuple[Decimal | None, ...]:
        parts = self.line.spark.split(",") if self.line.spark else []
        return tuple(Decimal(part) if part else None for part in parts)

    def say(self, value: Decimal | None) -> str:
        """A figure as this measure writes it."""
        return rules.say(value, self.line.unit, self.places, self.per)

    def say_period(self, period: date) -> str:
        return rules.say_period(period, self.line.frequency)


def facts_of(values: Values) -> rules.Facts:
    """What the rules know of a measure from its record and its row."""
    return rules.Facts(organisation=values["organisation_id"], **{name: values[name] for name in FACTS})


def process_of(values: Values, points: Sequence[rules.Point], breaks: Iterable[Values]) -> rules.Process:
    """The series of a measure under its limits, from its row, its figures and the breaks that stand."""
    edges = [one["period"] for one in breaks if one["removed_on"] is None]
    return rules.reading_of(facts_of(values), points, edges)


def line_of(values: Values, process: rules.Process, explanations: Iterable[Values]) -> rules.Line:
    """The read line of a measure from its record, its row, its series and what was asked of it."""
    asked = [rules.Request(one["period"], one["due"], one["answered_on"]) for one in explanations]
    return rules.line(facts_of(values), process, asked)


def line_from(values: Values) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(**{name: values["organisation_id" if name == "organisation" else name] for name in LINE_FIELDS})


def measure_row(values: Values, line: rules.Line, *, today: date) -> MeasureRow:
    """One row from plain values and its line. The state is worked out here, on `today`."""
    first, last = values["baseline_first"], values["baseline_last"]
    return MeasureRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        sensitivity=values["sensitivity"],
        line=line,
        state=rules.state(line, today),
        exception=rules.is_exception(line, today),
        places=values["places"],
        per=values["per"],
        smallest=values["smallest"],
        due_days=values["due_days"],
        tolerance=values["tolerance"],
        mean=values["mean"],
        own_in=values["own_in"],
        defined_on=values["defined_on"],
        baseline=(first, last) if first and last else None,
        shared=bool(values.get("shared")),
        texts={name: values.get(name) or "" for name in TEXTS},
    )
