"""What the pages of plans ask."""

from candour.plan.forms.answering import (
    AgreeForm,
    DiveAnswerForm,
    DiveForm,
    LinkForm,
    ReopenForm,
    SuccessForm,
    UpdateForm,
)
from candour.plan.forms.listing import ActivityFilters
from candour.plan.forms.writing import (
    ActivityForm,
    ChangePlanForm,
    CloseForm,
    EndPlanForm,
    MoveForm,
    ObjectiveForm,
    PriorityForm,
    PublishForm,
    RemoveForm,
    RestrictForm,
    SetUpForm,
    StopForm,
)

__all__ = [
    "ActivityFilters",
    "ActivityForm",
    "AgreeForm",
    "ChangePlanForm",
    "CloseForm",
    "DiveAnswerForm",
    "DiveForm",
    "EndPlanForm",
    "LinkForm",
    "MoveForm",
    "ObjectiveForm",
    "PriorityForm",
    "PublishForm",
    "RemoveForm",
    "ReopenForm",
    "RestrictForm",
    "SetUpForm",
    "StopForm",
    "SuccessForm",
    "UpdateForm",
]
