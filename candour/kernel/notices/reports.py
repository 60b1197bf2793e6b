"""Reading what mail servers send back (pure): reports of delivery (RFC 3464) and of unwanted mail (RFC 5965)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr

LARGEST = 1024 * 1024  # bytes of a message that is read: a report holds the letter that it is about, which is short
NUMBER = re.compile(r"<([0-9a-f]{32})@[^>\s]+>")  # the Message-ID of a letter of ours: see mailing.number_of
KINDS = {"failed": "failed", "delayed": "delayed"}


@dataclass(frozen=True)
class Report:
    """What one message says of one address. message: the number of the letter. addresses: those named, in small letters.

    kind: failed, delayed or complaint. status: the enhanced status code, "" where none is given. said: the server's words.
    """

    message: str
    addresses: frozenset[str]
    kind: str
    status: str
    said: str


def read_reports(raw: bytes) -> list[Report]:
    """What a message reports; nothing for any other message, and for one that cannot be read."""
    if len(raw) > LARGEST:
        return []
    try:
        whole = message_from_bytes(raw)
        number = _number_in(whole)
        return list(_reports(whole, number)) if number else []
    except (MessageError, LookupError, ValueError, TypeError, AttributeError):  # as sent by whoever likes to
        return []


def _reports(whole: Message, number: str) -> Iterator[Report]:
    for part in whole.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            yield from _deliveries(part, number)
        elif kind == "message/feedback-report":
            yield from _complaints(part, number)


def _deliveries(part: Message, number: str) -> Iterator[Report]:
    for fields in _blocks(part)[1:]:  # the first is about the message as a whole
        kind = KINDS.get(_value(fields, "Action").lower())
        if kind is None:  # delivered, relayed, expanded
            continue
        status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", _value(fields, "Status"))
        said = _value(fields, "Diagnostic-Code").partition(";")[2].strip() or _value(fields, "Diagnostic-Code")
        named = {_address(_value(fields, name)) for name in ("Original-Recipient", "Final-Recipient")}
        yield Report(number, frozenset(named - {""}), kind, status[0] if status else "", said[:500])


def _complaints(part: Message, number: str) -> Iterator[Report]:
    (fields,) = _blocks(part)[:1] or (Message(),)
    named = {_address(value) for value in fields.get_all("Original-Rcpt-To", [])}
    yield Report(number, frozenset(named - {""}), "complaint", "", _value(fields, "Feedback-Type")[:500])


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a report, an empty line between two."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return [block for block in inside if isinstance(block, Message) and block.keys()]
    words = part.get_payload(decode=True)
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(inside)
    return [message_from_string(block) for block in re.split(r"\r?\n\r?\n", text.strip()) if block.strip()]


def _number_in(whole: Message) -> str:
    """The number of the letter that a message is about: in the letter that it holds, else in what it says it answers."""
    for part in whole.walk():
        if part is whole:
            continue
        if found := NUMBER.search(str(part.get("Message-ID", ""))):
            return found[1]
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
            words = part.get_payload(decode=True)
            if isinstance(words, bytes) and (found := NUMBER.search(words.decode(errors="replace"))):
                return found[1]
    for name in ("In-Reply-To", "References"):
        if found := NUMBER.search(str(whole.get(name, ""))):
            return found[1]
    return ""


def _value(fields: Message, name: str) -> str:
    return " ".join(str(fields.get(name, "")).split())


def _address(field: str) -> str:
    """The address in "rfc822; person@example.org", in small letters."""
    words = field.partition(";")[2] or field
    return parseaddr(words.strip())[1].lower()
