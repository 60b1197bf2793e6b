"""A funding stream changes within its year."""

from candour.commissioning.forms.raising import StreamForm
from candour.kernel.web.forms import ReasonField


class StreamChangeForm(StreamForm):
    """Everything of a stream but its code and its year, of which references are made."""

    code = None  # type: ignore[assignment]
    year = None  # type: ignore[assignment]
    reason = ReasonField("Who agreed it", rows=2, missing="Say who agreed it, and why it changes")
