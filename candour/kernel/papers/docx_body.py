"""The body of a Word paper, written as WordprocessingML in one string, so that cost grows in a straight line.

Lengths are in twentieths of a point (twips). The order of the elements inside pPr, tblPr, trPr and tcPr is the schema's.
"""

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from candour.kernel.papers.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Detail,
    Document,
    Fact,
    Facts,
    Figure,
    Group,
    Heading,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Words,
)
from candour.kernel.papers.walk import block_texts
from candour.kernel.papers.words import COLOURS, INK, LINK, QUIET, RULE, SHORT_ROW, WASH, numbered, top_facts

LONG, SHORT, MARGIN = 16838, 11906, 1134  # A4 and 2 cm
WIDTHS = {False: SHORT - 2 * MARGIN, True: LONG - 2 * MARGIN}
POINT_LIST, UPDATE_LIST = 41, 42
_ALIGN = {"left": "start", "right": "end", "centre": "center"}
_STYLES = {"plain": "TablePlain", "compact": "TableText", "matrix": "TablePlain"}
_LABEL_WIDTH = 1900


class Body:
    """Writes blocks into parts. external(address) and picture(figure) give relationships, section(lying) a sectPr."""

    def __init__(
        self,
        document: Document,
        *,
        external: Callable[[str], str],
        picture: Callable[[Figure], tuple[str, int, int]],
        section: Callable[[bool], str],
    ) -> None:
        self.document = document
        self.external = external
        self.picture = picture
        self.section = section
        self.parts: list[str] = []
        self.landscape = False
        self.new_page = False
        self.pictures = 0
        anchors = [block.anchor for block in document.blocks if isinstance(block, Heading) and block.anchor]
        self.places = {anchor: (number, f"place{number}") for number, anchor in enumerate(anchors, 1)}

    def xml(self) -> str:
        """Everything within w:body."""
        self.paragraph(_run_xml(self.document.title), style="Title")
        if self.document.subtitle:
            self.paragraph(_run_xml(self.document.subtitle), style="Subtitle")
        for fact in top_facts(self.document):
            said = "".join(self.runs(block.words) for block in fact.value.blocks if isinstance(block, Paragraph))
            self.paragraph(_run_xml(fact.label, colour=QUIET) + "<w:r><w:tab/></w:r>" + said, style="Facts")
        for block in self.document.blocks:
            self.block(block)
        return "".join(self.parts) + self.section(self.landscape)

    def block(self, block: Block) -> None:
        match block:
            case PageBreak():
                self.page_break(block)
            case Heading():
                self.heading(block)
            case Paragraph():
                self.numbered_or_plain(block)
            case Note():
                self.paragraph(self.runs(block.words), style="Note")
            case Bullets():
                self.parts.append(self.list_xml(block.items, block.marker))
            case Table():
                self.table(block)
            case Facts():
                self.facts(block)
            case Detail():
                self.detail(block)
            case Figure():
                self.figure(block)

    def paragraph(self, inner: str, *, style: str, more: str = "") -> None:
        breaks = "<w:pageBreakBefore/>" if self.new_page else ""
        self.new_page = False
        self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{breaks}{more}</w:pPr>{inner}</w:p>')

    def page_break(self, block: PageBreak) -> None:
        if block.landscape == self.landscape:
            self.new_page = True
            return
        end = self.section(self.landscape)
        last = self.parts[-1]
        if last.startswith("<w:p>") and last.count("<w:p>") == 1:
            self.parts[-1] = last.replace("</w:pPr>", end + "</w:pPr>", 1)
        else:
            self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{end}</w:pPr></w:p>')
        self.landscape = block.landscape
        self.new_page = False

    def heading(self, heading: Heading) -> None:
        inner = _run_xml(heading.label)
        if heading.anchor:
            number, place = self.places[heading.anchor]
            start = f'<w:bookmarkStart w:id="{number}" w:name="{place}"/>'
            inner = f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'
        self.paragraph(inner, style=f"Heading{heading.level}")

    def numbered_or_plain(self, block: Paragraph) -> None:
        if block.number is None:
            self.paragraph(self.runs(block.words), style="BodyText")
        else:
            start = _run_xml(numbered(block.number)) + "<w:r><w:tab/></w:r>"
            self.paragraph(start + self.runs(block.words), style="NumberedParagraph")

    def runs(self, words: Words, *, bold: bool = False, colour: str = "") -> str:
        return "".join(self.run(run, bold=bold, colour=colour) for run in words)

    def run(self, run: Run, *, bold: bool, colour: str) -> str:
        linked = run.link and not run.link.startswith("/")
        inner = _run_xml(
            run.text,
            bold=bold or run.bold,
            italic=run.italic,
            colour=colour or (LINK if linked else ""),
            line=bool(linked),
        )
        if not linked:
            return inner
        if run.link.startswith("#"):
            return f'<w:hyperlink w:anchor="{self.places[run.link[1:]][1]}" w:history="1">{inner}</w:hyperlink>'
        return f'<w:hyperlink r:id="{self.external(run.link)}" w:history="1">{inner}</w:hyperlink>'

    def list_xml(self, items: tuple[Item, ...], marker: str, *, style: str = "ListBullet", depth: int = 0) -> str:
        number = UPDATE_LIST if marker == "update" else POINT_LIST
        level = f'<w:numPr><w:ilvl w:val="{min(depth, 3)}"/><w:numId w:val="{number}"/></w:numPr>'
        found = []
        for item in items:
            found.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{level}</w:pPr>{self.runs(item.words)}</w:p>')
            found.append(
                self.list_xml(
                    item.items, "point" if depth or marker == "point" else "update", style=style, depth=depth + 1
                )
            )
        return "".join(found)

    def before_table(self) -> None:
        if self.new_page or (self.parts and self.parts[-1].startswith("<w:tbl>")):
            self.paragraph("", style="Gap")

    def table(self, table: Table) -> None:
        self.paragraph(_run_xml(table.caption), style="Caption")
        widths = _shares(table.columns, WIDTHS[self.landscape])
        style = _STYLES[table.look]
        rows = [self.header_row(table.columns, widths, style)]
        for row in table.rows:
            if isinstance(row, Group):
                words = _run_xml(row.text, bold=True, colour=QUIET)
                inner = f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr>{words}</w:p>'
                rows.append(_row_xml(_cell_xml(inner, sum(widths), len(widths), ""), short=True))
            else:
                rows.append(self.row_xml(row, table, widths, style))
        self.parts.append(
            _table_xml(rows, widths, table.caption, boxed=table.look == "matrix", headed=table.row_headers)
        )
        self.paragraph("", style="Gap")

    def header_row(self, columns: tuple[Column, ...], widths: list[int], style: str) -> str:
        cells = "".join(
            _cell_xml(_text_xml(_run_xml(column.header, bold=True), style, column.align, keep=True), width, 1, WASH)
            for column, width in zip(columns, widths, strict=True)
        )
        return _row_xml(cells, header=True)

    def row_xml(self, row: Row, table: Table, widths: list[int], style: str) -> str:
        found, place = [], 0
        for cell in row.cells:
            strong = row.total or (table.row_headers and place == 0)
            align = "centre" if table.look == "matrix" else table.columns[place].align
            width = sum(widths[place : place + cell.span])
            found.append(self.cell_xml(cell, width, style, align=align, bold=strong))
            place += cell.span
        return _row_xml("".join(found), short=_is_short(row))

    def cell_xml(
        self, cell: Cell, width: int, style: str, *, align: str = "left", bold: bool = False, keep: bool = False
    ) -> str:
        fill, ink = COLOURS.get(cell.tone, ("", ""))
        lead = _run_xml(cell.badge, bold=True, colour=ink) if cell.badge else ""
        found = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                start = f"{numbered(block.number)} " if block.number is not None else ""
                inner = _run_xml(start) + self.runs(block.words, bold=bold, colour=ink)
                found.append(_text_xml(lead + (_run_xml(" ") if lead else "") + inner, style, align, keep=keep))
                lead = ""
            else:
                if lead:
                    found.append(_text_xml(lead, style, align, keep=keep))
                    lead = ""
                found.append(self.list_xml(block.items, block.marker, style=style))
        inner = "".join(found) or _text_xml(lead, style, align, keep=keep)
        return _cell_xml(inner, width, cell.span, fill)

    def fact_row(self, fact: Fact, width: int, *, header: bool = False) -> str:
        label = _text_xml(_run_xml(fact.label, bold=True), "TableText", "left", keep=header)
        cells = _cell_xml(label, _LABEL_WIDTH, 1, WASH)
        cells += self.cell_xml(fact.value, width - _LABEL_WIDTH, "TableText", bold=header, keep=header)
        return _row_xml(cells, header=header, short=_is_short(fact))

    def facts(self, facts: Facts) -> None:
        width = WIDTHS[self.landscape]
        if facts.caption:
            self.paragraph(_run_xml(facts.caption), style="Caption")
        self.before_table()
        rows = [self.fact_row(fact, width) for fact in facts.facts]
        if rows:
            name = facts.caption or "Facts"
            self.parts.append(_table_xml(rows, [_LABEL_WIDTH, width - _LABEL_WIDTH], name, boxed=True, headed=True))
            self.paragraph("", style="Gap")

    def detail(self, detail: Detail) -> None:
        width = WIDTHS[self.landscape]
        widths = _shares(detail.columns, width)
        self.before_table()
        cells, place = [], 0
        for cell in detail.cells:
            share = sum(widths[place : place + cell.span])
            align = detail.columns[place].align
            cells.append(self.cell_xml(cell, share, "TableText", align=align, keep=True))
            place += cell.span
        across = [self.header_row(detail.columns, widths, "TableText"), _row_xml("".join(cells), short=True)]
        self.parts.append(_table_xml(across, widths, detail.name, boxed=True, headed=False))
        # without a paragraph between them Word would run the two tables into one
        self.parts.append('<w:p><w:pPr><w:pStyle w:val="Seam"/><w:keepNext/></w:pPr></w:p>')
        rows = [self.fact_row(fact, width, header=place == 0) for place, fact in enumerate(detail.facts)]
        self.parts.append(_table_xml(rows, [_LABEL_WIDTH, width - _LABEL_WIDTH], detail.name, boxed=True, headed=True))
        self.paragraph("", style="Gap")

    def figure(self, figure: Figure) -> None:
        self.paragraph(_run_xml(figure.title), style="Caption")
        relation, wide, high = self.picture(figure)
        self.pictures += 1
        said = quoteattr(f"{figure.title}. {figure.description}")
        self.paragraph(
            _PICTURE.format(id=self.pictures, said=said, relation=relation, wide=wide, high=high), style="Picture"
        )
        self.paragraph(_run_xml(figure.description, colour=QUIET), style="BodyText")
        if figure.table:
            self.table(figure.table)


