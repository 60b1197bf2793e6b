"""The four questions, and a new recommendation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from candour.kernel.records.forms import SIGHT, SIGHT_HINTS, VerbForm, words_field
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField
from candour.recommendations.forms.verbs import due_field
from candour.recommendations.models import Response, Source

MOST_OWNERS = 3  # in the form; more are named on the page of the recommendation


class UpdateForm(VerbForm):
    """What moved since last time.

    may_propose: whether the body has said that it accepts it. owners: (number, post) of those who answer for it; where
    there are several, whose answer this is.
    """

    achieved = ReasonField(
        "1. What has been achieved?",
        rows=4,
        hint="Plain sentences; the panel reads this as you write it.",
        missing="Say what has been achieved since the last update",
        max_length=8000,
    )
    left = ReasonField(
        "2. What is left to do?",
        hint="Write ‘nothing’ if nothing is left.",
        missing="Say what is left to do, or write ‘nothing’",
        max_length=8000,
    )
    barriers = ReasonField(
        "3. Is anything in the way?",
        rows=2,
        hint="Who could remove it? Write ‘none’ if nothing is.",
        missing="Say what is in the way, or write ‘none’",
        max_length=8000,
    )
    closure = ChoiceField("4. Do you propose to close it?", missing="Choose whether you propose to close it")
    evidence = TextField(
        "What shows it",
        hint="For a closure: the file under Evidence, or where the panel can look",
        required=False,
        max_length=2000,
    )
    period = TextField("For the period", hint="As the panel’s paper will call it", width="20", max_length=60)

    def __init__(
        self,
        *args: Any,
        now: str,
        may_propose: bool,
        owners: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(owners) > 1:
            self.fields["by"] = ChoiceField("Whose answer is it?", owners, missing="Choose whose answer it is")
            self.order_fields(["seen", "by"])
        yes = [("yes", "Yes, it is done")] if may_propose else []
        moves = ("move", "No, and it needs a new date")
        self.fields["closure"].choices = [*yes, ("no", f"No, {now}"), moves]
        self.fields["closure"].hints = {
            "yes": "The panel is asked to agree. Say below what shows that it is done.",
            "move": "Saving leads to the new date: it needs a reason, and somebody has to agree it.",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("closure") == "yes" and not given.get("evidence"):
            self.first_error("evidence", "Say what shows that it is done: a file, or where the panel can look")
        return given


class RaiseForm(Form):
    """A new recommendation of one body. priorities: the words of the body's scale; none: any word may be typed."""

    reference = TextField("Reference", hint="The next number. Change it if yours comes from elsewhere.", width="10")
    title = TextField("Heading", hint="What should be done, in one line", missing="Enter a heading")
    source = ChoiceField("Source", Source.choices, kind="select", missing="Choose where it comes from")
    audit = TextField("Report", hint="Its title, as printed", required=False, max_length=200)
    came_from = TextField(
        "The record that it comes from",
        hint="The reference of the audit, or of another record, if Candour holds it",
        width="20",
        required=False,
        max_length=60,
    )
    printed = TextField("Number in the report", width="5", required=False, max_length=60)
    reported_on = DateField("Reported on", missing="Enter the day of the report, for example 26 October 2023")
    finding = words_field("What was found", rows=2)
    risk = words_field("Risk", hint="What may happen if nothing is done", rows=2)
    text = words_field("Recommendation", rows=3)
    priority = ChoiceField("Priority", kind="select", required=False)
    response = ChoiceField("Is it accepted?", [("", "Not answered yet"), *Response.choices], required=False)
    response_text = words_field("The response", rows=2)
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")
    reason = ReasonField("Why it is recorded now", rows=2, missing="Say why it is recorded now")

    def __init__(
        self,
        *args: Any,
        posts: Sequence[tuple[int, str]],
        priorities: Sequence[str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["reported_on"].latest = today
        self.fields["priority"].choices = [("", "None given"), *((word, word) for word in priorities)]
        if not priorities:
            self.fields["priority"] = TextField("Priority", hint="As printed", width="10", required=False)
        for number in range(1, MOST_OWNERS + 1):
            label = "Owner" if number == 1 else f"Owner {number}"
            choice = ChoiceField(
                label, [("", "No post yet" if number == 1 else "None"), *posts], kind="select", required=False
            )
            self.fields[f"owner_{number}"] = choice
            self.fields[f"due_{number}"] = due_field("By" if number == 1 else f"By, owner {number}", required=False)
        last = ("sensitivity", "reason")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [given.get(f"owner_{number}") for number in range(1, MOST_OWNERS + 1)]
        for number, post in enumerate(chosen, 1):
            if post and post in chosen[: number - 1]:
                self.first_error(f"owner_{number}", "Choose each post once")
            if number > 1 and given.get(f"due_{number}") and not post:
                self.first_error(f"owner_{number}", "Choose the post whose date this is")
        return given
