"""The verbs of a grant round, from its criteria to its appeals."""

from candour.commissioning.commands.rounds.appealing import answer_appeal, receive_appeal
from candour.commissioning.commands.rounds.awarding import make_agreement, set_conditions
from candour.commissioning.commands.rounds.deciding import announce, decide, moderate, rank, settle_tie
from candour.commissioning.commands.rounds.receiving import (
    NewApplication,
    attach_answer,
    judge,
    judge_all,
    let_in,
    receive,
    receive_many,
    withdraw,
)
from candour.commissioning.commands.rounds.scoring import begin_scoring, declare_conflict, give, save_scores
from candour.commissioning.commands.rounds.setting_up import (
    NewCriterion,
    NewQuestion,
    RoundFacts,
    change_round,
    open_round,
    raise_round,
    set_criteria,
    set_questions,
)

__all__ = [
    "NewApplication",
    "NewCriterion",
    "NewQuestion",
    "RoundFacts",
    "announce",
    "answer_appeal",
    "attach_answer",
    "begin_scoring",
    "change_round",
    "decide",
    "declare_conflict",
    "give",
    "judge",
    "judge_all",
    "let_in",
    "make_agreement",
    "moderate",
    "open_round",
    "raise_round",
    "rank",
    "receive",
    "receive_appeal",
    "receive_many",
    "save_scores",
    "set_conditions",
    "set_criteria",
    "set_questions",
    "settle_tie",
    "withdraw",
]
