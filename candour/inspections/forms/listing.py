"""The filters of the lists of inspections and of the statement."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.inspections import rules
from candour.inspections.queries import VIEWS, InspectionFilter, Place
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField


class InspectionFilters(Filters):
    """Which inspections the list shows. place: what there is to choose from."""

    kind = ChoiceField("Kind", [("", "Any kind"), *rules.KINDS.items()], kind="select")
    inspectorate = ChoiceField("Inspectorate", kind="select")
    body = ChoiceField("Body", kind="select")
    state = ChoiceField("State", [("", "Any state"), *((name, name) for name in rules.ORDER)], kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(self, params: QueryDict, *, place: Place, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.place = place
        self.fields["inspectorate"].choices = [("", "Any"), *(one[1:] for one in place.inspectorates)]
        self.fields["body"].choices = [("", "Every body"), *(one[1:] for one in place.bodies)]

    def wanted(self, view: str) -> InspectionFilter:
        """The filter that a valid form asks for. view: one of VIEWS; another stands for the usual one."""
        given = self.cleaned_data

        def number(of: tuple[tuple[int, str, str], ...], code: str) -> int | None:
            return next((pk for pk, each, _ in of if each == code), None)

        return InspectionFilter(
            view=view if view in VIEWS else "open",
            kind=given["kind"],
            organisation=number(self.place.bodies, given["body"]),
            inspectorate=number(self.place.inspectorates, given["inspectorate"]),
            state=given["state"],
            words=given["q"],
        )


class StatementFilters(Filters):
    """Which items of the statement the list shows. years: the newest first."""

    year = ChoiceField("Year", kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(self, params: QueryDict, *, years: list[str], today: date | None = None, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["year"].choices = [("", "Every year"), *((year, year) for year in years)]
