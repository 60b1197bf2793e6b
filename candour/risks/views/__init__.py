"""The pages of risks, each saying who may open it."""

from candour.risks.views.ageing import ageing
from candour.risks.views.bringing_back import bring_back
from candour.risks.views.bulk import review_many
from candour.risks.views.changes import changes
from candour.risks.views.choosing import columns
from candour.risks.views.controls import add_control, change_control, settle
from candour.risks.views.due import due
from candour.risks.views.files import download, workbook
from candour.risks.views.heat import heat
from candour.risks.views.history import history, history_file
from candour.risks.views.life import close, joint, level, merge, reopen, response
from candour.risks.views.listing import risks
from candour.risks.views.raising import raise_risk
from candour.risks.views.record import risk
from candour.risks.views.review import review
from candour.risks.views.saved import change_view, remove_view, save_view
from candour.risks.views.saved import views as saved_views
from candour.risks.views.scores import decide, score
from candour.risks.views.verbs import hand_over, restrict, share, update, wording

__all__ = [
    "add_control",
    "ageing",
    "bring_back",
    "change_control",
    "change_view",
    "changes",
    "close",
    "columns",
    "decide",
    "download",
    "due",
    "hand_over",
    "heat",
    "history",
    "history_file",
    "joint",
    "level",
    "merge",
    "raise_risk",
    "remove_view",
    "reopen",
    "response",
    "restrict",
    "review",
    "review_many",
    "risk",
    "risks",
    "save_view",
    "saved_views",
    "score",
    "settle",
    "share",
    "update",
    "wording",
    "workbook",
]
