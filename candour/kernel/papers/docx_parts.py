"""The elements that a Word paper is made of. The order of the elements inside each property is the schema's."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr  # writes alone  # nosec B406

ALIGN = {"left": "left", "right": "right", "centre": "center"}


def run_xml(text: str, *, bold: bool = False, italic: bool = False, colour: str = "", line: bool = False) -> str:
    if not text:
        return ""
    style = "<w:b/>" if bold else ""
    style += "<w:i/>" if italic else ""
    style += f'<w:color w:val="{colour[1:]}"/>' if colour else ""
    style += '<w:u w:val="single"/>' if line else ""
    lines = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")]
    return f"<w:r>{f'<w:rPr>{style}</w:rPr>' if style else ''}{'<w:br/>'.join(lines)}</w:r>"


def text_xml(inner: str, style: str, align: str, *, keep: bool = False) -> str:
    more = "<w:keepNext/>" if keep else ""
    more += f'<w:jc w:val="{ALIGN[align]}"/>' if align != "left" else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def cell_xml(inner: str, width: int, span: int, fill: str) -> str:
    more = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    more += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:].upper()}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inner}</w:tc>'


def row_xml(cells: str, *, header: bool = False, short: bool = True) -> str:
    more = ("<w:cantSplit/>" if short or header else "") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{more}</w:trPr>' if more else ''}{cells}</w:tr>"


def table_xml(rows: list[str], widths: Sequence[int], name: str, *, boxed: bool, headed: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    bits = "04A0" if headed else "0420"
    look = f'<w:tblLook w:val="{bits}" w:firstRow="1" w:firstColumn="{int(headed)}" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{"PaperBoxed" if boxed else "PaperRuled"}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f"<w:tblCaption w:val={quoteattr(name)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="{id}" name="Figure {id}" descr={said}/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="Figure {id}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
