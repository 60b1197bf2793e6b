"""Files made for the tests: Word files from their XML, zips, the old container of Office. And documents made readable."""

import csv
import io
import struct
import zipfile

import xlsxwriter

from candour.kernel.intake.document import Block, Cell, Document, Paragraph, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, str | bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(source: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(found: dict[str, str]) -> str:
    """identifier -> "kind part" as the XML of a part's relations."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/{value.split()[0]}" Target="{value.split()[1]}"/>'
        for key, value in found.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """A Word file of this body; further parts by name: styles, numbering, comments, footnotes, header, footer, vbaProject."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"r1": "officeDocument word/document.xml"}),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations({f"part-{name}": f"{name} {name}.xml" for name in parts}),
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {NAMES}>{content}</w:{name}>"
    return zipped(files)


def p(*runs: str, form: str = "") -> str:
    """A paragraph; a run without markup is its text."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{form}</w:pPr>' if form else ''}{inner}</w:p>"


def r(text: str, form: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{form}</w:rPr>" if form else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*inner: str, form: str = "") -> str:
    """A cell; text without markup is a paragraph."""
    content = "".join(one if one.startswith("<") else p(one) for one in inner) or "<w:p/>"
    return f"<w:tc>{f'<w:tcPr>{form}</w:tcPr>' if form else ''}{content}</w:tc>"


def tr(*cells: str, form: str = "") -> str:
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{form}</w:trPr>' if form else ''}{inner}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def style(identifier: str, name: str, *, form: str = "", run: str = "", based: str = "") -> str:
    above = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{above}'
        f"<w:pPr>{form}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def numbering(*levels: tuple[str, str], number: int = 1) -> str:
    """A list definition: (format, label) for each depth."""
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/></w:lvl>'
        for n, (form, label) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )


def listed(number: int = 1, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def compound(streams: dict[str, bytes]) -> bytes:
    """The container of old Office files: streams of 4,096 bytes or more each, one table of sectors."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, -2, 0, child=1 if streams else -1)]
    names = list(streams)
    for n, name in enumerate(names):
        content = streams[name].ljust(4096, b"\x00")
        parts = [content[at : at + 512].ljust(512, b"\x00") for at in range(0, len(content), 512)]
        entries.append(_entry(name, 2, len(sectors), len(content), right=n + 2 if n + 1 < len(names) else -1))
        chains += [*range(len(sectors) + 1, len(sectors) + len(parts)), -2]
        sectors += parts
    listing = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\x00")
    directory = len(sectors)
    parts = [listing[at : at + 512] for at in range(0, len(listing), 512)]
    chains += [*range(directory + 1, directory + len(parts)), -2]
    sectors += parts
    table = len(sectors)
    count = 1 + (len(chains) + 1) // 128
    chains += [-3] * count
    fat = struct.pack(f"<{len(chains)}i", *chains).ljust(count * 512, b"\xff")
    sectors += [fat[at : at + 512] for at in range(0, len(fat), 512)]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    )
    head += struct.pack("<IIiIIiIiI", 0, count, directory, 0, 4096, -2, 0, -2, 0)
    head += struct.pack("<109i", *range(table, table + count), *[-1] * (109 - count))
    return head + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = -1, child: int = -1) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    head = text.ljust(64, b"\x00") + struct.pack("<HBBiii", len(text), kind, 1, -1, right, child)
    return head + b"\x00" * 36 + struct.pack("<iQ", start, size)


def old_workbook(rows: list[list[str | float]], sheet: str = "Risks") -> bytes:
    """A workbook of the kind of 1997 (.xls)."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    name = sheet.encode("latin-1")
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    listing = len(start) + 4 + 8 + len(name) + 4
    globals_ = start + record(0x85, struct.pack("<IHBB", listing, 0, len(name), 0) + name) + record(0x0A, b"")
    cells = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for n, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                cells += record(0x204, struct.pack("<HHHHB", n, column, 0, len(value), 1) + text)
            else:
                cells += record(0x203, struct.pack("<HHHd", n, column, 0, value))
    return compound({"Workbook": globals_ + cells + record(0x0A, b"")})


def told(block: Block | Cell) -> object:
    """A block as plain values: what a test compares."""
    if isinstance(block, Table):
        return [[told(cell) for cell in row.cells] for row in block.rows]
    if isinstance(block, Cell):
        nested = [told(inner) for inner in block.blocks if isinstance(inner, Table)]
        return nested[0] if nested else block.text
    return (block.kind, block.text)


def shape(document: Document) -> list[object]:
    return [told(block) for block in document.blocks]


def spans(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in table.rows]


def paragraphs(document: Document) -> list[Paragraph]:
    return list(document.paragraphs)


def as_word(rows: list[list[str]]) -> bytes:
    return word(tbl(*(tr(*(text.replace("&", "&amp;") for text in row)) for row in rows)))


def as_page(rows: list[list[str]]) -> bytes:
    inner = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<html><meta charset=utf-8><body><table>{inner}</table></body></html>".encode()


def as_workbook(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(n, column, text)
    return out.getvalue()


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
