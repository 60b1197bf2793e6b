"""Sets of measures in the performance report: every heading with its measures, those without any, and the statement."""

from collections.abc import Iterator, Mapping, Sequence

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Column, Heading, Row, Table, anchor_for, bold, cell, link, para
from candour.performance.papers.drawn import dated, short, unit_words
from candour.performance.queries import MeasureRow, SetRow


def of_sets(sets: Sequence[SetRow], shown: Mapping[int, MeasureRow], tones: Mapping[str, str]) -> Iterator[Block]:
    """A table a set. shown: the measures of this copy by number; a set that has none of them, and no statement, is left out.

    A heading without a measure is said: it is a gap. What a copy does not show is no measure to it.
    """
    told = [one for one in sets if one.contribution or any(pk in shown for some in one.under.values() for pk in some)]
    if not told:
        return
    yield Heading(1, "Sets of measures")
    for one in told:
        yield Heading(2, one.name)
        yield _table(one, shown, tones)
        if one.contribution and one.contributed_on:
            yield para(bold("What the force contributes"), f", as stated on {say_date(one.contributed_on)}.")
            yield from (para(part.strip()) for part in one.contribution.split("\n\n") if part.strip())
        if one.source:
            yield para(f"Source: {one.source}")


def _table(one: SetRow, shown: Mapping[int, MeasureRow], tones: Mapping[str, str]) -> Table:
    columns = (
        Column("Heading", 26),
        Column("Reference", 10, kind="reference"),
        Column("Measure", 32),
        Column("Figure", 11, "right", "number"),
        Column("Unit", 10),
        Column("Period", 16),
        Column("Target", 13),
        Column("What it says", 16),
    )
    rows: list[Row] = []
    for heading, pks in one.under.items():
        held = sorted((shown[pk] for pk in pks if pk in shown), key=lambda row: row.reference)
        rows += [_row(heading, row, tones) for row in held] or [_gap(heading)]
    return Table(f"{one.name}: every heading", columns, tuple(rows))


def _row(heading: str, row: MeasureRow, tones: Mapping[str, str]) -> Row:
    return Row(
        (
            cell(heading),
            cell(row.reference),
            cell(link(row.title, f"#{anchor_for(row.reference)}") if row.exception else row.title),
            cell(short(row, row.line.value)),
            cell(unit_words(row)),
            cell(dated(row)),
            cell(row.target or "none"),
            cell(row.state, tone=tones.get(row.state, "")),
        )
    )


def _gap(heading: str) -> Row:
    return Row((cell(heading), cell("No measure is reported", span=7)))
