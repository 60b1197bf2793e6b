"""What a file is by its content, its name only second; and the reader of each kind. Pure."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath

from .archive import ZIP_TROUBLE
from .csvfile import separator_of
from .document import NOWHERE, Document, Paragraph, Place, SetAside, Table, UnreadableFile
from .grid import MOST_CELLS, TOO_MANY
from .text import decode

Reader = Callable[..., Document]
LONGEST = 1_000_000  # signs of one cell or paragraph
MISNAMED = "The name says otherwise: the file was read as what it is"


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is read: what it is called, the endings of its name, and its reader (module:function)."""

    called: str
    suffixes: tuple[str, ...]
    reader: str


WORD = FileKind("a Word document", (".docx", ".docm"), "word:read_word")
WORKBOOK = FileKind("an Excel workbook", (".xlsx", ".xlsm"), "workbook:read_workbook")
OLD_WORKBOOK = FileKind("an older or OpenDocument workbook", (".xls", ".ods", ".xlsb"), "oldbook:read_oldbook")
PAGE = FileKind("a web page", (".html", ".htm"), "htmlfile:read_html")
PDF = FileKind("a PDF", (".pdf",), "pdf:read_pdf")
CSV = FileKind("CSV", (".csv", ".tsv"), "csvfile:read_csv")
TEXT = FileKind("text", (".txt", ".text", ".md"), "text:read_text")
KINDS = (WORD, WORKBOOK, OLD_WORKBOOK, PDF, PAGE, CSV, TEXT)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
ACCEPTED = "Word (.docx), PDF, workbooks (.xlsx, .xls, .ods), web pages (.html), CSV (.csv, .tsv) and text (.txt, .md)"

