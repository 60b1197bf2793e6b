"""The mailbox to which letters come back is read by IMAP, with a password or a token, and each message once."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from candour.kernel.jobs.works import Failed
from candour.kernel.notices.commands import send
from candour.kernel.notices.models import Returned
from candour.kernel.notices.work import fetch
from tests.factories import NOW, House
from tests.notices.imap import Mailbox, speaking
from tests.notices.letters import a_letter, with_addresses
from tests.notices.reports import NOT_HERE, from_exchange, from_postfix
from tests.recommendations.mailing import Box, mail

__all__ = ["mail"]
pytestmark = pytest.mark.django_db
CHIEF = "chief@mereford.example"


def told(port: int, **more: Any) -> dict[str, Any]:
    given = {"host": "127.0.0.1", "port": port, "user": "candour", "password": "hush", "folder": "INBOX", "tls": False}
    return given | {"token_url": "", "client": "", "secret": ""} | more


def test_what_came_back_is_read_once_and_stays_in_the_mailbox(house: House, mail: Box, settings) -> None:  # type: ignore[no-untyped-def]
    with_addresses(house, "chief")
    letter = a_letter(house)
    send(at=NOW)
    box = Mailbox(from_postfix(letter.message, CHIEF), NOT_HERE, from_exchange("f" * 32, CHIEF))
    with speaking(box) as port:
        settings.RETURNED = told(port)
        assert fetch(NOW, {}) == "1 letters came back, 1 that are not known"
        assert (box.seen, Returned.objects.count()) == ({1, 2, 3}, 1)
        assert fetch(NOW, {}) == "0 letters came back"
    assert len(box.messages) == 3


def test_without_a_mailbox_nothing_is_read(db: None) -> None:
    assert fetch(NOW, {}) == "No mailbox of letters that come back is named"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"password": "not-the-one"}, "The mailbox cannot be read: "),
        ({"folder": "Returned"}, "There is no folder Returned in the mailbox: see CANDOUR_IMAP_FOLDER"),
        ({"port": 9}, "The server of the mailbox does not answer: "),
    ],
)
def test_a_mailbox_that_cannot_be_read_says_why_without_its_password(
    db: None, settings, more: dict[str, Any], said: str
) -> None:  # type: ignore[no-untyped-def]
    with speaking(Mailbox()) as port:
        settings.RETURNED = told(port) | more
        with pytest.raises(Failed) as failed:
            fetch(NOW, {})
    assert str(failed.value).startswith(said)
    assert "not-the-one" not in str(failed.value)


@contextmanager
def giving(token: str) -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """The address of a provider that gives a token for the right secret, and what it was asked."""
    asked: list[dict[str, list[str]]] = []

    class Provider(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            asked.append(given)
            right = given.get("client_secret") == ["right"]
            self.send_response(200 if right else 401)
            self.end_headers()
            self.wfile.write(json.dumps({"access_token": token} if right else {"error": "invalid_client"}).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/token", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_mailbox_of_microsoft_365_is_entered_with_a_token_in_the_place_of_a_password(db: None, settings) -> None:  # type: ignore[no-untyped-def]
    box = Mailbox(NOT_HERE)
    box.tokens = {"a-token"}
    with giving("a-token") as (address, asked), speaking(box) as port:
        settings.RETURNED = told(port, token_url=address, client="app", secret="right")
        assert fetch(NOW, {}) == "0 letters came back"
        settings.RETURNED = told(port, token_url=address, client="app", secret="wrong")
        with pytest.raises(Failed, match="No token was given for the mailbox: see CANDOUR_IMAP_TOKEN_URL"):
            fetch(NOW, {})
    assert asked[0] == {
        "grant_type": ["client_credentials"],
        "client_id": ["app"],
        "client_secret": ["right"],
        "scope": ["https://outlook.office365.com/.default"],
    }
    assert (box.seen, "LOGIN" in " ".join(box.said)) == ({1}, False)
