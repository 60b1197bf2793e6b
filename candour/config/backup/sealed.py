"""Encryption of backups to a key, in the age format (age-encryption.org/v1), so that the age tool opens them too.

Whoever makes a backup needs the public half of a key alone, so a server that is taken over cannot read its own backups.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from candour.config.backup.archive import ANOTHER, CUT, Unusable

OPENING = b"age-encryption.org/"


def new_key(path: Path) -> str:
    """Make a key: its secret half into a new file that its owner alone may read; gives the public half.

    Raises FileExistsError where the file is there: a key that backups were made with is never written over.
    """
    from pyrage import x25519

    made = x25519.Identity.generate()
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w") as file:
        file.write(f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def recipients(path: Path) -> list[Any]:
    """The public keys in a file, one a line; lines that begin with # are left out. Raises Unusable, OSError."""
    from pyrage import x25519

    return _lines(path, x25519.Recipient.from_str, "public keys, which begin with age1")


def identities(path: Path) -> list[Any]:
    """The secret keys in a file, as new_key or age-keygen wrote them. Raises Unusable, OSError."""
    from pyrage import x25519

    return _lines(path, x25519.Identity.from_str, "secret keys, which begin with AGE-SECRET-KEY-1")


def _lines(path: Path, read: Callable[[str], Any], what: str) -> list[Any]:
    from pyrage import IdentityError, RecipientError

    try:
        found = [line.strip() for line in path.read_text().splitlines()]
        keys = [read(line) for line in found if line and not line.startswith("#")]
    except (IdentityError, RecipientError, UnicodeDecodeError):
        keys = []
    if not keys:
        raise Unusable(f"{path} holds no key, or something else: it must hold {what}, one a line")
    return keys


class Beside(threading.Thread):
    """Runs a function and keeps what it raised. closes: what is closed when it ends, so that the other side sees an end."""

    def __init__(self, run: Callable[[], None], closes: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.work, self.closes, self.error = run, closes, None

    error: BaseException | None

    def run(self) -> None:
        try:
            self.work()
        except BaseException as error:
            self.error = error
        finally:
            try:
                self.closes.close()
            except OSError as error:  # what was held back could not be written either
                self.error = self.error or error


@contextmanager
def writing(target: BinaryIO, keys: Sequence[Any]) -> Iterator[BinaryIO]:
    """A stream into the target, encrypted to every key; the target itself where there is none."""
    if not keys:
        yield target
        return
    import pyrage

    read, write = (os.fdopen(number, mode) for number, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    beside = Beside(lambda: pyrage.encrypt_io(read, target, keys), read)
    beside.start()
    try:
        with write:
            yield cast(BinaryIO, write)
    except BrokenPipeError as broken:
        beside.join()
        raise OSError(f"it could not be encrypted: {beside.error}") from broken
    finally:
        beside.join()
    if beside.error:
        raise OSError(f"it could not be encrypted: {beside.error}")


@contextmanager
def reading(path: Path, keys: Sequence[Any]) -> Iterator[BinaryIO]:
    """A backup's bytes, decrypted where it is encrypted. Raises Unusable without the right key, OSError."""
    with path.open("rb") as source:
        opening = source.read(len(OPENING))
        source.seek(0)
        if opening != OPENING:
            yield source
            return
        if not keys:
            raise Unusable("it is encrypted: give the file of its secret key with --key")
        with _decrypted(source, keys) as opened:
            yield opened


@contextmanager
def _decrypted(source: BinaryIO, keys: Sequence[Any]) -> Iterator[BinaryIO]:
    import pyrage

    read, write = (os.fdopen(number, mode) for number, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    beside = Beside(lambda: pyrage.decrypt_io(source, write, keys), write)
    beside.start()
    try:
        with read:
            yield cast(BinaryIO, read)
    except Unusable as unusable:
        beside.join()
        if isinstance(beside.error, pyrage.DecryptError):
            raise Unusable("no key in the file given with --key opens it: give the one it was made for") from None
        if beside.error and not isinstance(beside.error, BrokenPipeError):
            raise Unusable(f"{CUT}: {ANOTHER}") from unusable
        raise
    finally:
        beside.join()
