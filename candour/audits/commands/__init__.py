"""The verbs of an audit. Each: may they, do the rules allow it, record it, give the row back."""

from candour.audits.commands.life import cancel, defer, reinstate, restrict
from candour.audits.commands.planning import NewAudit, change_audit, plan_audit, plan_many, plan_stages
from candour.audits.commands.promises import end_promise, record_progress, set_promise
from candour.audits.commands.reporting import answer_survey, issue_report, record_stage

__all__ = [
    "NewAudit",
    "answer_survey",
    "cancel",
    "change_audit",
    "defer",
    "end_promise",
    "issue_report",
    "plan_audit",
    "plan_many",
    "plan_stages",
    "record_progress",
    "record_stage",
    "reinstate",
    "restrict",
    "set_promise",
]
