"""What people send about risks, read and checked; what the rules refuse comes back from the commands."""

from candour.risks.forms.filters import HistoryFilters, RiskFilters
from candour.risks.forms.review import ReviewForm
from candour.risks.forms.verbs import (
    AddControlForm,
    CloseForm,
    HandOverForm,
    LevelForm,
    RaiseForm,
    ReopenForm,
    RestrictForm,
    SettleForm,
    ShareForm,
    UpdateForm,
    VerbForm,
    WordingForm,
)

__all__ = [
    "AddControlForm",
    "CloseForm",
    "HandOverForm",
    "HistoryFilters",
    "LevelForm",
    "RaiseForm",
    "ReopenForm",
    "RestrictForm",
    "ReviewForm",
    "RiskFilters",
    "SettleForm",
    "ShareForm",
    "UpdateForm",
    "VerbForm",
    "WordingForm",
]
