"""What there is to permit about service tokens."""

from enum import StrEnum


class ServicePermission(StrEnum):
    MANAGE = "service.manage"  # make service tokens for the posts of a body, and revoke them
