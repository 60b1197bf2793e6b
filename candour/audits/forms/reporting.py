"""What happened: a stage was reached, the report is out, the survey is answered."""

from datetime import date
from typing import Any

from candour.audits.forms.base import VerbForm, approver_field
from candour.audits.rules import ANSWERS, STAGES
from candour.kernel.scales.rules import Words
from candour.kernel.web.forms import ChoiceField, DateField, ReasonField, TickField

ADVISORY = "advisory"


class StageForm(VerbForm):
    """recorded: the day of each stage that may be recorded here, None for one that was not reached."""

    stage = ChoiceField("Stage", missing="Choose the stage")
    on = DateField("Reached on", hint="Today, or the day it was", required=False)
    undo = TickField("It was not reached: take the recorded date back")
    reason = ReasonField("Why", rows=2, hint="Needed where a recorded date was wrong", required=False)

    def __init__(self, *args: Any, recorded: dict[str, date | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(which, STAGES[which]) for which in recorded]
        self.fields["on"].latest = self.today
        if not any(recorded.values()):
            del self.fields["undo"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("undo"):
            given["on"] = None
        elif not given.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day it was reached, for example 26 October 2023")
        return given


class ReportForm(VerbForm):
    """words: the auditor's scale of opinions; None where there is none, when only an advisory report can be recorded."""

    on = DateField("Issued on", missing="Enter the day the report was issued, for example 26 October 2023")
    opinion = ChoiceField("Opinion", missing="Choose the opinion, or say that the report is advisory")
    reason = ReasonField("Why", rows=2, hint="Needed where a report was recorded already", required=False)
    approver = approver_field(required=False)

    def __init__(self, *args: Any, words: Words | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = words.steps if words else ()
        field = self.fields["opinion"]
        field.choices = [*((str(step.value), step.word) for step in steps), (ADVISORY, "Advisory, without an opinion")]
        field.hints = {str(step.value): step.meaning for step in steps}
        self.fields["on"].latest = self.today

    @property
    def opinion_given(self) -> int | None:
        given = self.cleaned_data["opinion"]
        return None if given == ADVISORY else int(given)


class SurveyForm(VerbForm):
    satisfaction = ChoiceField(
        "How satisfied were you with this audit?", list(ANSWERS.items()), missing="Choose an answer"
    )
    on = DateField("Answered on", missing="Enter the day it was answered, for example 26 October 2023")
    reason = ReasonField("Why", rows=2, hint="Needed where an answer was recorded already", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today
