"""The filters of the list of measures."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField
from candour.performance import rules
from candour.performance.queries import VIEWS, MeasureFilter, Place


class MeasureFilters(Filters):
    """Which measures the list shows. place: what there is to choose from."""

    topic = ChoiceField("Stands under", kind="select")
    body = ChoiceField("Body", kind="select")
    state = ChoiceField("State", [("", "Any state"), *((name, name) for name in rules.ORDER)], kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(self, params: QueryDict, *, place: Place, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.place = place
        self.fields["topic"].choices = [("", "Anything"), *((topic, topic) for topic in place.topics)]
        self.fields["body"].choices = [("", "Every body"), *(one[1:] for one in place.bodies)]

    def wanted(self, view: str) -> MeasureFilter:
        """The filter that a valid form asks for. view: one of VIEWS; another stands for the usual one."""
        given = self.cleaned_data
        return MeasureFilter(
            view=view if view in VIEWS else "open",
            topic=given["topic"],
            organisation=next((number for number, code, _ in self.place.bodies if code == given["body"]), None),
            state=given["state"],
            words=given["q"],
        )
