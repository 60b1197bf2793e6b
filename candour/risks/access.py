"""What there is to permit about risks, and who may do what to one risk beyond it."""

from enum import StrEnum


class RiskPermission(StrEnum):
    SEE = "risks.see"
    RAISE = "risks.raise"
    REVIEW = "risks.review"  # rescore, settle controls, record an update
    CHANGE = "risks.change"  # wording, owner, responsible officer, controls
    CLOSE = "risks.close"  # close and reopen
    AGREE = "risks.agree"  # record what a board agreed, or did not, of a proposed score
    RESTRICT = "risks.restrict"  # change who may see it
