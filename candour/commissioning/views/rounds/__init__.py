"""The pages of grant rounds, of applications, and of those who score them."""

from candour.commissioning.views.rounds.after import (
    agreement,
    announce,
    answer,
    appeal,
    conditions,
    letter,
    report_file,
)
from candour.commissioning.views.rounds.application import (
    application,
    apply,
    attach,
    judge,
    judge_all,
    let_in,
    withdraw,
)
from candour.commissioning.views.rounds.awarding import decide, tie
from candour.commissioning.views.rounds.deciding import moderate, moderation, rank, ranking
from candour.commissioning.views.rounds.listing import application_history, applications, round, round_history, rounds
from candour.commissioning.views.rounds.loading import download, load
from candour.commissioning.views.rounds.scoring import begin, give, my_scores, score
from candour.commissioning.views.rounds.setting_up import change_round, criteria, open_round, questions, raise_round

__all__ = [
    "agreement",
    "announce",
    "answer",
    "appeal",
    "application",
    "application_history",
    "applications",
    "apply",
    "attach",
    "begin",
    "change_round",
    "conditions",
    "criteria",
    "decide",
    "download",
    "give",
    "judge",
    "judge_all",
    "let_in",
    "letter",
    "load",
    "moderate",
    "moderation",
    "my_scores",
    "open_round",
    "questions",
    "raise_round",
    "rank",
    "ranking",
    "report_file",
    "round",
    "round_history",
    "rounds",
    "score",
    "tie",
    "withdraw",
]
