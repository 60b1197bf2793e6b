"""The scores of a risk side by side: inherent, current, target, and the one that is proposed."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.scales.rules import Band
from candour.risks.queries import RiskRow, ScorePoint


@dataclass(frozen=True)
class ScoreCard:
    """One score. said: what it means beside the current one, in words; other_scale: its name, where it is not the current's."""

    title: str
    score: int
    levels: str
    band: Band
    since: date
    said: str = ""
    other_scale: str = ""
    proposed: bool = False


def cards(row: RiskRow) -> list[ScoreCard]:
    """The cards that there are, in the order in which a risk is thought through; none where only the current score is."""
    beside = (row.inherent, row.target, row.proposed)
    if not any(beside):
        return []
    now = row.history[-1] if row.history else None
    named = (
        ("Inherent", row.inherent, "without any control"),
        ("Current", now, ""),
        ("Target", row.target, _to_target(now, row.target)),
        ("Proposed", row.proposed, "counts for nothing until it is agreed"),
    )
    return [_card(title, point, said, now) for title, point, said in named if point]


def _card(title: str, point: ScorePoint, said: str, now: ScorePoint | None) -> ScoreCard:
    impact, likelihood = (point.matrix.word(axis, getattr(point, axis)) for axis in ("impact", "likelihood"))
    levels = f"{point.impact} × {point.likelihood}, {impact.lower()}, {likelihood.lower()}"
    other = point.matrix.name if now and now.matrix.id != point.matrix.id else ""
    return ScoreCard(title, point.score, levels, point.band, point.since, said, other, proposed=title == "Proposed")


def _to_target(now: ScorePoint | None, target: ScorePoint | None) -> str:
    if now is None or target is None or now.matrix.id != target.matrix.id:
        return ""
    return "reached" if now.score <= target.score else f"{now.score - target.score} to go"
