"""What the register can be asked. Live or as at a past day, rows come out as the same frozen types."""

from candour.risks.queries.lists import RiskFilter, RiskPage, page_of, posts_in_use, view_counts
from candour.risks.queries.register import register, risk_on
from candour.risks.queries.rows import ControlRow, RiskRow, ScorePoint, UpdateRow

__all__ = [
    "ControlRow",
    "RiskFilter",
    "RiskPage",
    "RiskRow",
    "ScorePoint",
    "UpdateRow",
    "page_of",
    "posts_in_use",
    "register",
    "risk_on",
    "view_counts",
]