def _is_short(part: Row | Fact) -> bool:
    return sum(map(len, block_texts(part))) < SHORT_ROW


def _shares(columns: tuple[Column, ...], width: int) -> list[int]:
    total = sum(column.width for column in columns)
    shares = [width * column.width // total for column in columns]
    shares[-1] += width - sum(shares)
    return shares


def _run_xml(text: str, *, bold: bool = False, italic: bool = False, colour: str = "", line: bool = False) -> str:
    if not text:
        return ""
    style = "<w:b/>" if bold else ""
    style += "<w:i/>" if italic else ""
    style += f'<w:color w:val="{colour[1:]}"/>' if colour else ""
    style += '<w:u w:val="single"/>' if line else ""
    lines = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")]
    return f"<w:r>{f'<w:rPr>{style}</w:rPr>' if style else ''}{'<w:br/>'.join(lines)}</w:r>"


def _text_xml(inner: str, style: str, align: str, *, keep: bool = False) -> str:
    more = "<w:keepNext/>" if keep else ""
    more += f'<w:jc w:val="{_ALIGN[align]}"/>' if align != "left" else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def _cell_xml(inner: str, width: int, span: int, fill: str) -> str:
    more = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    more += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:].upper()}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inner}</w:tc>'


def _row_xml(cells: str, *, header: bool = False, short: bool = True) -> str:
    more = ("<w:cantSplit/>" if short or header else "") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{more}</w:trPr>' if more else ''}{cells}</w:tr>"


def _table_xml(rows: list[str], widths: list[int], name: str, *, boxed: bool, headed: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        f'<w:tblLook w:val="0{"4A" if headed else "42"}0" w:firstRow="1" w:lastRow="0" w:firstColumn="{int(headed)}" '
    )
    look += 'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{"PaperBoxed" if boxed else "PaperRuled"}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f"<w:tblCaption w:val={quoteattr(name)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_PICTURE = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="{id}" name="Figure {id}" descr={said}/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="Figure {id}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)

__all__ = ["INK", "LONG", "MARGIN", "POINT_LIST", "RULE", "SHORT", "UPDATE_LIST", "WIDTHS", "Body"]
