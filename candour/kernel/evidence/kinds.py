"""Which files are taken as evidence, told from what they hold and never from what they are called or said to be (pure).

Nothing is unpacked: of a Word or Excel file the directory of its package and one bounded part are read.
"""

import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

from candour.kernel.rules import Refused

FIELD = "file"
HEAD = 64 * 1024  # bytes that are looked at first
DIRECTORY = 1024 * 1024  # bytes of a package's directory, and of its list of parts, at most
UNPACKED = 1024**3  # bytes that a package may say it unpacks to
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, .xls, .msg and of files under a password
MARKUP = re.compile(r"\s*<\s*(!doctype|!--|\?xml|/?[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")  # control characters that no text holds
LONGEST = 200  # characters of a name that are kept


@dataclass(frozen=True)
class Kind:
    """A kind of file: its ending, its name in words, its media type, and whether content is of that kind.

    holds: (head, whole stream) -> "" or what is wrong with the content, in words.
    """

    ending: str
    name: str
    media_type: str
    holds: Callable[[bytes, BinaryIO], str]


def starts(*signatures: bytes) -> Callable[[bytes, BinaryIO], str]:
    """Content that begins with one of the signatures."""
    return lambda head, stream: "" if head.startswith(signatures) else _is_instead(head)


def package(main: str) -> Callable[[bytes, BinaryIO], str]:
    """An Office Open XML package (ISO/IEC 29500-2) whose list of parts names this main part and no macros."""

    def holds(head: bytes, stream: BinaryIO) -> str:
        if head.startswith(COMPOUND):
            return "it has a password, or is of the old kind. Save it as a new file without a password"
        if not head.startswith(b"PK\x03\x04"):
            return _is_instead(head)
        if not _small_directory(stream):
            return "its package is damaged or far larger inside than out. Save it again in Word or Excel"
        try:
            with zipfile.ZipFile(stream) as parts:
                return _parts_wrong(parts, main)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, KeyError, EOFError):
            return "its package is damaged. Open it, save it again and choose it again"
        except Exception as broken:  # zlib and lzma raise errors of their own for damaged parts
            if type(broken).__name__ in {"error", "LZMAError"}:
                return "its package is damaged. Open it, save it again and choose it again"
            raise

    return holds


