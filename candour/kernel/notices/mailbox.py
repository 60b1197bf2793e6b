"""The mailbox to which letters come back, read by IMAP: of Microsoft 365 with a token, of any other server with a password."""

import imaplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import requests

from candour.kernel.notices.reports import LARGEST

MOST = 200  # messages of one run
TIMEOUT = 20  # seconds, as of the server that takes letters
SCOPE = "https://outlook.office365.com/.default"  # what Microsoft 365 gives a token for; others leave it aside


class Unread(Exception):
    """The mailbox could not be read, in words for an administrator."""


@contextmanager
def opened(given: Mapping[str, Any]) -> Iterator[imaplib.IMAP4]:
    """The mailbox of the settings (see settings.RETURNED), with its folder chosen. Raises Unread."""
    try:
        kind = imaplib.IMAP4_SSL if given["tls"] else imaplib.IMAP4
        box = kind(given["host"], given["port"], timeout=TIMEOUT)
    except (imaplib.IMAP4.error, OSError) as error:
        raise Unread(f"The server of the mailbox does not answer: {error}") from None
    try:
        _enter(box, given)
        if box.select(_quoted(given["folder"]))[0] != "OK":
            raise Unread(f"There is no folder {given['folder']} in the mailbox: see CANDOUR_IMAP_FOLDER")
        yield box
    except (imaplib.IMAP4.error, OSError) as error:
        raise Unread(f"The mailbox cannot be read: {error}") from None
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def unread(box: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    """(number, message) of what nobody has read, oldest first. One that is too large is empty, as it cannot be a report."""
    _, found = box.uid("SEARCH", "UNSEEN")
    for number in (found[0] or b"").split()[:MOST]:
        name = number.decode()
        _, got = box.uid("FETCH", name, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
        yield name, next((part[1] for part in got if isinstance(part, tuple)), b"")


def mark_read(box: imaplib.IMAP4, name: str) -> None:
    """What was taken in is not read again; it stays in the mailbox."""
    box.uid("STORE", name, "+FLAGS", "(\\Seen)")


def _enter(box: imaplib.IMAP4, given: Mapping[str, Any]) -> None:
    if not given["token_url"]:
        box.login(given["user"], given["password"])
        return
    asked = {"grant_type": "client_credentials", "client_id": given["client"], "client_secret": given["secret"]}
    try:
        answer = requests.post(given["token_url"], data=asked | {"scope": SCOPE}, timeout=TIMEOUT)
        token = answer.json()["access_token"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        raise Unread("No token was given for the mailbox: see CANDOUR_IMAP_TOKEN_URL, _CLIENT and _SECRET") from None
    said = f"user={given['user']}\x01auth=Bearer {token}\x01\x01".encode()
    box.authenticate("XOAUTH2", lambda _: said)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
