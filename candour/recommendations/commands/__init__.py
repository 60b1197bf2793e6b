"""The verbs of a recommendation. Each: may they, do the rules allow it, record it, give the row back."""

from candour.recommendations.commands.raising import (
    Due,
    NewRecommendation,
    Owner,
    Said,
    raise_many,
    raise_recommendation,
)

__all__ = ["Due", "NewRecommendation", "Owner", "Said", "raise_many", "raise_recommendation"]
