"""The risk register paper: rows in, a pure Document out. Word, PDF, HTML and text are all written from it."""

from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY
from candour.kernel.papers.document import Document, fact
from candour.risks.papers.appendices import appendices
from candour.risks.papers.front import front
from candour.risks.papers.stock import Stock, copy_of

TITLE = "Strategic risk register"


def risk_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist.

    The office, the panel and the public get theirs from the same stock; what a copy may hold is decided by for_audience.
    """
    copy = copy_of(stock, audience)
    return Document(
        TITLE,
        stock.body,
        (*front(copy), *appendices(copy)),
        subtitle=f"{COPY[audience]}. Register as it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if copy.restricted else "OFFICIAL",
        meta=(
            fact("Panel", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "Risk register"),
            fact("Register as at", say_date(stock.as_at)),
            fact("Compared with", say_date(stock.since)),
        ),
        date=stock.dated,
    )
