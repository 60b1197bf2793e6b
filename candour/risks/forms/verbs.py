"""The small forms: one change each, with its reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from candour.kernel.records.forms import SIGHT, SIGHT_HINTS, VerbForm, approver_field, words_field
from candour.kernel.web.forms import ChoiceField, DateField, ReasonField, TextField
from candour.risks.models import Control, Level, Response

RESPONSES = [(value, str(word)) for value, word in Response.choices]
REGISTERS = [(value, str(word)) for value, word in Level.choices]


RECORD, RISK, CONTROL, ASSESSMENT = "records.record", "risks.risk", "risks.control", "risks.assessment"


class WordingForm(VerbForm):
    edits = (RECORD, RISK)

    title = TextField(
        "Title", hint="What could happen, in one line", missing="Enter a title that says what could happen"
    )
    source = words_field("Source", hint="What it comes from")
    event = words_field("Event", hint="What could happen")
    effect = words_field("Effect", hint="What that would mean")
    context = words_field("Context", hint="What else a reader must know")
    category = TextField("Category", hint="Such as Money, People or Estates", width="20", max_length=80, required=False)
    reason = ReasonField("Why the wording changes", missing="Say why the wording changes")


class HandOverForm(VerbForm):
    edits = (RECORD, RISK)

    owner = ChoiceField("Owner", kind="select", hint="The post that answers for the risk", required=False)
    responsible_officer = ChoiceField(
        "Responsible officer", kind="select", hint="The post that reviews it and sees to its controls", required=False
    )
    reason = ReasonField("Why the risk changes hands", missing="Say why the risk changes hands")
    approver = approver_field()


class LevelForm(VerbForm):
    edits = (RISK,)

    level = ChoiceField("Register", REGISTERS, missing="Choose strategic, operational or project")
    reason = ReasonField("Why it moves", missing="Say why it moves")
    approver = approver_field()


class CloseForm(VerbForm):
    reason = ReasonField(
        "Why it closes", missing="Say why it closes", hint="What has gone, or where it is looked after now"
    )
    approver = approver_field()


class ReopenForm(VerbForm):
    reason = ReasonField("Why it reopens", missing="Say why it reopens")
    approver = approver_field()


class RestrictForm(VerbForm):
    edits = (RECORD,)

    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this risk")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
    approver = approver_field()


class UpdateForm(VerbForm):
    text = ReasonField(
        "What was said", rows=4, missing="Enter the update", hint="As the panel should read it.", max_length=8000
    )
    dated = DateField(
        "On", hint="Today, or the day it was said", missing="Enter the day it was said, for example 26 October 2023"
    )

    def __init__(self, *args: Any, today: date, first: date, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | {"dated": today}
        super().__init__(*args, today=today, **kwargs)
        self.fields["dated"].earliest, self.fields["dated"].latest = first, today


class AddControlForm(VerbForm):
    text = ReasonField("What the control is", rows=2, missing="Enter what the control is")
    state = ChoiceField(
        "State", [("pending", "Still to be put in place"), ("in place", "In place already")], missing="Choose its state"
    )
    due = DateField("Due", hint="For a control still to be put in place", required=False)
    since = DateField(
        "In place since", hint="For a control in place already; today if you leave it empty", required=False
    )
    effect = ChoiceField(
        "How it works",
        [("", "Not known yet"), *((value, str(word)) for value, word in Control.Effect.choices)],
        kind="select",
        hint="For a control in place already",
        required=False,
    )
    owner = ChoiceField("Owner", kind="select", hint="The post that sees to it", required=False)
    reason = ReasonField("Why it is added", rows=2, missing="Say why it is added")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["due"].earliest = self.fields["since"].latest = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("state") == "pending" and not given.get("due") and "due" not in self.errors:
            self.add_error("due", "Enter the day it is due, for example 26 October 2023")
        if given.get("state") == "pending" and given.get("since"):
            self.add_error("since", "Leave this empty, or say that it is in place already")
        return given


class SettleForm(VerbForm):
    answer = ChoiceField("What has become of it", missing="Choose what has become of the control")
    new_due = DateField("New date", hint="If it is still to do and its date moves", required=False)
    reason = ReasonField("Why", rows=2, missing="Say why")

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], pending: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers
        if not pending:
            del self.fields["new_due"]
