"""What the register can be asked. Live or as at a past day, rows come out as the same frozen types."""

from candour.risks.queries.due import DueRow, PostDue, due_by_post, due_counts, due_tally, reviews_due
from candour.risks.queries.happened import changes_since, last_review_event
from candour.risks.queries.lists import RiskFilter, RiskPage, every_row, page_of, posts_in_use
from candour.risks.queries.one import in_full, risk_at
from candour.risks.queries.others import Other, Others, others_of
from candour.risks.queries.register import register, risk_on
from candour.risks.queries.reviews import NextReview, Outcome, next_review, outcome
from candour.risks.queries.rows import ControlRow, RiskRow, ScorePoint, UpdateRow
from candour.risks.queries.sources import Placed, Source, open_register

__all__ = [
    "ControlRow",
    "DueRow",
    "NextReview",
    "Other",
    "Others",
    "Outcome",
    "Placed",
    "PostDue",
    "RiskFilter",
    "RiskPage",
    "RiskRow",
    "ScorePoint",
    "Source",
    "UpdateRow",
    "changes_since",
    "due_by_post",
    "due_counts",
    "due_tally",
    "every_row",
    "in_full",
    "last_review_event",
    "next_review",
    "open_register",
    "others_of",
    "outcome",
    "page_of",
    "posts_in_use",
    "register",
    "reviews_due",
    "risk_at",
    "risk_on",
]
