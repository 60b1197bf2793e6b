"""The pages of risks, each saying who may open it."""

from candour.risks.views.ageing import ageing
from candour.risks.views.bringing_back import bring_back
from candour.risks.views.changes import changes
from candour.risks.views.choosing import columns
from candour.risks.views.files import download, workbook
from candour.risks.views.heat import heat
from candour.risks.views.history import history, history_file
from candour.risks.views.listing import risks
from candour.risks.views.raising import raise_risk
from candour.risks.views.record import risk
from candour.risks.views.review import review
from candour.risks.views.saved import change_view, remove_view, save_view
from candour.risks.views.saved import views as saved_views
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
    "bring_back",
    "change_view",
    "changes",
    "close",
    "columns",
    "download",
    "hand_over",
    "heat",
    "history",
    "history_file",
    "level",
    "raise_risk",
    "remove_view",
    "reopen",
    "restrict",
    "review",
    "risk",
    "risks",
    "save_view",
    "saved_views",
    "settle",
    "share",
    "update",
    "wording",
    "workbook",
]
