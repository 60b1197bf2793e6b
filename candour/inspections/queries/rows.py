"""The frozen rows that the pages of inspections read, from plain values: of the live tables, or of a past day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.inspections import rules

LINE_FIELDS = tuple(rules.Line.__dataclass_fields__)
FACTS = tuple(
    name for name in rules.Facts.__dataclass_fields__ if name not in ("organisation", "inspectorate", "linked")
)
TEXTS = ("about", "comments", "response", "answers_why")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class StepLine:
    """A step as it is shown. left: how long its day is off, in words; late: it is not done and its day has passed."""

    which: str
    words: str
    done: str
    due: date
    done_on: date | None
    by: str
    how: str
    left: str
    late: bool
    law: bool

    @property
    def done_late(self) -> int:
        """Days after its own day on which it was done, 0 for in time."""
        return max(0, (self.done_on - self.due).days) if self.done_on else 0


@dataclass(frozen=True)
class InspectionRow:
    """An inspection as it stood on a day. texts: its long texts by name, where they were read."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    sensitivity: str
    inspectorate: str
    line: rules.Line
    state: str
    left: str
    asked: str = ""
    asked_id: int | None = None
    address: str = ""
    where: str = ""
    answers_with_id: int | None = None
    shared: bool = False
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def kind(self) -> str:
        return rules.KINDS.get(self.line.kind, self.line.kind)

    @property
    def next_words(self) -> str:
        return rules.STEPS[self.line.next_step].words if self.line.next_step else ""


@dataclass(frozen=True)
class Whole:
    """An inspection with the steps of its clock and the grades of its areas, in their order."""

    row: InspectionRow
    steps: tuple[StepLine, ...]
    grades: tuple[rules.Graded, ...]

    def step(self, which: str) -> StepLine | None:
        return next((one for one in self.steps if one.which == which), None)


def facts_of(values: Values) -> rules.Facts:
    """What the rules know of an inspection from its record and its row."""
    return rules.Facts(
        organisation=values["organisation_id"],
        inspectorate=values["inspectorate_id"],
        linked=values["answers_with_id"] is not None,
        **{name: values[name] for name in FACTS},
    )


def line_of(values: Values, steps: Iterable[Values]) -> rules.Line:
    """The read line of an inspection from its record, its row and its steps."""
    return rules.line(facts_of(values), [rules.Step(one["which"], one["due"], one["done_on"]) for one in steps])


def line_from(values: Values) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    ids = ("organisation", "inspectorate")
    return rules.Line(**{name: values[f"{name}_id" if name in ids else name] for name in LINE_FIELDS})


def inspection_row(values: Values, line: rules.Line, *, today: date) -> InspectionRow:
    """One row from plain values and its line. The state and what is left are worked out here, on `today`."""
    due = line.next_due if line.response_due and line.closed_on is None else None
    return InspectionRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        sensitivity=values["sensitivity"],
        inspectorate=values["inspectorate_label"],
        line=line,
        state=rules.state(line, today),
        left=rules.said_left(due, today) if due else "",
        asked=values.get("asked_label") or "",
        asked_id=values.get("asked_id"),
        address=values.get("address") or "",
        where=values.get("where") or "",
        answers_with_id=values.get("answers_with_id"),
        shared=bool(values.get("shared")),
        texts={name: values.get(name) or "" for name in TEXTS},
    )


def step_lines(steps: Iterable[Values], today: date) -> tuple[StepLine, ...]:
    """The steps in the order of the law’s road: as they are listed in rules.STEPS."""
    order = list(rules.STEPS)
    return tuple(
        StepLine(
            which=one["which"],
            words=rules.STEPS[one["which"]].words,
            done=rules.STEPS[one["which"]].done,
            due=one["due"],
            done_on=one["done_on"],
            by=one["by"],
            how=one["how"],
            left=rules.said_left(one["due"], today) if one["done_on"] is None else "",
            late=one["done_on"] is None and one["due"] < today,
            law=one["which"] == rules.LAW,
        )
        for one in sorted(steps, key=lambda each: order.index(each["which"]))
    )


def graded(grades: Iterable[Values], inspection: Values) -> tuple[rules.Graded, ...]:
    """The grades of one report, in its order. grades: rows with scale__name and scale__definition beside their columns."""
    return tuple(_graded(one, inspection) for one in sorted(grades, key=lambda each: (each["position"], each["id"])))


def _graded(one: Values, inspection: Values) -> rules.Graded:
    steps: Sequence[Mapping[str, Any]] = (one.get("scale__definition") or {}).get("steps", ())
    step = next((each for each in steps if each["value"] == one["grade"]), None)
    out = inspection["published_on"]
    return rules.Graded(
        area=one["area"],
        on=out or date.max,
        report=inspection["reference"],
        scale=one["scale_id"],
        scale_name=one.get("scale__name") or "",
        value=one["grade"],
        word=step["word"] if step else ("Not graded" if out else "Not yet"),
        tone=step.get("tone", "") if step else "",
        order=one["position"],
        key=inspection["record_id"],
        steps=len(steps),
    )
