"""Small files of every kind, true and false, made here."""

import io
import struct
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 60
EML = b"From: Provider <a@example.org>\r\nDate: Mon, 15 Jun 2026 10:30:00 +0100\r\nSubject: Signed\r\n\r\nSigned.\r\n"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
MSG = COMPOUND + "__properties_version1.0".encode("utf-16-le") + b"\x00" * 100
WORD = "wordprocessingml.document"
EXCEL = "spreadsheetml.sheet"


def package(main: str, *, content_type: str = "", **parts: bytes) -> bytes:
    """An Office package with its list of parts; more parts by name, "__" for a slash and "_dot_" for a dot."""
    kind = content_type or f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        )
        for name, content in parts.items():
            files.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


DOCX = package(WORD, word__document_dot_xml=b"<w:document/>")
XLSX = package(EXCEL, xl__workbook_dot_xml=b"<workbook/>")


def bomb(declared: int) -> bytes:
    """A Word package one part of which says that it unpacks to `declared` bytes, in a few hundred bytes."""
    made = bytearray(package(WORD, word__document_dot_xml=b"\x00" * 1000))
    at = made.rindex(b"PK\x01\x02")  # the directory's entry of the last part
    struct.pack_into("<L", made, at + 24, declared)
    return bytes(made)


def swollen_list(size: int) -> bytes:
    """A Word package whose list of parts is real and unpacks to `size` bytes of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files, files.open("[Content_Types].xml", "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def crowded(parts: int) -> bytes:
    """A package with very many empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        for number in range(parts):
            files.writestr(f"{number:060}", b"")
    return out.getvalue()


def damaged() -> bytes:
    """A Word package whose list of parts does not unpack."""
    made = bytearray(DOCX)
    name = b"[Content_Types].xml"
    at = made.index(name) + len(name)
    made[at : at + 20] = b"\xff" * 20
    return bytes(made)
