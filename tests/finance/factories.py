"""Budgets, schemes, projects and collaborations for tests, made through the real commands."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from candour.boards.commands import set_limit
from candour.finance import commands
from candour.finance.commands import NewAmount
from candour.finance.models import Benefit, Budget, Collaboration, Load, Project, Scheme
from candour.finance.rules import Share
from candour.kernel.access import CANDOUR
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from tests.factories import NOW, TODAY, House

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
EARLY = date(2026, 1, 5)
Y25, Y26, Y27, Y28 = (date(year, 4, 1) for year in (2025, 2026, 2027, 2028))
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
GREEN, AMBER, RED = 1, 2, 3
RATINGS = Words(
    0,
    "Ratings of 2026",
    (
        Step(1, "Green", "It will be done as planned", "low"),
        Step(2, "Amber", "It needs attention", "medium"),
        Step(3, "Red", "It will not be done as planned", "high"),
    ),
)
K = 100_000  # pence of a thousand pounds


def rated_in(house: House, body: Any = None) -> Scale:
    """The scale of ratings of a body, the office unless said otherwise; the one that it has, where it has one."""
    where = body or house.office
    held = Scale.objects.filter(organisation=where, kind=Scale.Kind.DELIVERY).first()
    return held or bring_in_words(RATINGS, kind=Scale.Kind.DELIVERY, organisation=where, starts=date(2025, 1, 1), **BY)


def a_budget(house: House, **values: Any) -> Budget:
    """The budget of 2026/27 of the office, owned by the chief finance officer, for office and panel."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {"year": Y26, "owner": house.posts["finance"], "effective": EARLY}
    return commands.open_budget(organisation=body, **(BY | given | values))


def a_scheme(house: House, sort: str = "saving", **values: Any) -> Scheme:
    """A scheme of the office, cashable where it saves, owned by the head of communications."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "title": "Fewer vehicles",
        "owner": house.posts["owner"],
        "cashable": True,
        "effective": EARLY,
    }
    return commands.add_scheme(organisation=body, sort=sort, **(BY | given | values))


def load(body: Any, amounts: Sequence[NewAmount], position: date = MAY, **more: Any) -> Load | None:
    given = {"organisation": body, "position": position, "file_name": "finance.xlsx", "sha256": ""}
    return commands.load_figures(amounts, **(BY | given | more))


def headings(budget: Budget, rows: Mapping[str, tuple[int, int, int]]) -> list[NewAmount]:
    """Revenue headings as budget, forecast and actual, in thousands of pounds."""
    names = ("budget", "forecast", "actual")
    return [
        NewAmount(budget.record, "revenue", budget.year, what, pounds * K, name)
        for name, amounts in rows.items()
        for what, pounds in zip(names, amounts, strict=True)
    ]


def years(scheme: Scheme, rows: Mapping[date, tuple[int | None, ...]]) -> list[NewAmount]:
    """The years of a scheme as budget, forecast and actual, in thousands of pounds; None for one that is not given."""
    return [
        NewAmount(scheme.record, scheme.sort, year, what, pounds * K)
        for year, amounts in rows.items()
        for what, pounds in zip(("budget", "forecast", "actual"), amounts, strict=False)
        if pounds is not None
    ]


def funding(scheme: Scheme, rows: Mapping[str, Mapping[date, int]]) -> list[NewAmount]:
    return [
        NewAmount(scheme.record, "funding", year, "budget", pounds * K, source)
        for source, each in rows.items()
        for year, pounds in each.items()
    ]


def a_project(house: House, *, approved: bool = False, **values: Any) -> Project:
    """A project of the office; approved: with a full business case of £200,000 that was approved."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "title": "New records system",
        "about": "One system in place of three",
        "owner": house.posts["owner"],
        "starts": EARLY,
        "ends": date(2027, 3, 31),
        "effective": EARLY,
    }
    made = commands.begin_project(organisation=body, **(BY | given | values))
    if approved:
        limits(house, body)
        case = commands.submit_case(made, kind="full", value=200 * K, **BY | {"effective": EARLY})
        commands.answer_case(case, answer="approved", answered_by="The board", **BY | {"effective": EARLY})
        rated_in(house, body)
    return Project.objects.select_related("record__organisation", "record__owner").get(pk=made.pk)


def limits(house: House, body: Any = None) -> None:
    """The finance officer may approve projects up to £250,000, the chief executive any; of the force its one post any."""
    where = body or house.office
    named = [("finance", Decimal(250_000)), ("chief", None)] if where == house.office else [("force_policy", None)]
    if where.limits.filter(what="Projects").exists():
        return
    for post, up_to in named:
        set_limit(
            organisation=where, what="Projects", post=house.posts[post], board=None, up_to=up_to, starts=date(2025, 1, 1),
            **BY,
        )  # fmt: skip


def reported(project: Project, **values: Any) -> Any:
    """A highlight report of May, all green."""
    given: dict[str, Any] = {
        "period": MAY, "time": GREEN, "cost": GREEN, "benefits": GREEN, "progress": "The first site is live",
        "actor": CANDOUR, "at": NOW,
    }  # fmt: skip
    project.record.refresh_from_db()
    return commands.report_highlight(project, **(given | values))


def a_collaboration(house: House, **values: Any) -> Collaboration:
    """A collaboration of the office, reviewed next in the autumn."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "title": "Legal services", "lead": "Mereford Police", "owner": house.posts["owner"], "about": "One legal team",
        "review_due": date(2026, 10, 1), "starts": date(2020, 4, 1), "ends": date(2030, 3, 31), "effective": EARLY,
    }  # fmt: skip
    made = commands.enter_collaboration(organisation=body, **(BY | given | values))
    return Collaboration.objects.select_related("record__organisation", "record__owner").get(pk=made.pk)


THREE = (Share("The office", 4_000, True), Share("Northshire", 3_500), Share("Southshire", 2_500))


def shared_out(it: Collaboration, shares: Sequence[Share] = THREE, year: date = Y26, pence: int = 900 * K) -> Any:
    it.record.refresh_from_db()
    return commands.share_costs(it, year=year, pence=pence, shares=shares, **BY)


def a_benefit(it: Project | Collaboration, **values: Any) -> Benefit:
    given: dict[str, Any] = {"what": "Fewer hours", "cashable": True, "planned": 50 * K, "due": TODAY}
    it.record.refresh_from_db()
    return commands.plan_benefit(it, **(given | {"actor": CANDOUR, "at": NOW} | values))


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of sheets, each rows of cells; a cell ("text", n) is merged over n columns."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                if isinstance(cell, tuple):
                    sheet.merge_range(number, column, number, column + cell[1] - 1, cell[0])
                    column += cell[1]
                    continue
                sheet.write(number, column, cell)
                column += 1
    book.close()
    return out.getvalue()
