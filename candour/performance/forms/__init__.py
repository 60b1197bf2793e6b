"""What the pages of measures ask."""

from candour.performance.forms.defining import ChangeForm, DefineForm, EndForm, RestrictForm
from candour.performance.forms.explaining import AnswerForm, AskForm, BreakForm, JoinForm
from candour.performance.forms.listing import MeasureFilters

__all__ = [
    "AnswerForm",
    "AskForm",
    "BreakForm",
    "ChangeForm",
    "DefineForm",
    "EndForm",
    "JoinForm",
    "MeasureFilters",
    "RestrictForm",
]
