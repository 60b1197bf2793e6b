"""The pages of recommendations, each saying who may open it."""

from candour.recommendations.views.answering import answer_list, answer_one
from candour.recommendations.views.closing import decide, end, propose, reopen, update, verify, withdraw
from candour.recommendations.views.cycles import close, cover, cycle, cycles, open_cycle, remind, revoke, send_back
from candour.recommendations.views.dates import answer_date, ask_date, dates_asked, withdraw_date
from candour.recommendations.views.figures import age, closures, load, slips
from candour.recommendations.views.files import bring_back, download, workbook
from candour.recommendations.views.history import history, history_file
from candour.recommendations.views.letters import letters, revoke_link, send_again
from candour.recommendations.views.listing import recommendations
from candour.recommendations.views.mine import answer_mine, mine
from candour.recommendations.views.raising import raise_recommendation
from candour.recommendations.views.record import recommendation
from candour.recommendations.views.saved import change_view, remove_view, save_view, saved_views
from candour.recommendations.views.verbs import add_owner, hand_over, repeat, respond, restrict, share, slip, wording

__all__ = [
    "add_owner",
    "age",
    "answer_date",
    "answer_list",
    "answer_mine",
    "answer_one",
    "ask_date",
    "bring_back",
    "change_view",
    "close",
    "closures",
    "cover",
    "cycle",
    "cycles",
    "dates_asked",
    "decide",
    "download",
    "end",
    "hand_over",
    "history",
    "history_file",
    "letters",
    "load",
    "mine",
    "open_cycle",
    "propose",
    "raise_recommendation",
    "recommendation",
    "recommendations",
    "remind",
    "remove_view",
    "reopen",
    "repeat",
    "respond",
    "restrict",
    "revoke",
    "revoke_link",
    "save_view",
    "saved_views",
    "send_again",
    "send_back",
    "share",
    "slip",
    "slips",
    "update",
    "verify",
    "withdraw",
    "withdraw_date",
    "wording",
    "workbook",
]
