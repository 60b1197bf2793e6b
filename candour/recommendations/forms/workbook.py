"""A workbook of answers brought back: for which period, and why they come in."""

from datetime import date
from typing import Any

from candour.kernel.calendar import MONTHS
from candour.kernel.intake.back.forms import BringBackForm
from candour.kernel.web.forms import ReasonField, TextField


class AnswersBackForm(BringBackForm):
    period = TextField("For the period", hint="As the panel’s paper will call it", width="20", max_length=60)
    reason = ReasonField(
        "Why these answers come in",
        hint="For example: the owners’ answers for the panel of June. It stands beside each in the history; a new date "
        "keeps the reason of its own row.",
        missing="Say why these answers come in",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"period": f"{MONTHS[today.month - 1]} {today.year}"})
        super().__init__(*args, today=today, **kwargs)
