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
from candour.commissioning.models.care import AgreementStep, DiligenceCheck, DiligenceKind, Step
from candour.commissioning.models.processes import Process
from candour.commissioning.models.publishing import Indicator, Payment, Publishing, Rating, Withheld
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
    "AgreementStep",
    "Answer",
    "Appeal",
    "Application",
    "ApplicationLine",
    "Contact",
    "Criterion",
    "DiligenceCheck",
    "DiligenceKind",
    "Document",
    "FundingStream",
    "Indicator",
    "Moderation",
    "Order",
    "Payment",
    "Process",
    "Provider",
    "Publishing",
    "Question",
    "Rating",
    "Round",
    "RoundLine",
    "Score",
    "Scoring",
    "Step",
    "Template",
    "Variation",
    "Withheld",
]
