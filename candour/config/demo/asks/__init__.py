"""Recommendations of the demo: what was asked of each body over eight years, and all that came of it."""

from candour.config.demo.asks import force, office, older
from candour.config.demo.asks.shapes import (
    PRIORITIES,
    Ask,
    DateAnswered,
    DateAsked,
    Due,
    Ended,
    Found,
    HandedOver,
    Joined,
    Panel,
    Reopened,
    Said,
    Slip,
    StepOfAsk,
    Withdrawn,
)

# What an earlier report asked comes before what repeats it.
ASKS = (*older.OFFICE, *older.FORCE, *office.OFFICE, *force.FORCE)

__all__ = [
    "ASKS",
    "PRIORITIES",
    "Ask",
    "DateAnswered",
    "DateAsked",
    "Due",
    "Ended",
    "Found",
    "HandedOver",
    "Joined",
    "Panel",
    "Reopened",
    "Said",
    "Slip",
    "StepOfAsk",
    "Withdrawn",
]
