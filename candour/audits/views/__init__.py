"""The pages of audits."""

from candour.audits.views.auditors import agree_promise, auditor, record_progress
from candour.audits.views.changes import changes
from candour.audits.views.history import history
from candour.audits.views.plan import audits
from candour.audits.views.planning import cancel, change_audit, dates, defer, plan_audit, reinstate
from candour.audits.views.record import audit
from candour.audits.views.reporting import issue_report, record_stage, survey
from candour.audits.views.saved import change_view, remove_view, save_view, saved_views
from candour.audits.views.sight import restrict, scope, share

__all__ = [
    "agree_promise",
    "audit",
    "auditor",
    "audits",
    "cancel",
    "change_audit",
    "change_view",
    "changes",
    "dates",
    "defer",
    "history",
    "issue_report",
    "plan_audit",
    "record_progress",
    "record_stage",
    "reinstate",
    "remove_view",
    "restrict",
    "save_view",
    "saved_views",
    "scope",
    "share",
    "survey",
]
