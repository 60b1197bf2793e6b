"""What the forms of agreements share."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from candour.kernel.people.models import Post
from candour.kernel.web.forms import Form, ReasonField, TextField

Choices = Iterable[tuple[Any, str]]
SIGHT = [("public", "Office, panel and public"), ("office", "Office and panel"), ("restricted", "Restricted")]
SIGHT_HINTS = {
    "public": "It may be printed in papers and published.",
    "office": "Everyone who sees agreements in this body, and the panel. Never published.",
    "restricted": "Only its lead and posts that may see restricted records. For everyone else it does not exist: "
    "not in lists, totals, search or papers.",
}


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


def approver_field() -> TextField:
    """Who approved the change: kept with its entry, and printed beside it."""
    return TextField(
        "Approved by",
        hint="The board or post that approved it",
        missing="Enter the board or post that approved it",
        max_length=200,
    )


def words_field(label: str, *, hint: str = "", rows: int = 4) -> ReasonField:
    return ReasonField(label, hint=hint, rows=rows, required=False, max_length=8000)


def post_named(posts: Sequence[Post], number: str | None) -> Post | None:
    """The post of an answer, None for none."""
    return next((post for post in posts if str(post.pk) == number), None)
