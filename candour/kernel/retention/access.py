"""What there is to permit about how long records are kept. Removing itself is history.redact."""

from enum import StrEnum


class RetentionPermission(StrEnum):
    SEE = "retention.see"  # how long records are kept, what is due, legal holds, what was removed
    SET = "retention.set"  # how long each kind of record is kept
    HOLD = "retention.hold"  # put a record under a legal hold, and lift it
    ASK = "retention.ask"  # ask for words to be removed, and for records to be disposed of
