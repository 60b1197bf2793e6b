"""Pages of scales: those that stand, a draft in steps, and the appetite for risk."""

from candour.kernel.scales.views.appetite import appetite, appetite_words, end_appetite, set_appetite
from candour.kernel.scales.views.drafting import begin, descriptions, draft, drop, preview, step
from candour.kernel.scales.views.standing import call_off, scale, scales
from candour.kernel.scales.views.words import new_words, words

__all__ = [
    "appetite",
    "appetite_words",
    "begin",
    "call_off",
    "descriptions",
    "draft",
    "drop",
    "end_appetite",
    "new_words",
    "preview",
    "scale",
    "scales",
    "set_appetite",
    "step",
    "words",
]
