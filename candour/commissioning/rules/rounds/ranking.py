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


@dataclass(frozen=True)
class _Row:
    """A candidate with what it is ranked by: its total, then the mark of each criterion in their order."""

    one: Candidate
    order: tuple[Fraction, ...]
    missed: tuple[str, ...]

    @property
    def equal(self) -> tuple[tuple[Fraction, ...], int]:
        """What two share who are equal in everything, and on whom nobody decided."""
        return self.order, self.one.tie


def _rows(candidates: Iterable[Candidate], scheme: Scheme) -> list[_Row]:
    """The candidates that have every mark, in their order. Each total is worked out once."""
    found = []
    for one in candidates:
        whole = total(one, scheme)
        if whole is not None:
            marks = finals(one, scheme)
            order = (whole, *(marks[each.key] or Fraction(0) for each in scheme.criteria))
            found.append(_Row(one, order, below(one, scheme)))
    return sorted(found, key=lambda row: (tuple(-part for part in row.order), row.one.tie, row.one.key))


def ranking(
    candidates: Iterable[Candidate], scheme: Scheme, budget: int, *, excepted: Collection[int] = ()
) -> tuple[Place, ...]:
    """Applications in order, with what the budget (pence) gives each.

    Of equal totals the better mark of the first criterion comes first, then of the second, and so on; then what was decided.
    Those that miss a pass mark take no place in the money unless excepted. The money goes down the order until one does not
    fit: it has the rest where the round awards in part, and none after it has anything. Equals on whom nobody decided have
    it together or not at all.
    """
    rows = _rows(candidates, scheme)
    awards = _awarded(rows, scheme, budget, excepted)
    equals = Counter(row.equal for row in rows)
    found: list[Place] = []
    for number, row in enumerate(rows):
        share = number > 0 and rows[number - 1].equal == row.equal
        found.append(
            Place(
                key=row.one.key,
                place=found[-1].place if share else number + 1,
                total=row.order[0],
                asked=row.one.asked,
                below=row.missed,
                broken=_broken(number, rows, scheme),
                tied=equals[row.equal] > 1,
                award=awards.get(row.one.key, 0),
            )
        )
    return tuple(found)


def _awarded(rows: Sequence[_Row], scheme: Scheme, budget: int, excepted: Collection[int]) -> dict[int, int]:
    """By application what the budget gives it."""
    fit = [row for row in rows if not row.missed or row.one.key in excepted]
    left, given, place = budget, dict[int, int](), 0
    while place < len(fit):
        together = [fit[place].one]
        while place + len(together) < len(fit) and fit[place + len(together)].equal == fit[place].equal:
            together.append(fit[place + len(together)].one)
        wanted = sum(each.asked for each in together)
        if wanted > left:
            if scheme.part_awards and len(together) == 1 and left > 0:
                given[together[0].key] = left
            break
        given |= {each.key: each.asked for each in together}
        left -= wanted
        place += len(together)
    return given


def _broken(place: int, rows: Sequence[_Row], scheme: Scheme) -> str:
    """What set an application apart from a neighbour with the same total."""
    row = rows[place]
    for other in (place - 1, place + 1):
        if not 0 <= other < len(rows) or rows[other].order[0] != row.order[0]:
            continue
        neighbour = rows[other]
        for each, mine, theirs in zip(scheme.criteria, row.order[1:], neighbour.order[1:], strict=True):
            if mine != theirs:
                return each.name
        if neighbour.one.tie != row.one.tie:
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
    rows, found = _rows(candidates, scheme), []
    for budget in budgets:
        given = [award for award in _awarded(rows, scheme, budget, excepted).values() if award]
        found.append(WhatIf(budget, len(given), sum(given)))
    return tuple(found)


def instalments(award: int, number: int) -> list[int]:
    """An award in equal instalments (pence); what cannot be divided comes with the first."""
    each, rest = divmod(award, number)
    return [each + rest, *([each] * (number - 1))]
