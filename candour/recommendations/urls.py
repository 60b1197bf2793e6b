from django.urls import path

from candour.recommendations import views

# A reference may hold a slash, so it is a path, and the pages of one recommendation come before its record.
ONE = "<slug:organisation>/<path:reference>/"

urlpatterns = [
    path("", views.recommendations, name="recommendations"),
    path("mine/", views.mine, name="recommendations-mine"),
    path("views/", views.saved_views, name="recommendations-views"),
    path("views/save/", views.save_view, name="recommendations-view-save"),
    path("views/<int:view>/", views.change_view, name="recommendations-view"),
    path("views/<int:view>/delete/", views.remove_view, name="recommendations-view-remove"),
    path("cycles/", views.cycles, name="recommendations-cycles"),
    path("cycles/open/", views.open_cycle, name="recommendations-cycle-open"),
    path("cycles/<int:cycle>/", views.cycle, name="recommendations-cycle"),
    path("cycles/<int:cycle>/close/", views.close, name="recommendations-cycle-close"),
    path("cycles/<int:cycle>/asked/<int:ask>/send-back/", views.send_back, name="recommendations-cycle-send-back"),
    path("cycles/<int:cycle>/posts/<int:post>/remind/", views.remind, name="recommendations-cycle-remind"),
    path("cycles/<int:cycle>/posts/<int:post>/revoke/", views.revoke, name="recommendations-cycle-revoke"),
    path("cycles/<int:cycle>/posts/<int:post>/cover/", views.cover, name="recommendations-cycle-cover"),
    path("answer/<str:token>/", views.answer_list, name="answer"),
    path("answer/<str:token>/<int:ask>/", views.answer_one, name="answer-one"),
    path("new/", views.raise_recommendation, name="recommendation-raise"),
    path(ONE + "update/", views.update, name="recommendation-update"),
    path(ONE + "respond/", views.respond, name="recommendation-respond"),
    path(ONE + "owners/new/", views.add_owner, name="recommendation-add-owner"),
    path(ONE + "owners/<int:assignment>/date/", views.slip, name="recommendation-slip"),
    path(ONE + "owners/<int:assignment>/hand-over/", views.hand_over, name="recommendation-hand-over"),
    path(ONE + "propose/", views.propose, name="recommendation-propose"),
    path(ONE + "withdraw/", views.withdraw, name="recommendation-withdraw"),
    path(ONE + "decide/", views.decide, name="recommendation-decide"),
    path(ONE + "verify/", views.verify, name="recommendation-verify"),
    path(ONE + "end/", views.end, name="recommendation-end"),
    path(ONE + "reopen/", views.reopen, name="recommendation-reopen"),
    path(ONE + "repeat/", views.repeat, name="recommendation-repeat"),
    path(ONE + "wording/", views.wording, name="recommendation-wording"),
    path(ONE + "restrict/", views.restrict, name="recommendation-restrict"),
    path(ONE + "share/", views.share, name="recommendation-share"),
    path(ONE + "history/", views.history, name="recommendation-history"),
    path(ONE + "history.json", views.history_file, name="recommendation-history-file"),
    path(ONE, views.recommendation, name="recommendation"),
]
