"""Groups of bodies that are compared: set up, changed, joined and left; and which one and period a page shows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from candour.kernel.records.forms import VerbForm
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField
from candour.performance.forms.base import Choices

OWN_HINT = "Such as Mereford. Its row in a file of all bodies is then known to be your own"
SOURCE_HINT = "Who put the group together, by what, and where it is published"


def _facts() -> dict[str, Any]:
    return {
        "name": TextField(
            "What the group is called", hint="Such as Most similar forces", missing="Enter its name", max_length=120
        ),
        "own": TextField(
            "What your own body is called in its figures", hint=OWN_HINT, missing="Enter what your own body is called",
            max_length=80,
        ),
        "source": ReasonField("Source", hint=SOURCE_HINT, rows=2, missing="Say who put the group together"),
    }  # fmt: skip


class SetUpGroupForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts()
        self.fields["bodies"] = ReasonField(
            "The bodies in it", hint="One a line, as files of figures have them, without your own", rows=8,
            missing="Enter the bodies that are in it",
        )  # fmt: skip
        self.fields["joined"] = DateField("In it since", missing="Enter the day from which they are compared")
        self.fields["reason"] = ReasonField("Why they are compared", rows=2, missing="Say why they are compared")


class ChangeGroupForm(VerbForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts()
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing="Say why it changes")


class JoinGroupForm(VerbForm):
    body = TextField("Body", hint="As files of figures have it", missing="Enter the body that joins", max_length=80)
    joined = DateField("In the group since", missing="Enter its first day in the group")
    reason = ReasonField("Why it joins", rows=2, missing="Say why it joins")


class LeaveGroupForm(VerbForm):
    """members: (number, name) of those in it."""

    which = ChoiceField("Which body leaves", kind="select", missing="Choose the body")
    left = DateField(
        "First day out of the group",
        hint="The day it joined, if it never was in it",
        missing="Enter the first day out of it",
    )
    reason = ReasonField("Why it leaves", rows=2, missing="Say why it leaves")

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [("", "Choose a body"), *members]
        self.fields["left"].latest = self.today


class CompareFilters(Filters):
    """groups: (number, name); periods: (first day, in words), the newest first."""

    group = ChoiceField("Compared with", kind="select")
    period = ChoiceField("Period", kind="select")

    def __init__(
        self,
        params: QueryDict,
        *,
        groups: Sequence[tuple[int, str]],
        periods: Sequence[tuple[date, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(params, **kwargs)
        self.fields["group"].width = "wide"
        self.fields["group"].choices = (
            [("", groups[0][1]), *((str(pk), name) for pk, name in groups[1:])] if groups else []
        )
        self.fields["period"].choices = (
            [("", periods[0][1]), *((day.isoformat(), words) for day, words in periods[1:])] if periods else []
        )

    def chosen(self) -> tuple[int, date | None]:
        """(the number of the group, 0 for the first; the period, None for the newest) of a valid form."""
        given = self.cleaned_data
        return int(given["group"] or 0), date.fromisoformat(given["period"]) if given["period"] else None
