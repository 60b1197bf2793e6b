"""Compiles a pack as one Word file. Its numbers of pages are those of the PDF: each part begins on the same number."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document as opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docxcompose.composer import Composer
from lxml import etree

from candour.kernel.papers import docx
from candour.kernel.papers.document import Document, Note, link, words
from candour.kernel.papers.docx import field_xml, fill, packed, running_line, words_xml
from candour.kernel.papers.docx_parts import run_xml
from candour.kernel.papers.words import INK

from .front import PART, Told, contents, foot_of
from .numbers import spans, unused
from .parts import FRONT, Front, Labels, Pack, PackRefused, Part, Upload
from .pdf import prefix_of
from .uploaded import running
from .word_clean import clean, rename_places

_STARTS = "part_"  # the bookmark at the head of each part

_APART = '<w:pPr><w:spacing w:before="240"/></w:pPr>'


def compile_word(front: Front, parts: Sequence[Part], pack: Pack) -> bytes:
    """The Word file of a pack that has been compiled as PDF. Raises PackRefused where a file is in the way.

    An uploaded Word file is joined as it is, without comments, tracked changes and hidden words; an uploaded PDF is a
    link to its original with its pages.
    """
    numbers = _numbers(front, parts, pack)
    gone = () if front.supplement else tuple(unused(pack.labels, numbers))
    told = Told(pack.not_accessible, gone, word=True)
    whole = opened(io.BytesIO(docx.render(contents(front, parts, numbers, told))))
    _fifth_heading(whole)
    composer = Composer(whole)
    _end_section(whole)
    for number, part in enumerate(parts, 1):
        _append(composer, front, part, numbers[part.key], number)
    _drop_last(whole)
    _running(whole, front, parts, numbers)
    _contents_links(whole)
    for number, identity in enumerate(whole.part.numbering_part.element.iter(qn("w:nsid"))):
        identity.set(qn("w:val"), f"{number:08X}")  # random ones would make two files of one pack
    return packed(whole)


def _numbers(front: Front, parts: Sequence[Part], pack: Pack) -> dict[str, Labels]:
    prefix = prefix_of(front)
    found = {}
    for key in (FRONT, *(part.key for part in parts)):
        if key not in pack.pages:
            raise ValueError(f"the PDF of this pack has no part {key!r}")
        labels = pack.labels[prefix + key]
        found[key] = labels[: labels.index(pack.pages[key][1]) + 1]
    return found


def _append(composer: Any, front: Front, part: Part, numbers: Labels, number: int) -> None:
    """Join a part behind what is there, beneath its heading, in sections of its own."""
    package = _package(front, part, numbers)
    body = package.element.body
    rename_places(body, number)
    _end_section(package)
    whole = composer.doc.element.body
    before = len(whole)
    composer.append(package)
    added = list(whole)[before - 1 : len(whole) - 1]  # the properties of the last section stay last
    for element in added:
        _deeper(element)
    if added[0].tag == qn("w:p") and added[0].style == "Title" and _said(added[0]) == part.heading:
        whole.remove(added.pop(0))  # the heading of the part says it
    name = f"{_STARTS}{number}"
    start = f'<w:bookmarkStart w:id="{90_000 + number}" w:name="{name}"/>'
    heading = f'{start}{run_xml(part.label)}<w:bookmarkEnd w:id="{90_000 + number}"/>'
    form = '<w:pPr><w:pStyle w:val="Heading1"/><w:spacing w:before="0"/></w:pPr>'
    added[0].addprevious(parse_xml(f"<w:p {nsdecls('w')}>{form}{heading}</w:p>"))


def _package(front: Front, part: Part, numbers: Labels) -> Any:
    """The part as a python-docx document of its own."""
    paper = part.paper
    if isinstance(paper, Document):
        return opened(io.BytesIO(docx.render(paper)))
    if paper.kind == "PDF":
        return opened(io.BytesIO(docx.render(_instead(front, part, paper, numbers))))
    try:
        package = opened(io.BytesIO(paper.content))
    except Exception as error:  # whatever a library stumbles over in somebody's file
        raise PackRefused(f"{paper.name} is damaged or unusual: save it anew in Word.", paper.name) from error
    clean(package)
    for said in running(paper):
        text = "".join(run.text for run in said.words)
        package.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w')}>{_APART}{run_xml(text)}</w:p>"), "w:sectPr"
        )
    return package


def _instead(front: Front, part: Part, upload: Upload, numbers: Labels) -> Document:
    pages = f"{len(numbers)} page{'s' * (len(numbers) > 1)}: {spans(numbers)} of the PDF"
    note = Note(words("This paper is a PDF and is not repeated here (", pages, "). ", link(upload.name, upload.link)))
    return Document(part.heading, front.body_name, (note,), marking=part.marking, draft=False, language=front.language)


def _end_section(package: Any) -> None:
    """Put the properties of the last section into a last paragraph, so that they stay when more is put behind."""
    body = package.element.body
    last = body.find(qn("w:sectPr"))
    if last is None:
        return
    held = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )
    copied = parse_xml(etree.tostring(last))
    held.pPr.append(copied)
    last.addprevious(held)


def _drop_last(whole: Any) -> None:
    """The last part's section is the last of the file: its properties stand at the end, not in a paragraph."""
    body = whole.element.body
    last = body.find(qn("w:sectPr"))
    held = last.getprevious()
    inner = held.pPr.find(qn("w:sectPr"))
    body.replace(last, inner)
    body.remove(held)


