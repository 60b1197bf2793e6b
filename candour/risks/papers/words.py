"""How a risk paper says counts, levels, movements and dates. Pure."""

from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Cell, cell
from candour.kernel.scales.rules import Band, Level
from candour.risks.papers.stock import direction
from candour.risks.queries.rows import RiskRow, ScorePoint
from candour.risks.rules import MOVEMENT_WORDS

OVERVIEW, CHANGES, LEVELS, LEFT = (
    "Live strategic risks",
    "Scores that changed",
    "Risks that came from another level",
    "Risks that closed or moved to another level",
)
REDACTED = "REDACTED"
LETTERS = {
    "overview": ("Appendix A", "Overview of risks"),
    "high": ("Appendix B", "High risks"),
    "new": ("Appendix C", "New risks"),
    "changed": ("Appendix D", "Changed scores"),
    "closed": ("Appendix E", "Closed risks and risks moved to operational level"),
    "matrix": ("Appendix F", "Risk scoring matrix"),
    "restricted": ("Appendix G", "Restricted risks, for panel members only"),
}
ARROWS = {"up": "↑", "down": "↓", "same": "→"}
SEEN_BY = {"public": "Public", "office": "Office and panel", "restricted": "Panel only"}
RESPONSES = {"reduce": "Reduced", "accept": "Accepted", "share": "Shared", "avoid": "Avoided"}
TONES = {"Overdue Control": "red", "Awaiting Review": "amber"}


def level(found: Level | None) -> str:
    """Very high (4)."""
    return f"{found.word} ({found.value})" if found else "Not yet scored"


def impact(row: RiskRow) -> str:
    return level(row.matrix.level("impact", row.line.impact) if row.matrix and row.line.impact else None)


def likelihood(row: RiskRow) -> str:
    return level(row.matrix.level("likelihood", row.line.likelihood) if row.matrix and row.line.likelihood else None)


def point(scored: ScorePoint) -> str:
    """16 High, impact Very high (4), likelihood Very likely (4)."""
    matrix = scored.matrix
    levels = (matrix.level("impact", scored.impact), matrix.level("likelihood", scored.likelihood))
    return f"{scored.score} {scored.band.name}, impact {level(levels[0])}, likelihood {level(levels[1])}"


def score_cell(score: int | None, band: Band | None) -> Cell:
    """The score with its band's word; colour only repeats the word."""
    if score is None or band is None:
        return cell("Not yet scored")
    return cell(band.name, badge=score, tone=band.tone)


def movement(row: RiskRow, since: date) -> str:
    """New, "↑ Up from 8", "↓ Down from 12", "→ No change", "Not comparable"."""
    match direction(row, since):
        case "new":
            return "New"
        case "up" | "down" as way:
            return f"{ARROWS[way]}\N{NO-BREAK SPACE}{way.capitalize()} from {row.previous_score}"
        case "rescaled":
            return MOVEMENT_WORDS["rescaled"]
        case _:
            return f"{ARROWS['same']}\N{NO-BREAK SPACE}No change"


def status_cell(row: RiskRow) -> Cell:
    return cell(row.status, tone=TONES.get(row.status, ""))


def day_or(day: date | None, otherwise: str) -> str:
    return say_date(day) if day else otherwise


def appendix(name: str) -> str:
    return LETTERS[name][0]
