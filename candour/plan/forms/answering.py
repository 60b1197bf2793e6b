"""What is said of an activity and of an objective: updates, done or not, what good looks like, deep dives, links."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from candour.kernel.evidence.forms import HINT, AnyFileField
from candour.kernel.records.forms import VerbForm, approver_field
from candour.kernel.scales.rules import Words
from candour.kernel.web.forms import ChoiceField, ChoicesField, DateField, ReasonField, TextField
from candour.plan.forms.base import Choices


class UpdateForm(VerbForm):
    """The four questions. scale: the words of the day; file: one that shows what was done."""

    achieved = ReasonField(
        "1. What has been achieved?",
        hint="Since the last update. Plain sentences; the panel reads this as you write it.",
        missing="Write what was achieved. Where it is nothing, say so",
        max_length=8000,
    )
    left = ReasonField(
        "2. What is left to do?",
        hint="Write ‘nothing’ if nothing is left.",
        rows=2,
        missing="Write what is left to do, or ‘nothing’",
        max_length=8000,
    )
    barriers = ReasonField(
        "3. Is anything in the way?",
        hint="Who could remove it? Leave it empty if nothing is.",
        rows=2,
        required=False,
        max_length=8000,
    )

    def __init__(self, *args: Any, scale: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(step.value), step.word) for step in scale.steps]
        hints = {str(step.value): _hint(step.meaning, step.stands) for step in scale.steps}
        self.fields["rating"] = ChoiceField(
            "4. How does it stand?", choices, hints=hints, missing="Choose how it stands"
        )
        hint = HINT.format(limit=settings.FILE_LIMIT // 1024**2)
        self.fields["file"] = AnyFileField("A file that shows it", required=False, hint=hint)


def _hint(meaning: str, stands: str) -> str:
    if stands == "done":
        return f"{meaning}. Needs a file below or one that is there; whoever runs the plan agrees."
    return f"{meaning}." if meaning else ""


class AgreeForm(VerbForm):
    agreed = ChoiceField(
        "Is it done?",
        [("yes", "Yes, it is done"), ("no", "No, send it back")],
        hints={"yes": "It is closed from today.", "no": "It goes on as it stood; its owner reads what is missing."},
        missing="Choose whether it is done",
    )
    reason = ReasonField(
        "What shows it, or what is missing", rows=3, missing="Say what shows that it is done, or what is missing"
    )
    approver = approver_field()


class ReopenForm(VerbForm):
    reason = ReasonField("Why it is opened again", rows=2, missing="Say why it is opened again")


class SuccessForm(VerbForm):
    """Another line of what good looks like, and lines that go."""

    text = ReasonField("What will show that it succeeded", rows=2, required=False)
    agreed_by = TextField("Agreed by", hint="The board or post that agreed it", required=False, max_length=200)
    agreed_on = DateField("Agreed on", required=False)
    reason = ReasonField("Why, where a line goes", rows=2, required=False)

    def __init__(self, *args: Any, standing: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if standing:
            self.fields["out"] = ChoicesField("Take out", standing, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and not given.get("out"):
            self.first_error("text", "Write what will show that it succeeded")
        if given.get("out") and not given.get("reason"):
            self.first_error("reason", "Say why the line goes")
        return given


class DiveForm(VerbForm):
    asked_by = TextField("Who asks", hint="The board or post that wants to know", max_length=200)
    post = ChoiceField("Who answers", kind="select", missing="Choose the post that answers")
    asked = ReasonField(
        "What is asked",
        hint="Which figures, which words, for which stretch of time",
        rows=4,
        missing="Write what is asked",
    )
    due = DateField("Answer by", missing="Enter the day by which it is to be answered")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Choose"), *posts]


class DiveAnswerForm(VerbForm):
    which = ChoiceField("Which deep dive", missing="Choose the deep dive that you answer")
    answer = ReasonField(
        "Answer",
        hint="Where it is a file, say what the file shows",
        rows=6,
        missing="Write the answer",
        max_length=8000,
    )

    def __init__(self, *args: Any, waiting: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(waiting)
        hint = HINT.format(limit=settings.FILE_LIMIT // 1024**2)
        self.fields["file"] = AnyFileField("A file with it", required=False, hint=hint)


class LinkForm(VerbForm):
    """Another record that it is tied to, and links that end. kinds: (name, words)."""

    kind = ChoiceField("What to link", kind="select", required=False)
    reference = TextField("Its reference", hint="Such as M-007", width="10", required=False, max_length=60)
    reason = ReasonField("Why", rows=2, missing="Say why")

    def __init__(self, *args: Any, kinds: Choices, standing: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        if standing:
            self.fields["out"] = ChoicesField("End these links", standing, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("reference") and not given.get("out"):
            self.first_error("reference", "Enter the reference of the record to link")
        return given
