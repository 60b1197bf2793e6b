"""What happens to an agreement, one thing a page."""

from datetime import timedelta
from typing import Any

from candour.commissioning import rules
from candour.commissioning.forms.base import SIGHT, SIGHT_HINTS, Choices, VerbForm, approver_field
from candour.commissioning.models import Document
from candour.kernel.evidence.forms import AnyFileField
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import ChoiceField, DateField, ReasonField, TextField


class PastForm(VerbForm):
    """A change whose day has come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class SignForm(PastForm):
    side = ChoiceField("Who signed", list(rules.SIDES.items()), missing="Choose who signed")
    by = TextField("The post that signed", missing="Enter the post that signed", max_length=200)
    on = DateField("Signed on", missing="Enter the day of the signature")
    reason = ReasonField("Why", rows=2, hint="Needed where a recorded signature was wrong", required=False)


class VaryForm(PastForm):
    on = DateField("Agreed on", missing="Enter the day on which it was agreed")
    new_end = DateField("New last day", hint="For an extension", required=False)
    which = ChoiceField(
        "Change of value",
        [("none", "None"), ("more", "More"), ("less", "Less")],
        missing="Choose whether the value changes",
    )
    by = PoundsField("By how much", hint="In pounds, with VAT", required=False)
    ground = ChoiceField("Ground", list(rules.GROUNDS.items()), kind="select", missing="Choose the ground")
    approver = approver_field()
    reason = ReasonField("Why it is varied", rows=2, missing="Say why it is varied")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("which") in ("more", "less") and given.get("by") is None and "by" not in self.errors:
            self.add_error("by", "Enter by how much the value changes")
        if given.get("which") == "none" and given.get("by") is not None:
            self.add_error("which", "Choose More or Less, or leave the amount empty")
        return given

    @property
    def change(self) -> int:
        """The change in pence."""
        by = rules.pence(self.cleaned_data["by"]) or 0
        return {"none": 0, "more": by, "less": -by}[self.cleaned_data["which"]]


class OrderForm(PastForm):
    number = TextField(
        "Order number",
        hint="Or that of the instalment or payment",
        width="10",
        missing="Enter the order’s number",
        max_length=60,
    )
    on = DateField("Raised on", missing="Enter the day on which it was raised")
    value = PoundsField("Value", hint="In pounds, with VAT", missing="Enter the order’s value")
    reason = ReasonField("What it is for", rows=2, required=False)


class OverrideForm(VerbForm):
    until = DateField("Good until", missing="Enter the last day on which it holds")
    reason = ReasonField("Why an order cannot wait", rows=3, missing="Say why an order cannot wait")

    def __init__(self, *args: Any, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"At most {days} days on"
        if self.today:
            self.fields["until"].latest = self.today + timedelta(days=days)


class EndForm(PastForm):
    on = DateField("Its last day was", missing="Enter its last day")
    reason = ReasonField(
        "How it ended", rows=2, hint="What was learnt, and what was paid back", missing="Say how it ended"
    )


class ContactForm(PastForm):
    """standing: (number, post) of the contacts there are."""

    what = ChoiceField("What did you find", missing="Choose what you found")
    role = TextField("Post of the new contact", required=False, max_length=120)
    email = TextField("E-mail of the new contact", required=False, max_length=200)
    on = DateField("On", hint="The day you asked", missing="Enter the day you asked")

    def __init__(self, *args: Any, standing: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            *((f"confirm:{number}", f"{role} is still right") for number, role in standing),
            *((f"left:{number}", f"{role} has gone") for number, role in standing),
            ("new", "There is a new contact"),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == "new" and not given.get("role") and "role" not in self.errors:
            self.add_error("role", "Enter the contact’s post")
        return given


class DocumentForm(VerbForm):
    """templates: versions of this kind, latest first."""

    which = ChoiceField("What it is", Document.Which.choices, missing="Choose what the file is")
    file = AnyFileField(
        "File",
        hint="Word or PDF: its text is looked through. A photograph is kept, and cannot be.",
        missing="Choose the file",
    )
    template = ChoiceField("Template that it is written on", kind="select", required=False)
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(self, *args: Any, templates: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", "None, or not known"), *((each, each) for each in templates)]


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this agreement")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
