"""What the pages of inspections ask."""

from candour.inspections.forms.answering import (
    AlsoForm,
    AnswerWithForm,
    CommentsForm,
    CopyForm,
    DraftForm,
    ElsewhereForm,
    InviteForm,
    MoveForm,
)
from candour.inspections.forms.entering import (
    ChangeForm,
    CorrectForm,
    EnterForm,
    GradesForm,
    ReasonForm,
    ReportForm,
    RestrictForm,
)
from candour.inspections.forms.following import CarryForm, CloseReviewForm, NoteForm, OpenReviewForm, ReviewForm
from candour.inspections.forms.listing import InspectionFilters, StatementFilters
from candour.inspections.forms.statement import ChangeItemForm, EndItemForm, EnterItemForm, ProgressForm

__all__ = [
    "AlsoForm",
    "AnswerWithForm",
    "CarryForm",
    "ChangeForm",
    "ChangeItemForm",
    "CloseReviewForm",
    "CommentsForm",
    "CopyForm",
    "CorrectForm",
    "DraftForm",
    "ElsewhereForm",
    "EndItemForm",
    "EnterForm",
    "EnterItemForm",
    "GradesForm",
    "InspectionFilters",
    "InviteForm",
    "MoveForm",
    "NoteForm",
    "OpenReviewForm",
    "ProgressForm",
    "ReasonForm",
    "ReportForm",
    "RestrictForm",
    "ReviewForm",
    "StatementFilters",
]
