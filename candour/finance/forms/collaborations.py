"""A collaboration is entered and changed, its cost shared out, reviewed."""

import re
from typing import Any

from candour.finance.forms.base import NO_POST, Choices, PenceField, sight_field, years_around
from candour.finance.rules import Share
from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField, TextField

_SHARE = re.compile(r"^(?P<member>.+?)[\s:,|–-]+(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,2}))?\s*%?\s*(?P<own>\*)?$")


class _Facts:
    """The questions about a collaboration; both forms ask them."""

    def questions(self, posts: Choices) -> dict[str, Any]:
        return {
            "title": TextField("Title", max_length=300),
            "about": words_field("What is done together, and why", rows=3),
            "lead": TextField("Lead body", missing="Enter the lead body", max_length=120),
            "owner": ChoiceField("Owner", [*NO_POST, *posts], kind="select", required=False),
            "starts": DateField("The agreement starts on", required=False),
            "ends": DateField("The agreement ends on", required=False),
            "every": NumberField("Months between reviews", width="2", min_value=1, max_value=60, initial=12),
        }


class EnterForm(_Facts, Form):
    """posts: (number, title)."""

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.questions(posts)
        self.fields["review_due"] = DateField("Reviewed next by", missing="Enter the day of the next review")
        self.fields["reference"] = TextField(
            "Reference", hint="Leave it empty for the next number", width="10", required=False, max_length=60
        )
        self.fields["sensitivity"] = sight_field()
        self.fields["reason"] = ReasonField("Why it is entered", rows=2, missing="Say why it is entered")


class ChangeCollaborationForm(_Facts, VerbForm):
    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.questions(posts)
        self.fields["reason"] = ReasonField("Why it changes", rows=2, missing="Say why it changes")


class SharesForm(VerbForm):
    year = ChoiceField("Financial year", kind="select", missing="Choose the year")
    cost = PenceField("What it costs all members together", hint="In pounds, for the year", missing="Enter the cost")
    shares = ReasonField(
        "Members and their shares",
        hint="One a line, such as Mereford Police 40%. A star after it marks your own body: Mereford Police 40%*",
        rows=6,
        missing="Enter each member with its share",
        max_length=4000,
    )
    reason = ReasonField("What the shares rest on", rows=2, missing="Say what the shares rest on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.today:
            self.fields["year"].choices = [("", "Choose"), *years_around(self.today, before=2)]

    def clean_shares(self) -> list[Share]:
        """A line for each member. One that cannot be read is said with what it should look like."""
        found = []
        for line in filter(str.strip, self.cleaned_data["shares"].splitlines()):
            read = _SHARE.match(" ".join(line.split()))
            if not read:
                self.add_error("shares", f"‘{line.strip()[:60]}’ has no share. Write it as Mereford Police 40%")
                return []
            part = (read["part"] or "").ljust(2, "0")
            found.append(Share(read["member"].strip(), 100 * int(read["whole"]) + int(part), bool(read["own"])))
        return found


class ReviewForm(VerbForm):
    on = DateField("Reviewed on", missing="Enter the day of the review")
    found = ReasonField(
        "What it found",
        hint="What the collaboration brings, whether it is worth its cost, and whether it goes on as it is",
        rows=5,
        missing="Write what it found",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today
