"""Ageing: how late reviews and controls are, as charts whose figures lead to the rows that make them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.records.pages import marking_of
from candour.kernel.web import charts
from candour.kernel.web.charts import Chart
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string
from candour.risks.access import RiskPermission
from candour.risks.queries.ageing import LATE, Aged, Ageing, Counts
from candour.risks.rules import AGES
from candour.risks.views.asked import Asked, asked_of
from candour.risks.views.listing import common

SIZE = 50
BARS = 12  # posts that the chart draws; the others share a bar, and the table has them all
SHOWN = {"reviews": "Reviews", "controls": "Controls still to be put in place"}
OWN = ("of", "age", "post", "page")  # the parameters of the rows, beside those of the register


@dataclass(frozen=True)
class Figure:
    """A count and where its rows are; no address for nought."""

    count: int
    href: str


@dataclass(frozen=True)
class PostRow:
    post: str
    figures: tuple[Figure, ...]
    total: Figure


@dataclass(frozen=True)
class Part:
    """One of the two halves of the page."""

    of: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[PostRow, ...]
    foot: PostRow
    late: Figure
    oldest: Figure
    chart: Chart


@dataclass(frozen=True)
class Found:
    """A row under a figure, with its address."""

    aged: Aged
    href: str
    days: int

    @property
    def moved(self) -> bool:
        return self.aged.due != self.aged.first


@page(RiskPermission.SEE, kept=True)
def ageing(request: Request) -> HttpResponse:
    """Both halves, and the rows of the figure that was followed."""
    asked = asked_of(request)
    problems = asked.as_at.problems
    parts = [] if problems else [_part(of, Ageing(of, asked.source).counts(), asked) for of in SHOWN]
    context = common(asked, []) | {
        "title": f"{asked.level_word} risks: ageing",
        "parts": parts,
        "problems": problems,
        "has_errors": bool(problems),
        "total": sum(part.foot.total.count for part in parts),
    }
    if parts and request.GET.get("of") in SHOWN:
        context |= _rows(asked, request.GET["of"])
    return render(request, "risks/ageing.html", context)


def _part(of: str, counts: Counts, asked: Asked) -> Part:
    posts = sorted({(title == "", title, post) for post, title, _ in counts}, key=lambda each: each[:2])
    ages = [age for age in AGES if age != "no date" or any(each[2] == age for each in counts)]

    def figure(count: int, age: str, post: int | str | None = "any") -> Figure:
        where = {"of": of, "age": age or None, "post": None if post == "any" else post or "none", "page": None}
        return Figure(count, f"{query_string(asked.request.GET, **where)}#rows" if count else "")

    rows = []
    for _, title, post in posts:
        held = {age: counts[post, title, age] for age in ages}
        total = figure(sum(held.values()), "", post)
        rows.append(PostRow(title or "No owner", tuple(figure(held[age], age, post) for age in ages), total))
    sums: Counter[str] = Counter()
    for (_, _, age), count in counts.items():
        sums[age] += count
    foot = PostRow("All", tuple(figure(sums[age], age) for age in ages), figure(sum(sums.values()), ""))
    return Part(
        of,
        SHOWN[of],
        tuple(AGES[age] for age in ages),
        tuple(rows),
        foot,
        figure(sum(sums[age] for age in LATE), "late"),
        figure(sums["over 90"], "over 90"),
        _chart(of, rows, [AGES[age] for age in ages]),
    )


def _chart(of: str, rows: Sequence[PostRow], ages: list[str]) -> Chart:
    """A bar for each post, those with most late first; what comes after the twelfth shares one."""
    drawn = [age for age in ages if age != AGES["no date"]]

    def late(row: PostRow) -> int:
        return sum(figure.count for figure in row.figures[1 : len(LATE) + 1])

    by_late = sorted(rows, key=lambda row: -late(row))
    shown, rest = (by_late, []) if len(by_late) <= BARS else (by_late[: BARS - 1], by_late[BARS - 1 :])
    bars = [charts.Ageing(row.post, _parts([row], drawn)) for row in shown]
    if rest:
        bars.append(charts.Ageing(f"{len(rest)} more posts", _parts(rest, drawn)))
    return charts.ageing(bars, of="Owner", key=f"ageing-{of}", title=f"{SHOWN[of]} by how late, for each owner")


def _parts(rows: Sequence[PostRow], ages: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((age, sum(row.figures[place].count for row in rows)) for place, age in enumerate(ages))


def _rows(asked: Asked, of: str) -> dict[str, object]:
    """The rows of a figure. What cannot be read in the address means any, as a link never gives it."""
    given = asked.request.GET
    age = given.get("age", "") if given.get("age", "") in {*AGES, "late"} else ""
    post = given.get("post", "")
    owner = int(post) if post.isascii() and post.isdigit() and len(post) < 10 else None
    typed = given.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1
    found = Ageing(of, asked.source).page(
        age=age, owner=owner, anyone=not post, offset=(max(number, 1) - 1) * SIZE, size=SIZE
    )
    return {
        "of": of,
        "what": f"{SHOWN[of]}: {'past their date' if age == 'late' else AGES.get(age, 'all').lower()}",
        "whose": found.rows[0].owner or "No owner" if post and found.rows else "",
        "rows": [Found(each, _address(each, asked), each.days(asked.day)) for each in found.rows],
        "count": found.total,
        "page": Page.read(given, count=found.total, size=SIZE),
        "cleared": query_string(given, **dict.fromkeys(OWN)),
        "marking": marking_of(each.sensitivity for each in found.rows),
    }


def _address(each: Aged, asked: Asked) -> str:
    place = {"organisation": each.organisation_code, "reference": each.reference}
    return reverse("risk", kwargs=place) + asked.as_at.query
