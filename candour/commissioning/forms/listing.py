"""The filters of the register."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.commissioning import rules
from candour.commissioning.queries import VIEWS, AgreementFilter, Place
from candour.kernel.records.priorities import said_of
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField

CHECKS = [("", "Any"), *((check.name, check.fails) for check in rules.CHECKS)]


class RegisterFilters(Filters):
    """Which agreements the register shows. place: what there is to choose from."""

    stream = ChoiceField("Funding stream", kind="select")
    year = ChoiceField("Year", kind="select")
    body = ChoiceField("Body", kind="select")
    state = ChoiceField("State", [("", "Any state"), *((name, name) for name in rules.STATE_WORDS)], kind="select")
    check = ChoiceField("What is wrong", CHECKS, kind="select")
    priority = ChoiceField("Priority of the plan", kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(self, params: QueryDict, *, place: Place, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.place = place
        self.fields["stream"].choices = [("", "Every stream"), *place.streams]
        self.fields["year"].choices = [("", "Every year"), *((year, year) for year in place.years)]
        served = [(str(pk), words) for pk, words in said_of(place.priorities).items()]
        self.fields["priority"].choices = [("", "Any"), *served, *([("none", "Serves none")] if served else [])]
        self.fields["body"].choices = [("", "Every body"), *(one[1:] for one in place.bodies)]

    def wanted(self, view: str) -> AgreementFilter:
        """The filter that a valid form asks for. view: one of VIEWS; another stands for the usual one."""
        given = self.cleaned_data
        return AgreementFilter(
            view=view if view in VIEWS else "running",
            stream=given["stream"],
            year=given["year"],
            organisation=next((number for number, code, _ in self.place.bodies if code == given["body"]), None),
            state=given["state"],
            check=given["check"],
            words=given["q"],
            priority=int(given["priority"]) if given["priority"] not in ("", "none") else None,
            none_of=tuple(one.pk for one in self.place.priorities) if given["priority"] == "none" else None,
        )
