"""A figure among those of bodies like it: means of parts or of rates, rank, quarter (pure). See docs/rules/performance.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from candour.performance.rules.figures import KEPT, PARTS, added

MEANS: Mapping[str, str] = {
    "simple": "Simple: the mean of the figures, each body counting once",
    "weighted": "Weighted: all numerators together by all denominators together",
}
MEAN_WORDS: Mapping[str, str] = {"simple": "simple mean", "weighted": "weighted mean"}
FEWEST_IN_QUARTERS = 4  # bodies below which there are no quarters
# By the direction that is better: the words of the quarters, the best, or the highest, first.
QUARTERS: Mapping[bool, tuple[str, str, str, str]] = {
    True: ("Best quarter", "Second quarter", "Third quarter", "Last quarter"),
    False: ("Highest quarter", "Second highest quarter", "Second lowest quarter", "Lowest quarter"),
}


@dataclass(frozen=True)
class Peer:
    """The figure of one body. value: None where there is none, or it is not shown. own: of the body that is compared."""

    name: str
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    own: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Ranked:
    """A body in its place. rank: 1 for the best, or the highest where neither way is better; 0 without a figure."""

    peer: Peer
    rank: int = 0
    tied: bool = False
    quarter: str = ""


@dataclass(frozen=True)
class Mean:
    """A mean. of: the bodies in it. lacking: those that should be in it, and whose figure or parts are not there."""

    kind: str
    value: Decimal | None
    of: tuple[str, ...]
    lacking: tuple[str, ...]


def ranked(peers: Sequence[Peer], better: str) -> tuple[Ranked, ...]:
    """Every body, the best first; those without a figure last, by name. Bodies with one figure share one rank.

    The quarter of a body follows from its rank: of n bodies those of the first n/4 ranks are in the first.
    """
    there = [(one.value, one) for one in peers if one.value is not None]
    there.sort(key=lambda each: (each[0] if better == "lower" else -each[0], each[1].name.casefold()))
    words = QUARTERS[better in ("higher", "lower")]
    found = []
    for value, one in there:
        rank = 1 + next(place for place, (other, _) in enumerate(there) if other == value)
        tied = sum(other == value for other, _ in there) > 1
        quarter = words[4 * (rank - 1) // len(there)] if len(there) >= FEWEST_IN_QUARTERS else ""
        found.append(Ranked(one, rank, tied, quarter))
    rest = sorted((one for one in peers if one.value is None), key=lambda one: one.name.casefold())
    return (*found, *(Ranked(one) for one in rest))


def mean_of(kind: str, peers: Sequence[Peer], *, unit: str, per: int, own_in: bool) -> Mean:
    """The mean of some bodies. own_in: whether the figure of the body itself is in it.

    A weighted mean is made of parts, and of nothing else: who gives none is lacking, and without parts there is no such mean.
    """
    wanted = [one for one in peers if own_in or not one.own]
    weighted = kind == "weighted"
    if weighted and unit not in PARTS:
        return Mean(kind, None, (), tuple(one.name for one in wanted))
    used = [
        one
        for one in wanted
        if (one.numerator is not None and bool(one.denominator) if weighted else one.value is not None)
    ]
    lacking = tuple(one.name for one in wanted if one not in used)
    names = tuple(one.name for one in used)
    if not used:
        return Mean(kind, None, names, lacking)
    if weighted:
        value = added(unit, [(one.value, one.numerator, one.denominator) for one in used], per)
        return Mean(kind, value, names, lacking)
    whole = sum((one.value for one in used if one.value is not None), Decimal(0))
    return Mean(kind, (whole / len(used)).quantize(KEPT, ROUND_HALF_UP), names, lacking)


def say_rank(one: Ranked, of: int) -> str:
    """2nd of 8; equal 2nd of 8; "" without a figure."""
    if not one.rank:
        return ""
    last = one.rank % 10 if one.rank % 100 not in (11, 12, 13) else 0
    ending = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{'equal ' if one.tied else ''}{one.rank}{ending} of {of}"
