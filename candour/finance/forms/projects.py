"""A project begins, changes, reports, goes for approval, asks for a change, closes; benefits are planned and measured."""

from datetime import date
from typing import Any

from candour.finance.forms.base import NO_POST, Choices, PenceField, sight_field
from candour.finance.rules import ANSWERS, CASES
from candour.kernel.calendar import MONTHS, add_months
from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField, TextField, TickField


class BeginForm(Form):
    """posts: (number, title)."""

    title = TextField("Title", max_length=300)
    about = words_field("What it changes, and why", rows=3)
    owner = ChoiceField("Lead", NO_POST, kind="select", required=False, hint="The post that reports on it")
    starts = DateField("It starts on", required=False)
    ends = DateField("It is to be done by", required=False)
    every = NumberField("Months between highlight reports", width="2", min_value=1, max_value=12, initial=1)
    reference = TextField(
        "Reference", hint="Leave it empty for the next number", width="10", required=False, max_length=60
    )
    sensitivity = sight_field()
    reason = ReasonField("Why it begins", rows=2, missing="Say why it begins")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*NO_POST, *posts]


class ChangeProjectForm(VerbForm):
    title = TextField("Title", max_length=300)
    about = words_field("What it changes, and why", rows=3)
    owner = ChoiceField("Lead", NO_POST, kind="select", required=False)
    starts = DateField("It starts on", required=False)
    every = NumberField("Months between highlight reports", width="2", min_value=1, max_value=12)
    reason = ReasonField("Why it changes", rows=2, missing="Say why it changes")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(list(posts), "owner")


class ReportForm(VerbForm):
    """words: (step, word) of the scale; meanings: by step."""

    period = ChoiceField("The month", kind="select", missing="Choose the month")
    time = ChoiceField("Time", missing="Choose a word for time")
    cost = ChoiceField("Cost", missing="Choose a word for cost")
    benefits = ChoiceField("Benefits", missing="Choose a word for benefits")
    progress = ReasonField("What was done since the last report", rows=4, missing="Write what was done")
    next = words_field("What comes next", rows=3)
    issues = words_field("What stands in the way", hint="And what is asked of the board", rows=3)
    spent = PenceField("Spent so far", hint="In pounds", required=False)
    forecast = PenceField("What it will cost in all", hint="In pounds, over its whole life", required=False)
    ends = DateField("It is now expected to be done by", required=False)

    def __init__(self, *args: Any, words: Choices, meanings: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("time", "cost", "benefits"):
            self.fields[name].choices, self.fields[name].hints = list(words), meanings
        self.fields["period"].choices = [("", "Choose"), *_months(self.today)]


def _months(today: date | None) -> list[tuple[str, str]]:
    if today is None:
        return []
    months = [add_months(today.replace(day=1), -n) for n in range(12)]
    return [(month.isoformat(), f"{MONTHS[month.month - 1]} {month.year}") for month in months]


class CaseForm(VerbForm):
    kind = ChoiceField("Which case", list(CASES.items()), missing="Choose the kind of business case")
    value = PenceField("What it costs over its whole life", hint="In pounds", missing="Enter what it costs")
    summary = words_field("What is asked, in short", rows=4)


class AnswerForm(VerbForm):
    """The answer to a business case. decisions: (number, words) of the register."""

    answer = ChoiceField("The answer", list(ANSWERS.items()), missing="Choose whether it was approved")
    answered_by = TextField("Answered by", missing="Enter the board or post that answered", max_length=200)
    decision = ChoiceField("The decision", kind="select", required=False, hint="As the decisions register has it")
    reason = ReasonField("Why", rows=3, missing="Say why it was answered so")

    def __init__(self, *args: Any, decisions: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decisions is None:
            del self.fields["decision"]
        else:
            self.fields["decision"].choices = [("", "Not in the register"), *decisions]


class AskChangeForm(VerbForm):
    asked = ReasonField("What is to change, and why", rows=4, missing="Write what is to change, and why")
    cost = PenceField(
        "More money, or less", hint="In pounds; −20,000 for less. Empty for none", signed=True, required=False
    )
    ends = DateField("The new day by which it is done", hint="Empty to keep the day", required=False)


class CloseForm(VerbForm):
    on = DateField("Closed on", missing="Enter the day on which it closed")
    outcome = ReasonField("What it brought, and what it did not", rows=4, missing="Write what it brought")
    lessons = ReasonField("What was learnt", rows=4, missing="Write what was learnt, for those who do the like again")
    reason = ReasonField("Why it closes", rows=2, missing="Say why it closes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class BenefitForm(VerbForm):
    what = ReasonField("What it brings, and to whom", rows=3, missing="Write what it is meant to bring")
    cashable = TickField("It takes money out of the budget: it is cashable")
    planned = PenceField("Worth each year", hint="In pounds, where it has an amount", required=False)
    due = DateField("Measured by", missing="Enter the day by which it is measured")


class MeasureForm(VerbForm):
    """benefits: (number, words) of those that stand."""

    which = ChoiceField("Which benefit", missing="Choose the benefit")
    found = ReasonField("What was measured, and how", rows=3, missing="Write what was measured, and how")
    measured = PenceField("Worth each year as measured", hint="In pounds, where it has an amount", required=False)

    def __init__(self, *args: Any, benefits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(benefits)
