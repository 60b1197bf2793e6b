"""The filters of the list of activities."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.access import Actor
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField
from candour.plan import rules
from candour.plan.queries import VIEWS, ActivityFilter

LONGEST = 70  # letters of an answer
Named = tuple[tuple[int, str, str], ...]


class ActivityFilters(Filters):
    """Which activities the list shows. plans, objectives: (number, reference, title) of those that the reader sees."""

    plan = ChoiceField("Plan", kind="select")
    objective = ChoiceField("Objective", kind="select")
    state = ChoiceField("State", [("", "Any state"), *((name, name) for name in rules.ORDER)], kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(
        self, params: QueryDict, *, plans: Named, objectives: Named, today: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.named = {"plan": plans, "objective": objectives}
        for name, words in (("plan", "Every plan"), ("objective", "Every objective")):
            named = {ref: f"{ref} {title}" for _, ref, title in self.named[name]}
            short = [(ref, said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…") for ref, said in named.items()]
            self.fields[name].choices = [("", words), *short]

    def wanted(self, view: str, actor: Actor) -> ActivityFilter:
        """The filter that a valid form asks for. view: one of VIEWS; another stands for the usual one."""
        given = self.cleaned_data
        numbers = {
            name: next((number for number, ref, _ in rows if ref == given[name]), None)
            for name, rows in self.named.items()
        }
        return ActivityFilter(
            view=view if view in VIEWS else "open",
            state=given["state"],
            words=given["q"],
            posts=tuple(sorted(actor.posts)),
            **numbers,
        )
