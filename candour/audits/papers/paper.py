"""The auditor's progress report: rows in, a pure Document out. Word, PDF, HTML and text are all written from it."""

from candour.audits.papers.front import front
from candour.audits.papers.performance import performance
from candour.audits.papers.plan import plan
from candour.audits.papers.reports import definitions, reports
from candour.audits.papers.stock import Stock, copy_of
from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY
from candour.kernel.papers.document import Document, fact
from candour.kernel.papers.say import listed

TITLE = "Internal audit progress report"


def progress_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    names = [name for _, name in copy.auditors]
    blocks = (*front(copy), *plan(copy), *performance(copy), *definitions(copy), *reports(copy))
    return Document(
        TITLE,
        stock.body,
        blocks,
        subtitle=f"{COPY[audience]}. Plan of {stock.year} as it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if copy.restricted else "OFFICIAL",
        meta=(
            fact("Panel", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            *((fact("Auditor" if len(names) == 1 else "Auditors", listed(names)),) if names else ()),
            fact("Subject", "Progress of internal audit"),
            fact("Plan as at", say_date(stock.as_at)),
            fact("Since the panel of", say_date(stock.since)),
        ),
        date=stock.dated,
    )
