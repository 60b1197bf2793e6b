"""The forms of how long records are kept."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.evidence.models import File
from candour.kernel.people.models import Organisation
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.kinds import kinds
from candour.kernel.retention.queries.removals import Looked
from candour.kernel.retention.rules import LONGEST
from candour.kernel.web.forms import ChoiceField, ChoicesField, DateField, Form, NumberField, ReasonField, TextField

FOR_EVER = "ever"
LONGEST_SHOWN = 300  # letters of a text in a choice


class PeriodForm(Form):
    organisation = ChoiceField("Body", kind="select", missing="Choose the body")
    kind = ChoiceField("Kind of record", kind="select", missing="Choose the kind of record")
    how = ChoiceField(
        "How long",
        [("years", "For a number of years after it is closed"), (FOR_EVER, "For ever")],
        missing="Choose how long",
    )
    years = NumberField(
        "Years", hint=f"Whole years, 0 to {LONGEST}", required=False, min_value=0, max_value=LONGEST, width="3"
    )
    starts = DateField("From", hint="The day on which it begins to hold", missing="Enter the day from which it holds")
    basis = ReasonField(
        "What it rests on",
        hint="The retention schedule and its paragraph, the Act, or the decision",
        missing="Say what the period rests on",
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.pk): each for each in organisations}
        self.fields["organisation"].choices = [(str(each.pk), each.name) for each in organisations]
        named = sorted((kind.plural, kind.name) for kind in kinds())
        self.fields["kind"].choices = [("", "Choose a kind"), *((name, plural) for plural, name in named)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == "years" and given.get("years") is None:
            self.first_error("years", "Enter for how many years, for example 7")
        if given.get("how") == FOR_EVER:
            given["years"] = None
        return given


class HoldForm(VerbForm):
    reason = ReasonField(
        "What it is held for",
        hint="The claim, the inquiry or the request, and who asked. Those who may read of retention see it",
        missing="Say what it is held for: the claim, the inquiry or the request, and who asked",
    )


class LiftForm(VerbForm):
    reason = ReasonField("Why it need not be held any longer", missing="Say why it need not be held any longer")


class DisposeForm(VerbForm):
    """Why one record is disposed of."""

    reason = ReasonField(
        "Why it is disposed of",
        hint="The retention schedule that says so, and that nothing speaks for keeping it",
        missing="Say why it is disposed of, such as the schedule that says so",
    )


class FindForm(Form):
    """Which words must go."""

    words = TextField(
        "Words that must go",
        hint="A name, an address, a number: as it stands, capitals or not",
        missing="Enter the words that must go",
        max_length=200,
    )


class FindInForm(Form):
    """The same in one record, where none need be named: then all that it says is shown."""

    words = TextField(
        "Words that must go",
        hint="A name, an address, a number: as it stands, capitals or not. Leave it empty to see every text of the record",
        required=False,
        max_length=200,
    )


class RemovalForm(Form):
    """What must go of what was found, and why. words: what was looked for."""

    words = TextField("Words", required=False, max_length=200)
    places = ChoicesField("Texts", missing="Choose what must go", required=False)
    erase = ChoicesField("Files to be erased", required=False)
    reason = ReasonField(
        "Why",
        hint="It stays in the history, so do not repeat what must go. For example: names a person who asked to be forgotten",
        missing="Say why, without repeating what must not be kept",
    )

    def __init__(self, *args: Any, looked: Looked, files: Sequence[File], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [(row.code, row.what) for row in looked.rows]
        self.fields["erase"].choices = [(str(file.pk), file.name) for file in files]
        if not files:
            del self.fields["erase"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("places") and not given.get("erase"):
            self.first_error("places", "Choose what must go")
        return given


class DisposalForm(Form):
    """The records of a page that are to be disposed of, and why."""

    records = ChoicesField("Records", missing="Choose the records to be disposed of")
    reason = ReasonField(
        "Why",
        hint="The retention schedule that says so, and that nothing speaks for keeping them",
        missing="Say why they are disposed of, such as the schedule that says so",
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = choices


class DecideForm(VerbForm):
    """Whether something is removed, and why."""

    answer = ChoiceField("What is to be done?", missing="Choose whether it is removed")
    reason = ReasonField(
        "Why",
        hint="It stays in the history, so do not repeat what must go",
        missing="Say why, without repeating what must not be kept",
    )

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers
