"""The rows of finance and change."""

from candour.finance.models.collaborations import Collaboration, CollaborationLine, Cost, Portion, Review
from candour.finance.models.figures import Budget, BudgetLine, Figure, Load, Scheme, SchemeLine
from candour.finance.models.projects import Benefit, Case, Change, Highlight, Project, ProjectLine

__all__ = [
    "Benefit",
    "Budget",
    "BudgetLine",
    "Case",
    "Change",
    "Collaboration",
    "CollaborationLine",
    "Cost",
    "Figure",
    "Highlight",
    "Load",
    "Portion",
    "Project",
    "ProjectLine",
    "Review",
    "Scheme",
    "SchemeLine",
]
