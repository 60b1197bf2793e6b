"""Applications ranked against a budget, ties told and broken, what another budget would do, instalments. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from candour.commissioning.rules.rounds.scoring import Candidate, Scheme, below, finals, total


@dataclass(frozen=True)
class Place:
    """An application in the ranking. place: equal ones share one. below: pass marks not reached, in words.

    broken: what broke a tie: the name of a criterion, "decision", or "" for none. tied: equal to another, and nobody
    decided. award: pence, within the budget.
    """

    key: int
    place: int
    total: Fraction
    asked: int
    below: tuple[str, ...]
    broken: str
    tied: bool
    award: int


def _order(one: Candidate, scheme: Scheme) -> tuple[Fraction, ...]:
    """What applications are ranked by: the total, then the mark of each criterion in their order."""
    found = finals(one, scheme)
    return (total(one, scheme) or Fraction(0), *(found[each.key] or Fraction(0) for each in scheme.criteria))


def ranking(
    candidates: Iterable[Candidate], scheme: Scheme, budget: int, *, excepted: Collection[int] = ()
) -> tuple[Place, ...]:
    """Applications in order, with what the budget (pence) gives each.

    Of equal totals the better mark of the first criterion comes first, then of the second, and so on; then what was decided.
    Those that miss a pass mark take no place in the money unless excepted. The money goes down the order until one does not
    fit: it has the rest where the round awards in part, and none after it has anything. Equals on whom nobody decided have
    it together or not at all.
    """
    rows = sorted(
        ((_order(one, scheme), one) for one in candidates if total(one, scheme) is not None),
        key=lambda pair: (tuple(-part for part in pair[0]), pair[1].tie, pair[1].key),
    )
    reached = [not below(one, scheme) or one.key in excepted for _, one in rows]
    awards = _awarded([(order, one) for (order, one), fit in zip(rows, reached, strict=True) if fit], scheme, budget)
    equals = Counter((order, one.tie) for order, one in rows)
    found: list[Place] = []
    for number, (order, one) in enumerate(rows, 1):
        share = bool(found) and (rows[number - 2][0], rows[number - 2][1].tie) == (order, one.tie)
        found.append(
            Place(
                key=one.key,
                place=found[-1].place if share else number,
                total=order[0],
                asked=one.asked,
                below=below(one, scheme),
                broken=_broken(number - 1, rows, scheme),
                tied=equals[order, one.tie] > 1,
                award=awards.get(one.key, 0),
            )
        )
    return tuple(found)


Ordered = tuple[tuple[Fraction, ...], Candidate]


def _awarded(rows: Sequence[Ordered], scheme: Scheme, budget: int) -> dict[int, int]:
    """By application what the budget gives it."""
    left, given, place = budget, dict[int, int](), 0
    while place < len(rows):
        order, one = rows[place]
        together = [one]
        while place + len(together) < len(rows):
            next_order, other = rows[place + len(together)]
            if next_order != order or other.tie != one.tie:
                break
            together.append(other)
        wanted = sum(each.asked for each in together)
        if wanted > left:
            if scheme.part_awards and len(together) == 1 and left > 0:
                given[one.key] = left
            break
        given |= {each.key: each.asked for each in together}
        left -= wanted
        place += len(together)
    return given


def _broken(place: int, rows: Sequence[Ordered], scheme: Scheme) -> str:
    """What set an application apart from a neighbour with the same total."""
    order, one = rows[place]
    for other in (place - 1, place + 1):
        if not 0 <= other < len(rows) or rows[other][0][0] != order[0]:
            continue
        other_order, neighbour = rows[other]
        for each, mine, theirs in zip(scheme.criteria, order[1:], other_order[1:], strict=True):
            if mine != theirs:
                return each.name
        if neighbour.tie != one.tie:
            return "decision"
    return ""


@dataclass(frozen=True)
class WhatIf:
    """What a budget would do: pence, how many awards, what they come to, and what is left."""

    budget: int
    awards: int
    given: int

    @property
    def left(self) -> int:
        return self.budget - self.given


def what_if(
    candidates: Sequence[Candidate], scheme: Scheme, budgets: Iterable[int], *, excepted: Collection[int] = ()
) -> tuple[WhatIf, ...]:
    """The same ranking against several budgets."""
    found = []
    for budget in budgets:
        given = [one.award for one in ranking(candidates, scheme, budget, excepted=excepted) if one.award]
        found.append(WhatIf(budget, len(given), sum(given)))
    return tuple(found)


def instalments(award: int, number: int) -> list[int]:
    """An award in equal instalments (pence); what cannot be divided comes with the first."""
    each, rest = divmod(award, number)
    return [each + rest, *([each] * (number - 1))]
