"""Opening a cycle, sending an answer back, saying who covers a post, and the answer that comes through a link."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from candour.kernel.evidence.forms import HINT, AnyFileField
from candour.kernel.records.forms import VerbForm
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField, TextField
from candour.recommendations.forms.updating import UpdateForm
from candour.recommendations.forms.verbs import Posts
from candour.recommendations.models import Source


def days_field(label: str, hint: str, *, least: int = 0) -> NumberField:
    """So many days, sixty at most."""
    return NumberField(label, hint=hint, min_value=least, max_value=60)


class OpenForm(Form):
    """A new cycle. priorities: the words of priority in use in the body."""

    name = TextField(
        "For the period",
        hint="As the panel’s paper will call it",
        missing="Enter the period, for example November 2026",
        width="20",
        max_length=60,
    )
    due = DateField("Answers are due by", missing="Enter the day, for example 17 October 2025")
    source = ChoiceField("Which recommendations", [("", "All that are open"), *Source.choices], kind="select")
    priority = ChoiceField("Of which priority", kind="select", required=False)
    before = days_field("Remind before", "Days before that day, to who has not answered. 0 for no reminder")
    after = days_field("Remind after", "Days after it. 0 for no reminder")
    line_after = days_field("Tell the post above", "Days after it, to the post that the owner answers to. 0 for never")
    link_days = days_field("Links open for", "Days after it. Then an owner asks you for another link", least=1)

    def __init__(self, *args: Any, priorities: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["source"].required = False
        self.fields["due"].earliest = today
        self.fields["priority"].choices = [("", "Any"), *((word, word) for word in priorities)]


class SendBackForm(VerbForm):
    """What an answer lacks, and by when it is asked for again."""

    reason = ReasonField("What does it lack?", hint="The owner reads this as you write it", missing="Say what it lacks")
    due = DateField("Answer again by", missing="Enter the day, for example 17 October 2025")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["due"].earliest = today


class WhyForm(VerbForm):
    """A reason alone."""

    reason = ReasonField("Why", missing="Say why")


class CoverForm(VerbForm):
    """Who answers for a post meanwhile."""

    by = ChoiceField("Who answers for it", kind="select", missing="Choose the post")
    away = ChoiceField(
        "What is it?",
        [("yes", "Its holder is away"), ("no", "Its holder hands the answering over")],
        missing="Choose what it is",
    )
    starts = DateField("From", missing="Enter the first day")
    ends = DateField("Until", hint="The last day. Leave it empty if it is not known", required=False)
    reason = ReasonField("Why", rows=2, hint="Not for the details of an absence", missing="Say why")

    def __init__(self, *args: Any, posts: Posts, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["by"].choices = [("", "Choose a post"), *posts]


class AnswerForm(UpdateForm):
    """The four questions as a cycle asks them, with a file. moves: whether a new date can be asked for from here."""

    file = AnyFileField("A file that shows it", required=False)

    def __init__(self, *args: Any, moves: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["period"]
        closure = self.fields["closure"]
        closure.hints |= {"yes": "The panel is asked to agree."}
        if not moves:
            closure.choices = [choice for choice in closure.choices if choice[0] != "move"]
            closure.hints = {
                "yes": "The panel is asked to agree.",
                "no": "If the date has to move, say so under question 3: the audit liaison asks you for the new one.",
            }
        self.fields["evidence"].help_text = "For a closure: where the panel can look, or the file below"
        self.fields["file"].help_text = HINT.format(limit=_limit())

    def clean(self) -> dict[str, Any]:
        """Closure without evidence is prompted for and not refused: the liaison may know of it."""
        return Form.clean(self) or {}


def _limit() -> int:
    from django.conf import settings

    return settings.FILE_LIMIT // 1024**2
