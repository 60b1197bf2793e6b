"""What there is to permit about money and change."""

from enum import StrEnum


class FinancePermission(StrEnum):
    SEE = "finance.see"
    MANAGE = "finance.manage"  # budgets, schemes, their figures; projects and collaborations of the body
    REPORT = "finance.report"  # report on the projects that one’s post leads
    RESTRICT = "finance.restrict"  # change who may see a record
