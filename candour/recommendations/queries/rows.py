"""The frozen rows that pages, papers and exports read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.kernel.scales.rules import Words
from candour.recommendations import rules

Values = Mapping[str, Any]


@dataclass(frozen=True)
class TargetRow:
    """A line of an owner's ledger. due is None where the date is in words."""

    number: int
    text: str
    due: date | None
    set_on: date
    why: str
    approver: str


@dataclass(frozen=True)
class AskedRow:
    """A new date that an owner asks for, and that waits for an answer. due is None where it is in words."""

    pk: int
    text: str
    due: date | None
    why: str
    asked_on: date


@dataclass(frozen=True)
class OwnerRow:
    """A post that answers for the recommendation ("" where it is still to be named), with its ledger, oldest first.

    asked: the new date that waits for an answer, where the question asked for it.
    """

    pk: int
    owner: str
    owner_id: int | None
    added_on: date
    targets: tuple[TargetRow, ...]
    asked: AskedRow | None = None

    @property
    def original(self) -> TargetRow | None:
        return self.targets[0] if self.targets else None

    @property
    def current(self) -> TargetRow | None:
        return self.targets[-1] if self.targets else None

    @property
    def slips(self) -> int:
        return self.targets[-1].number if self.targets else 0


@dataclass(frozen=True)
class UpdateRow:
    """What was said for a period."""

    pk: int
    period: str
    dated: date
    by: str
    achieved: str
    left: str
    barriers: str
    text: str
    proposes_closure: bool
    evidence: str

    @property
    def answers(self) -> rules.Answers:
        return rules.Answers(self.achieved, self.left, self.barriers, self.proposes_closure, self.evidence)


@dataclass(frozen=True)
class ClosureRow:
    """A proposal to close and what became of it."""

    pk: int
    proposed_on: date
    proposed_by: str
    case: str
    lapsed_on: date | None
    answered_on: date | None
    answer: str
    decision: str
    why: str
    verified_on: date | None
    verdict: str
    found: str


@dataclass(frozen=True)
class RecommendationRow:
    """A recommendation as it stood on a day. Texts, updates and closures are empty where a list did not ask for them."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    owner_id: int | None
    sensitivity: str
    audit: str
    line: rules.Line
    status: str
    late: rules.Late
    owners: tuple[OwnerRow, ...] = ()
    printed: str = ""
    text: str = ""
    finding: str = ""
    risk: str = ""
    response_text: str = ""
    updates: tuple[UpdateRow, ...] = ()  # oldest first
    closures: tuple[ClosureRow, ...] = ()  # oldest first
    shared: bool = False
    repeat_of_id: int | None = None
    came_from_id: int | None = None

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def stage(self) -> rules.Stage:
        return rules.stage(self.line)

    @property
    def printed_target(self) -> str:
        """The first present date that is in words, as printed; "" where each is a day."""
        current = (owner.current for owner in self.owners)
        return next((target.text for target in current if target and target.due is None), "")

    @property
    def closure(self) -> ClosureRow | None:
        """The proposal that counts: the last that has not lapsed."""
        return next((each for each in reversed(self.closures) if each.lapsed_on is None), None)

    @property
    def flagged(self) -> bool:
        return rules.flagged(self.line)


def line_of(
    values: Values,
    *,
    assignments: Iterable[Values],
    targets: Iterable[Values],
    updates: Iterable[Values],
    closures: Iterable[Values],
    scales: Mapping[int, Words],
) -> rules.Line:
    """The read line from plain values: of the live tables, or of the states of a past day."""
    standing = {row["id"] for row in assignments if row["removed_on"] is None}
    scale = scales.get(values["priority_scale_id"] or 0)
    step = scale.step(values["priority"]) if scale else None
    return rules.line(
        rules.Facts(
            organisation=values["organisation_id"],
            sensitivity=values["sensitivity"],
            source=values["source"],
            response=values["response"],
            reported_on=values["reported_on"],
            first_reported=values["first_reported"],
            outcome=values["outcome"],
            closed_on=values["closed_on"],
            rank=step.value if step else rules.NO_PRIORITY,
            priority=step.word if step else values["priority_text"],
            tone=step.tone if step else "",
        ),
        targets=[
            rules.Target(row["assignment_id"], row["number"], row["text"], row["due"])
            for row in targets
            if row["assignment_id"] in standing
        ],
        owners=len(standing),
        closures=[
            rules.Closure(row["proposed_on"], row["answered_on"], row["answer"], row["verdict"], row["lapsed_on"])
            for row in sorted(closures, key=lambda row: row["id"])
        ],
        updates=[row["dated"] for row in updates],
    )


def owner_rows(
    assignments: Iterable[Values], targets: Sequence[Values], asked: Iterable[Values] = ()
) -> tuple[OwnerRow, ...]:
    """The owners that stand, in the order in which they were named, each with its ledger and the date that it asks for."""
    waiting = {row["assignment_id"]: asked_row(row) for row in asked if not row["answer"]}
    standing = sorted((row for row in assignments if row["removed_on"] is None), key=lambda row: row["id"])
    ordered = sorted(targets, key=lambda row: row["number"])
    return tuple(
        OwnerRow(
            row["id"],
            row["owner_label"] or "",
            row["owner_id"],
            row["added_on"],
            tuple(_target(each) for each in ordered if each["assignment_id"] == row["id"]),
            waiting.get(row["id"]),
        )
        for row in standing
    )


def _target(row: Values) -> TargetRow:
    return TargetRow(row["number"], row["text"], row["due"], row["set_on"], row["why"], row["approver"])


def asked_row(row: Values) -> AskedRow:
    return AskedRow(row["id"], row["text"], row["due"], row["why"], row["asked_on"])


def update_row(row: Values) -> UpdateRow:
    names = ("period", "dated", "achieved", "left", "barriers", "text", "proposes_closure", "evidence")
    return UpdateRow(pk=row["id"], by=row["by_label"] or "", **{name: row[name] for name in names})


def closure_row(row: Values) -> ClosureRow:
    names = ("proposed_on", "case", "lapsed_on", "answered_on", "answer", "why", "verified_on", "verdict", "found")
    by, decision = row["proposed_by_label"] or "", row["decision_label"] or ""
    return ClosureRow(pk=row["id"], proposed_by=by, decision=decision, **{name: row[name] for name in names})


def recommendation_row(
    values: Values,
    *,
    line: rules.Line,
    today: date,
    assignments: Iterable[Values] = (),
    targets: Sequence[Values] = (),
    updates: Iterable[Values] = (),
    closures: Iterable[Values] = (),
    asked: Iterable[Values] = (),
) -> RecommendationRow:
    """One row from plain values. Status and lateness are worked out here, on `today`."""
    return RecommendationRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        owner_id=values["owner_id"],
        sensitivity=values["sensitivity"],
        audit=values["audit"],
        line=line,
        status=rules.status(line, today),
        late=rules.late(line, today),
        owners=owner_rows(assignments, targets, asked),
        printed=values.get("printed", ""),
        text=values.get("text", ""),
        finding=values.get("finding", ""),
        risk=values.get("risk", ""),
        response_text=values.get("response_text", ""),
        updates=tuple(update_row(row) for row in sorted(updates, key=lambda row: (row["dated"], row["id"]))),
        closures=tuple(closure_row(row) for row in sorted(closures, key=lambda row: row["id"])),
        shared=bool(values.get("shared")),
        repeat_of_id=values.get("repeat_of_id"),
        came_from_id=values.get("came_from_id"),
    )
