"""Choosing the columns of the list and their order; the answer is kept in the address."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks.access import RiskPermission
from candour.risks.views.columns import ALL, Column, columns_of, said_as

PLACE = "place-"  # before the word of a column in the form's answers


@dataclass(frozen=True)
class Line:
    """One column of the form: where it stands, 0 where it is not shown."""

    column: Column
    place: int

    @property
    def name(self) -> str:
        return PLACE + self.column.key


@page(RiskPermission.SEE)
def columns(request: Request) -> HttpResponse:
    """The columns with the place of each; sent, it leads back to the list with them in its address."""
    given = request.GET
    kept = given.copy()
    for name in [name for name in kept if name.startswith(PLACE)]:
        del kept[name]
    if len(kept) < len(given):
        chosen = sorted((place, n, column.key) for n, column in enumerate(ALL) if (place := _place(given, column)))
        words = said_as(columns_of(",".join(key for _, _, key in chosen)))
        return redirect(reverse("risks") + query_string(kept, columns=words))
    shown = [column.key for column in columns_of(given.get("columns", ""))]
    lines = [Line(column, shown.index(column.key) + 1 if column.key in shown else 0) for column in ALL]
    context = {
        "lines": sorted(lines, key=lambda line: (line.place == 0, line.place)),
        "places": range(1, len(ALL) + 1),
        "keep": [(name, value) for name, values in kept.lists() if name != "columns" for value in values],
        "back": reverse("risks") + query_string(kept),
        "usual": reverse("risks") + query_string(kept, columns=None),
    }
    return render(request, "risks/columns.html", context)


def _place(given: QueryDict, column: Column) -> int:
    typed = given.get(PLACE + column.key, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
