"""What people send about risks, read and checked; what the rules refuse comes back from the commands."""

from candour.kernel.records.forms import HistoryFilters, VerbForm
from candour.risks.forms.bulk import BulkForm
from candour.risks.forms.filters import RiskFilters
from candour.risks.forms.life import ChangeControlForm, JointForm, MergeForm, ResponseForm
from candour.risks.forms.raising import RaiseForm
from candour.risks.forms.review import ReviewForm
from candour.risks.forms.scores import DecideForm, ScoreForm
from candour.risks.forms.verbs import (
    AddControlForm,
    CloseForm,
    HandOverForm,
    LevelForm,
    ReopenForm,
    RestrictForm,
    SettleForm,
    UpdateForm,
    WordingForm,
)

__all__ = [
    "AddControlForm",
    "BulkForm",
    "ChangeControlForm",
    "CloseForm",
    "DecideForm",
    "HandOverForm",
    "HistoryFilters",
    "JointForm",
    "LevelForm",
    "MergeForm",
    "RaiseForm",
    "ReopenForm",
    "ResponseForm",
    "RestrictForm",
    "ReviewForm",
    "RiskFilters",
    "ScoreForm",
    "SettleForm",
    "UpdateForm",
    "VerbForm",
    "WordingForm",
]
