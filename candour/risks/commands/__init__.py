"""The verbs of a risk. Each: may they, do the rules allow it, record it, give the row back."""

from candour.risks.commands.bulk import Answer, Unfit, review_many
from candour.risks.commands.controls import add_control, change_control, settle_control
from candour.risks.commands.life import (
    change_level,
    change_wording,
    choose_response,
    close,
    hand_over,
    make_joint,
    restrict,
)
from candour.risks.commands.merging import Fate, merge, reopen
from candour.risks.commands.proposing import agree_score, propose_score, refuse_score, withdraw_score
from candour.risks.commands.raising import NewRisk, raise_many, raise_risk
from candour.risks.commands.reviewing import note_review, record_update, review
from candour.risks.commands.saying import Said, say_many, together
from candour.risks.commands.scoring import rescore, set_inherent, set_target
from candour.risks.commands.workbook import RiskChange, bring_back

__all__ = [
    "Answer",
    "Fate",
    "NewRisk",
    "RiskChange",
    "Said",
    "Unfit",
    "add_control",
    "agree_score",
    "bring_back",
    "change_control",
    "change_level",
    "change_wording",
    "choose_response",
    "close",
    "hand_over",
    "make_joint",
    "merge",
    "note_review",
    "propose_score",
    "raise_many",
    "raise_risk",
    "record_update",
    "refuse_score",
    "reopen",
    "rescore",
    "restrict",
    "review",
    "review_many",
    "say_many",
    "set_inherent",
    "set_target",
    "settle_control",
    "together",
    "withdraw_score",
]
