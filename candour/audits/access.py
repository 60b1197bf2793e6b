"""What there is to permit about audits."""

from enum import StrEnum


class AuditPermission(StrEnum):
    SEE = "audits.see"
    PLAN = "audits.plan"  # add to the plan, change, move, defer, cancel; what the auditor promises
    RECORD = "audits.record"  # dates reached, the report and its opinion, the survey, progress reports
    RESTRICT = "audits.restrict"  # change who may see it
