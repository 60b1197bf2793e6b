"""Agreements and what hangs on each; grant rounds and the applications to them."""

from candour.commissioning.models.agreements import (
    Agreement,
    AgreementLine,
    Contact,
    Document,
    FundingStream,
    Order,
    Provider,
    Template,
    Variation,
)
from candour.commissioning.models.rounds import (
    Answer,
    Appeal,
    Application,
    ApplicationLine,
    Criterion,
    Moderation,
    Question,
    Round,
    RoundLine,
    Score,
    Scoring,
)

__all__ = [
    "Agreement",
    "AgreementLine",
    "Answer",
    "Appeal",
    "Application",
    "ApplicationLine",
    "Contact",
    "Criterion",
    "Document",
    "FundingStream",
    "Moderation",
    "Order",
    "Provider",
    "Question",
    "Round",
    "RoundLine",
    "Score",
    "Scoring",
    "Template",
    "Variation",
]
