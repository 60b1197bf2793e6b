"""What the pages of figures share. A figure is a filter of the list: its count and its link come from the same answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.web import charts
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.charts import Chart
from candour.kernel.web.page import Request
from candour.kernel.web.tables import query_string
from candour.recommendations.forms.filters import KEPT, FigureFilters, RecommendationFilters, narrowed
from candour.recommendations.queries.conditions import NONE
from candour.recommendations.queries.figures import Group, Table, table
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.views.frame import past_choices
from candour.recommendations.views.listing import Asked, asked_of, faces

Answers = Mapping[str, str]  # what an address says in place of what the page's own says
BARS = 12  # bars that a chart draws; what comes after shares the last, and the table has it all
UNNAMED = {
    "owner": "No post named",
    "directorate": "No directorate",
    "audit": "No report named",
    "priority": "No priority",
}
OF = {"owner": "Owner", "directorate": "Directorate", "audit": "Report", "priority": "Priority"}


@dataclass(frozen=True)
class Cell:
    """A count and where its rows are; or words that count nothing."""

    count: int = 0
    href: str = ""
    words: str = ""


@dataclass(frozen=True)
class CrossRow:
    label: str
    cells: tuple[Cell, ...]
    key: Any = None


@dataclass(frozen=True)
class Cross:
    """A table whose counts are links, and its chart."""

    title: str
    of: str
    heads: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    foot: CrossRow | None = None
    chart: Chart | None = None

    @property
    def tells(self) -> bool:
        """Whether it parts anything: where no post has a directorate, a table by it is one row."""
        return any(row.key for row in self.rows)


@dataclass
class FiguresAsked(Asked):
    """What the address asks for: whose tracker, which day, and of which owner, priority, source or report."""

    ended: bool = False  # whether the figures count what has ended too

    @cached_property
    def form(self) -> RecommendationFilters:
        choices: dict[str, Any] = {"owners": self.source.owners(ended=self.ended)}
        return FigureFilters(self.request.GET, priorities=self.source.priorities(), today=self.day, **choices)

    @cached_property
    def wanted(self) -> RecommendationFilter:
        return self.form.wanted(self.base)

    def filter(self, answers: Answers, but: str = "") -> RecommendationFilter:
        """What the page and the answers ask for together. but: what of the page's own is left out: "owner"."""
        days = {name: date.fromisoformat(answers[name]) for name in ("since", "until") if name in answers}
        asks = narrowed(RecommendationFilter(), {**answers, **days})
        own = {"q": "words", "owner": "owners"}
        kept = {own.get(name, name): getattr(self.wanted, own.get(name, name)) for name in KEPT if name != but}
        return replace(asks, organisation=self.wanted.organisation, **kept)

    def href(self, **answers: str) -> str:
        """The list with the page's filters and these answers, on the same day."""
        given = self.request.GET
        others = dict.fromkeys(set(given) - {*KEPT, "body", "as_at"})
        return reverse("recommendations") + query_string(given, **(others | answers))

    def cell(self, count: int, answers: Answers) -> Cell:
        return Cell(count, self.href(**answers))

    def figures(self, columns: Mapping[str, Answers]) -> dict[str, Cell]:
        """One count a column, of everything that the page asks for. One query live."""
        counts = self.source.counts({name: self.filter(answers) for name, answers in columns.items()})
        return {name: self.cell(counts[name], answers) for name, answers in columns.items()}

    def whole(self, columns: Mapping[str, Answers], rows: Iterable[CrossRow]) -> dict[str, Cell]:
        """The count of each column over rows of which each recommendation stands in one: by priority or by report."""
        held = list(rows)
        counts = {name: sum(row.cells[place].count for row in held) for place, name in enumerate(columns)}
        return {name: self.cell(counts[name], answers) for name, answers in columns.items()}

    def groups(self, columns: Mapping[str, Answers], *, by: str) -> list[CrossRow]:
        """One row for each owner, directorate, report or priority that has any. One query live."""
        return self.rows(table(self.source, self.filters(columns, by), by=by), columns, by=by)

    def filters(self, columns: Mapping[str, Answers], by: str) -> dict[str, RecommendationFilter]:
        """What each column of a table of groups holds."""
        return {name: self.filter(answers, by) for name, answers in columns.items()}

    def rows(self, found: Table[str], columns: Mapping[str, Answers], *, by: str) -> list[CrossRow]:
        """The rows of what was counted by group.

        Where the page asks for one owner, only that one has a row, though others may answer for the same recommendations.
        """
        only = self.request.GET.get(by, "").strip()
        rows = []
        for group, counts in found.items():
            key = address_of(group)
            if only in {"", key}:
                cells = (self.cell(counts[name], {**answers, by: key}) for name, answers in columns.items())
                rows.append(CrossRow(group[1] or UNNAMED[by], tuple(cells), group[0]))
        return rows


def address_of(group: Group) -> str:
    """A group as an address names it."""
    return str(group[0]) if group[0] else NONE


def opened(request: Request, *, title: str, here: str, ended: bool = False) -> tuple[FiguresAsked, dict[str, Any]]:
    """What the address asks for, and what every page of figures shows."""
    plain = asked_of(request)
    asked = FiguresAsked(plain.request, as_at_of(request), plain.bodies, plain.body, ended)
    problems = asked.problems
    return asked, {
        "asked": asked,
        "kicker": asked.body.name if asked.body else " and ".join(each.name for each in asked.bodies),
        "title": title,
        "day": asked.day,
        "past": asked.as_at.query,
        "past_days": past_choices(request),
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "filters": asked.form,
        "faces": faces(asked, here),
        "list": asked.href(),
        "problems": problems,
        "has_errors": bool(problems),
    }


def shown(
    request: Request, template: str, asked: FiguresAsked, context: dict[str, Any], make: Callable[[], Any]
) -> HttpResponse:
    """The page; its figures only where the address could be read."""
    return render(request, template, context | ({} if asked.problems else make()))


def bars(rows: Iterable[CrossRow], parts: Sequence[str], *, key: str, title: str, of: str, first: int = 0) -> Chart:
    """A bar a row of the cells from `first` on, those with most first where there are more than the chart draws."""
    held = list(rows)
    if len(held) > BARS:
        held = sorted(held, key=lambda row: -sum(cell.count for cell in row.cells[first : first + len(parts)]))
    drawn = [charts.Ageing(row.label, _parts([row], parts, first)) for row in held[:BARS]]
    if len(held) > BARS:
        drawn[-1:] = [charts.Ageing(f"{len(held) - BARS + 1} more", _parts(held[BARS - 1 :], parts, first))]
    return charts.ageing(drawn, of=of, key=key, title=title)


def _parts(rows: Sequence[CrossRow], parts: Sequence[str], first: int) -> tuple[tuple[str, int], ...]:
    return tuple((part, sum(row.cells[first + place].count for row in rows)) for place, part in enumerate(parts))


def most_first(rows: Iterable[CrossRow], place: int) -> tuple[CrossRow, ...]:
    """Rows by the count at a place, highest first, then by label."""
    return tuple(sorted(rows, key=lambda row: (-row.cells[place].count, row.label.casefold())))
