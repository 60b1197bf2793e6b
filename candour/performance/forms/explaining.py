"""Explanations are asked for and given; limits break and are joined again."""

from typing import Any

from candour.kernel.records.forms import VerbForm
from candour.kernel.web.forms import ChoiceField, DateField, ReasonField
from candour.performance.forms.base import Choices


class AskForm(VerbForm):
    """posts: (number, title)."""

    post = ChoiceField("Ask", kind="select", missing="Choose the post to ask")
    due = DateField("By", missing="Enter the day by which the answer is due")
    asked = ReasonField("What we ask", rows=3, missing="Write what is asked")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Choose a post"), *posts]
        self.fields["due"].earliest = self.today


class AnswerForm(VerbForm):
    """waiting: (number, what was asked) of those that the reader may answer."""

    which = ChoiceField("What was asked", missing="Choose what you answer")
    answer = ReasonField(
        "Your answer",
        hint="What changed, what is being done, and whether it is enough",
        rows=5,
        missing="Write the answer",
    )
    recovers_on = DateField(
        "When the figure should recover", hint="Leave it empty if it cannot be said", required=False
    )

    def __init__(self, *args: Any, waiting: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(waiting)


class BreakForm(VerbForm):
    period = DateField(
        "From the period with this day", missing="Enter a day of the first period of the changed process"
    )
    why = ReasonField(
        "What was changed in the process", hint="It stands on the chart. A better figure alone is no reason", rows=2,
        missing="Say what was changed",
    )  # fmt: skip


class JoinForm(VerbForm):
    """breaks: (number, period and why) of those that stand."""

    which = ChoiceField("Which break is taken back", missing="Choose the break")
    reason = ReasonField("Why the limits hold on after all", rows=2)

    def __init__(self, *args: Any, breaks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(breaks)
