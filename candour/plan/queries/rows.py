"""The frozen rows that the pages of plans read, from plain values: of the live tables, or of a past day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.kernel.scales.rules import Words
from candour.plan import rules

LINE_FIELDS = tuple(rules.Line.__dataclass_fields__)
KEYS = ("organisation", "plan", "objective")
FACTS = ("starts", "original_due", "due", "proposed_on", "outcome", "every", "added_on")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class PlanRow:
    """A plan as it stood on a day."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    sensitivity: str
    sort: str
    aim: str
    starts: date
    ends: date
    published_on: date | None
    closed_on: date | None
    every: int = 3

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def state(self) -> str:
        if self.closed_on:
            return "Over"
        return "Published" if self.published_on else "Draft"


@dataclass(frozen=True)
class PriorityRow:
    pk: int
    number: str
    title: str
    text: str
    lead: str
    place: int


@dataclass(frozen=True)
class Said:
    """What was said of an activity on a day. word, stands: of its rating; proposes: that it is done."""

    on: date
    achieved: str
    left: str
    barriers: str
    word: str
    stands: str
    proposes: bool
    by: str


@dataclass(frozen=True)
class SuccessRow:
    """What good looks like. agreed: by whom and when, "" while nobody agreed it."""

    pk: int
    text: str
    agreed_on: date | None
    agreed_by: str


@dataclass(frozen=True)
class DiveRow:
    """A deep dive. late: not answered, and its day has passed."""

    pk: int
    asked_by: str
    post: str
    post_id: int
    asked: str
    asked_on: date
    due: date
    answer: str
    answered_on: date | None
    late: bool


@dataclass(frozen=True)
class ActivityRow:
    """An activity as it stood on a day. under, under_title: its objective, "" where the reader does not see that.

    meaning: what its rating means in the body's own words. last, successes: where they were read.
    """

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
    at_risk: bool
    update: str
    lead: str = ""
    said_owner: str = ""
    said_due: str = ""
    text: str = ""
    every: int = 3
    under: str = ""
    under_title: str = ""
    shared: bool = False
    last: Said | None = None
    successes: tuple[SuccessRow, ...] = ()

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def slipped(self) -> bool:
        return self.line.slips > 0


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective as it stood on a day, with how its activities stand and what covers it, as far as the reader sees.

    cover: None where it is not known, as on a past day.
    """

    pk: int
    reference: str
    number: str
    title: str
    organisation_id: int
    organisation_code: str
    owner: str
    sensitivity: str
    outcome: str
    priority: int
    place: int
    closed_on: date | None
    tally: rules.Tally
    cover: rules.Cover | None = None
    activities: tuple[ActivityRow, ...] = ()
    successes: tuple[SuccessRow, ...] = ()
    dives: tuple[DiveRow, ...] = ()

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def state(self) -> str:
        """The worst state of its activities; Closed once it is."""
        return "Closed" if self.closed_on else self.tally.worst

    @property
    def gaps(self) -> tuple[rules.Gap, ...]:
        return rules.gaps(self.cover) if self.cover and not self.closed_on else ()


def facts_of(values: Values, scales: Mapping[int, Words]) -> rules.Facts:
    """What the rules know of an activity from its record and its row."""
    step = rules.step_of(scales, values["scale_id"], values["rating"])
    return rules.Facts(
        organisation=values["organisation_id"],
        plan=values["plan_id"],
        objective=values["objective_id"],
        sensitivity=values["sensitivity"],
        closed_on=values["closed_on"],
        stands=step.stands if step else "",
        word=step.word if step else "",
        **{name: values[name] for name in FACTS},
    )


def line_of(values: Values, scales: Mapping[int, Words], updates: Iterable[date], slips: int) -> rules.Line:
    """The read line of an activity from its record, its row, its updates and its slips."""
    return rules.line(facts_of(values, scales), tuple(updates), slips)


def line_from(values: Values) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(**{name: values[f"{name}_id" if name in KEYS else name] for name in LINE_FIELDS})


def activity_row(values: Values, line: rules.Line, *, today: date, **more: Any) -> ActivityRow:
    """One row from plain values and its line. The state is worked out here, on `today`."""
    return ActivityRow(
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
        at_risk=rules.is_at_risk(line, today),
        update=rules.update_state(line, today),
        lead=values.get("lead_label") or "",
        said_owner=values.get("said_owner") or "",
        said_due=values.get("said_due") or "",
        text=values.get("text") or "",
        every=values.get("every") or 3,
        shared=bool(values.get("shared")),
        **more,
    )


def plan_row(values: Values) -> PlanRow:
    names = ("reference", "title", "organisation_id", "organisation_code", "sensitivity", "closed_on")
    own = ("sort", "aim", "starts", "ends", "published_on", "every")
    return PlanRow(
        pk=values["record_id"],
        organisation=values["organisation_label"],
        owner=values["owner_label"] or "",
        **{name: values[name] for name in (*names, *own)},
    )


def priority_row(values: Values) -> PriorityRow:
    names = ("number", "title", "text", "place")
    return PriorityRow(pk=values["id"], lead=values["lead_label"] or "", **{name: values[name] for name in names})


def objective_row(values: Values, *, tally: rules.Tally, **more: Any) -> ObjectiveRow:
    names = ("reference", "number", "title", "organisation_id", "organisation_code", "sensitivity", "outcome")
    return ObjectiveRow(
        pk=values["record_id"],
        owner=values["owner_label"] or "",
        priority=values["priority_id"],
        place=values["place"],
        closed_on=values["closed_on"],
        tally=tally,
        **{name: values[name] for name in names},
        **more,
    )


def said_row(values: Values, scales: Mapping[int, Words]) -> Said:
    step = rules.step_of(scales, values["scale_id"], values["rating"])
    return Said(
        **{name: values[name] for name in ("on", "achieved", "left", "barriers", "proposes")},
        word=step.word if step else "",
        stands=step.stands if step else "",
        by=values["by_label"] or "",
    )


def said_rows(rows: Iterable[Values], scales: Mapping[int, Words]) -> tuple[Said, ...]:
    """What was said, newest first."""
    return tuple(said_row(row, scales) for row in sorted(rows, key=lambda row: (row["on"], row["id"]), reverse=True))


def success_rows(rows: Iterable[Values]) -> tuple[SuccessRow, ...]:
    """What good looks like, in the order in which it was written; what was taken out is not there."""
    held = sorted((row for row in rows if row["removed_on"] is None), key=lambda row: row["id"])
    return tuple(SuccessRow(row["id"], row["text"], row["agreed_on"], row["agreed_by"]) for row in held)


def dive_rows(rows: Iterable[Values], today: date) -> tuple[DiveRow, ...]:
    """Deep dives, those that are owed first, then the newest."""
    names = ("asked_by", "post_id", "asked", "asked_on", "due", "answer", "answered_on")
    found = [
        DiveRow(
            pk=row["id"],
            post=row["post_label"] or "",
            late=row["answered_on"] is None and row["due"] < today,
            **{name: row[name] for name in names},
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.answered_on is not None, -one.asked_on.toordinal(), one.pk)))
