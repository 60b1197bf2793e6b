"""An inspection is entered, changed, published and graded; who may see it."""

from collections.abc import Iterable, Sequence
from typing import Any

from candour.inspections import rules
from candour.kernel.records.forms import SIGHT, SIGHT_HINTS, VerbForm, words_field
from candour.kernel.scales.rules import Words
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField, TickField

Choices = Iterable[tuple[Any, str]]
NOT_GRADED = "0"


def _facts(posts: Choices) -> dict[str, Any]:
    """The questions that both entering and changing ask."""
    return {
        "title": TextField(
            "Title", hint="As the report or the letter calls it", max_length=300, missing="Enter a title"
        ),
        "owner": ChoiceField(
            "Owner", [("", "No post yet"), *posts], kind="select", required=False, hint="The post that keeps its clock"
        ),
        "about": words_field("What it looks at", rows=2),
        "areas": words_field("Areas that it grades", hint="One a line, in the report’s order. None for none", rows=6),
        "notified_on": DateField("Notified on", required=False),
        "fieldwork_on": DateField("Fieldwork began, or begins, on", required=False),
        "debrief_on": DateField("Hot debrief on", required=False),
    }


class EnterForm(Form):
    """A new inspection. posts: (number, title); inspectorates: (code, name)."""

    def __init__(self, *args: Any, posts: Choices, inspectorates: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = _facts(posts)
        self.fields |= {
            "title": facts.pop("title"),
            "kind": ChoiceField("Kind", list(rules.KINDS.items()), missing="Choose the kind of inspection"),
            "inspectorate": ChoiceField(
                "Inspectorate", [("", "Choose"), *inspectorates], kind="select", missing="Choose the inspectorate"
            ),
            "statutory": TickField(
                "The law asks for a response to its report",
                hint="Section 55 of the Police Act 1996: reports of HMICFRS on the force, and national ones.",
            ),
            **facts,
            "reference": TextField(
                "Reference", hint="Leave it empty for the next number", width="10", required=False, max_length=60
            ),
            "sensitivity": ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it"),
            "reason": ReasonField("Why it is entered", rows=2, missing="Say why it is entered"),
        }


class ChangeForm(VerbForm):
    """What may change of an inspection. posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts(posts)
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing="Say why it changes")


class ReportForm(VerbForm):
    on = DateField("Published on", missing="Enter the day on which the report was published")
    address = TextField("Address of the report", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class CorrectForm(VerbForm):
    on = DateField("Published on", missing="Enter the right day")
    reason = ReasonField("How the wrong day came in", rows=2, missing="Say how the wrong day came in")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class GradesForm(VerbForm):
    """A select for each area. areas: in the report’s order; scale: that of the day of publication, None for none."""

    def __init__(self, *args: Any, areas: Sequence[str], scale: Words | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(str(step.value), step.word) for step in scale.steps] if scale else []
        self.areas = list(areas)
        for number, area in enumerate(self.areas):
            choices = [(NOT_GRADED, "Not graded"), *steps]
            self.fields[f"grade-{number}"] = ChoiceField(area, choices, kind="select", missing="Choose the grade")
        self.fields["reason"] = words_field("Why, where a recorded grade changes", rows=2)

    @property
    def grades(self) -> dict[str, int | None]:
        """By area the step, None for not graded."""
        given = [self.cleaned_data[f"grade-{number}"] for number in range(len(self.areas))]
        return {area: int(value) or None for area, value in zip(self.areas, given, strict=True)}


class ReasonForm(VerbForm):
    reason = ReasonField("Why", rows=3, missing="Say why")


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
