"""What the pages of following an agreement ask: returns, money, meetings, outcomes, the end."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from candour.commissioning.forms.base import Choices, VerbForm, approver_field
from candour.commissioning.forms.life import PastForm
from candour.commissioning.rules import NEXT
from candour.commissioning.rules.follow import ASSESS_DAYS, EVERY, SEVERITIES
from candour.kernel.evidence.forms import AnyFileField
from candour.kernel.web.fields import NumberField, PoundsField
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

MOST = Decimal(10) ** 12


class FigureField(PoundsField):
    """A figure as 1,204 or 92.5, with two places at most; gives a Decimal."""

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        text = str(value).replace(",", "").replace("%", "").strip()
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or not 0 <= found < MOST or found != round(found, 2):
            raise ValidationError(f"‘{text[:20]}’ is not a figure. Enter one of two places at most, for example 92.5")
        return found


class ChoosingForm(PastForm):
    """A change of one row that is chosen. rows: (number, words)."""

    chosen = "row"

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.chosen].choices = [("", "Choose one"), *rows]


class AskReturnsForm(VerbForm):
    """posts: of the body."""

    asks = ReasonField(
        "What is returned",
        rows=4,
        hint="Figures, a narrative, spend, a case",
        missing="Enter what the provider returns",
    )
    every = ChoiceField("For each", list(EVERY.items()), missing="Choose how often")
    first = DateField("First day of the first period", missing="Enter the first day of the first period")
    days = NumberField(
        "Due after", hint="Working days after the end of a period", missing="Enter the working days",
        min_value=1, max_value=250,
    )  # fmt: skip
    assess_days = NumberField(
        "Assessed within", hint=f"Working days after it came, usually {ASSESS_DAYS}", missing="Enter the working days",
        min_value=1, max_value=250,
    )  # fmt: skip
    assessor = ChoiceField("Assessed by", kind="select", missing="Choose the post that assesses them")
    reason = ReasonField("Where it is agreed", rows=2, missing="Say where it is agreed")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].choices = [("", "Choose a post"), *posts]


class ReceiveForm(ChoosingForm):
    """rows: of the returns that have not come. indicators: (number, name) of the KPIs that are measured."""

    chosen = "expected"

    expected = ChoiceField("Which return", kind="select", missing="Choose the return")
    on = DateField("Received on", missing="Enter the day on which it came")
    narrative = ReasonField("What it says", rows=5, required=False, max_length=8000, hint="In short, or in full")
    spent = PoundsField("Spent so far", hint="In pounds, from the first day of the agreement", required=False)
    file = AnyFileField("The return itself", hint="Word, PDF, a workbook or a picture", required=False)
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [number for number, _ in indicators]
        figures = {f"kpi_{number}": FigureField(name, required=False) for number, name in indicators}
        last = {"reason": self.fields.pop("reason")}
        self.fields |= figures | last

    @property
    def figures(self) -> dict[int, Decimal]:
        """The figures given, by the number of the KPI."""
        given = {number: self.cleaned_data.get(f"kpi_{number}") for number in self.numbers}
        return {number: value for number, value in given.items() if value is not None}


class AssessForm(VerbForm):
    expected = ChoiceField("Which return", kind="select", missing="Choose the return")
    verdict = ChoiceField(
        "What you found",
        [("satisfactory", "It is satisfactory"), ("back", "It goes back: more is wanted")],
        missing="Choose what you found",
    )
    wanted = ReasonField(
        "What is wanted", rows=3, required=False, hint="Of one that goes back, as the provider reads it"
    )
    due = DateField("To come again by", required=False, hint="Of one that goes back")
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].choices = [("", "Choose one"), *rows]


class ChaseForm(ChoosingForm):
    chosen = "expected"

    expected = ChoiceField("Which return", kind="select", missing="Choose the return")
    on = DateField("Asked on", missing="Enter the day on which you asked")
    reason = ReasonField("How, and what was answered", rows=2, missing="Say how you asked, and what was answered")


class ForecastForm(VerbForm):
    year = TextField("Financial year", hint="For example 2026/27", width="10", missing="Enter the year", max_length=7)
    value = PoundsField("Expected to be paid in it", hint="In pounds, the whole year", missing="Enter the amount, or 0")
    reason = ReasonField("What it rests on", rows=2, missing="Say what it rests on")


class AskBackForm(VerbForm):
    year = TextField(
        "Financial year", hint="Of which it is. Empty at the end of the agreement", width="10", required=False,
        max_length=7,
    )  # fmt: skip
    value = PoundsField("To be paid back", hint="In pounds", missing="Enter the amount")
    by = DateField("By", missing="Enter the day by which it is paid back")
    reason = ReasonField("How it was found", rows=2, missing="Say how it was found")


class SettleForm(PastForm):
    """What came of an underspend. rows: those that are not settled."""

    underspend = ChoiceField("Which underspend", kind="select", missing="Choose the underspend")
    what = ChoiceField(
        "What happened", [("agreed", "Both agreed what is paid back"), ("paid", "It was paid back")],
        missing="Choose what happened",
    )  # fmt: skip
    value = PoundsField("Agreed amount", hint="In pounds, where both agreed it", required=False)
    number = TextField(
        "Payment number", hint="As finance has it, where it was paid back", required=False, max_length=56
    )
    on = DateField("On", missing="Enter the day")
    reason = ReasonField("How", rows=2, missing="Say how it was agreed or paid")

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["underspend"].choices = [("", "Choose one"), *rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == "agreed" and given.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Enter what both agreed")
        return given


class CarryForm(VerbForm):
    underspend = ChoiceField("Which underspend", kind="select", missing="Choose the underspend")
    year = TextField("Kept for", hint="A later financial year", width="10", missing="Enter the year", max_length=7)
    approver = approver_field()
    reason = ReasonField("Why it is not paid back", rows=2, missing="Say why it is not paid back")

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["underspend"].choices = [("", "Choose one"), *rows]


class MeetingForm(PastForm):
    on = DateField("Held on", missing="Enter the day of the meeting")
    present = TextField("Who was there", hint="By their posts", missing="Enter who was there")
    notes = ReasonField("What was said", rows=6, missing="Enter what was said", max_length=8000)
    next_on = DateField("Next meeting", required=False)


class IssueForm(PastForm):
    """posts: of the body."""

    text = ReasonField("What has gone wrong", rows=3, missing="Enter what has gone wrong")
    severity = ChoiceField("How bad it is", list(SEVERITIES.items()), missing="Choose how bad it is")
    on = DateField("Found on", missing="Enter the day on which it was found")
    owner = ChoiceField("Who sees to it", kind="select", missing="Choose the post that sees to it")
    due = DateField("To be resolved by", missing="Enter the day by which it is resolved")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose a post"), *posts]


class ResolveForm(ChoosingForm):
    chosen = "issue"

    issue = ChoiceField("Which issue", kind="select", missing="Choose the issue")
    on = DateField("Resolved on", missing="Enter the day on which it was resolved")
    reason = ReasonField("How", rows=3, missing="Say how it was resolved")


class NoticeForm(PastForm):
    about = ReasonField("What is not performed, and what is asked", rows=4, missing="Enter what is not performed")
    breach = ChoiceField(
        "Is it a breach of the contract",
        [("no", "No"), ("yes", "Yes")],
        hints={"yes": "Of a contract under the Procurement Act 2023 it is published within 30 days (section 71)."},
        missing="Choose whether it is a breach",
    )
    on = DateField("Given on", missing="Enter the day of the notice")
    response_due = DateField("Answer due", missing="Enter the day by which the provider answers")


class NoticeStepForm(ChoosingForm):
    chosen = "notice"

    notice = ChoiceField("Which notice", kind="select", missing="Choose the notice")
    what = ChoiceField(
        "What happened",
        [
            ("answered", "The provider answered"),
            ("published", "The breach was published"),
            ("settled", "It is settled"),
        ],
        missing="Choose what happened",
    )
    on = DateField("On", missing="Enter the day")
    reason = ReasonField("In words", rows=3, missing="Say what was answered, where it stands, or what came of it")


class RiskForm(VerbForm):
    reference = TextField("Reference of the risk", width="10", missing="Enter the risk’s reference", max_length=60)
    reason = ReasonField("Why it bears on this agreement", rows=2, missing="Say why")


class PlanMeasureForm(Form):
    priority = TextField("Priority of the plan", missing="Enter the priority of the plan", max_length=120)
    name = TextField("What is to come about", missing="Enter what is to come about", max_length=200)
    unit = TextField(
        "Counted in", hint="Such as people, homes or %", missing="Enter the unit", max_length=40, width="20"
    )
    adds_up = ChoiceField(
        "Do figures of several agreements add up",
        [("yes", "Yes, as numbers of people do"), ("no", "No, as percentages do not")],
        missing="Choose whether figures add up",
    )
    target = FigureField("Target of the plan", required=False)
    reason = ReasonField("Where the plan says it", rows=2, missing="Say where the plan says it")


class OutcomeForm(VerbForm):
    """measures, others: (number, words) of the body’s plan, and of other agreements that bring about something of it."""

    measure = ChoiceField("Measure of the plan", kind="select", missing="Choose the measure of the plan")
    what = TextField(
        "What comes about",
        hint="In the same words as other agreements that bring about the same",
        missing="Enter what comes about",
        max_length=200,
    )
    target = FigureField("Target", required=False)
    share = NumberField(
        "Share that counts here", hint="Of 100, where others bring about the same", missing="Enter a share of 1 to 100",
        min_value=1, max_value=100,
    )  # fmt: skip
    counted_by = ChoiceField("Or all of it is counted by", kind="select", required=False)
    reason = ReasonField("Where it is agreed", rows=2, missing="Say where it is agreed")

    def __init__(self, *args: Any, measures: Choices, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [("", "Choose the measure"), *measures]
        self.fields["counted_by"].choices = [("", "This agreement counts it"), *others]


class OutcomeFigureForm(VerbForm):
    outcome = ChoiceField("Which outcome", kind="select", missing="Choose the outcome")
    starts = DateField("From", missing="Enter the first day")
    ends = DateField("To", missing="Enter the last day")
    value = FigureField("How much came about", missing="Enter the figure")
    reason = ReasonField("Where it comes from", rows=2, required=False)

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [("", "Choose the outcome"), *rows]
        self.fields["ends"].latest = self.today


class StopOutcomeForm(VerbForm):
    outcome = ChoiceField("Which outcome", kind="select", missing="Choose the outcome")
    reason = ReasonField("Why", rows=2, missing="Say why it is reported no more")

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [("", "Choose the outcome"), *rows]


class ExitForm(PastForm):
    on = DateField("Held on", missing="Enter the day of the interview")
    present = TextField("Who was there", hint="By their posts", missing="Enter who was there")
    notes = ReasonField("What the provider said", rows=5, missing="Enter what the provider said", max_length=8000)
    lessons = ReasonField(
        "What was learnt", rows=4, hint="For the next agreement", missing="Enter what was learnt, or that nothing was"
    )


class DecideForm(VerbForm):
    """decisions: (number, words) of the body’s boards, latest first."""

    follows = ChoiceField("What comes next", list(NEXT.items()), missing="Choose what comes next")
    decision = ChoiceField("Resolution that it rests on", kind="select", required=False)
    approver = approver_field()
    reason = ReasonField("Why", rows=3, hint="What the returns, outcomes and lessons say", missing="Say why")

    def __init__(self, *args: Any, decisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", "None"), *decisions]


class ReturnFilters(Filters):
    """Which returns a list shows. streams: (code, name)."""

    stream = ChoiceField("Funding stream", kind="select")
    mine = ChoiceField("Assessed by", [("", "Any post"), ("mine", "My posts")], kind="select")
    q = TextField("Words or reference of the agreement", width="wide", max_length=200)

    def __init__(
        self, params: QueryDict, *, streams: Choices, today: date | None = None, **kwargs: Mapping[str, Any]
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["stream"].choices = [("", "Every stream"), *streams]
