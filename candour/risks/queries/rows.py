"""The frozen rows that pages, papers and exports read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.kernel.frozen import quick
from candour.kernel.scales.rules import Band, Matrix
from candour.risks import rules


@quick
@dataclass(frozen=True)
class ScorePoint:
    """The score from a day on, in the words of the scale it was scored on."""

    since: date
    impact: int
    likelihood: int
    score: int
    matrix: Matrix

    @property
    def band(self) -> Band:
        return self.matrix.band(self.score)


@quick
@dataclass(frozen=True)
class ControlRow:
    """A control and its state on the day: in place, due soon, pending, overdue or removed."""

    pk: int
    text: str
    owner: str
    owner_id: int | None
    pending: bool
    due: date | None
    in_place_since: date | None
    effect: str
    added_on: date
    removed_on: date | None
    state: str


@quick
@dataclass(frozen=True)
class UpdateRow:
    dated: date
    text: str


@quick
@dataclass(frozen=True)
class RiskRow:
    """A risk as it stood on a day. Texts, controls and updates are empty where a list did not ask for them."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    owner_id: int | None
    responsible_officer: str
    sensitivity: str
    line: rules.Line
    status: str
    direction: str
    previous_score: int | None
    matrix: Matrix | None
    history: tuple[ScorePoint, ...] = ()  # oldest first
    was: ScorePoint | None = (
        None  # what stood on the day compared with, on whatever scale; previous_score only on this one
    )
    source: str = ""
    event: str = ""
    effect: str = ""
    context: str = ""
    category: str = ""
    next_key_date: str = ""
    controls: tuple[ControlRow, ...] = field(default=())
    updates: tuple[UpdateRow, ...] = field(default=())
    shared: bool = False
    response: str = ""
    joint_with: str = ""
    joint_reference: str = ""
    merged_into_id: int | None = None
    inherent: ScorePoint | None = None
    target: ScorePoint | None = None
    proposed: ScorePoint | None = None  # counts for nothing until a board has agreed it

    @property
    def aims(self) -> tuple[tuple[str, ScorePoint], ...]:
        """(inherent or target, the one in force), where there are any."""
        named = (("inherent", self.inherent), ("target", self.target))
        return tuple((name, point) for name, point in named if point)

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def band(self) -> Band | None:
        return self.matrix.band(self.line.score) if self.matrix and self.line.score is not None else None

    @property
    def impact_word(self) -> str:
        return self.matrix.word("impact", self.line.impact) if self.matrix and self.line.impact else ""

    @property
    def likelihood_word(self) -> str:
        return self.matrix.word("likelihood", self.line.likelihood) if self.matrix and self.line.likelihood else ""


def score_points(
    rows: Iterable[Mapping[str, Any]], matrices: Mapping[int, Matrix], day: date
) -> tuple[ScorePoint, ...]:
    """The current scores up to a day, oldest first, one where the score stayed the same."""
    points: list[ScorePoint] = []
    agreed = [
        row for row in rows if row["purpose"] == "current" and not row["proposed"] and row["withdrawn_on"] is None
    ]
    for row in sorted(agreed, key=lambda row: (row["scored_on"], row["id"])):
        if row["scored_on"] > day:
            continue
        matrix = matrices[row["scale_id"]]
        point = ScorePoint(
            row["scored_on"], row["impact"], row["likelihood"], matrix.score(row["impact"], row["likelihood"]), matrix
        )
        if points and (points[-1].impact, points[-1].likelihood, points[-1].matrix.id) == (
            point.impact,
            point.likelihood,
            matrix.id,
        ):
            continue
        points.append(point)
    return tuple(points)


def scores_beside(
    rows: Iterable[Mapping[str, Any]], matrices: Mapping[int, Matrix], day: date
) -> dict[str, ScorePoint]:
    """The scores that stand beside the current one on a day, by name: inherent, target, and the one that is proposed."""
    found: dict[str, ScorePoint] = {}
    for row in sorted(rows, key=lambda row: (row["scored_on"], row["id"])):
        name = "proposed" if row["proposed"] else row["purpose"]
        if name == "current" or row["withdrawn_on"] is not None or row["scored_on"] > day:
            continue
        matrix = matrices[row["scale_id"]]
        score = matrix.score(row["impact"], row["likelihood"])
        found[name] = ScorePoint(row["scored_on"], row["impact"], row["likelihood"], score, matrix)
    return found


