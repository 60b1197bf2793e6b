"""The file of a backup: a tar, compressed, written and read from its beginning to its end in constant memory.

    candour.json                what made it, when, from which tables and columns
    tables/<table>/<part>.jsonl the rows, in parts
    files/<sha256>              every stored file
    manifest.json               how many rows and files there must be, with a SHA-256 over each table and over the list of files

Nothing in it is ever unpacked to where a name in it says: names are read, and those that are not as above are refused.
"""

import gzip
import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

FORMAT = "candour-backup-1"
HEAD, MANIFEST = "candour.json", "manifest.json"
ROWS = re.compile(r"tables/([a-z0-9_]+)/([0-9]{6,})\.jsonl")
STORED = re.compile(r"files/([0-9a-f]{64})")
LEVEL = 5  # of gzip: a third of the time of the highest, and hardly larger
CHUNK = 1024 * 1024
IN_MEMORY = 8 * 1024 * 1024  # bytes of a stored file that are held; a larger one goes through a temporary file
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile)
TROUBLE = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, KeyError, TypeError, AttributeError)

CUT, ANOTHER = "it is cut short or was altered", "take another copy, or an earlier backup"
FOREIGN = "it is not a backup made by Candour: name one that candour backup wrote"


class Unusable(Exception):
    """Why a file cannot be restored, in words that say what to do."""


class Tally:
    """Rows and hash of one table, or number and hash of the files."""

    def __init__(self) -> None:
        self.count = 0
        self.hash = sha256()

    def add(self, text: bytes, count: int) -> None:
        self.count += count
        self.hash.update(text)

    def as_json(self) -> dict[str, Any]:
        return {"count": self.count, "sha256": self.hash.hexdigest()}


class Writer:
    """Writes a backup into a stream. head: of the file, see the module."""

    def __init__(self, target: BinaryIO, head: dict[str, Any]) -> None:
        self.packed = gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=target, mtime=0)
        self.tar = tarfile.open(mode="w|", fileobj=self.packed, bufsize=CHUNK)  # noqa: SIM115
        self.tables: dict[str, Tally] = {}
        self.files = Tally()
        self.bytes = 0
        self._add(HEAD, as_bytes({"format": FORMAT, **head}))

    def _add(self, name: str, content: bytes) -> None:
        self._add_stream(name, io.BytesIO(content), len(content))

    def _add_stream(self, name: str, content: BinaryIO, size: int) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        self.tar.addfile(about, content)
        self.tar.members = []  # type: ignore[attr-defined]  # the tar would remember every one

    def rows(self, table: str, parts: Iterator[bytes]) -> None:
        """All rows of a table."""
        tally = self.tables[table] = Tally()
        for number, part in enumerate(parts, 1):
            self._add(f"tables/{table}/{number:06d}.jsonl", part)
            tally.add(part, part.count(b"\n"))

    def file(self, digest: str, content: BinaryIO, size: int) -> None:
        """A stored file, under its hash."""
        self._add_stream(f"files/{digest}", content, size)
        self.files.add(f"{digest} {size}\n".encode(), 1)
        self.bytes += size

    def close(self, more: dict[str, Any]) -> None:
        """The manifest, and the end."""
        tables = {name: tally.as_json() for name, tally in self.tables.items()}
        self._add(MANIFEST, as_bytes({"tables": tables, "files": self.files.as_json(), **more}))
        self.tar.close()
        self.packed.close()


@dataclass(frozen=True)
class Rows:
    """Some rows of a table, in the text form of form.py."""

    table: str
    lines: list[list[Any]]


@dataclass(frozen=True)
class Stored:
    """A stored file whose bytes have the hash it is named by."""

    digest: str
    content: BinaryIO