def _said(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _deeper(element: Any) -> None:
    """The headings of a part lie beneath the part's own."""
    for style in element.iter(qn("w:pStyle")):
        name = style.get(qn("w:val"), "")
        if name.startswith("Heading") and name[7:].isdigit():
            style.set(qn("w:val"), f"Heading{min(int(name[7:]) + 1, 9)}")


def _fifth_heading(whole: Any) -> None:
    style = whole.styles["Heading 5"]
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(11), False
    style.font.color.rgb = RGBColor.from_string(INK[1:].upper())


def _running(whole: Any, front: Front, parts: Sequence[Part], numbers: Mapping[str, Labels]) -> None:
    """The head and foot of the pages of each part, and the number it begins with."""
    for tag in ("w:headerReference", "w:footerReference"):
        for old in list(whole.element.body.iter(qn(tag))):
            old.getparent().remove(old)  # joining may have given one to several sections
    at: Part | None = None
    begins = True
    place = -1
    for section, starts in zip(whole.sections, _starts(whole), strict=True):
        if starts:
            place += 1
            at, begins = parts[place - 1] if place else None, True
        marking = at.marking if at else contents(front, parts, numbers, Told()).marking
        labels = numbers[at.key if at else FRONT]
        _page_numbers(section, labels[0] if begins else "")
        begins = False
        wide = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{wide}"/></w:tabs>'
        section.different_first_page_header_footer = False
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        fill(section.header, [running_line("Header", "bottom", tabs, marking, words_xml(front.body_name))])
        said = foot_of(front, at)
        said = said if len(said) <= 60 else said[:59].rstrip() + "…"
        point = labels[0].rpartition(".")
        foot = words_xml(f"{said}   Page {point[0]}{point[1]}") + field_xml("PAGE")
        fill(section.footer, [running_line("Footer", "top", tabs, marking, foot)])


def _starts(whole: Any) -> list[bool]:
    """For each section whether a part (or the contents) begins in it."""
    found, begins = [], True
    for element in whole.element.body:
        begins = begins or any(
            one.get(qn("w:name"), "").startswith(_STARTS) for one in element.iter(qn("w:bookmarkStart"))
        )
        for _section in element.iter(qn("w:sectPr")):
            found.append(begins)
            begins = False
    return found


def _page_numbers(section: Any, first: str) -> None:
    held = section._sectPr
    for old in held.findall(qn("w:pgNumType")):
        held.remove(old)
    for old in held.findall(qn("w:type")):
        held.remove(old)
    kind = parse_xml(f'<w:type {nsdecls("w")} w:val="nextPage"/>')
    size = held.find(qn("w:pgSz"))
    size.addprevious(kind)
    if first:
        number = first.rpartition(".")[2]
        margin = held.find(qn("w:pgMar"))
        margin.addnext(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="{number}"/>'))


def _contents_links(whole: Any) -> None:
    """The links of the contents lead to the parts in this file."""
    relations = whole.part.rels
    ours = {
        key: relation.target_ref.removeprefix(PART)
        for key, relation in relations.items()
        if relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and str(relation.target_ref).startswith(PART)
    }
    for one in whole.element.body.iter(qn("w:hyperlink")):
        if (key := one.get(qn("r:id"))) in ours:
            del one.attrib[qn("r:id")]
            one.set(qn("w:anchor"), f"{_STARTS}{ours[key]}")
    for key in ours:
        relations.pop(key)
