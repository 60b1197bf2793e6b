"""The recommendations tracker paper: rows in, a pure Document out. Word, PDF, HTML and text are all written from it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Heading,
    Note,
    PageBreak,
    Row,
    Table,
    anchor_for,
    cell,
    fact,
    para,
    words,
)
from candour.kernel.scales.rules import Words
from candour.recommendations import rules
from candour.recommendations.papers import lists, noted
from candour.recommendations.papers.card import card
from candour.recommendations.papers.front import front
from candour.recommendations.papers.stock import Copy, Stock, copy_of
from candour.recommendations.papers.words import LETTERS, REDACTED, STATUS_TONES, TITLE, report_words, reported
from candour.recommendations.queries.rows import RecommendationRow


def tracker_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    return Document(
        TITLE,
        stock.body,
        (*front(copy), *appendices(copy)),
        subtitle=f"{COPY[audience]}. Tracker as it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if copy.restricted else "OFFICIAL",
        meta=(
            fact("Panel", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "Recommendations of auditors and inspectors"),
            fact("Tracker as at", say_date(stock.as_at)),
            fact("Compared with", say_date(stock.since)),
        ),
        date=stock.dated,
    )


def appendices(copy: Copy) -> Iterator[Block]:
    """Appendix A to G, and H where the copy shows restricted ones."""
    places = anchors_of(copy)
    anchors = lists.Anchors(places)
    for name, blocks in (
        ("closures", lists.closures(copy, anchors)),
        ("moved", lists.moved(copy, anchors)),
        ("quiet", lists.quiet(copy, anchors)),
        ("noted", noted.noted(copy, anchors)),
        ("ended", noted.ended(copy, anchors)),
    ):
        if name == "closures":
            yield PageBreak(landscape=True)
        yield _heading(name)
        yield from blocks
    yield PageBreak()
    yield _heading("tracker")
    yield from _tracker(copy, places)
    yield PageBreak()
    yield _heading("meaning")
    yield from _meaning(copy)
    if copy.restricted:
        yield PageBreak()
        yield _heading("restricted")
        yield Note(words("For members of the panel and the office only. These pages are OFFICIAL-SENSITIVE."))
        yield from _cards(copy.restricted, copy, places)


def anchors_of(copy: Copy) -> dict[int, str]:
    """A place in the paper for each recommendation, no two alike."""
    found: dict[int, str] = {}
    taken = set(LETTERS)
    for row in copy.shown:
        anchor, number = anchor_for(row.reference), 2
        while anchor in taken:
            anchor, number = f"{anchor_for(row.reference)}-{number}", number + 1
        taken.add(anchor)
        found[row.pk] = anchor
    return found


def _heading(name: str) -> Heading:
    number, text = LETTERS[name]
    return Heading(1, text, number=number, anchor=name)


def _tracker(copy: Copy, places: dict[int, str]) -> Iterator[Block]:
    rows = [row for row in copy.shown if not row.restricted]
    if not rows and not copy.restricted:
        yield para("The tracker is empty.")
    if copy.restricted:
        yield para("Those that panel members alone may see are set out in Appendix H.")
    for reference in copy.redacted:
        yield para(f"{REDACTED}: {reference}")
    yield from _cards(rows, copy, places)


def _cards(rows: Iterable[RecommendationRow], copy: Copy, places: dict[int, str]) -> Iterator[Block]:
    """By report, the oldest first; within a report as it numbers them."""
    ordered = sorted(rows, key=lambda row: (row.line.reported_on, report_words(row), _number(row), row.reference))
    for _, group in groupby(ordered, key=lambda row: (row.line.reported_on, report_words(row))):
        of = list(group)
        yield Heading(2, f"{report_words(of[0])}, {reported(of[0])}")
        for row in of:
            yield Heading(3, f"{row.reference} {row.title}", anchor=places[row.pk])
            yield card(row, copy)


def _number(row: RecommendationRow) -> tuple[int, ...]:
    return tuple(int(part) for part in row.printed.replace("-", ".").split(".") if part.strip().isdigit())


def _meaning(copy: Copy) -> Iterator[Block]:
    stock = copy.stock
    if stock.priorities:
        yield _steps("Priorities", stock.priorities)
    if stock.opinions:
        yield _steps("Opinions", stock.opinions)
    said = tuple(
        Row((cell(name, tone=STATUS_TONES.get(name, "")), cell(words_))) for name, words_ in rules.STATUS_WORDS.items()
    )
    yield Table(
        "Status, worked out and never typed", (Column("Status", 14), Column("What it means", 60)), said, look="plain"
    )
    yield para(
        "Days late are calendar days after the date that stands. Days past the original are counted from the date first given, "
        "however often it has moved. Where several posts answer for one, the earliest of their dates counts."
    )


def _steps(name: str, scale: Words) -> Table:
    """The words of a scale and what each means."""
    rows = tuple(Row((cell(step.word, tone=step.tone), cell(step.meaning or "Not described"))) for step in scale.steps)
    return Table(f"{name}: {scale.name}", (Column(name, 14), Column("What it means", 60)), rows, look="plain")
