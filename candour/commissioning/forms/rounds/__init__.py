"""What the pages of grant rounds ask."""

from candour.commissioning.forms.rounds.applying import (
    AgreementForm,
    ApplicationForm,
    ConditionsForm,
    FileForm,
    JudgeForm,
    LoadForm,
    PlainForm,
    WithdrawForm,
)
from candour.commissioning.forms.rounds.deciding import (
    AppealAnswerForm,
    AppealForm,
    DecideForm,
    GiveForm,
    ModerateForm,
    ScoreForm,
    ScorersForm,
    TieForm,
)
from candour.commissioning.forms.rounds.setting_up import (
    CriteriaForm,
    QuestionsForm,
    RaiseRoundForm,
    RoundForm,
    facts_of,
)

__all__ = [
    "AgreementForm",
    "AppealAnswerForm",
    "AppealForm",
    "ApplicationForm",
    "ConditionsForm",
    "CriteriaForm",
    "DecideForm",
    "FileForm",
    "GiveForm",
    "JudgeForm",
    "LoadForm",
    "ModerateForm",
    "PlainForm",
    "QuestionsForm",
    "RaiseRoundForm",
    "RoundForm",
    "ScoreForm",
    "ScorersForm",
    "TieForm",
    "WithdrawForm",
    "facts_of",
]