@dataclass
class Reader:
    """Reads a backup once from its beginning. head: known at once. manifest: known when all parts have been read."""

    source: BinaryIO
    head: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    rows: int = 0

    def __post_init__(self) -> None:
        self.packed = gzip.GzipFile(fileobj=self.source, mode="rb")
        self.tables: dict[str, Tally] = {}
        self.numbers: dict[str, int] = {}
        self.files = Tally()
        try:
            self.packed.peek(1)
        except gzip.BadGzipFile as error:
            raise Unusable(FOREIGN) from error
        except BROKEN as error:
            raise Unusable(f"{CUT} at its beginning: {ANOTHER}") from error
        try:
            self.tar = tarfile.open(mode="r|", fileobj=self.packed, bufsize=CHUNK)  # noqa: SIM115
            first = self.tar.next()
            if first is None or first.name != HEAD:
                raise ValueError
            self.head = json.loads(self._content(first))
            if not isinstance(self.head, dict) or not str(self.head.get("format")).startswith("candour-backup-"):
                raise ValueError
        except BROKEN as error:
            raise Unusable(f"{CUT} at its beginning: {ANOTHER}") from error
        except TROUBLE as error:
            raise Unusable(FOREIGN) from error
        if self.head["format"] != FORMAT:
            raise Unusable("it was made by a later Candour: install that version or a later one and restore with it")
        self.tables = {name: Tally() for name in self.head["tables"]}

    def _content(self, member: tarfile.TarInfo) -> bytes:
        opened = self.tar.extractfile(member) if member.isreg() else None
        if opened is None:
            raise ValueError(f"{member.name} is no plain file")
        return opened.read()

    def parts(self) -> Iterator[Rows | Stored]:
        """Everything in it, in order. Raises Unusable where anything is not as it was written, at the end at the latest."""
        name = HEAD
        try:
            while member := self.tar.next():
                self.tar.members = []  # type: ignore[attr-defined]
                name = member.name
                if self.manifest:
                    raise ValueError("there is more after its end")
                if made := self._part(member):
                    yield made
            while self.packed.read(CHUNK):
                pass
            if not self.manifest:
                raise EOFError
            self._agree()
        except TROUBLE as error:
            raise Unusable(f"{CUT} after {name}: {ANOTHER}") from error

    def _part(self, member: tarfile.TarInfo) -> Rows | Stored | None:
        if found := ROWS.fullmatch(member.name):
            return self._rows(found[1], int(found[2]), self._content(member))
        if found := STORED.fullmatch(member.name):
            return self._stored(found[1], member)
        if member.name != MANIFEST:
            raise ValueError(f"{member.name} has no place in a backup")
        self.manifest = json.loads(self._content(member))
        return None

    def _rows(self, table: str, number: int, text: bytes) -> Rows:
        if number != self.numbers.get(table, 0) + 1:
            raise ValueError("a part is missing")
        self.numbers[table] = number
        lines = [json.loads(line) for line in text.splitlines()]
        width = len(self.head["tables"][table]["columns"])
        if any(not isinstance(line, list) or len(line) != width for line in lines):
            raise ValueError("a row has too few or too many columns")
        self.tables[table].add(text, len(lines))
        self.rows += len(lines)
        return Rows(table, lines)

    def _stored(self, digest: str, member: tarfile.TarInfo) -> Stored:
        opened = self.tar.extractfile(member) if member.isreg() else None
        if opened is None:
            raise ValueError(f"{member.name} is no plain file")
        held = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        found = sha256()
        while chunk := opened.read(CHUNK):
            found.update(chunk)
            held.write(chunk)
        if found.hexdigest() != digest:
            raise ValueError("its bytes are not those it is named by")
        held.seek(0)
        self.files.add(f"{digest} {member.size}\n".encode(), 1)
        return Stored(digest, held)

    def _agree(self) -> None:
        found = {name: tally.as_json() for name, tally in self.tables.items()}
        if found != self.manifest["tables"] or self.files.as_json() != self.manifest["files"]:
            raise ValueError("what is in it is not what its manifest says")


def as_bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode()
