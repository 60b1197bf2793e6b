"""What the forms of boards share."""

from candour.kernel.records.forms import Posts, VerbForm, words_field
from candour.kernel.web.forms import ReasonField

__all__ = ["Posts", "VerbForm", "reason_field", "words_field"]


def reason_field(label: str = "Why", *, hint: str = "", required: bool = True) -> ReasonField:
    """Why the change is made: kept with its entry."""
    return ReasonField(label, hint=hint, rows=2, required=required, max_length=2000)
