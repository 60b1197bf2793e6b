"""A mail server of our own on this machine, and what it was given."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Box:
    """Keeps each message; refuses for good whoever is in `refused`, for now whoever is in `busy`, and all while `down`."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.senders: list[str] = []
        self.refused: set[str] = set()
        self.busy: set[str] = set()
        self.refusal = "550 No such mailbox"
        self.down = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.down or address in self.busy:
            return "451 Try again later"
        if address in self.refused:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(message_from_bytes(envelope.content))
        self.senders.append(envelope.mail_from)
        return "250 OK"

    @property
    def to(self) -> list[str]:
        return [str(message["To"]) for message in self.messages]


def words(message: Message) -> str:
    return message.get_payload(decode=True).decode().replace("\r\n", "\n")  # type: ignore[union-attr]


@pytest.fixture
def mail(settings: Any) -> Iterator[Box]:
    """A server that takes mail, to which the settings lead."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    settings.SITE = "https://candour.example"
    try:
        yield box
    finally:
        server.stop()