def point_at(points: Iterable[ScorePoint], day: date) -> ScorePoint | None:
    """The score that stood at the end of a day, None before the first."""
    standing = [point for point in points if point.since <= day]
    return standing[-1] if standing else None


def line_of(
    values: Mapping[str, Any],
    *,
    assessments: Iterable[Mapping[str, Any]],
    controls: Iterable[Mapping[str, Any]],
    matrices: Mapping[int, Matrix],
) -> rules.Line:
    """The read line from plain values: of the live tables, or of the states of a past day."""
    ordered = sorted(assessments, key=lambda row: (row["scored_on"], row["id"]))
    return rules.line(
        rules.Facts(
            organisation=values["organisation_id"],
            sensitivity=values["sensitivity"],
            kind=values["level"],
            first_recorded=values["first_recorded"],
            last_review=values["last_review"],
            transferred_on=values["transferred_on"],
            accepted_on=values["accepted_on"],
            closed_on=values["closed_on"],
            category=values["category"],
        ),
        assessments=[
            rules.Assessment(
                row["purpose"],
                matrices[row["scale_id"]],
                row["impact"],
                row["likelihood"],
                row["scored_on"],
                row["proposed"],
            )
            for row in ordered
            if row["withdrawn_on"] is None
        ],
        controls=[rules.Control(row["pending"], row["due"], row["removed_on"]) for row in controls],
    )


def control_row(row: Mapping[str, Any], today: date) -> ControlRow:
    state = rules.control_state(rules.Control(row["pending"], row["due"], row["removed_on"]), today)
    return ControlRow(
        pk=row["id"],
        text=row["text"],
        owner=row["owner_label"] or "",
        owner_id=row["owner_id"],
        pending=row["pending"],
        due=row["due"],
        in_place_since=row["in_place_since"],
        effect=row["effect"],
        added_on=row["added_on"],
        removed_on=row["removed_on"],
        state=state,
    )


def risk_row(
    values: Mapping[str, Any],
    *,
    line: rules.Line,
    points: tuple[ScorePoint, ...],
    today: date,
    since: date | None,
    beside: Mapping[str, ScorePoint] | None = None,
    controls: Iterable[Mapping[str, Any]] = (),
    updates: Iterable[Mapping[str, Any]] = (),
) -> RiskRow:
    """One row from plain values. Status and direction are worked out here, on `today`, against `since`.

    beside: what scores_beside gives.
    """
    beside = beside or {}
    was = point_at(points, since) if since else None
    one_matrix = was is None or was.matrix.id == points[-1].matrix.id
    previous = was.score if was and one_matrix else None
    direction = "same"
    if line.score is not None:
        before = was.score if was else None
        direction = rules.direction(line.score, before, line.first_recorded, since, one_matrix=one_matrix)
    return RiskRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        owner_id=values["owner_id"],
        responsible_officer=values["responsible_officer_label"] or "",
        sensitivity=values["sensitivity"],
        line=line,
        status=rules.status(line, today),
        direction=direction,
        previous_score=previous,
        was=was,
        matrix=points[-1].matrix if points else None,
        history=points,
        source=values.get("source", ""),
        event=values.get("event", ""),
        effect=values.get("effect", ""),
        context=values.get("context", ""),
        category=values.get("category", ""),
        next_key_date=values.get("next_key_date", ""),
        controls=tuple(control_row(row, today) for row in sorted(controls, key=lambda row: row["id"])),
        updates=tuple(
            UpdateRow(row["dated"], row["text"]) for row in sorted(updates, key=lambda row: (row["dated"], row["id"]))
        ),
        shared=bool(values.get("shared")),
        response=values.get("response", ""),
        joint_with=values.get("joint_with_label") or "",
        joint_reference=values.get("joint_reference", ""),
        merged_into_id=values.get("merged_into_id"),
        inherent=beside.get("inherent"),
        target=beside.get("target"),
        proposed=beside.get("proposed"),
    )
