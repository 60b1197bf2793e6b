"""The verbs of inspections. Each: may they, do the rules allow it, record it, give the row back."""

from candour.inspections.commands.answering import (
    answer_with,
    answered_on_its_own,
    approve_response,
    draft_response,
    invite_comments,
    move_step,
    record_comments,
    response_published,
    response_published_elsewhere,
    send_copy,
)
from candour.inspections.commands.entering import (
    change_inspection,
    close_inspection,
    correct_publication,
    enter_inspection,
    grade,
    publish_report,
    reopen_inspection,
    restrict_inspection,
)
from candour.inspections.commands.following import carry_over, close_review, note_item, note_many, open_review
from candour.inspections.commands.statement import (
    change_statement_item,
    end_statement_item,
    enter_statement_item,
    report_progress,
    restrict_statement_item,
)

__all__ = [
    "answer_with",
    "answered_on_its_own",
    "approve_response",
    "carry_over",
    "change_inspection",
    "change_statement_item",
    "close_inspection",
    "close_review",
    "correct_publication",
    "draft_response",
    "end_statement_item",
    "enter_inspection",
    "enter_statement_item",
    "grade",
    "invite_comments",
    "move_step",
    "note_item",
    "note_many",
    "open_review",
    "publish_report",
    "record_comments",
    "reopen_inspection",
    "report_progress",
    "response_published",
    "response_published_elsewhere",
    "restrict_inspection",
    "restrict_statement_item",
    "send_copy",
]
