"""What the root of a load is made over: all its figures, in the order of measure, area and period."""

from candour.kernel.history.roots import Root

COLUMNS = ("measure_id", "area", "period", "value", "numerator", "denominator", "provisional", "suppressed")

__all__ = ["COLUMNS", "Root"]
