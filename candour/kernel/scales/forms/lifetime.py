"""The forms of a scale's life: what a draft begins from, the day it is in force from, and a step that asks why alone."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.scales.models import Scale
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField


class BeginForm(Form):
    """What a new draft begins from. scales: those of the body, newest first."""

    copied_from = ChoiceField("Begin from", missing="Choose what the new scale begins from")
    name = TextField("Name of the new scale", hint="For example Office scale 2027", max_length=120)

    def __init__(self, *args: Any, scales: Sequence[Scale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scales = {str(scale.pk): scale for scale in scales}
        copies = [(key, f"A copy of {scale.name}") for key, scale in self.scales.items()]
        self.fields["copied_from"].choices = [*copies, ("blank", "A blank scale")]

    def clean_copied_from(self) -> Scale | None:
        return self.scales.get(self.cleaned_data["copied_from"])


class InForceForm(Form):
    starts = DateField(
        "In force from",
        missing="Enter the day from which the scale is in force, for example 1 April 2027",
        hint="What was scored before that day stays on the scale it was scored on",
    )
    reason = ReasonField("Why the scale changes", missing="Say why the scale changes", hint="And which board agreed it")


class WhyForm(Form):
    """A step that asks for nothing but its reason."""

    reason = ReasonField("Why", missing="Say why")
