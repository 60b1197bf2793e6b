"""Which request, or which job, is being answered: what every line of the log that is written meanwhile carries along."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars, get_contextvars

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
REQUEST = "request_id"


def new_id() -> str:
    """A number for a request or a job that has none: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def id_given(header: str | None) -> str:
    """The number that a proxy gave a request, where it can be one; else a new one. What visitors write into it is not kept."""
    return header if header and WELL_FORMED.fullmatch(header) else new_id()


def current_id() -> str:
    """The number of the request or job that is being answered; "" outside any."""
    return str(get_contextvars().get(REQUEST, ""))


@contextmanager
def within(number: str, **facts: object) -> Iterator[None]:
    """Every line written in the block carries the number, and the facts by their names."""
    with bound_contextvars(**{REQUEST: number}, **facts):
        yield
