"""What there is to permit about every record."""

from enum import StrEnum


class RecordPermission(StrEnum):
    SEE = "records.see"  # the organisation's records, and those shared with it
    SEE_RESTRICTED = "records.see_restricted"  # the restricted ones too
    SHARE = "records.share"  # with another organisation
    LINK = "records.link"  # one record to another
