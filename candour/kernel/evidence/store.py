"""The bytes of evidence: kept once, under their hash, in the default storage and outside the web root.

The storage is a folder or an object store (objects.py); either raises OSError where it is away. Bytes are kept and read back
before the recording that names them, so that no row is ever without them. Should the recording fail, they stay behind
harmlessly: nothing names them, no address leads to them, the same file added again finds them, and the sweep takes them away
in time. In the recording they are claimed, so that no sweep is quicker.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from django.core.files import File as Content
from django.core.files.storage import default_storage

from candour.kernel.evidence.models import Stored
from candour.kernel.rules import Refused

CHUNK = 1024 * 1024
DIGITS = 64  # of a SHA-256
AWAY = "The store of files does not answer, so nothing is kept yet. Choose the file again and send it in a few minutes"


def place(digest: str) -> str:
    """Where bytes with this hash lie in the storage."""
    return f"evidence/{digest[:2]}/{digest}"


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of a stream from its beginning, in constant memory. Leaves it at its beginning."""
    stream.seek(0)
    found = sha256()
    while chunk := stream.read(CHUNK):
        found.update(chunk)
    stream.seek(0)
    return found.hexdigest()


def keep(stream: BinaryIO, digest: str) -> None:
    """Keep bytes under their hash. Raises OSError where they do not read back as they were given."""
    if holds(digest):
        return
    name = place(digest)
    default_storage.delete(name)  # what a crash cut short, if anything
    stream.seek(0)
    kept = default_storage.save(name, Content(stream))
    if kept != name:  # the same file arrived twice at one moment
        default_storage.delete(kept)
    if not holds(digest):
        raise OSError(f"{name} does not read back as it was written")


def take(stream: BinaryIO, digest: str, *, field: str = "file") -> None:
    """Keep bytes, or say on a field of the form that they could not be. Raises Refused."""
    try:
        keep(stream, digest)
    except OSError:
        raise Refused(field, AWAY) from None


def claim(stream: BinaryIO, digest: str, *, field: str = "file") -> Stored:
    """Called in the transaction that names bytes: no sweep takes them away until it ends, and then they are named.

    Keeps them once more where a sweep was quicker. Gives what is known of them, locked. Raises Refused.
    """
    Stored.objects.get_or_create(sha256=digest)
    known = Stored.objects.select_for_update().get(sha256=digest)
    if known.unnamed_since is not None:
        known.unnamed_since = None
        known.save(update_fields=["unnamed_since"])
    try:
        if not there(digest):
            keep(stream, digest)
    except OSError:
        raise Refused(field, AWAY) from None
    return known


def there(digest: str) -> bool:
    """Whether anything is stored under a hash. Raises OSError where the storage is away."""
    return default_storage.exists(place(digest))


def kept_at(digest: str) -> datetime:
    """When bytes were stored. Raises OSError, FileNotFoundError where there are none."""
    return default_storage.get_modified_time(place(digest))


def size_of(digest: str) -> int:
    """How many bytes are stored under a hash. Raises OSError."""
    return default_storage.size(place(digest))


def holds(digest: str) -> bool:
    """Whether the stored bytes are there and still have their hash."""
    try:
        with open_bytes(digest) as stream:
            return digest_of(stream) == digest
    except FileNotFoundError:
        return False


def open_bytes(digest: str) -> BinaryIO:
    """The stored bytes. Raises FileNotFoundError where there are none."""
    return default_storage.open(place(digest), "rb")  # type: ignore[return-value]


def erase(digest: str) -> None:
    """Remove bytes for good. Raises OSError, of an object store also where it still holds them."""
    default_storage.delete(place(digest))


def every() -> Iterator[str]:
    """The hashes under which anything is stored, in order: of evidence, of packs, and what nothing names any more."""
    try:
        folders = sorted(default_storage.listdir("evidence")[0])
    except FileNotFoundError:  # nothing was ever stored
        return
    for folder in folders:
        yield from sorted(name for name in default_storage.listdir(f"evidence/{folder}")[1] if len(name) == DIGITS)
