"""The risk register paper, computed from the register's rows."""

from candour.kernel.papers.audiences import AUDIENCES
from candour.risks.papers.paper import risk_paper
from candour.risks.papers.stock import Stock, copy_of, for_audience

__all__ = ["AUDIENCES", "Stock", "copy_of", "for_audience", "risk_paper"]
