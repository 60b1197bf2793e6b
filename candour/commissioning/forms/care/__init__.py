"""What the pages of care ask."""

from candour.commissioning.forms.care.diligence import CheckForm, DiligenceKindForm, EndKindForm, WaiveForm
from candour.commissioning.forms.care.steps import BeginForm, ProcessForm, PutBackForm, StepForm
from candour.commissioning.forms.care.streams import StreamChangeForm

__all__ = [
    "BeginForm",
    "CheckForm",
    "DiligenceKindForm",
    "EndKindForm",
    "ProcessForm",
    "PutBackForm",
    "StepForm",
    "StreamChangeForm",
    "WaiveForm",
]
