"""The forms of the forward plan: something that comes once, and a year of meetings."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from candour.boards.forms.base import Posts, VerbForm
from candour.kernel.calendar import read_date
from candour.kernel.web.fields import ChoiceField, DateField, NumberField, ReasonField, TextField
from candour.kernel.web.forms import Form

Choices = Iterable[tuple[Any, str]]
WEEKDAYS = [(number, name) for number, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))]
NTH = [(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (5, "Last")]


class OnceForm(VerbForm):
    """Something that comes to the board once."""

    title = TextField("What comes to the board", missing="Enter what comes to the board")
    meeting = ChoiceField("Meeting", kind="select", missing="Choose the meeting")
    lead = ChoiceField("Lead", kind="select", required=False)
    minutes = NumberField("Minutes", width="3", min_value=1, max_value=480)

    def __init__(self, *args: Any, posts: Posts, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(posts, "lead")
        self.fields["meeting"].choices = list(meetings)


class RhythmForm(Form):
    """When a board meets in a year: from which month, how often, on which day of the month."""

    start = DateField(
        "From", hint="The first month that is planned", missing="Enter a day of the first month that is planned"
    )
    count = NumberField("How many meetings", width="2", min_value=1, max_value=24)
    months = NumberField("Months between them", width="2", min_value=1, max_value=12)
    nth = ChoiceField("Which", NTH, kind="select")
    weekday = ChoiceField("Day of the week", WEEKDAYS, kind="select")


class DaysField(ReasonField):
    """Days, each on a line of its own; gives them as dates."""

    def to_python(self, value: Any) -> Any:
        found = []
        for line in (each.strip() for each in re.split(r"[\r\n]+", str(value or ""))):
            if not line:
                continue
            day = read_date(line)
            if day is None:
                raise ValidationError(f"‘{line[:40]}’ is not a date. Enter one to a line, for example 26 October 2026")
            found.append(day)
        return found

    def run_validators(self, value: Any) -> None:
        """A list of days has no length of text to check."""

    def validate(self, value: list[date]) -> None:
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > 24:
            raise ValidationError("Enter 24 days at most")


class YearForm(VerbForm):
    """The days on which a board will meet, as they will be planned."""

    days = DaysField("Days", missing="Enter at least one day", hint="One to a line. Change any of them", rows=10)
