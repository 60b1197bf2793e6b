"""What there is to permit about boards."""

from enum import StrEnum


class BoardPermission(StrEnum):
    SEE = "boards.see"
    RECORD = "boards.record"  # record what a board resolved
