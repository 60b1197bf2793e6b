"""What there is to permit about the installation itself, rather than about what a body keeps in it."""

from enum import StrEnum


class SystemPermission(StrEnum):
    KEEP = "system.keep"  # see how the system is; try again what failed; say that an address receives letters again
