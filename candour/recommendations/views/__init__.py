"""The pages of recommendations, each saying who may open it."""

from candour.recommendations.views.closing import decide, end, propose, reopen, update, verify, withdraw
from candour.recommendations.views.figures import age, closures, load, slips
from candour.recommendations.views.files import bring_back, download, workbook
from candour.recommendations.views.history import history, history_file
from candour.recommendations.views.listing import recommendations
from candour.recommendations.views.mine import mine
from candour.recommendations.views.raising import raise_recommendation
from candour.recommendations.views.record import recommendation
from candour.recommendations.views.saved import change_view, remove_view, save_view, saved_views
from candour.recommendations.views.verbs import add_owner, hand_over, repeat, respond, restrict, share, slip, wording

__all__ = [
    "add_owner",
    "age",
    "bring_back",
    "change_view",
    "closures",
    "decide",
    "download",
    "end",
    "hand_over",
    "history",
    "history_file",
    "load",
    "mine",
    "propose",
    "raise_recommendation",
    "recommendation",
    "recommendations",
    "remove_view",
    "reopen",
    "repeat",
    "respond",
    "restrict",
    "save_view",
    "saved_views",
    "share",
    "slip",
    "slips",
    "update",
    "verify",
    "withdraw",
    "wording",
    "workbook",
]
