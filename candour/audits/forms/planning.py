"""The plan: its filters, an audit that joins it, its dates, and how it leaves."""

from datetime import date
from typing import Any

from django.http import QueryDict

from candour.audits.forms.base import Choices, VerbForm, approver_field, words_field
from candour.audits.forms.sight import SIGHT, SIGHT_HINTS
from candour.audits.queries import AuditFilter, Place
from candour.audits.queries.changes import KINDS
from candour.audits.rules import STAGES, STATE_WORDS
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField, TextField

DATE_OF = {which: f"{word} planned for" for which, word in STAGES.items()} | {"panel": "Panel that gets the report"}
DAYS_HINT = "Days of the auditor’s work"


def days_field() -> NumberField:
    return NumberField("Planned days", hint=DAYS_HINT, width="3", min_value=1, max_value=999, required=False)


class PlanFilters(Filters):
    """Which audits a plan shows. years: as written; providers, bodies: (code, name)."""

    year = ChoiceField("Year", kind="select")
    provider = ChoiceField("Auditor", kind="select")
    body = ChoiceField("Body", kind="select")
    state = ChoiceField("State", [("", "Any state"), *((name, name) for name in STATE_WORDS)], kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(
        self,
        params: QueryDict,
        *,
        years: Choices,
        providers: Choices,
        bodies: Choices,
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["year"].choices = years
        self.fields["provider"].choices = [("", "Any auditor"), *providers]
        self.fields["body"].choices = [("", "Every body"), *bodies]

    def wanted(self, year: str, numbers: dict[str, int]) -> AuditFilter:
        """The filter that a valid form asks for. year: where the address names none. numbers: of providers and bodies."""
        given = self.cleaned_data
        return AuditFilter(
            year=given["year"] or year,
            provider=numbers.get(given["provider"]),
            organisation=numbers.get(given["body"]),
            state=given["state"],
            words=given["q"],
        )


class ChangeFilters(Filters):
    """Of which plans the changes are shown, and of which kind. As PlanFilters otherwise."""

    year = ChoiceField("Plan", kind="select")
    provider = ChoiceField("Auditor", kind="select")
    body = ChoiceField("Body", kind="select")
    what = ChoiceField("What changed", [("", "Anything"), *KINDS.items()], kind="select")

    def __init__(self, params: QueryDict, *, place: Place, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["year"].choices = [("", "Every year"), *((year, year) for year in place.years)]
        self.fields["provider"].choices = [("", "Any auditor"), *(one[1:] for one in place.providers)]
        self.fields["body"].choices = [("", "Every body"), *(one[1:] for one in place.bodies)]


class PlanForm(Form):
    """A new audit of one body's plan."""

    title = TextField("What is audited", hint="In one line", missing="Enter a title that says what is audited")
    provider = ChoiceField("Auditor", kind="select", missing="Choose the auditor")
    year = TextField("Financial year", hint="For example 2026/27", width="10", max_length=7)
    days = days_field()
    owner = ChoiceField("Owner", kind="select", hint="The post that answers to the auditor", required=False)
    purpose = words_field("Terms of reference", hint="What the audit is to give assurance on")
    scope = words_field("Scope", hint="What is looked at, and what is not")
    brief, fieldwork, exit, draft, responses, final, panel = (
        DateField(DATE_OF[which], required=False) for which in STAGES
    )
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this audit")
    reference = TextField(
        "Reference", hint="The next number. Change it if yours comes from elsewhere.", width="10", max_length=60
    )
    reason = ReasonField("Why it is in the plan", rows=2, missing="Say why it is in the plan")
    approver = approver_field(required=False)

    def __init__(self, *args: Any, posts: Choices, providers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "No post yet"), *posts]
        self.fields["provider"].choices = [("", "Choose an auditor"), *providers]


class ChangeForm(VerbForm):
    title = TextField("What is audited", missing="Enter a title that says what is audited")
    owner = ChoiceField("Owner", kind="select", hint="The post that answers to the auditor", required=False)
    days = days_field()
    purpose = words_field(  # type: ignore[assignment]  # a field, which Django takes off the class
        "Terms of reference", hint="What the audit is to give assurance on"
    )
    scope = words_field("Scope", hint="What is looked at, and what is not")
    reason = ReasonField("Why the audit changes", missing="Say why the audit changes")
    approver = approver_field(required=False)


class DatesForm(VerbForm):
    """The day of each stage that is still to come; those that were reached are left out."""

    brief, fieldwork, exit, draft, responses, final, panel = (
        DateField(DATE_OF[which], required=False) for which in STAGES
    )
    reason = ReasonField("Why the dates are so", missing="Say why the dates are so")
    approver = approver_field(required=False)

    def __init__(self, *args: Any, dates: dict[str, date | None], **kwargs: Any) -> None:
        super().__init__(*args, initial=dates, **kwargs)
        self.to_plan = tuple(dates)
        for which in STAGES:
            if which not in dates:
                del self.fields[which]
        self.fields["approver"].help_text = "Needed once a date that was planned moves"


class DeferForm(VerbForm):
    year = TextField(
        "Carried to the plan of",
        hint="A later financial year, such as 2027/28",
        missing="Enter the year to whose plan it is carried, for example 2027/28",
        width="10",
        max_length=7,
    )
    reference = TextField("Its reference there", missing="Enter its reference in that plan", width="10", max_length=60)
    reason = ReasonField("Why it is deferred", missing="Say why it is deferred")
    approver = approver_field()


class LeaveForm(VerbForm):
    """An audit is cancelled, or put back."""

    reason = ReasonField("Why")
    approver = approver_field()
