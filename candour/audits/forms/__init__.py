"""What the pages of audits ask."""

from candour.audits.forms.base import VerbForm
from candour.audits.forms.planning import (
    ChangeFilters,
    ChangeForm,
    DatesForm,
    DeferForm,
    LeaveForm,
    PlanFilters,
    PlanForm,
)
from candour.audits.forms.providers import ProgressForm, PromiseForm, ProviderFilters
from candour.audits.forms.reporting import ReportForm, StageForm, SurveyForm
from candour.audits.forms.sight import RestrictForm, ScopeForm

__all__ = [
    "ChangeFilters",
    "ChangeForm",
    "DatesForm",
    "DeferForm",
    "LeaveForm",
    "PlanFilters",
    "PlanForm",
    "ProgressForm",
    "PromiseForm",
    "ProviderFilters",
    "ReportForm",
    "RestrictForm",
    "ScopeForm",
    "StageForm",
    "SurveyForm",
    "VerbForm",
]
