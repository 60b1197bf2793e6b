"""What came about under an agreement, what one of it cost, and what it cost under others of the stream: as cells. Pure."""

from collections.abc import Iterable, Mapping
from statistics import median

from candour.commissioning import rules
from candour.commissioning.queries.follow.outcomes import OutcomeRow
from candour.commissioning.queries.follow.reported import Followed
from candour.commissioning.rules import follow
from candour.kernel.papers.document import Cell, Column, cell

# The outcomes of each stream and measure, by their numbers: what brings about the same with the same money.
Alike = Mapping[tuple[int, int], list[OutcomeRow]]
CAME = (
    Column("Outcome", 26),
    Column("Target", 12, "right", "number"),
    Column("So far", 16, "right", "number"),
    Column("Cost of one", 16, "right", "number"),
    Column("Others of the stream", 30),
)


def alike_in(rows: Iterable[Followed]) -> Alike:
    """Outcomes by what they share, out of all the agreements that a copy may compare."""
    found: dict[tuple[int, int], list[OutcomeRow]] = {}
    for one in rows:
        for each in one.outcomes:
            found.setdefault(like(one, each), []).append(each)
    return found


def like(one: Followed, each: OutcomeRow) -> tuple[int, int]:
    return one.row.line.stream, each.measure


def came_cells(one: Followed, each: OutcomeRow, alike: Alike, rows: Mapping[int, Followed]) -> tuple[Cell, ...]:
    """One outcome under the columns of CAME. rows: the agreements by their numbers, of which others are compared."""
    cost = follow.per_outcome(one.money.paid, each.value) if each.adds_up else None
    target = f"{follow.per_unit(each.target):,}" if each.target is not None else "none"
    so_far = f"{follow.per_unit(each.value):,} {each.unit}" if each.adds_up else "by period"
    said = rules.pounds(cost) if cost is not None else "nothing to divide by" if each.adds_up else "does not add up"
    return cell(each.what), cell(target), cell(so_far), cell(said), cell(_others(one, each, alike, rows))


def _others(one: Followed, each: OutcomeRow, alike: Alike, rows: Mapping[int, Followed]) -> str:
    """What one cost under other agreements of the stream that bring about something of the same measure."""
    if not each.adds_up:
        return "Not compared"
    found = [
        cost
        for other in alike[like(one, each)]
        if other.agreement != one.row.pk
        and (cost := follow.per_outcome(rows[other.agreement].money.paid, other.value)) is not None
    ]  # fmt: skip
    if not found:
        return "None reports this"
    if len(found) == 1:
        return f"{rules.pounds(found[0])}, of one other"
    low, high = rules.pounds(min(found)), rules.pounds(max(found))
    return f"{low} to {high}, in the middle {rules.pounds(round(median(found)))}, of {len(found)} others"
