"""The styles of a Word paper: a plain, ruled style in Arial with real headings, over python-docx's template."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from candour.kernel.papers.docx_body import POINT_LIST, UPDATE_LIST
from candour.kernel.papers.words import INK, LINK, QUIET, RULE, WASH

FONT = "Arial"
# name: size, bold, colour, space before, space after, kept with the next
_STYLES: dict[str, tuple[float, bool, str, float, float, bool]] = {
    "Normal": (11, False, INK, 0, 6, False),
    "Title": (20, True, INK, 0, 4, True),
    "Subtitle": (12, False, QUIET, 0, 10, False),
    "Heading 1": (14, True, INK, 18, 6, True),
    "Heading 2": (12, True, INK, 14, 5, True),
    "Heading 3": (11, True, INK, 12, 4, True),
    "Heading 4": (11, False, INK, 10, 4, True),
    "Body Text": (11, False, INK, 0, 6, False),
    "Caption": (10.5, True, INK, 10, 4, True),
    "List Bullet": (11, False, INK, 0, 3, False),
    "Header": (8.5, False, QUIET, 0, 0, False),
    "Footer": (8.5, False, QUIET, 0, 0, False),
    "Numbered Paragraph": (11, False, INK, 0, 6, False),
    "Facts": (10.5, False, INK, 0, 2, False),
    "Note": (11, False, INK, 8, 8, False),
    "Table Text": (8.5, False, INK, 1, 1, False),
    "Table Plain": (9.5, False, INK, 2, 2, False),
    "Picture": (11, False, INK, 0, 4, True),
    "Gap": (5, False, INK, 0, 0, False),
    "Seam": (1, False, INK, 0, 0, False),
    "Draft Band": (9, True, "#7c1811", 0, 4, False),
}
_LIST = """<w:abstractNum {ns} w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>
{levels}</w:abstractNum>"""
_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="227"/></w:pPr><w:rPr><w:rFonts w:ascii="{font}" '
    'w:hAnsi="{font}" w:cs="{font}" w:eastAsia="{font}" w:hint="default"/></w:rPr></w:lvl>'
)
_TABLE = """<w:style {ns} w:type="table" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>
<w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>
<w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="{head}" w:space="0" w:color="{ink}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def apply_styles(package: Any, language: str) -> None:
    """Set every style that the body uses on a python-docx document, and the language of its words."""
    for name, (size, bold, colour, before, after, keep) in _STYLES.items():
        style = _style(package, name)
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour[1:].upper())
        _plain_fonts(style)
        form = style.paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
        form.line_spacing = 1.0 if name.startswith("Table") or name in {"Gap", "Seam"} else 1.1
    _style(package, "Seam").paragraph_format.line_spacing = Pt(1)
    _hang(package, "Numbered Paragraph", 567)
    _hang(package, "Facts", 2268)
    _boxes(package)
    _language(package, language)
    _lists(package)
    for identifier, name, borders in (
        ("PaperRuled", "Paper Ruled", ("bottom", "insideH")),
        ("PaperBoxed", "Paper Boxed", ("top", "left", "bottom", "right", "insideH", "insideV")),
    ):
        package.styles.element.append(parse_xml(_table_style(identifier, name, borders)))


def _table_style(identifier: str, name: str, borders: tuple[str, ...]) -> str:
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE[1:]}"/>' for side in borders)
    head, ink = (12, INK[1:]) if identifier == "PaperRuled" else (4, RULE[1:])
    return _TABLE.format(ns=nsdecls("w"), id=identifier, name=name, borders=rules, head=head, ink=ink)


def _style(package: Any, name: str) -> Any:
    if name in package.styles:
        return package.styles[name]
    style = package.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = package.styles["Normal"]
    style.hidden = False
    return style


def _plain_fonts(style: Any) -> None:
    """Take the template's theme fonts, underlines and rules off a style: they win over the font's name."""
    fonts = style.element.rPr.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    for part in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{part}"), FONT)
    for tag in ("w:spacing", "w:kern"):
        for element in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(element)
    for tag in ("w:pBdr", "w:numPr", "w:contextualSpacing", "w:ind", "w:tabs"):
        for element in style.element.get_or_add_pPr().findall(qn(tag)):
            style.element.pPr.remove(element)


def _hang(package: Any, name: str, left: int) -> None:
    style = _style(package, name).element.get_or_add_pPr()
    tabs = style.find(qn("w:tabs"))
    if tabs is None:
        style.insert_element_before(
            parse_xml(f'<w:tabs {nsdecls("w")}><w:tab w:val="left" w:pos="{left}"/></w:tabs>'), "w:spacing"
        )
    style.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{left}" w:hanging="{left}"/>'))


def _boxes(package: Any) -> None:
    note = _style(package, "Note").element.get_or_add_pPr()
    # borders in the colour of the ground are the only padding that Word gives a paragraph
    rule = "".join(
        f'<w:{side} w:val="single" w:sz="24" w:space="{space}" w:color="{colour[1:]}"/>'
        for side, space, colour in (("top", 3, WASH), ("left", 8, LINK), ("bottom", 3, WASH))
    )
    note.insert_element_before(parse_xml(f"<w:pBdr {nsdecls('w')}>{rule}</w:pBdr>"), "w:spacing")
    note.insert_element_before(_shade(WASH), "w:spacing")
    note.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="227"/>'))
    band = _style(package, "Draft Band").element.get_or_add_pPr()
    band.insert_element_before(_shade("#fbe8e5"), "w:spacing")
    band.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="center"/>'))


def _shade(fill: str) -> Any:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill[1:].upper()}"/>')


def _language(package: Any, language: str) -> None:
    defaults = package.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for element in defaults.findall(qn("w:lang")):
        defaults.remove(element)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))


def _lists(package: Any) -> None:
    """Two lists of our own, four levels deep: points, and dated updates with an arrow at the first level."""
    numbering = package.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    for number, signs in ((POINT_LIST, "•◦•◦"), (UPDATE_LIST, "➤•◦•")):
        levels = "".join(
            _LEVEL.format(
                level=level, sign=sign, left=227 * (level + 1), font="Segoe UI Symbol" if sign == "➤" else FONT
            )
            for level, sign in enumerate(signs)
        )
        first.addprevious(parse_xml(_LIST.format(ns=nsdecls("w"), number=number, levels=levels)))
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
