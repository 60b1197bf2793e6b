"""The appendices of a risk paper: the overview, risks in full, what changed, the matrix. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Cell,
    Column,
    Heading,
    Note,
    PageBreak,
    Row,
    Table,
    anchor_for,
    bullets,
    cell,
    link,
    para,
    words,
)
from candour.kernel.papers.say import listed, short_day
from candour.risks.papers.detail import detail
from candour.risks.papers.scale import matrix_parts
from candour.risks.papers.stock import Copy, came_from, merged_into, moved_on, reason_for
from candour.risks.papers.words import (
    CHANGES,
    LEFT,
    LETTERS,
    LEVELS,
    OVERVIEW,
    REDACTED,
    SEEN_BY,
    appendix,
    day_or,
    impact,
    likelihood,
    movement,
    point,
    score_cell,
    status_cell,
)
from candour.risks.queries.rows import RiskRow

_OVERVIEW = (
    Column("Reference", 9, kind="reference"),
    Column("Title", 28),
    Column("Owner", 14),
    Column("Impact", 10),
    Column("Likelihood", 10),
    Column("Previous score", 8, "centre", "number"),
    Column("Score", 10, kind="score"),
    Column("Movement", 13),
    Column("Status", 11),
    Column("First recorded", 12),
    Column("Last review", 12),
)
_SEEN_BY = Column("Seen by", 9)


SCORED = ("risk.rescored", "risk.reviewed", "risk.score_agreed")


@dataclass
class Printed:
    """Where each risk is printed in full: decided once for the paper, so that no risk is printed twice."""

    copy: Copy
    places: dict[int, str] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        copy, taken = self.copy, set(LETTERS)
        for name, rows in (
            ("restricted", copy.restricted),
            ("high", copy.high),
            ("new", copy.new),
            ("changed", (*copy.changed, *copy.came)),
            ("closed", (*copy.closed, *copy.left)),
        ):
            for row in rows:
                if row.pk not in self.places:
                    self.places[row.pk] = name
                    anchor, number = anchor_for(row.reference), 2
                    while anchor in taken:
                        anchor, number = f"{anchor_for(row.reference)}-{number}", number + 1
                    taken.add(anchor)
                    self.anchors[row.pk] = anchor

    def reference(self, row: RiskRow) -> Cell:
        """The reference, leading to the risk in full where this copy has it."""
        return cell(link(row.reference, f"#{self.anchors[row.pk]}") if row.pk in self.anchors else row.reference)

    def in_full(self, name: str, rows: Iterable[RiskRow]) -> Iterator[Block]:
        """The blocks of those risks whose place is this appendix, and one sentence for those printed elsewhere."""
        rows = list(dict.fromkeys(rows))
        elsewhere: dict[str, list[str]] = {}
        for row in rows:
            if (place := self.places[row.pk]) != name:
                elsewhere.setdefault(place, []).append(row.reference)
        for place, references in elsewhere.items():
            is_ = "is" if len(references) == 1 else "are"
            yield para(f"{listed(references)} {is_} set out in full in ", link(appendix(place), f"#{place}"), ".")
        for row in rows:
            if self.places[row.pk] == name:
                yield Heading(2, f"{row.reference} {row.title}", anchor=self.anchors[row.pk])
                yield detail(row, self.copy)


def appendices(copy: Copy) -> Iterator[Block]:
    """Appendix A to F, and G where the copy shows restricted risks."""
    printed = Printed(copy)
    since = say_date(copy.stock.since)
    yield PageBreak(landscape=True)
    yield _heading("overview")
    yield from _overview(copy, printed)
    yield PageBreak()
    yield _heading("high")
    yield from _or_none(copy.high, "No risk is rated high.", printed.in_full("high", copy.high))
    yield _heading("new")
    yield from _or_none(copy.new, f"No risk is new since {since}.", printed.in_full("new", copy.new))
    yield _heading("changed")
    yield from _changed(copy, printed, since)
    yield _heading("closed")
    gone = (*copy.closed, *copy.left)
    nothing = f"No risk closed or moved to another level since {since}."
    yield from _or_none(gone, nothing, (_left(copy, printed), *printed.in_full("closed", gone)))
    yield PageBreak()
    yield _heading("matrix")
    yield from matrix_parts(copy.matrices)
    if copy.restricted:
        yield PageBreak()
        yield _heading("restricted")
        yield Note(
            words(
                "For members of the panel and the office only. These pages are OFFICIAL-SENSITIVE and are not published."
            )
        )
        yield from printed.in_full("restricted", copy.restricted)


def _heading(name: str) -> Heading:
    number, text = LETTERS[name]
    return Heading(1, text, number=number, anchor=name)


def _or_none(rows: tuple[RiskRow, ...], nothing: str, blocks: Iterable[Block]) -> Iterator[Block]:
    if rows:
        yield from blocks
    else:
        yield para(nothing)


def _overview(copy: Copy, printed: Printed) -> Iterator[Block]:
    since = say_date(copy.stock.since)
    seen_by = copy.audience == "panel"
    if copy.live:
        columns = (*_OVERVIEW, _SEEN_BY) if seen_by else _OVERVIEW
        rows = tuple(Row(_overview_cells(row, copy, printed, seen_by=seen_by)) for row in copy.live)
        yield Table(f"{OVERVIEW} on {say_date(copy.stock.as_at)}, highest score first", columns, rows)
    else:
        yield para("No strategic risk is live.")
    for reference in copy.redacted:
        yield para(f"{REDACTED}: {reference}")
    yield Heading(2, "Legend")
    yield bullets(
        f"New: first recorded since {since}, or without an earlier score to compare.",
        f"↑ Up, ↓ Down: the score is above or below the one of {since}, which is the previous score.",
        f"→ No change: the score is the one of {since}.",
        *((f"Not comparable: on {since} the risk was scored on another scale.",) if _rescaled(copy) else ()),
        "Impact and likelihood: the word of the scale, with its number. The two numbers multiplied give the score.",
        *(("Seen by: who may read of the risk. Only those marked Public are in the public copy.",) if seen_by else ()),
    )


def _rescaled(copy: Copy) -> bool:
    return any(row.direction == "rescaled" for row in copy.live)


def _overview_cells(row: RiskRow, copy: Copy, printed: Printed, *, seen_by: bool) -> tuple[Cell, ...]:
    cells = (
        printed.reference(row),
        cell(row.title),
        cell(row.owner or "No owner"),
        cell(impact(row)),
        cell(likelihood(row)),
        cell("None" if row.previous_score is None else f"{row.previous_score}"),
        score_cell(row.line.score, row.band),
        cell(movement(row, copy.stock.since)),
        status_cell(row),
        cell(short_day(row.line.first_recorded)),
        cell(short_day(row.line.last_review) if row.line.last_review else "None"),
    )
    tone = "plum" if row.restricted else ""
    return (*cells, cell(SEEN_BY[row.sensitivity], tone=tone)) if seen_by else cells


def _changed(copy: Copy, printed: Printed, since: str) -> Iterator[Block]:
    if copy.changed:
        yield _change_table(copy, printed)
    else:
        yield para(f"No score changed since {since}.")
    if copy.came:
        yield Table(
            LEVELS,
            (
                Column("Reference", 9, kind="reference"),
                Column("Title", 28),
                Column("Moved", 16),
                Column("On", 12),
                Column("Why", 30),
            ),
            tuple(Row(_move_cells(row, copy, printed)) for row in copy.came),
        )
    yield from _proposed(copy)
    yield from printed.in_full("changed", (*copy.changed, *copy.came))


def _proposed(copy: Copy) -> Iterator[Block]:
    """Scores that wait for the panel's answer. What stands in Appendix G is not repeated on the pages before it."""
    rows = [row for row in copy.proposed if row.proposed]
    if not rows:
        return
    yield para("Proposed and not agreed yet, so that nothing counts it:")
    yield bullets(*(_proposal(row, copy) for row in rows))


