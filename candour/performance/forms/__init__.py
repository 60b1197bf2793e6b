"""What the pages of measures ask."""

from candour.performance.forms.defining import ChangeForm, DefineForm, EndForm, RestrictForm
from candour.performance.forms.explaining import AnswerForm, AskForm, BreakForm, JoinForm
from candour.performance.forms.grouping import (
    ChangeGroupForm,
    CompareFilters,
    JoinGroupForm,
    LeaveGroupForm,
    SetUpGroupForm,
)
from candour.performance.forms.listing import MeasureFilters
from candour.performance.forms.sets import BeginSetForm, ChangeSetForm, ContributionForm, InSetsForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "BeginSetForm",
    "BreakForm",
    "ChangeForm",
    "ChangeGroupForm",
    "ChangeSetForm",
    "CompareFilters",
    "ContributionForm",
    "DefineForm",
    "EndForm",
    "InSetsForm",
    "JoinForm",
    "JoinGroupForm",
    "LeaveGroupForm",
    "MeasureFilters",
    "RestrictForm",
    "SetUpGroupForm",
]
