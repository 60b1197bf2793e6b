"""What the forms of audits share."""

from collections.abc import Iterable
from typing import Any

from candour.kernel.records.forms import VerbForm, post_named
from candour.kernel.web.forms import ReasonField, TextField

__all__ = ["Choices", "VerbForm", "approver_field", "post_named", "words_field"]

Choices = Iterable[tuple[Any, str]]


def approver_field(*, required: bool = True) -> TextField:
    """Who agreed the change: kept with its entry, and printed beside it."""
    hint = "The board or post that agreed it" if required else "The board or post that agreed it, if one did"
    missing = "Enter the board or post that agreed it"
    return TextField("Agreed by", hint=hint, missing=missing, required=required, max_length=200)


def words_field(label: str, *, hint: str = "", rows: int = 4) -> ReasonField:
    return ReasonField(label, hint=hint, rows=rows, required=False, max_length=8000)
