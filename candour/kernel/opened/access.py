"""What there is to permit about the log of openings."""

from enum import StrEnum


class OpenedPermission(StrEnum):
    READ = "opened.read"  # of the restricted records that one may see oneself
