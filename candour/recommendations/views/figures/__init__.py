"""The tracker in figures: age, slips, closures, dates to come. Each count is a link to the list that it counts."""

from candour.recommendations.views.figures.age import age
from candour.recommendations.views.figures.closures import closures
from candour.recommendations.views.figures.load import load
from candour.recommendations.views.figures.slips import slips

__all__ = ["age", "closures", "load", "slips"]
