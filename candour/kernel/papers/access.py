"""What there is to permit about papers."""

from enum import StrEnum


class PaperPermission(StrEnum):
    SEE = "papers.see"
    ISSUE = "papers.issue"
