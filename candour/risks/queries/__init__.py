"""What the register can be asked. Live or as at a past day, rows come out as the same frozen types."""

from candour.risks.queries.days import PastDay, past_days, since_for
from candour.risks.queries.due import DueRow, PostDue, due_by_post, due_counts, reviews_due
from candour.risks.queries.happened import (
    HistoryFilter,
    changes_since,
    entries_seen,
    events_since,
    last_review_event,
    latest_events,
    narrowed_entries,
    posts_in_history,
)
from candour.risks.queries.lists import RiskFilter, RiskPage, every_row, page_of, posts_in_use
from candour.risks.queries.one import Sharing, bodies, in_full, risk_at, shares_of
from candour.risks.queries.others import Other, Others, others_of
from candour.risks.queries.register import register, risk_on
from candour.risks.queries.reviews import NextReview, Outcome, next_review, outcome
from candour.risks.queries.rows import ControlRow, RiskRow, ScorePoint, UpdateRow
from candour.risks.queries.sources import Placed, Source, open_register

__all__ = [
    "ControlRow",
    "DueRow",
    "HistoryFilter",
    "NextReview",
    "Other",
    "Others",
    "Outcome",
    "PastDay",
    "Placed",
    "PostDue",
    "RiskFilter",
    "RiskPage",
    "RiskRow",
    "ScorePoint",
    "Sharing",
    "Source",
    "UpdateRow",
    "bodies",
    "changes_since",
    "due_by_post",
    "due_counts",
    "entries_seen",
    "events_since",
    "every_row",
    "in_full",
    "last_review_event",
    "latest_events",
    "narrowed_entries",
    "next_review",
    "open_register",
    "others_of",
    "outcome",
    "page_of",
    "past_days",
    "posts_in_history",
    "posts_in_use",
    "register",
    "reviews_due",
    "risk_at",
    "risk_on",
    "shares_of",
    "since_for",
]
