"""Which paper to draft, and the confirmation that issues it."""

from typing import Any

from candour.kernel.web.fields import DateField, ReasonField, TextField
from candour.kernel.web.forms import Form


class DaysForm(Form):
    """The day that a draft shows and the day it is compared with; empty boxes mean today and the last paper's day."""

    as_at = DateField("Register as at", required=False)
    since = DateField("Compared with", required=False)


class IssueForm(Form):
    """The reason, which a failing check asks for."""

    seen = TextField("What was looked at", required=False)
    reason = ReasonField("Why it is issued although a check fails", required=False)

    def __init__(self, *args: Any, failing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not failing:
            self.fields["reason"].label = "Anything to record with this issue"
