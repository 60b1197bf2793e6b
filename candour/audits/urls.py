from django.urls import path

from candour.audits import views

# A reference may hold a slash, so it is a path, and the pages of one audit come before its record.
ONE = "<slug:organisation>/<path:reference>/"

urlpatterns = [
    path("", views.audits, name="audits"),
    path("changes/", views.changes, name="audit-changes"),
    path("views/", views.saved_views, name="audits-views"),
    path("views/save/", views.save_view, name="audits-view-save"),
    path("views/<int:view>/", views.change_view, name="audits-view"),
    path("views/<int:view>/delete/", views.remove_view, name="audits-view-remove"),
    path("new/", views.plan_audit, name="audit-plan"),
    path("auditors/<slug:provider>/", views.auditor, name="auditor"),
    path("auditors/<slug:provider>/promise/", views.agree_promise, name="auditor-promise"),
    path("auditors/<slug:provider>/progress/", views.record_progress, name="auditor-progress"),
    path(ONE + "change/", views.change_audit, name="audit-change"),
    path(ONE + "dates/", views.dates, name="audit-dates"),
    path(ONE + "stage/", views.record_stage, name="audit-stage"),
    path(ONE + "report/", views.issue_report, name="audit-report"),
    path(ONE + "survey/", views.survey, name="audit-survey"),
    path(ONE + "defer/", views.defer, name="audit-defer"),
    path(ONE + "cancel/", views.cancel, name="audit-cancel"),
    path(ONE + "put-back/", views.reinstate, name="audit-reinstate"),
    path(ONE + "restrict/", views.restrict, name="audit-restrict"),
    path(ONE + "share/", views.share, name="audit-share"),
    path(ONE + "scope/", views.scope, name="audit-scope"),
    path(ONE + "history/", views.history, name="audit-history"),
    path(ONE, views.audit, name="audit"),
]
