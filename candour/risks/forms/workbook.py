"""A workbook of risks brought back: why they change."""

from candour.kernel.intake.back.forms import BringBackForm
from candour.kernel.web.forms import ReasonField


class RisksBackForm(BringBackForm):
    reason = ReasonField(
        "Why the risks change",
        hint="One reason for all of them. It stands beside each change in the history.",
        missing="Say why the risks change",
    )
