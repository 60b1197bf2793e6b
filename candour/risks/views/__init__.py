"""The pages of risks, each saying who may open it."""

from candour.risks.views.ageing import ageing
from candour.risks.views.heat import heat
from candour.risks.views.history import history, history_file
from candour.risks.views.listing import download, risks
from candour.risks.views.raising import raise_risk
from candour.risks.views.record import risk
from candour.risks.views.review import review
from candour.risks.views.verbs import (
    add_control,
    close,
    hand_over,
    level,
    reopen,
    restrict,
    settle,
    share,
    update,
    wording,
)

__all__ = [
    "add_control",
    "ageing",
    "close",
    "download",
    "hand_over",
    "heat",
    "history",
    "history_file",
    "level",
    "raise_risk",
    "reopen",
    "restrict",
    "review",
    "risk",
    "risks",
    "settle",
    "share",
    "update",
    "wording",
]
