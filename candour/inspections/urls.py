from django.urls import path

from candour.inspections import views

# A reference may hold a slash, so it is a path, and the pages of one inspection come before its record.
ONE = "<slug:organisation>/<path:reference>/"
ITEM = "statement/<slug:organisation>/<path:reference>/"
REVIEW = "reviews/<slug:organisation>/<slug:month>/"

urlpatterns = [
    path("", views.inspections, name="inspections"),
    path("download.xlsx", views.inspections_file, {"ending": "xlsx"}, name="inspections-workbook"),
    path("download.csv", views.inspections_file, {"ending": "csv"}, name="inspections-csv"),
    path("views/", views.saved_views, name="inspections-views"),
    path("views/save/", views.save_view, name="inspections-view-save"),
    path("views/<int:view>/", views.change_view, name="inspections-view"),
    path("views/<int:view>/delete/", views.remove_view, name="inspections-view-remove"),
    path("enter/", views.enter, name="inspection-enter"),
    path("grades/", views.all_grades, name="inspection-grades-all"),
    path("reviews/", views.all_reviews, name="inspection-reviews"),
    path("reviews/open/", views.open_review, name="inspection-review-open"),
    path(REVIEW + "close/", views.close_review, name="inspection-review-close"),
    path(REVIEW, views.review, name="inspection-review"),
    path("statement/", views.statement, name="statement"),
    path("statement/enter/", views.enter_item, name="statement-enter"),
    path(ITEM + "change/", views.change_item, name="statement-change"),
    path(ITEM + "progress/", views.progress, name="statement-progress"),
    path(ITEM + "end/", views.end_item, name="statement-end"),
    path(ITEM + "restrict/", views.restrict_item, name="statement-restrict"),
    path(ITEM + "share/", views.share_item, name="statement-share"),
    path(ITEM + "history/", views.item_history, name="statement-history"),
    path(ITEM, views.statement_item, name="statement-item"),
    path(ONE + "change/", views.change_inspection, name="inspection-change"),
    path(ONE + "report/", views.publish_report, name="inspection-report"),
    path(ONE + "correct/", views.correct, name="inspection-correct"),
    path(ONE + "grades/", views.grades, name="inspection-grades"),
    path(ONE + "invite/", views.invite, name="inspection-invite"),
    path(ONE + "comments/", views.comments, name="inspection-comments"),
    path(ONE + "draft/", views.draft, name="inspection-draft"),
    path(ONE + "approve/", views.approve, name="inspection-approve"),
    path(ONE + "copy/", views.copy, name="inspection-copy"),
    path(ONE + "elsewhere/", views.elsewhere, name="inspection-elsewhere"),
    path(ONE + "move/", views.move, name="inspection-move"),
    path(ONE + "answer-with/", views.answer_with, name="inspection-answer-with"),
    path(ONE + "alone/", views.alone, name="inspection-alone"),
    path(ONE + "items/", views.items, name="inspection-items"),
    path(ONE + "note/", views.note, name="inspection-note"),
    path(ONE + "carry/", views.carry, name="inspection-carry"),
    path(ONE + "close/", views.close, name="inspection-close"),
    path(ONE + "reopen/", views.reopen, name="inspection-reopen"),
    path(ONE + "restrict/", views.restrict, name="inspection-restrict"),
    path(ONE + "share/", views.share, name="inspection-share"),
    path(ONE + "history/", views.history, name="inspection-history"),
    path(ONE, views.inspection, name="inspection"),
]
