"""Contradictions to plant in a clean paper, one of each kind. A plant changes the paper and says what must be found."""

from . import counts, days, details, names, scores, stories
from .soil import PLANTS

__all__ = ["PLANTS", "counts", "days", "details", "names", "scores", "stories"]
