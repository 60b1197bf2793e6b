"""What there is to permit about publication. Who reads what is published needs no permission."""

from enum import StrEnum


class PublicationPermission(StrEnum):
    PUBLISH = "publication.publish"  # publish, correct, withdraw
    KEEP = "publication.keep_scheme"  # the duties of the publication scheme
