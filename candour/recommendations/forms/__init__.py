"""What people send about recommendations, read and checked; what the rules refuse comes back from the commands."""

from candour.recommendations.forms.filters import RecommendationFilters
from candour.recommendations.forms.updating import RaiseForm, UpdateForm
from candour.recommendations.forms.verbs import (
    AddOwnerForm,
    AnswerDateForm,
    AskDateForm,
    DecideForm,
    EndForm,
    HandOverForm,
    ProposeForm,
    ReopenForm,
    RepeatForm,
    RespondForm,
    RestrictForm,
    SlipForm,
    VerifyForm,
    WithdrawForm,
    WordingForm,
)

__all__ = [
    "AddOwnerForm",
    "AnswerDateForm",
    "AskDateForm",
    "DecideForm",
    "EndForm",
    "HandOverForm",
    "ProposeForm",
    "RaiseForm",
    "RecommendationFilters",
    "ReopenForm",
    "RepeatForm",
    "RespondForm",
    "RestrictForm",
    "SlipForm",
    "UpdateForm",
    "VerifyForm",
    "WithdrawForm",
    "WordingForm",
]
