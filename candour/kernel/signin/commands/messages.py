"""Noting what a directory asked, and what came of it."""

from datetime import datetime

from candour.kernel.service.models import ServiceToken
from candour.kernel.signin.models import Message


def note_message(
    token: ServiceToken, *, method: str, place: str, person: int | None, status: int, words: str, at: datetime
) -> None:
    """Note one message of a directory: beside the history, which holds what it changed."""
    Message.objects.create(
        at=at,
        token=token,
        method=method[:8],
        place=place[:200],
        person_id=person,
        status=status,
        words=words[:400],
    )