def _small_directory(stream: BinaryIO) -> bool:
    """Whether the directory at the end of the package is small enough to be read at all."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06", 0, len(tail) - 18)
    if at < 0 or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):  # none, or the directory of a package over 4 GB
        return False
    (directory,) = struct.unpack_from("<L", tail, at + 12)
    return directory <= DIRECTORY


def _parts_wrong(parts: zipfile.ZipFile, main: str) -> str:
    listed = parts.infolist()
    names = {part.filename.lower() for part in listed}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        return "it holds macros. Save it without macros and choose that file"
    if sum(part.file_size for part in listed) > UNPACKED:
        return "it is far larger inside than out. Save it again in Word or Excel"
    with parts.open("[Content_Types].xml") as stream:
        types = stream.read(DIRECTORY).decode("utf-8", "replace")
    if "macroenabled" in types.lower():
        return "it holds macros. Save it without macros and choose that file"
    if f"{main}.main+xml" not in types:
        return "its content is of another kind. Check that its name ends as its content is"
    return ""


def text(head: bytes, stream: BinaryIO) -> str:
    """Words in UTF-8, UTF-16 with its mark, or Windows-1252; no page, picture or script dressed as text."""
    stream.seek(0)
    words = decoded(stream.read())
    if words is None or UNSEEN.search(words):
        return _is_instead(head)
    if MARKUP.match(words[:1024]):
        return "its content is a web page or a drawing. Print it to PDF and choose that file"
    return ""


def decoded(content: bytes) -> str | None:
    """The words of a text, None where no decoding gives any."""
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def message(head: bytes, stream: BinaryIO) -> str:
    """An e-mail as saved by most programs (RFC 5322): a sender, and a date or a subject, before anything else."""
    if b"\x00" in head or MARKUP.match(head[:1024].decode("latin-1")):
        return _is_instead(head)
    headers = BytesHeaderParser().parsebytes(head)
    said = {name.lower() for name in headers}
    return "" if "from" in said and said & {"date", "subject", "message-id"} else "its content is not an e-mail"


def outlook(head: bytes, stream: BinaryIO) -> str:
    """An e-mail as Outlook saves it ([MS-OXMSG]): a compound file with a stream of properties."""
    if not head.startswith(COMPOUND):
        return _is_instead(head)
    stream.seek(0)
    named = "__properties_version1.0".encode("utf-16-le") in stream.read()
    return "" if named else "its content is not an e-mail. Save it from Outlook again"


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.ending: kind
    for kind in (
        Kind(".pdf", "PDF", "application/pdf", starts(b"%PDF-")),
        Kind(".docx", "Word", f"{OFFICE}.wordprocessingml.document", package("wordprocessingml.document")),
        Kind(".xlsx", "Excel", f"{OFFICE}.spreadsheetml.sheet", package("spreadsheetml.sheet")),
        Kind(".csv", "CSV", "text/csv", text),
        Kind(".txt", "Text", "text/plain", text),
        Kind(".png", "Picture", "image/png", starts(b"\x89PNG\r\n\x1a\n")),
        Kind(".jpg", "Picture", "image/jpeg", starts(b"\xff\xd8\xff")),
        Kind(".eml", "E-mail", "message/rfc822", message),
        Kind(".msg", "E-mail", "application/vnd.ms-outlook", outlook),
    )
}
ALSO = {".jpeg": ".jpg"}
ENDINGS = (*KINDS, *ALSO)
MEND = {  # what is often tried, and what to do instead
    **dict.fromkeys(
        (".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".xlsb"), "It may hold macros: save it without macros"
    ),
    **dict.fromkeys((".doc", ".rtf", ".odt"), "Save it as Word (.docx) or PDF"),
    **dict.fromkeys((".xls", ".ods"), "Save it as Excel (.xlsx) or CSV"),
    **dict.fromkeys((".htm", ".html", ".mht", ".svg", ".xml", ".pptx", ".ppt"), "Print it to PDF"),
    **dict.fromkeys((".zip", ".7z", ".rar"), "Take the files out and add them one by one"),
    **dict.fromkeys((".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"), "Save the picture as JPG or PNG"),
}


def clean_name(name: str) -> str:
    """The name as given, without folders and without characters that cannot be seen and so could hide its ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    if len(seen) <= LONGEST:
        return seen
    ending = PurePosixPath(seen).suffix
    return seen[: LONGEST - len(ending)] + ending


def look(name: str, stream: BinaryIO, *, size: int, limit: int) -> Kind:
    """The kind of a file. Raises Refused, saying how to mend it, for one that is not taken as evidence.

    name: a cleaned name. size, limit: in bytes.
    """
    if not size:
        raise Refused(FIELD, "The file is empty. Choose another")
    if size > limit:
        raise Refused(FIELD, f"The file has {_megabytes(size)} MB. Choose one of {limit // 1024**2} MB or less")
    ending = PurePosixPath(name).suffix.lower()
    kind = KINDS.get(ALSO.get(ending, ending))
    if kind is None:
        taken = "PDF, Word (.docx), Excel (.xlsx), CSV, text, PNG, JPG or e-mail (.eml, .msg)"
        raise Refused(FIELD, f"Choose a file of kind {taken}." + (f" {MEND[ending]}" if ending in MEND else ""))
    stream.seek(0)
    wrong = kind.holds(stream.read(HEAD), stream)
    stream.seek(0)
    if wrong:
        raise Refused(FIELD, f"The name ends in {ending}, but {wrong}")
    return kind


def named(media_type: str) -> str:
    """The name in words of a kind, by its media type."""
    return next((kind.name for kind in KINDS.values() if kind.media_type == media_type), "File")


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f}"


def _is_instead(head: bytes) -> str:
    """What content is that is not what its name says, as far as its first bytes tell."""
    try:
        found = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        found = ""
    if found and found.isascii():
        return f"its content looks like {found}. Check that you chose the right file"
    return "its content is of another kind. Check that you chose the right file"
