"""The pages of inspections."""

from candour.inspections.views.answering import (
    alone,
    answer_with,
    approve,
    comments,
    copy,
    draft,
    elsewhere,
    invite,
    move,
)
from candour.inspections.views.changing import (
    change_inspection,
    close,
    correct,
    enter,
    grades,
    publish_report,
    reopen,
    restrict,
    share,
)
from candour.inspections.views.history import history, item_history
from candour.inspections.views.items import carry, items, note
from candour.inspections.views.listing import grades as all_grades
from candour.inspections.views.listing import inspections, inspections_file
from candour.inspections.views.record import inspection
from candour.inspections.views.reviews import all_reviews, close_review, open_review, review
from candour.inspections.views.saved import change_view, remove_view, save_view, saved_views
from candour.inspections.views.statement import (
    change_item,
    end_item,
    enter_item,
    progress,
    restrict_item,
    share_item,
    statement,
    statement_item,
)

__all__ = [
    "all_grades",
    "all_reviews",
    "alone",
    "answer_with",
    "approve",
    "carry",
    "change_inspection",
    "change_item",
    "change_view",
    "close",
    "close_review",
    "comments",
    "copy",
    "correct",
    "draft",
    "elsewhere",
    "end_item",
    "enter",
    "enter_item",
    "grades",
    "history",
    "inspection",
    "inspections",
    "inspections_file",
    "invite",
    "item_history",
    "items",
    "move",
    "note",
    "open_review",
    "progress",
    "publish_report",
    "remove_view",
    "reopen",
    "restrict",
    "restrict_item",
    "review",
    "save_view",
    "saved_views",
    "share",
    "share_item",
    "statement",
    "statement_item",
]
