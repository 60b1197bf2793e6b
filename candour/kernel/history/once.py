"""A form is taken once: its button pressed twice, or sent again by the way back, records nothing more. See docs/adr/0041.

Every form that a page shows holds a token of its own. The first recording of a request keeps a mark of what was sent, in
the transaction of what it writes: a mark stands exactly where the write does.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from candour.kernel.history.models import Sent


@dataclass(frozen=True)
class Sending:
    """A form that is being taken. key: what was sent, by whom, to where. by: this taking of it."""

    key: str
    by: str = field(default_factory=lambda: secrets.token_hex(8))


class SentAlready(RuntimeError):
    """What was sent is recorded already, by an earlier press of the same button. Nothing is written."""


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


@contextmanager
def sending(form: Sending) -> Iterator[None]:
    """Take a form for the block: what it records is recorded once."""
    token = _sending.set(form)
    try:
        yield
    finally:
        _sending.reset(token)


def mark(at: datetime) -> None:
    """Called by each recording in its transaction. Waits for another taking of the same form. Raises SentAlready."""
    form = _sending.get()
    if form is None:
        return
    Sent.objects.bulk_create([Sent(key=form.key, by=form.by, at=at)], ignore_conflicts=True)
    if Sent.objects.values_list("by", flat=True).get(key=form.key) != form.by:
        raise SentAlready


def led_to(key: str) -> str | None:
    """Where a form led that was taken already: an address, "" where that is not known, None for one not taken."""
    return Sent.objects.filter(key=key).values_list("to", flat=True).first()


def leads_to(form: Sending, address: str) -> None:
    """Keep where a form led, for whoever sends it again."""
    Sent.objects.filter(key=form.key, by=form.by).update(to=address)
