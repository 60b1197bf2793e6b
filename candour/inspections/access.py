"""What there is to permit about inspections."""

from enum import StrEnum


class InspectionPermission(StrEnum):
    SEE = "inspections.see"
    MANAGE = "inspections.manage"  # enter inspections, keep clock and response, run monthly reviews, keep the statement
    UPDATE = "inspections.update"  # answer for one’s post: comments, notes of a review, progress of the statement
    APPROVE = "inspections.approve"  # approve the response to a report
    RESTRICT = "inspections.restrict"  # change who may see it
