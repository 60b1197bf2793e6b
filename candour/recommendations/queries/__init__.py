"""The questions about recommendations. Each takes who asks, and gives frozen rows."""

from candour.recommendations.queries.register import by_reference, register, row_on
from candour.recommendations.queries.rows import ClosureRow, OwnerRow, RecommendationRow, TargetRow, UpdateRow

__all__ = [
    "ClosureRow",
    "OwnerRow",
    "RecommendationRow",
    "TargetRow",
    "UpdateRow",
    "by_reference",
    "register",
    "row_on",
]
