"""The forms of finance and change."""

from candour.finance.forms.collaborations import ChangeCollaborationForm, EnterForm, ReviewForm, SharesForm
from candour.finance.forms.listing import RegisterFilters
from candour.finance.forms.projects import (
    AnswerForm,
    AskChangeForm,
    BeginForm,
    BenefitForm,
    CaseForm,
    ChangeProjectForm,
    CloseForm,
    MeasureForm,
    ReportForm,
)
from candour.finance.forms.schemes import (
    AddSchemeForm,
    ChangeBudgetForm,
    ChangeSchemeForm,
    EndForm,
    OpenBudgetForm,
    RateForm,
    RestrictForm,
)

__all__ = [
    "AddSchemeForm",
    "AnswerForm",
    "AskChangeForm",
    "BeginForm",
    "BenefitForm",
    "CaseForm",
    "ChangeBudgetForm",
    "ChangeCollaborationForm",
    "ChangeProjectForm",
    "ChangeSchemeForm",
    "CloseForm",
    "EndForm",
    "EnterForm",
    "MeasureForm",
    "OpenBudgetForm",
    "RateForm",
    "RegisterFilters",
    "ReportForm",
    "RestrictForm",
    "ReviewForm",
    "SharesForm",
]
