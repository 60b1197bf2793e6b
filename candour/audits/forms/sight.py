"""Who sees an audit, and which risks are in its scope."""

from collections.abc import Sequence
from typing import Any

from candour.audits.forms.base import VerbForm, approver_field
from candour.kernel.web.forms import ChoiceField, ChoicesField, ReasonField, TextField

SIGHT = [
    ("public", "Office, panel and public"),
    ("office", "Office and panel"),
    ("restricted", "Restricted"),
]
SIGHT_HINTS = {
    "public": "It may be printed in papers and published.",
    "office": "Everyone who sees audits in this body, and the panel. Never published.",
    "restricted": "Only its owner and posts that may see restricted records. For everyone else it does not exist: "
    "not in plans, counts, search or papers.",
}


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this audit")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
    approver = approver_field(required=False)


class ScopeForm(VerbForm):
    """standing: (number of the link, reference and title) of the risks that are in scope."""

    reference = TextField("Reference of a risk to add", width="10", max_length=60, required=False)
    out = ChoicesField("Risks to take out", required=False)
    reason = ReasonField("Why", rows=2)

    def __init__(self, *args: Any, standing: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["out"].choices = standing
        if not standing:
            del self.fields["out"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("reference") and not given.get("out") and "reference" not in self.errors:
            self.add_error("reference", "Enter the reference of a risk")
        return given
