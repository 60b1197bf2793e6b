"""The pages of publication: the public's, and those of the office."""

from candour.kernel.publication.views.office import publication, publish, withdraw
from candour.kernel.publication.views.public import (
    data,
    latest_data_file,
    public,
    public_copy,
    public_data_file,
    public_file,
    public_scheme,
)
from candour.kernel.publication.views.scheme import add_duty, change_duty, end_duty, scheme

__all__ = [
    "add_duty",
    "change_duty",
    "data",
    "end_duty",
    "latest_data_file",
    "public",
    "public_copy",
    "public_data_file",
    "public_file",
    "public_scheme",
    "publication",
    "publish",
    "scheme",
    "withdraw",
]
