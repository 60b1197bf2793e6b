from django.urls import path

from candour.commissioning import views
from candour.commissioning.views import rounds

# A reference may hold a slash, so it is a path, and the pages of one agreement come before its record.
ONE = "<slug:organisation>/<path:reference>/"

ROUND, APPLICATION = (
    "rounds/<slug:organisation>/<path:reference>/",
    "applications/<slug:organisation>/<path:reference>/",
)
WORD, PDF = {"ending": "docx"}, {"ending": "pdf"}

rounds_patterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.raise_round, name="round-raise"),
    path("scoring/", rounds.my_scores, name="scoring"),
    path(ROUND + "change/", rounds.change_round, name="round-change"),
    path(ROUND + "criteria/", rounds.criteria, name="round-criteria"),
    path(ROUND + "form/", rounds.questions, name="round-questions"),
    path(ROUND + "open/", rounds.open_round, name="round-open"),
    path(ROUND + "applications/", rounds.applications, name="round-applications"),
    path(ROUND + "apply/", rounds.apply, name="round-apply"),
    path(ROUND + "workbook.xlsx", rounds.download, name="round-workbook"),
    path(ROUND + "load/", rounds.load, name="round-load"),
    path(ROUND + "judge/", rounds.judge_all, name="round-judge"),
    path(ROUND + "scorers/", rounds.begin, name="round-begin"),
    path(ROUND + "moderation/", rounds.moderation, name="round-moderation"),
    path(ROUND + "ranking/", rounds.ranking, name="round-ranking"),
    path(ROUND + "settle/", rounds.rank, name="round-rank"),
    path(ROUND + "decide/", rounds.decide, name="round-decide"),
    path(ROUND + "announce/", rounds.announce, name="round-announce"),
    path(ROUND + "report.docx", rounds.report_file, WORD, name="round-report"),
    path(ROUND + "report.pdf", rounds.report_file, PDF, name="round-report-pdf"),
    path(ROUND + "history/", rounds.round_history, name="round-history"),
    path(ROUND, rounds.round, name="round"),
    path(APPLICATION + "score/", rounds.score, name="application-score"),
    path(APPLICATION + "judge/", rounds.judge, name="application-judge"),
    path(APPLICATION + "let-in/", rounds.let_in, name="application-let-in"),
    path(APPLICATION + "file/", rounds.attach, name="application-file"),
    path(APPLICATION + "withdraw/", rounds.withdraw, name="application-withdraw"),
    path(APPLICATION + "give/", rounds.give, name="application-give"),
    path(APPLICATION + "moderate/", rounds.moderate, name="application-moderate"),
    path(APPLICATION + "tie/", rounds.tie, name="application-tie"),
    path(APPLICATION + "letter.docx", rounds.letter, WORD, name="application-letter"),
    path(APPLICATION + "letter.pdf", rounds.letter, PDF, name="application-letter-pdf"),
    path(APPLICATION + "agreement/", rounds.agreement, name="application-agreement"),
    path(APPLICATION + "conditions/", rounds.conditions, name="application-conditions"),
    path(APPLICATION + "appeal/", rounds.appeal, name="application-appeal"),
    path(APPLICATION + "answer/", rounds.answer, name="application-answer"),
    path(APPLICATION + "history/", rounds.application_history, name="application-history"),
    path(APPLICATION, rounds.application, name="application"),
]

urlpatterns = [
    *rounds_patterns,
    path("", views.agreements, name="agreements"),
    path("download.xlsx", views.agreements_file, {"ending": "xlsx"}, name="agreements-workbook"),
    path("download.csv", views.agreements_file, {"ending": "csv"}, name="agreements-csv"),
    path("pipeline/", views.agreements_pipeline, name="agreements-pipeline"),
    path("new/", views.raise_agreement, name="agreement-raise"),
    path("streams/new/", views.add_stream, name="stream-add"),
    path("templates/new/", views.set_template, name="template-set"),
    path("providers/new/", views.add_provider, name="provider-add"),
    path("providers/<int:number>/", views.provider, name="provider"),
    path("providers/<int:number>/change/", views.change_provider, name="provider-change"),
    path(ONE + "change/", views.change_agreement, name="agreement-change"),
    path(ONE + "sign/", views.sign, name="agreement-sign"),
    path(ONE + "vary/", views.vary, name="agreement-vary"),
    path(ONE + "order/", views.order, name="agreement-order"),
    path(ONE + "override/", views.override, name="agreement-override"),
    path(ONE + "next/", views.decide_next, name="agreement-next"),
    path(ONE + "end/", views.end, name="agreement-end"),
    path(ONE + "contact/", views.contact, name="agreement-contact"),
    path(ONE + "document/", views.document, name="agreement-document"),
    path(ONE + "restrict/", views.restrict, name="agreement-restrict"),
    path(ONE + "share/", views.share, name="agreement-share"),
    path(ONE + "history/", views.history, name="agreement-history"),
    path(ONE, views.agreement, name="agreement"),
]
