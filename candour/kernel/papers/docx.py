"""A paper as a Word document that a board secretary can send on as it is, and edit with real styles."""

import datetime
import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape  # writes alone  # nosec B406

from docx import Document as open_template
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from candour.kernel.papers.document import Document, Figure
from candour.kernel.papers.docx_body import LONG, MARGIN, SHORT, WIDTHS, Body
from candour.kernel.papers.docx_styles import apply_styles
from candour.kernel.papers.typesetting import set_pngs
from candour.kernel.papers.words import DRAFT, RULE, foot_fact

_WIDEST = 17 * 360000  # 17 cm
_TAB = "<w:r><w:tab/></w:r>"


def render(document: Document) -> bytes:
    """The .docx. The same paper gives the same bytes."""
    package = open_template()
    apply_styles(package, document.language)
    _properties(package, document)
    references = _running(package, document)
    pictures = _pictures(package, document)
    links: dict[str, str] = {}

    def external(address: str) -> str:
        if address not in links:
            links[address] = package.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return links[address]

    def section(landscape: bool) -> str:
        return _section(references[landscape], landscape=landscape, draft=document.draft)

    body = Body(document, external=external, picture=pictures.__getitem__, section=section)
    for child in list(package.element.body):
        package.element.body.remove(child)
    # spliced in as text: moving a long body's elements from one tree to another costs seconds
    return packed(package, f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{body.xml()}</w:body>".encode())


def _section(references: str, *, landscape: bool, draft: bool) -> str:
    wide, high = (LONG, SHORT) if landscape else (SHORT, LONG)
    lying = ' w:orient="landscape"' if landscape else ""
    top = 1560 if draft else 1300
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{lying}/>'
        f'<w:pgMar w:top="{top}" w:right="{MARGIN}" w:bottom="1134" w:left="{MARGIN}" w:header="600" w:footer="500" '
        'w:gutter="0"/></w:sectPr>'
    )


def _running(package: Any, document: Document) -> dict[bool, str]:
    """Headers and footers for standing and lying pages; the references that a section needs to use them."""
    found = {}
    for landscape in (False, True):
        section = package.sections[0] if not landscape else package.add_section()
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        right = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTHS[landscape]}"/></w:tabs>'
        band = [_band(document)] if document.draft else []
        fill(
            section.header,
            [*band, running_line("Header", "bottom", right, document.marking, words_xml(document.body_name))],
        )
        foot = "   ".join(part for part in (foot_fact(document), DRAFT if document.draft else "") if part)
        page = (
            words_xml(f"{foot}   Page " if foot else "Page ")
            + field_xml("PAGE")
            + words_xml(" of ")
            + field_xml("NUMPAGES")
        )
        fill(section.footer, [running_line("Footer", "top", right, document.marking, page)])
        references = [element for element in section._sectPr if element.tag in _REFERENCES]
        found[landscape] = "".join(
            f'<w:{element.tag.rsplit("}", 1)[1]} w:type="default" r:id="{element.get(qn("r:id"))}"/>'
            for element in references
        )
    return found


_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))


def fill(part: Any, paragraphs: list[str]) -> None:
    for child in list(part._element):
        part._element.remove(child)
    for paragraph in paragraphs:
        part._element.append(parse_xml(paragraph))


def _band(document: Document) -> str:
    return f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="DraftBand"/></w:pPr>{words_xml(DRAFT, spaced=True)}</w:p>'


def running_line(style: str, side: str, tabs: str, left: str, right: str) -> str:
    rule = f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="4" w:color="{RULE[1:]}"/></w:pBdr>'
    form = f'<w:pPr><w:pStyle w:val="{style}"/>{rule}{tabs}</w:pPr>'
    return f"<w:p {nsdecls('w')}>{form}{words_xml(left, bold=True)}{_TAB}{right}</w:p>"


def words_xml(text: str, *, bold: bool = False, spaced: bool = False) -> str:
    style = ("<w:b/>" if bold else "") + ('<w:spacing w:val="24"/>' if spaced else "")
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field_xml(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _properties(package: Any, document: Document) -> None:
    day = document.date or datetime.date(2000, 1, 1)
    core = package.core_properties
    core.title, core.author, core.last_modified_by = document.title, document.body_name, document.body_name
    core.subject, core.language = document.subtitle or document.title, document.language
    core.keywords, core.comments, core.category = document.marking, "", "Draft" if document.draft else "Issued"
    core.created = core.modified = datetime.datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  Word's dates are bare
    core.revision = 1
    relations = package.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        relations.pop(key)
    settings = package.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # without it Word opens the paper in compatibility mode
    for fonts in settings.iter(qn("w:themeFontLang")):
        fonts.set(qn("w:val"), document.language)


def _pictures(package: Any, document: Document) -> dict[Figure, tuple[str, int, int]]:
    """For each figure its relationship and its size in EMU."""
    figures = list(dict.fromkeys(block for block in document.blocks if isinstance(block, Figure)))
    found = {}
    for figure, png in zip(figures, set_pngs([figure.svg for figure in figures]), strict=True):
        relation, _image = package.part.get_or_add_image(io.BytesIO(png))
        wide, high = (int.from_bytes(png[place : place + 4], "big") for place in (16, 20))
        width = min(wide * 914400 // 220, _WIDEST)
        found[figure] = (relation, width, width * high // wide)
    return found


def packed(package: Any, body: bytes = b"<w:body/>") -> bytes:
    """The package with its body put in and every date inside the archive fixed."""
    first, second = io.BytesIO(), io.BytesIO()
    package.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            content = source.read(name)
            target.writestr(entry, content.replace(b"<w:body/>", body) if name == "word/document.xml" else content)
    return second.getvalue()
