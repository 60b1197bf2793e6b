"""The risk register paper, computed from the register's rows."""

from candour.risks.papers.paper import risk_paper
from candour.risks.papers.stock import AUDIENCES, Stock, copy_of, for_audience

__all__ = ["AUDIENCES", "Stock", "copy_of", "for_audience", "risk_paper"]
