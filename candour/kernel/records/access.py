"""What there is to permit about every record."""

from enum import StrEnum


class RecordPermission(StrEnum):
    SEE_RESTRICTED = "records.see_restricted"  # beyond what one may see of a kind: its restricted records too
    SHARE = "records.share"  # with another organisation
    LINK = "records.link"  # one record to another
    SHARE_VIEWS = "records.share_views"  # a saved view of a list with everybody of one's body
