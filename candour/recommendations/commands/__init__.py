"""The verbs of a recommendation. Each: may they, do the rules allow it, record it, give the row back."""

from candour.recommendations.commands.answering import add_evidence, answer, save_draft
from candour.recommendations.commands.changing import change_wording, mark_repeat, respond, restrict
from candour.recommendations.commands.closing import answer_closure, decide_closure, end, reopen, verify_closure
from candour.recommendations.commands.cycles import (
    close_cycle,
    open_cycle,
    remind_now,
    revoke_links,
    send_back,
)
from candour.recommendations.commands.dates import answer_date, ask_date, withdraw_date
from candour.recommendations.commands.ledger import add_owner, hand_over, slip
from candour.recommendations.commands.raising import (
    Due,
    NewRecommendation,
    Owner,
    Said,
    raise_many,
    raise_recommendation,
)
from candour.recommendations.commands.updating import propose_closure, record_update, withdraw_closure
from candour.recommendations.commands.workbook import Answer, bring_back

__all__ = [
    "Answer",
    "Due",
    "NewRecommendation",
    "Owner",
    "Said",
    "add_evidence",
    "add_owner",
    "answer",
    "answer_closure",
    "answer_date",
    "ask_date",
    "bring_back",
    "change_wording",
    "close_cycle",
    "decide_closure",
    "end",
    "hand_over",
    "mark_repeat",
    "open_cycle",
    "propose_closure",
    "raise_many",
    "raise_recommendation",
    "record_update",
    "remind_now",
    "reopen",
    "respond",
    "restrict",
    "revoke_links",
    "save_draft",
    "send_back",
    "slip",
    "verify_closure",
    "withdraw_closure",
    "withdraw_date",
]
