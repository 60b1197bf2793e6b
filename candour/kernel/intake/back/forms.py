"""A workbook brought back: the file, then what holds where the register moved too, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing

from candour.kernel.access import Actor
from candour.kernel.intake.back.read import Edited
from candour.kernel.web.forms import FileField, Form, ReasonField

LONGEST = 2_000_000  # letters of what the page carries between showing and saving; a request takes 2.5 MB


class WorkbookForm(Form):
    workbook = FileField(
        "The workbook",
        hint=f"The .xlsx file that you downloaded and changed, of at most {settings.FILE_LIMIT // 1024**2} megabytes. "
        "Nothing is saved yet.",
        missing="Choose the workbook that you changed",
        kinds=(".xlsx",),
        limit=settings.FILE_LIMIT,
    )


class BringBackForm(Form):
    """What was read and looked at, signed so that it is what was shown, and the reason for all of it."""

    carried = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = ReasonField("Why they change", missing="Say why they change")


def carry(edited: Sequence[Edited], seen: Mapping[int, int], actor: Actor, *, salt: str) -> str:
    """The changed cells, and the last entry of each record as it was looked at, as a word that only Candour can write."""
    rows = [[one.key, one.row, one.reference, dict(one.cells), dict(one.kept)] for one in edited]
    return signing.dumps([rows, list(seen.items())], salt=f"{salt}.{actor.kind}.{actor.id}", compress=True)


def carried(word: str, actor: Actor, *, salt: str) -> tuple[list[Edited], dict[int, int]] | None:
    """What carry() was given; None for a word that it did not write for this actor."""
    try:
        rows, seen = signing.loads(word, salt=f"{salt}.{actor.kind}.{actor.id}")
    except signing.BadSignature:
        return None
    found = [
        Edited(key, number, reference, {name: (was, now) for name, (was, now) in cells.items()}, kept)
        for key, number, reference, cells, kept in rows
    ]
    return found, dict(seen)


def choices_from(posted: Any) -> dict[tuple[str, str], str]:
    """By row and cell which value holds: "workbook" or "register", from fields such as choice-12-title."""
    found = {}
    for field, value in posted.items():
        word, _, rest = field.partition("-")
        name, _, key = rest.partition("-")
        if word == "choice" and name.isascii() and name.isalnum() and value in ("workbook", "register"):
            found[name, key] = value
    return found
