"""Tables of recommendations: the tracker, and the update cycles that keep it true."""

from candour.recommendations.models.cycles import AnswerDraft, AnswerLink, Ask, Cycle
from candour.recommendations.models.dates import DateAsked
from candour.recommendations.models.lines import RecommendationLine, SlipLine
from candour.recommendations.models.tracker import (
    Assignment,
    Closure,
    Outcome,
    Recommendation,
    Response,
    Source,
    Target,
    Update,
)

__all__ = [
    "AnswerDraft",
    "AnswerLink",
    "Ask",
    "Assignment",
    "Closure",
    "Cycle",
    "DateAsked",
    "Outcome",
    "Recommendation",
    "RecommendationLine",
    "Response",
    "SlipLine",
    "Source",
    "Target",
    "Update",
]
