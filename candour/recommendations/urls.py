from django.urls import path

from candour.recommendations import views

# A reference may hold a slash, so it is a path, and the pages of one recommendation come before its record.
ONE = "<slug:organisation>/<path:reference>/"

urlpatterns = [
    path("", views.recommendations, name="recommendations"),
    path("download.csv", views.download, name="recommendations-download"),
    path("download.xlsx", views.workbook, name="recommendations-workbook"),
    path("workbook/", views.bring_back, name="recommendations-bring-back"),
    path("mine/", views.mine, name="recommendations-mine"),
    path("age/", views.age, name="recommendations-age"),
    path("slips/", views.slips, name="recommendations-slips"),
    path("closures/", views.closures, name="recommendations-closures"),
    path("dates/", views.load, name="recommendations-load"),
    path("views/", views.saved_views, name="recommendations-views"),
    path("views/save/", views.save_view, name="recommendations-view-save"),
    path("views/<int:view>/", views.change_view, name="recommendations-view"),
    path("views/<int:view>/delete/", views.remove_view, name="recommendations-view-remove"),
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
