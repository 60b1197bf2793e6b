"""What an auditor promises, and when it reported to the panel."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.audits.forms.base import Choices
from candour.audits.rules import MEASURES, OUTCOMES
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField


class ProviderFilters(Filters):
    """Of which year, and which audits stand below: a measure and what became of it."""

    year = ChoiceField("Year", kind="select")
    measure = ChoiceField(
        "Measure", [("", "Any"), *((each.name, each.words) for each in MEASURES.values())], kind="select"
    )
    outcome = ChoiceField("Outcome", [("", "Any"), *OUTCOMES.items()], kind="select")

    def __init__(self, params: QueryDict, *, years: Choices, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["year"].choices = years


class PromiseForm(Form):
    """bodies: (number, name) of those that the actor may agree promises for."""

    measure = ChoiceField(
        "What is promised",
        [(each.name, each.words) for each in MEASURES.values()],
        missing="Choose what is promised",
    )
    allowed = NumberField("How many", hint="Working days; of satisfied auditees, per cent", width="3")
    body = ChoiceField("To which body", missing="Choose the body")
    starts = DateField("From", missing="Enter the day from which it holds, for example 1 April 2026")
    reason = ReasonField("Where it was agreed", rows=2, missing="Say where it was agreed")

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies


class ProgressForm(Form):
    """bodies: as above."""

    panel_on = DateField("The panel meets on", missing="Enter the day of the meeting, for example 26 October 2023")
    issued_on = DateField("The report was out on", hint="Leave it empty until it is", required=False)
    body = ChoiceField("Whose panel", missing="Choose the body")
    reason = ReasonField("Why", rows=2, hint="Needed where a recorded date was wrong", required=False)

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies
        self.fields["issued_on"].latest = self.today
