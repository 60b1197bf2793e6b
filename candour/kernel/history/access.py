"""What there is to permit about the history."""

from enum import StrEnum


class HistoryPermission(StrEnum):
    SEE = "history.see"  # who changed what in the records one may see
    VERIFY = "history.verify"  # check the whole history, download the seals
    REDACT = "history.redact"  # remove words that must not be kept
