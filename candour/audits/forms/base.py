"""What the forms of audits share."""

from collections.abc import Iterable
from typing import Any

from django import forms

from candour.kernel.web.forms import Form, ReasonField, TextField

Choices = Iterable[tuple[Any, str]]


class VerbForm(Form):
    """One change. seen: the last entry that was read when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: int = 0, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | {"seen": seen}
        super().__init__(*args, **kwargs)
        self.seen_now = seen

    @property
    def overtaken(self) -> bool:
        """Whether somebody entered something after what was read here."""
        return self.is_bound and getattr(self, "cleaned_data", {}).get("seen") != self.seen_now

    def choose_posts(self, posts: Choices, name: str = "owner") -> None:
        self.fields[name].choices = [("", "No post yet"), *posts]


def approver_field(*, required: bool = True) -> TextField:
    """Who agreed the change: kept with its entry, and printed beside it."""
    hint = "The board or post that agreed it" if required else "The board or post that agreed it, if one did"
    missing = "Enter the board or post that agreed it"
    return TextField("Agreed by", hint=hint, missing=missing, required=required, max_length=200)


def words_field(label: str, *, hint: str = "", rows: int = 4) -> ReasonField:
    return ReasonField(label, hint=hint, rows=rows, required=False, max_length=8000)
