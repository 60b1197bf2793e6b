"""A workbook brought back: the file, then what holds where the register moved too, and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing

from candour.kernel.access import Actor
from candour.kernel.web.forms import FileField, Form, ReasonField
from candour.risks.intake.workbook.read import Edited

SALT = "candour.risks.workbook"
MOST = 1_000  # risks changed by one file
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
    reason = ReasonField(
        "Why the risks change",
        hint="One reason for all of them. It stands beside each change in the history.",
        missing="Say why the risks change",
    )


def carry(edited: list[Edited], seen: Mapping[int, int], actor: Actor) -> str:
    """The changed cells, and the last entry of each risk as it was looked at, as a word that only Candour can write."""
    rows = [[one.pk, one.row, one.reference, dict(one.cells)] for one in edited]
    return signing.dumps([rows, list(seen.items())], salt=f"{SALT}.{actor.kind}.{actor.id}", compress=True)


def carried(word: str, actor: Actor) -> tuple[list[Edited], dict[int, int]] | None:
    """What carry() was given; None for a word that it did not write for this actor."""
    try:
        rows, seen = signing.loads(word, salt=f"{SALT}.{actor.kind}.{actor.id}")
    except signing.BadSignature:
        return None
    found = [
        Edited(pk, number, reference, {key: (was, now) for key, (was, now) in cells.items()})
        for pk, number, reference, cells in rows
    ]
    return found, dict(seen)


def choices_from(posted: Any) -> dict[tuple[int, str], str]:
    """By risk and column which value holds: "workbook" or "register", from fields such as choice-12-title."""
    found = {}
    for name, value in posted.items():
        word, _, rest = name.partition("-")
        pk, _, key = rest.partition("-")
        if word == "choice" and pk.isascii() and pk.isdigit() and value in ("workbook", "register"):
            found[int(pk), key] = value
    return found
