"""A Word file or workbook is a zip of XML parts: opened here within limits, its XML read without entities or network.

Nothing is unpacked before the sizes that the zip states have been looked at; a part that turns out longer is refused.
"""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, TypeVar

from lxml import etree

from .document import UnreadableFile

MOST_PARTS = 5_000
MOST_BYTES = 400 * 1024**2  # of all parts unpacked
MOST_XML = 150 * 1024**2  # of one part that is held in memory as a whole
MOST_RATIO, RATIO_FROM = 400, 2 * 1024**2  # a part this much larger than its packed form, from this size on
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
# What zipfile raises for archives that are no longer whole.
ZIP_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
T = TypeVar("T")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Archive:
    """The parts of one file. Every trouble with them is an UnreadableFile that names the file."""

    def __init__(self, source: bytes, called: str) -> None:
        self.called = called
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(source))
        except ZIP_TROUBLE as error:
            raise self.damaged() from error
        self._look()
        self.names = {info.filename.lstrip("/"): info for info in self.zip.infolist()}

    def damaged(self, what: str = "") -> UnreadableFile:
        where = f" ({what})" if what else ""
        return UnreadableFile(
            f"{self.called} is damaged{where}. Open it in the program it was made with and save it anew."
        )

    def _look(self) -> None:
        parts = self.zip.infolist()
        whole = sum(part.file_size for part in parts)
        for part in parts:
            if part.flag_bits & 1:
                raise UnreadableFile(f"{self.called} is protected by a password. Save it without one.")
            if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size):
                raise UnreadableFile(
                    f"{self.called} is not read: {part.filename} in it unpacks to more than {MOST_RATIO} times its size, "
                    "as files do that are made to overwhelm a reader. Save it anew from the program it was made with."
                )
        if len(parts) > MOST_PARTS or whole > MOST_BYTES:
            raise UnreadableFile(
                f"{self.called} is not read: unpacked it is {whole // 1024**2:,} MB in {len(parts):,} parts; "
                f"at most {MOST_BYTES // 1024**2} MB in {MOST_PARTS:,} parts can be read. Split it."
            )

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def open(self, name: str) -> IO[bytes]:
        if name not in self.names:
            raise self.damaged(f"{name} is missing")
        try:
            return self.zip.open(self.names[name])
        except ZIP_TROUBLE as error:
            raise self.damaged(name) from error

    def read(self, name: str) -> bytes:
        """The bytes of a part that is held in memory as a whole."""
        if name in self.names and self.names[name].file_size > MOST_XML:
            raise UnreadableFile(
                f"{self.called} is not read: {name} in it is larger than {MOST_XML // 1024**2} MB. Split it."
            )
        try:
            with self.open(name) as part:
                return part.read()
        except ZIP_TROUBLE as error:
            raise self.damaged(name) from error

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        return parsed(self.read(name), self.called, name)

    def rows(self, name: str, tags: tuple[str, ...]) -> Iterator[Any]:
        """The elements of these tags as a part is read, each emptied after use: a part larger than memory allows."""
        self.begin(name)
        try:
            with self.open(name) as part:
                stream = etree.iterparse(
                    part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                    remove_comments=True, remove_pis=True,
                )  # fmt: skip
                for _event, element in stream:
                    yield element
                    element.clear(keep_tail=False)
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except UnreadableFile:
            raise
        except etree.XMLSyntaxError as error:
            raise xml_trouble(error, self.called, name) from error
        except ZIP_TROUBLE as error:
            raise self.damaged(name) from error

    def guarded(self, read: Callable[[IO[bytes]], Iterator[T]], name: str) -> Iterator[T]:
        """What a reader of a stream gives for a part."""
        try:
            with self.open(name) as part:
                yield from read(part)
        except UnreadableFile:
            raise
        except ZIP_TROUBLE as error:
            raise self.damaged(name) from error

    def begin(self, name: str) -> bytes:
        """The first bytes of a part, in which no entity is declared."""
        start = b"".join(self.guarded(lambda part: iter([part.read(65_536)]), name))
        refuse_entities(start, self.called, name)
        return start

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """By identifier the kind (last word of its type) and the part of each relation of a part ("" for the file)."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part not in self.names:
            return {}
        found = {}
        for one in self.xml(part).iter("{*}Relationship"):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that a part has of one kind, such as "styles"."""
        return [part for what, part in self.relations(name).values() if what == kind and part in self.names]


def parsed(source: bytes, called: str, name: str) -> Any:
    """XML without entities, network or unbounded depth. Raises UnreadableFile."""
    refuse_entities(source, called, name)
    for strict, usual in _STRICT if b"purl.oclc.org" in source else ():
        source = source.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise xml_trouble(error, called, name) from error


def refuse_entities(source: bytes, called: str, name: str) -> None:
    """No Office program writes a DOCTYPE: it declares entities, which can grow without end or fetch other files."""
    plain = source.replace(b"\x00", b"") if b"\x00" in source[:200] else source
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnreadableFile(
            f"{called} is not read: {name} in it declares entities, as files do that are made to overwhelm a reader. "
            "Save it anew from the program it was made with."
        )


def xml_trouble(error: Exception, called: str, name: str) -> UnreadableFile:
    said = str(error)
    if "memory" in said.lower() or getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError(said)
    if "huge" in said or "too long" in said or "Resource limit" in said:
        return UnreadableFile(
            f"{called} is not read: {name} in it holds a text of more than 10 million signs. Shorten it."
        )
    if "depth" in said.lower():
        return UnreadableFile(
            f"{called} is not read: {name} in it is nested deeper than any paper. Take the tables apart."
        )
    return UnreadableFile(f"{called} is damaged ({name}). Open it in the program it was made with and save it anew.")
