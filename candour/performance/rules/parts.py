"""Parts of a measure’s whole: areas, and categories of any breakdown, such as types or themes. Pure.

An area is kept by its name. A category is kept as "Theme › Delivery of duties", so that it needs no column of its own: what
stands before the sign is the breakdown that it belongs to. Each breakdown adds up to the same whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from candour.performance.rules.hiding import WHOLE, Part, hidden

SIGN = " › "


def part_named(breakdown: str, name: str) -> str:
    """How a part is kept; "" for the breakdown of areas."""
    name = name.replace("›", ">")
    return f"{breakdown}{SIGN}{name}" if breakdown else name


def breakdown_of(part: str) -> tuple[str, str]:
    """(the breakdown, the name in it) of a part as it is kept: ("", "North"), ("Theme", "Delivery of duties")."""
    breakdown, sign, name = part.partition(SIGN)
    return (breakdown, name) if sign else ("", part)


def by_breakdown(parts: Iterable[str]) -> dict[str, list[str]]:
    """Parts by their breakdown, areas under ""; in the order given."""
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(breakdown_of(part)[0], []).append(part)
    return found


def hidden_together(
    parts: Mapping[str, Part], whole: Decimal | None, *, smallest: int, whole_hidden: bool = False
) -> frozenset[str]:
    """The parts not to be shown, of every breakdown of one whole, and WHOLE where it must be hidden too.

    A whole that was not loaded is told by any breakdown without a gap, so that the others are held against that. Where one
    breakdown hides the whole, none of the others may tell it.
    """
    groups = by_breakdown(parts).values()
    if whole is None and not whole_hidden:
        whole = next((total for total in (_total(parts, names) for names in groups) if total is not None), None)
    gone = _hidden(parts, groups, whole, smallest=smallest, whole_hidden=whole_hidden)
    if WHOLE in gone and not whole_hidden and len(groups) > 1:
        return frozenset({*_hidden(parts, groups, whole, smallest=smallest, whole_hidden=True), WHOLE})
    return frozenset(gone)


def _hidden(
    parts: Mapping[str, Part],
    groups: Iterable[Sequence[str]],
    whole: Decimal | None,
    *,
    smallest: int,
    whole_hidden: bool,
) -> set[str]:
    gone: set[str] = set()
    for names in groups:
        mine = {name: parts[name] for name in names}
        gone |= hidden(mine, None if whole_hidden else whole, smallest=smallest, whole_hidden=whole_hidden)
    return gone


def _total(parts: Mapping[str, Part], names: Iterable[str]) -> Decimal | None:
    """What the parts of a breakdown add up to; None where one is hidden or not there."""
    counts = [None if parts[name].suppressed else parts[name].count for name in names]
    there = [count for count in counts if count is not None]
    return sum(there, Decimal(0)) if len(there) == len(counts) else None
