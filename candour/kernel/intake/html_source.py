"""The bytes of a page as its elements: in the encoding that it is in, without network, entities or depth without end. Pure."""

import re
from typing import Any

from lxml import etree, html

from .archive import xml_trouble
from .document import UnreadableFile
from .text import decode

DEEPEST = 600  # elements within elements
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)


def root_of(source: bytes, called: str) -> Any:
    """The root element of a page. Raises UnreadableFile."""
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text_of(source), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        if isinstance(error, etree.XMLSyntaxError):
            raise xml_trouble(error, called, "the page") from error
        raise UnreadableFile(
            f"{called} is a page without words. Save it anew from the program that shows it."
        ) from error
    deepest, deep = 0, 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        deep += 1 if event == "start" else -1
        deepest = max(deepest, deep)
    if deepest > DEEPEST:
        raise UnreadableFile(f"{called} is not read: its parts are nested {deepest:,} deep. Take the tables apart.")
    return root


def text_of(source: bytes) -> str:
    """The page as text: by byte order mark, else by the charset that it states, else as any text is told."""
    found = _CHARSET.search(source[:4096])
    if found and not source.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\x00" not in source[:200]:
        named = found[1].decode("ascii").lower()
        # browsers read these as Windows-1252
        named = "cp1252" if named in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252") else named
        try:
            return _plain(source.decode(named))
        except (LookupError, UnicodeDecodeError):
            pass
    return _plain(decode(source))


def _plain(text: str) -> str:
    """Without what would make the parser look for another encoding, or end at a zero."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).replace("\x00", "\ufffd")
