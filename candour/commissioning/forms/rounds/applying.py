"""Applications come in, are judged and withdrawn; an award becomes an agreement."""

from typing import Any

from django.conf import settings

from candour.commissioning.forms.base import VerbForm, words_field
from candour.commissioning.models import Question
from candour.kernel.evidence.forms import AnyFileField
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import ChoiceField, DateField, FileField, NumberField, ReasonField, TextField

YES_NO = [("Yes", "Yes"), ("No", "No")]


class ApplicationForm(VerbForm):
    """An application as it came: who, what for, how much, and an answer to each question of the round’s form.

    Files are attached on the page of the application.
    """

    applicant = TextField("Who applies", missing="Enter who applies", max_length=200)
    email = TextField("E-mail", required=False, max_length=200)
    title = TextField("What the project is called", missing="Enter what the project is called", max_length=300)
    asked = PoundsField("Asks for", hint="In pounds", missing="Enter how much it asks for")
    received_on = DateField("Received on", missing="Enter the day on which it came")

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].latest = self.today
        for one in questions:
            if one.kind != Question.Kind.FILE:
                self.fields[f"answer_{one.number}"] = _field(one)

    @property
    def said(self) -> dict[int, str]:
        """The answers as words, by the number of the question."""
        found = {}
        for name, value in self.cleaned_data.items():
            word, _, number = name.partition("_")
            if word == "answer" and value not in (None, ""):
                found[int(number)] = str(value)
        return found


def _field(one: Question) -> Any:
    label, missing = f"{one.number}. {one.text}", f"Answer question {one.number}: {one.text}"
    said: dict[str, Any] = {"required": one.required, "missing": missing}
    if one.kind == Question.Kind.YES_NO:
        return ChoiceField(label, YES_NO, **said)
    if one.kind == Question.Kind.NUMBER:
        return NumberField(label, width="10", **said)
    if one.kind == Question.Kind.MONEY:
        return PoundsField(label, hint="In pounds", **said)
    hint = f"{one.most_words} words at most" if one.most_words else ""
    return ReasonField(label, hint=hint, rows=4, max_length=40_000, **said)


class FileForm(VerbForm):
    """questions: (number of the row, words) of those that ask for a file."""

    question = ChoiceField("Which question it answers", kind="select", missing="Choose the question")
    file = AnyFileField("File", missing="Choose the file")

    def __init__(self, *args: Any, questions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = questions or [("", "This form asks for no file")]


class JudgeForm(VerbForm):
    eligible = ChoiceField("Is it eligible?", [("yes", "Yes"), ("no", "No")], missing="Say whether it is eligible")
    reason = ReasonField(
        "Why", rows=3, hint="Needed where it is not. The letter gives it to the applicant.", required=False
    )


class WithdrawForm(VerbForm):
    on = DateField("Withdrawn on", missing="Enter the day on which it was withdrawn")
    reason = ReasonField("How, and why", rows=2, missing="Say how the applicant withdrew it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class PlainForm(VerbForm):
    """A change that needs no more than its reason. needed: how to mend a missing one; "" where none is needed."""

    reason = ReasonField("Why", rows=3, required=False)

    def __init__(self, *args: Any, needed: str = "", label: str = "Why", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = ReasonField(
            label, rows=3, hint=hint, required=bool(needed), missing=needed or "Say why"
        )


class LoadForm(VerbForm):
    workbook = FileField(
        "The workbook",
        hint=f"The .xlsx file of this round, of at most {settings.FILE_LIMIT // 1024**2} megabytes, with a row for each "
        "application. Nothing is saved yet.",
        missing="Choose the workbook",
        kinds=(".xlsx",),
        limit=settings.FILE_LIMIT,
    )


class ConditionsForm(VerbForm):
    conditions = words_field("Conditions of this award", hint="A line each, beside those of every award of the round")
    reason = ReasonField("Why", rows=2, missing="Say why")


class AgreementForm(VerbForm):
    service = TextField(
        "What is provided",
        hint="In whole words. The agreement’s title is made of it, the area, the applicant and the year.",
        missing="Enter what is provided",
        max_length=120,
    )
    area = TextField("Where", hint="Such as countywide", required=False, max_length=80)
    starts = DateField("First day", missing="Enter the first day")
    ends = DateField("Last day", missing="Enter the last day")
    instalments = NumberField(
        "In how many instalments", width="2", missing="Enter in how many instalments", min_value=1, max_value=12
    )
    reason = ReasonField("Why", rows=2, missing="Say why")