_SIGNATURES = (
    (b"{\\rtf", "a rich text file (RTF): open it in Word and save it as .docx"),
    (b"\x89PNG", "a picture: nothing in it can be read as text"),
    (b"\xff\xd8\xff", "a picture: nothing in it can be read as text"),
    (b"GIF8", "a picture: nothing in it can be read as text"),
    (b"Rar!", "a packed archive: unpack it first"),
    (b"7z\xbc\xaf", "a packed archive: unpack it first"),
    (b"\x1f\x8b", "a packed archive: unpack it first"),
    (b"MIME-Version:", "a web archive: save it as .html or .xlsx"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_FRAGMENT = re.compile(r"\s*<(?:table|body|head|meta|div|h[1-6]|p)[\s>]", re.IGNORECASE)


def read_here(content: bytes, name: str = "", *, sha256: str = "", sheets: Sequence[str] = ()) -> Document:
    """The raw document, read in this process. sheets: of a workbook those alone. Raises UnreadableFile."""
    kind = kind_of_file(content, name)
    module, _colon, function = kind.reader.partition(":")
    reader: Reader = getattr(import_module(f".{module}", __package__), function)
    more = {"sheets": sheets} if sheets and kind.reader.startswith("workbook:") else {}
    document = bounded(reader(content, name=name, sha256=sha256, **more), name or "The file")
    suffix = PurePath(name).suffix.lower()
    if not suffix or suffix in kind.suffixes or (kind in (CSV, TEXT) and suffix in CSV.suffixes + TEXT.suffixes):
        return document
    told = SetAside(NOWHERE, f"{PurePath(name).name} is {kind.called}", MISNAMED)
    return replace(document, set_aside=(told, *document.set_aside))


def kind_of_file(content: bytes, name: str = "") -> FileKind:
    """The kind of a file. Raises UnreadableFile for an empty one and for a kind that is not read."""
    called = name or "The file"
    if not content.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(f"{called} is empty. Accepted are {ACCEPTED}.")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content, called)
    if content.startswith(_OLE):
        return _compound(content, called)
    if b"%PDF-" in content[:1024]:
        return PDF
    for start, kind in _SIGNATURES:
        if content.startswith(start):
            raise UnreadableFile(f"{called} is {kind}. Accepted are {ACCEPTED}.")
    if _binary(content):
        raise UnreadableFile(f"{called} holds no readable text. Accepted are {ACCEPTED}.")
    return _textual(content, PurePath(name).suffix.lower(), called)


def _zipped(content: bytes, called: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lstrip("/") for name in archive.namelist()}
            plain = not next(
                (one for one in archive.infolist() if one.filename == "mimetype" and one.file_size > 200), None
            )
            mime = archive.read("mimetype") if "mimetype" in names and plain else b""
            manifest = "META-INF/manifest.xml"
            locked = mime and manifest in names and b"encryption-data" in archive.open(manifest).read(1_000_000)
    except ZIP_TROUBLE as error:
        raise UnreadableFile(
            f"{called} is damaged: it was cut off or changed on its way. Fetch it again, or save it anew from the program "
            "it was made with."
        ) from error
    if locked:
        raise UnreadableFile(f"{called} is protected by a password. Save it without one.")
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return WORD
    if "xl/workbook.bin" in names or mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return OLD_WORKBOOK
    if any(name.startswith("xl/") for name in names):
        return WORKBOOK
    other = "a zipped folder: unpack it and choose the paper in it"
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        other = "an OpenDocument text: save it as .docx"
    elif any(name.startswith("ppt/") for name in names):
        other = "a PowerPoint presentation"
    raise UnreadableFile(f"{called} is {other}. Accepted are {ACCEPTED}.")


def _compound(content: bytes, called: str) -> FileKind:
    """The old container of Office: a workbook, an old Word file, or a new file behind a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise UnreadableFile(f"{called} is protected by a password. Open it, save it without one, and choose it again.")
    if holds("WordDocument") and not called.lower().endswith(".xls"):
        raise UnreadableFile(
            f"{called} is a Word document of the old kind (.doc): open it in Word and save it as .docx."
        )
    if holds("Workbook") or holds("Book"):
        return OLD_WORKBOOK
    raise UnreadableFile(f"{called} is an old Office file that cannot be read. Accepted are {ACCEPTED}.")


def _textual(content: bytes, suffix: str, called: str) -> FileKind:
    if suffix in PAGE.suffixes:
        return PAGE
    sample = decode(content[:8000])
    if _PAGE.match(sample) or (suffix not in CSV.suffixes + TEXT.suffixes and _FRAGMENT.match(sample)):
        return PAGE
    if suffix in CSV.suffixes:
        return CSV
    if suffix in TEXT.suffixes:
        return TEXT
    if suffix and suffix not in SUFFIXES:
        raise UnreadableFile(f"{called} ends in {suffix}. Accepted are {ACCEPTED}.")
    if sample.lstrip().startswith("<?xml"):
        raise UnreadableFile(f"{called} is an XML file. Accepted are {ACCEPTED}.")
    return CSV if _looks_like_csv(content) else TEXT


def _binary(content: bytes) -> bool:
    sample = decode(content[:4000])
    odd = sum(1 for sign in sample if ord(sign) < 32 and sign not in "\t\r\n\x0c") + sample.count("\ufffd")
    return odd * 10 > len(sample)


def _looks_like_csv(content: bytes) -> bool:
    """Three lines or more, all with the same number of separators."""
    lines = [line for line in decode(content).splitlines() if line.strip()][:20]
    separator = separator_of("\n".join(lines))
    counts = {line.count(separator) for line in lines}
    return len(lines) >= 3 and separator != "\t" and len(counts) == 1 and counts != {0}


def bounded(document: Document, called: str) -> Document:
    """The document itself, where no text is longer and no paper has more cells than can be worked with."""
    cells = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _short(block.raw, block.place, called)
            continue
        cells += _bounded_table(block, called)
        if cells > MOST_CELLS:
            raise UnreadableFile(f"{called} is not read. {TOO_MANY}")
    return document


def _bounded_table(table: Table, called: str) -> int:
    cells = 0
    for row in table.rows:
        cells += len(row.cells)
        for cell in row.cells:
            if len(cell.raw) > LONGEST:
                _short(cell.raw, row.place, called)
    return cells


def _short(text: str, place: Place, called: str) -> None:
    if len(text) > LONGEST:
        raise UnreadableFile(
            f"{called} is not read: {place} holds a text of {len(text):,} signs, at most {LONGEST:,} are read. Shorten it."
        )
