"""What there is to permit about evidence."""

from enum import StrEnum


class EvidencePermission(StrEnum):
    SEE = "evidence.see"
    ADD = "evidence.add"  # add a file to a record, and take one off it
    KEEP = "evidence.keep"  # look after the store: room, what waits for the scanner, what it found
