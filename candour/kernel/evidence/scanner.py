"""Asking a virus scanner that speaks clamd's protocol (INSTREAM; see clamd(8)) over TCP or a socket of this machine."""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 64 * 1024
PATIENCE = 60  # seconds until more of an answer comes
ANSWER = 3  # seconds until it takes a connection
LONGEST = 4096  # bytes of an answer
CLEAN = ""


class NoScanner(OSError):
    """The scanner does not answer, or could not look at the whole file; in words for an administrator."""


@dataclass(frozen=True)
class Address:
    """Where a scanner listens: a path on this machine, or a host and its port."""

    path: str = ""
    host: str = ""
    port: int = 3310


def address(text: str) -> Address:
    """tcp://host:3310 or unix:/run/clamav/clamd.ctl. Raises ValueError for what is neither."""
    if text.startswith("unix:/"):
        return Address(path="/" + text.removeprefix("unix:").lstrip("/"))
    parts = urlsplit(text)
    if parts.scheme != "tcp" or not parts.hostname or parts.path.strip("/"):
        raise ValueError("it must be tcp://host:3310 or unix:/run/clamav/clamd.ctl")
    return Address(host=parts.hostname, port=parts.port or 3310)


def scans() -> bool:
    """Whether a scanner is configured."""
    return bool(settings.SCANNER)


def scan(stream: BinaryIO) -> str:
    """What a scanner finds in a stream: the name of what it knows, CLEAN for nothing. Leaves it at its beginning.

    Raises NoScanner.
    """
    stream.seek(0)
    try:
        with _connected() as wire:
            wire.sendall(b"zINSTREAM\0")
            while chunk := stream.read(CHUNK):
                wire.sendall(struct.pack("!L", len(chunk)) + chunk)
            wire.sendall(struct.pack("!L", 0))
            said = _answer(wire)
    except OSError as error:
        if isinstance(error, NoScanner):
            raise
        raise NoScanner(f"the virus scanner does not answer ({error.strerror or type(error).__name__})") from error
    finally:
        stream.seek(0)
    if said.endswith(": OK"):
        return CLEAN
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").partition(": ")[2] or "something without a name"
    raise NoScanner(f"the virus scanner could not look at the file: {said[:200] or 'no answer'}")


def answers() -> str:
    """The version of the scanner, in its own words. Raises NoScanner."""
    try:
        with _connected() as wire:
            wire.sendall(b"zVERSION\0")
            return _answer(wire)
    except OSError as error:
        raise NoScanner(f"the virus scanner does not answer ({error.strerror or type(error).__name__})") from error


def _connected() -> socket.socket:
    where = address(settings.SCANNER)
    if where.path:
        wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        wire.settimeout(ANSWER)
        try:
            wire.connect(where.path)
        except OSError:
            wire.close()
            raise
    else:
        wire = socket.create_connection((where.host, where.port), timeout=ANSWER)
    wire.settimeout(PATIENCE)
    return wire


def _answer(wire: socket.socket) -> str:
    """One answer, which ends with a nought byte."""
    held = b""
    while not held.endswith(b"\0") and len(held) < LONGEST:
        if not (more := wire.recv(LONGEST)):
            break
        held += more
    return held.rstrip(b"\0\n").decode("utf-8", "replace").strip()
