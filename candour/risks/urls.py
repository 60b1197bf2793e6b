from django.urls import path

from candour.risks import views

# A reference may hold a slash, so it is a path, and the pages of one risk come before its record.
ONE = "<slug:organisation>/<path:reference>/"

urlpatterns = [
    path("", views.risks, name="risks"),
    path("heat-map/", views.heat, name="risk-heat-map"),
    path("download.csv", views.download, name="risk-download"),
    path("download.xlsx", views.workbook, name="risk-workbook"),
    path("workbook/", views.bring_back, name="risk-bring-back"),
    path("views/", views.saved_views, name="risk-views"),
    path("views/save/", views.save_view, name="risk-view-save"),
    path("views/<int:view>/", views.change_view, name="risk-view"),
    path("views/<int:view>/delete/", views.remove_view, name="risk-view-remove"),
    path("columns/", views.columns, name="risk-columns"),
    path("changes/", views.changes, name="risk-changes"),
    path("ageing/", views.ageing, name="risk-ageing"),
    path("new/", views.raise_risk, name="risk-raise"),
    path("due/", views.due, name="risk-due"),
    path("review/", views.review_many, name="risk-review-many"),
    path(ONE + "review/", views.review, name="risk-review"),
    path(ONE + "controls/new/", views.add_control, name="risk-add-control"),
    path(ONE + "controls/<int:control>/", views.settle, name="risk-control"),
    path(ONE + "controls/<int:control>/change/", views.change_control, name="risk-change-control"),
    path(ONE + "score/", views.score, {"purpose": "current"}, name="risk-score"),
    path(ONE + "score/inherent/", views.score, {"purpose": "inherent"}, name="risk-inherent"),
    path(ONE + "score/target/", views.score, {"purpose": "target"}, name="risk-target"),
    path(ONE + "score/propose/", views.score, {"purpose": "proposed"}, name="risk-propose"),
    path(ONE + "score/proposed/", views.decide, name="risk-proposed"),
    path(ONE + "response/", views.response, name="risk-response"),
    path(ONE + "joint/", views.joint, name="risk-joint"),
    path(ONE + "merge/", views.merge, name="risk-merge"),
    path(ONE + "update/", views.update, name="risk-update"),
    path(ONE + "wording/", views.wording, name="risk-wording"),
    path(ONE + "hand-over/", views.hand_over, name="risk-hand-over"),
    path(ONE + "level/", views.level, name="risk-level"),
    path(ONE + "close/", views.close, name="risk-close"),
    path(ONE + "reopen/", views.reopen, name="risk-reopen"),
    path(ONE + "restrict/", views.restrict, name="risk-restrict"),
    path(ONE + "share/", views.share, name="risk-share"),
    path(ONE + "history/", views.history, name="risk-history"),
    path(ONE + "history.json", views.history_file, name="risk-history-file"),
    path(ONE, views.risk, name="risk"),
]
