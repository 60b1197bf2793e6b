"""The pages of publication: the public's, and those of the office."""

from candour.kernel.publication.views.office import publication, publish, withdraw
from candour.kernel.publication.views.public import data, public, public_copy, public_file, public_scheme
from candour.kernel.publication.views.scheme import add_duty, change_duty, end_duty, scheme

__all__ = [
    "add_duty",
    "change_duty",
    "data",
    "end_duty",
    "public",
    "public_copy",
    "public_file",
    "public_scheme",
    "publication",
    "publish",
    "scheme",
    "withdraw",
]
