"""What both papers are made from, and what they say alike. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candour.commissioning.papers.paper import StreamThen
from candour.commissioning.queries.follow.outcomes import OutcomeRow, counting
from candour.commissioning.queries.follow.reported import Followed, MeasureThen
from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import Block, Document, fact
from candour.kernel.records.priorities import Priority


@dataclass(frozen=True)
class Stock:
    """The agreements of one body as they stood on a day with what followed each: every copy is made from them.

    only: the number of the one that a sheet is about; None for all.
    """

    body: str
    panel: str
    as_at: date
    dated: date
    rows: tuple[Followed, ...]
    plan: tuple[MeasureThen, ...]
    streams: tuple[StreamThen, ...]
    priorities: tuple[Priority, ...] = ()
    only: int | None = None

    def shown(self, audience: str) -> tuple[Followed, ...]:
        """What an audience may read: the public nothing of which a part is withheld, for its money would give that away."""
        read = [one for one in self.rows if one.row.sensitivity in may_read(audience)]
        return tuple(one for one in read if audience != "public" or not one.withheld)

    def priorities_for(self, audience: str) -> tuple[Priority, ...]:
        """The priorities of the plans that an audience may read."""
        return tuple(one for one in self.priorities if one.sensitivity in may_read(audience))


def outcomes_in(rows: Sequence[Followed]) -> list[OutcomeRow]:
    """The outcomes of some agreements, with what counts of each among them alone."""
    return counting([outcome for one in rows for outcome in one.outcomes])


def written(
    stock: Stock, audience: str, rows: Sequence[Followed], words: tuple[str, str], blocks: Sequence[Block]
) -> Document:
    """The document of one audience. words: title and subject."""
    title, subject = words
    return Document(
        title,
        stock.body,
        tuple(blocks),
        subtitle=f"{COPY[audience]}. As it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if any(one.row.restricted for one in rows) else "OFFICIAL",
        meta=(
            fact("Meeting", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", subject),
            fact("As at", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )
