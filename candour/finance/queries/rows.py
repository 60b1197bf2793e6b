"""The frozen rows that the pages of finance read, from plain values: of the live tables, or of a past day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from candour.finance import rules

Values = Mapping[str, Any]
L = TypeVar("L")


@dataclass(frozen=True)
class Row(Generic[L]):
    """A record of finance as it stood on a day: what its list shows."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    sensitivity: str
    line: L
    state: str = ""
    shared: bool = False

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"


def row_of(values: Values, line: Any, state: str = "") -> Row[Any]:
    """A row from plain values and its line."""
    return Row(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        sensitivity=values["sensitivity"],
        line=line,
        state=state,
        shared=bool(values.get("shared")),
    )


@dataclass(frozen=True)
class Position:
    """The revenue budget as one position gave it, in all."""

    month: date
    amounts: rules.Amounts


@dataclass(frozen=True)
class BudgetWhole:
    """The budget of a year with everything that hangs on it, on a day.

    headings: name and amounts, the greatest overspend first. reserves: of the budget's year. later: those of years to come.
    sides: the lines of the plan by "income" and "spending", each with its amounts by year. positions: by part. trail: the
    revenue budget at each position, oldest first.
    """

    row: Row[rules.BudgetLine]
    headings: tuple[tuple[str, rules.Amounts], ...] = ()
    whole: rules.Amounts = field(default_factory=rules.Amounts)
    reserves: tuple[rules.Reserve, ...] = ()
    later: Mapping[date, tuple[rules.Reserve, ...]] = field(default_factory=dict)
    plan: tuple[rules.PlanYear, ...] = ()
    sides: Mapping[str, Mapping[str, Mapping[date, int]]] = field(default_factory=dict)
    positions: Mapping[str, date] = field(default_factory=dict)
    trail: tuple[Position, ...] = ()

    @property
    def year(self) -> date:
        return self.row.line.year

    @property
    def empty(self) -> bool:
        return not self.positions

    @property
    def opening(self) -> int | None:
        return rules.total(one.opening for one in self.reserves)

    @property
    def movement(self) -> int:
        return sum(one.movement or 0 for one in self.reserves)

    @property
    def closing(self) -> int | None:
        return rules.total(one.closing for one in self.reserves)


@dataclass(frozen=True)
class SchemeYear:
    """A year of a scheme. slipped: what of its budget moves to later years. unfunded: what its sources fall short of."""

    year: date
    amounts: rules.Amounts
    slipped: int = 0
    unfunded: int = 0
    funding: int | None = None


@dataclass(frozen=True)
class SchemeWhole:
    """A scheme with its figures by year, and where its money comes from, on a day. sources: name, and pence by year."""

    row: Row[rules.SchemeLine]
    about: str
    years: tuple[SchemeYear, ...]
    sources: tuple[tuple[str, Mapping[date, int]], ...]
    funded: bool


def split_figures(rows: Sequence[Values]) -> dict[str, dict[str, dict[date, dict[str, int]]]]:
    """Figures of a record by part, line, year and what they are."""
    found: dict[str, dict[str, dict[date, dict[str, int]]]] = {}
    for row in rows:
        line = found.setdefault(row["part"], {}).setdefault(row["line"], {})
        line.setdefault(row["year"], {})[row["what"]] = row["pence"]
    return found


def newest(rows: Sequence[Values]) -> dict[str, date]:
    """By part the position that figures stand at."""
    return {row["part"]: row["position"] for row in rows}


def budget_figures(year: date, rows: Sequence[Values]) -> dict[str, Any]:
    """What the figures of a budget come to, as the fields of a BudgetWhole but its row and its trail."""
    parts = split_figures(rows)
    headings = [(name, rules.Amounts(**years.get(year, {}))) for name, years in parts.get("revenue", {}).items()]
    headings.sort(key=lambda one: (-(one[1].variance or 0), one[0]))
    reserves: dict[date, list[rules.Reserve]] = {}
    for name, years in parts.get("reserve", {}).items():
        for at, amounts in years.items():
            reserves.setdefault(at, []).append(rules.Reserve(name, **amounts))
    sides = {
        side: {name: {at: each["budget"] for at, each in years.items()} for name, years in parts.get(side, {}).items()}
        for side in ("income", "spending")
    }
    plan = rules.plan_years(*(by_year(sides[side]) for side in ("income", "spending")))
    return {
        "headings": tuple(headings),
        "whole": rules.added(amounts for _, amounts in headings),
        "reserves": tuple(_worst_first(reserves.pop(year, []))),
        "later": {at: tuple(_worst_first(some)) for at, some in sorted(reserves.items())},
        "plan": plan,
        "sides": sides,
        "positions": newest(rows),
    }


def _worst_first(reserves: Sequence[rules.Reserve]) -> list[rules.Reserve]:
    return sorted(reserves, key=lambda one: (-one.short, -(one.closing or 0), one.name))


def by_year(lines: Mapping[str, Mapping[date, int]]) -> dict[date, list[int]]:
    """The amounts of some lines by year."""
    found: dict[date, list[int]] = {}
    for years in lines.values():
        for year, pence in years.items():
            found.setdefault(year, []).append(pence)
    return found


def budget_line(values: Values, found: Mapping[str, Any]) -> rules.BudgetLine:
    """The read line of a budget from its record and what its figures come to."""
    positions, plan, year = found["positions"], found["plan"], values["year"]
    position = positions.get("revenue") or max(positions.values(), default=None)
    next_year = next((one for one in plan if one.year > year), None)
    return rules.BudgetLine(
        organisation=values["organisation_id"],
        sensitivity=values["sensitivity"],
        closed_on=values["closed_on"],
        year=year,
        position=position,
        due_on=rules.due_after(position) if position else None,
        budget=found["whole"].budget,
        forecast=found["whole"].forecast,
        actual=found["whole"].actual,
        reserves=rules.total(one.closing for one in found["reserves"]),
        below=sum(one.short for one in found["reserves"]),
        gap=next_year.gap if next_year else None,
        whole_gap=plan[-1].whole_gap if plan else None,
    )


def scheme_figures(
    sort: str, rows: Sequence[Values]
) -> tuple[dict[date, rules.Amounts], dict[str, dict[date, int]], date | None]:
    """(amounts by year, funding by source and year, the position) of a scheme."""
    parts = split_figures(rows)
    years = {year: rules.Amounts(**amounts) for year, amounts in parts.get(sort, {}).get("", {}).items()}
    sources = {
        source: {year: amounts["budget"] for year, amounts in every.items() if "budget" in amounts}
        for source, every in parts.get("funding", {}).items()
    }
    return years, sources, newest(rows).get(sort)


def scheme_line(values: Values, rated: rules.Rated | None, rows: Sequence[Values]) -> rules.SchemeLine:
    """The read line of a scheme from its record, its row and its figures."""
    years, sources, position = scheme_figures(values["sort"], rows)
    return rules.scheme_line(
        organisation=values["organisation_id"],
        sensitivity=values["sensitivity"],
        sort=values["sort"],
        cashable=values["cashable"],
        closed_on=values["closed_on"],
        rated=rated,
        position=position,
        years=years,
        funding=by_year(sources),
    )


def scheme_whole(values: Values, rated: rules.Rated | None, rows: Sequence[Values], *, today: date) -> SchemeWhole:
    """A scheme put together from the values of its rows."""
    line = scheme_line(values, rated, rows)
    amounts, sources, _ = scheme_figures(values["sort"], rows)
    funding = by_year(sources)
    builds = values["sort"] == "capital"
    budget = {year: one.budget for year, one in amounts.items()}
    moved = rules.slips(budget, {year: one.forecast for year, one in amounts.items()}) if builds else {}
    gone = rules.missing_funding(budget, funding) if builds else {}
    years = tuple(
        SchemeYear(
            year,
            amounts.get(year, rules.Amounts()),
            moved.get(year, 0),
            gone.get(year, 0),
            sum(funding[year]) if year in funding else None,
        )
        for year in sorted({*amounts, *funding})
    )
    row = row_of(values, line, rules.state(line, today))
    return SchemeWhole(row, values.get("about") or "", years, tuple(sorted(sources.items())), bool(sources))
