"""The verbs of a risk. Each: may they, do the rules allow it, record it, give the row back."""

from candour.risks.commands.controls import add_control, settle_control
from candour.risks.commands.life import change_level, change_wording, close, hand_over, reopen, restrict
from candour.risks.commands.raising import NewRisk, raise_many, raise_risk
from candour.risks.commands.reviewing import note_review, record_update, review
from candour.risks.commands.scoring import rescore, set_target
from candour.risks.commands.workbook import RiskChange, bring_back

__all__ = [
    "NewRisk",
    "RiskChange",
    "add_control",
    "bring_back",
    "change_level",
    "change_wording",
    "close",
    "hand_over",
    "note_review",
    "raise_many",
    "raise_risk",
    "record_update",
    "reopen",
    "rescore",
    "restrict",
    "review",
    "set_target",
    "settle_control",
]
