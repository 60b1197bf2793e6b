"""Sets of measures: begun, changed, their statement of contribution, and which measures stand in them."""

from typing import Any

from candour.kernel.records.forms import VerbForm
from candour.kernel.web.forms import ChoicesField, DateField, Form, ReasonField, TextField
from candour.performance.forms.base import Choices


def _facts() -> dict[str, Any]:
    return {
        "name": TextField("What the set is called", missing="Enter what the set is called", max_length=120),
        "source": ReasonField("Who set it, by what law or guidance", rows=2, required=False),
        "headings": ReasonField(
            "Its headings", hint="One a line, in their order", rows=9, missing="Enter the headings"
        ),
        "starts": DateField("In force from", missing="Enter the day from which it holds"),
        "ends": DateField("To", hint="Empty while it holds", required=False),
    }


class BeginSetForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts()
        self.fields["reason"] = ReasonField("Why these measures belong together", rows=2)


class ChangeSetForm(VerbForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts()
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing="Say why it changes")


class ContributionForm(VerbForm):
    text = ReasonField(
        "The statement", hint="What the force contributes, which of the priorities apply, and why", rows=10,
        missing="Write what the force contributes", max_length=20000,
    )  # fmt: skip
    on = DateField("As stated on", missing="Enter the day of the statement")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class InSetsForm(VerbForm):
    """headings: (value, words) of every heading of every set."""

    wanted = ChoicesField("It stands under", required=False)
    on = DateField("From", missing="Enter the day from which it stands there")

    def __init__(self, *args: Any, headings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = list(headings)
