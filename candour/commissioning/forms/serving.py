"""Which priorities of the plan an agreement serves."""

from typing import Any

from candour.commissioning.forms.base import Choices, VerbForm
from candour.kernel.web.forms import ChoicesField, ReasonField


class ServesForm(VerbForm):
    """offered: (number, words) of the priorities that can be chosen."""

    serves = ChoicesField(
        "Priorities it serves",
        hint="Choose each that it is bought or granted for; none is an answer too",
        required=False,
    )
    reason = ReasonField("Why", rows=2, hint="Where it was decided, or what of it serves them", missing="Say why")

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves"].choices = offered