def _proposal(row: RiskRow, copy: Copy) -> str:
    if row.restricted or row.proposed is None:
        return f"{row.reference}: see {appendix('restricted')}"
    why = reason_for(row, copy, "risk.score_proposed", on=row.proposed.since)
    now = "not yet scored" if row.line.score is None else f"{row.line.score} now"
    return f"{row.reference}: {point(row.proposed)}, {now}, proposed {say_date(row.proposed.since)}. {why}".strip()


def _change_table(copy: Copy, printed: Printed) -> Table:
    columns = (
        Column("Reference", 9, kind="reference"),
        Column("Title", 24),
        Column("Previous score", 9, "centre", "number"),
        Column("Score", 10, kind="score"),
        Column("Movement", 11),
        Column("On", 10),
        Column("Why", 32),
    )
    rows = []
    for row in copy.changed:
        cells = (
            printed.reference(row),
            cell(row.title),
            cell(f"{row.previous_score}"),
            score_cell(row.line.score, row.band),
            cell(movement(row, copy.stock.since)),
            cell(say_date(row.history[-1].since)),
            _why(row, reason_for(row, copy, *SCORED, on=row.history[-1].since)),
        )
        rows.append(Row(cells))
    return Table(f"{CHANGES} since {say_date(copy.stock.since)}", columns, tuple(rows))


def _why(row: RiskRow, reason: str) -> Cell:
    """What stands in Appendix G is not repeated on the pages before it."""
    return cell(f"See {appendix('restricted')}" if row.restricted else reason or "Not stated")


def _move_cells(row: RiskRow, copy: Copy, printed: Printed) -> tuple[Cell, ...]:
    before = came_from(row, copy.stock.happened)
    return (
        printed.reference(row),
        cell(row.title),
        cell(f"{before.capitalize()} to {row.line.kind}"),
        cell(day_or(moved_on(row, copy.stock.happened), "Not recorded")),
        _why(row, reason_for(row, copy, "risk.level_changed")),
    )


def _left(copy: Copy, printed: Printed) -> Table:
    columns = (
        Column("Reference", 9, kind="reference"),
        Column("Title", 25),
        Column("What happened", 14),
        Column("On", 10),
        Column("Why", 32),
    )
    rows = []
    for row in (*copy.closed, *copy.left):
        ended = ("risk.closed", "risk.merged") if row.line.closed_on else ("risk.level_changed",)
        day = row.line.closed_on or moved_on(row, copy.stock.happened)
        into = merged_into(row, copy)
        closed = f"Closed, merged into {into}" if into else "Closed"
        said = closed if row.line.closed_on else f"Managed at {row.line.kind} level"
        cells = (
            printed.reference(row),
            cell(row.title),
            cell(said),
            cell(day_or(day, "Not recorded")),
            _why(row, reason_for(row, copy, *ended)),
        )
        rows.append(Row(cells))
    return Table(f"{LEFT} since {say_date(copy.stock.since)}", columns, tuple(rows))
