"""What the root of a load is made over: its figures by measure, area and period; then those of other bodies."""

from candour.kernel.history.roots import Root

COLUMNS = ("measure_id", "area", "period", "value", "numerator", "denominator", "provisional", "suppressed")
PEER_COLUMNS = ("measure_id", "period", "body", "value", "numerator", "denominator", "provisional", "suppressed")
OTHERS = "of others"  # what begins the line of a figure of another body, whose columns are PEER_COLUMNS

__all__ = ["COLUMNS", "OTHERS", "PEER_COLUMNS", "Root"]
