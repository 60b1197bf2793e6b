"""Forms of scales: the steps of a draft, and the appetite for risk."""

from candour.kernel.scales.forms.appetite import AppetiteForm, AppetiteWordsForm, EndForm
from candour.kernel.scales.forms.drafting import (
    BandsForm,
    CategoriesForm,
    IntervalsForm,
    SizeForm,
    StepForm,
    TextsForm,
    WordsForm,
)
from candour.kernel.scales.forms.lifetime import BeginForm, InForceForm, WhyForm
from candour.kernel.scales.forms.words import WordScaleForm

__all__ = [
    "AppetiteForm",
    "AppetiteWordsForm",
    "BandsForm",
    "BeginForm",
    "CategoriesForm",
    "EndForm",
    "InForceForm",
    "IntervalsForm",
    "SizeForm",
    "StepForm",
    "TextsForm",
    "WhyForm",
    "WordScaleForm",
    "WordsForm",
]
