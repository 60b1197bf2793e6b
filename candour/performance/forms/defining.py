"""A measure is defined, changed, ended; who may see it."""

from typing import Any

from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField, TextField, TickField
from candour.performance import rules
from candour.performance.forms.base import SIGHT, SIGHT_HINTS, Choices, FigureField

COUNTS_HINT = "Such as 999 calls answered in 10 seconds or less, of all presented"


class _Definition:
    """The questions of a definition, in their order; both forms ask them."""

    def questions(self, posts: Choices) -> dict[str, Any]:
        return {
            "title": TextField("Title", hint="Workbooks are read by its reference or its title", max_length=300),
            "counts": ReasonField("What is counted, of what", hint=COUNTS_HINT, rows=2, missing="Say what is counted"),
            "topic": TextField(
                "What it stands under", hint="Such as a priority of the plan", required=False, max_length=120
            ),
            "unit": ChoiceField("Unit", list(rules.UNITS.items()), missing="Choose the unit"),
            "per": NumberField("For a rate, for each how many", required=False, min_value=1, max_value=10_000_000),
            "places": NumberField("Decimal places shown", width="2", required=False, min_value=0, max_value=4),
            "better": ChoiceField("Better is", list(rules.BETTER.items()), missing="Choose which way is better"),
            "frequency": ChoiceField("How often", list(rules.FREQUENCIES.items()), missing="Choose how often"),
            "due_days": NumberField(
                "Working days after a period by which its figure is due",
                width="3",
                required=False,
                min_value=0,
                max_value=250,
            ),
            "owner": ChoiceField("Owner", [("", "No post yet"), *posts], kind="select", required=False),
            "source": words_field("Source", hint="The system, and who takes the figures out of it", rows=2),
            "revisions": words_field("When figures are revised", rows=2),
            "smallest": NumberField(
                "Hide numbers below",
                hint="5 hides 1 to 4. 0 hides none",
                width="3",
                required=False,
                min_value=0,
                max_value=1000,
            ),
            "target": FigureField("Target", required=False),
            "target_by": DateField("To be met by", required=False),
            "tolerance": FigureField(
                "Tolerance",
                hint="How far short of the target is borne, in the same unit. Empty for none",
                required=False,
            ),
            "baseline_first": DateField(
                "Limits are set from", hint="A day of the first period. Empty for all figures", required=False
            ),
            "baseline_last": DateField("To", hint="A day of the last period", required=False),
            "mean": ChoiceField("Compared with the mean of bodies like it", list(rules.MEANS.items()), required=False),
            "own_in": TickField("The body’s own figure is in that mean"),
        }


class DefineForm(_Definition, Form):
    """A new measure. posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.questions(posts)
        self.fields["reference"] = TextField(
            "Reference", hint="Leave it empty for the next number", width="10", required=False, max_length=60
        )
        self.fields["sensitivity"] = ChoiceField(
            "Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it"
        )
        self.fields["reason"] = ReasonField("Why it is measured", rows=2, missing="Say why it is measured")


class ChangeForm(_Definition, VerbForm):
    """Everything that a definition says. posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.questions(posts)
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing="Say why it changes")


class EndForm(VerbForm):
    on = DateField("Measured for the last time on", missing="Enter the last day")
    reason = ReasonField("Why it ends", rows=2, missing="Say why it ends")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this measure")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
