"""The body of a Word paper, written as WordprocessingML in one string, so that cost grows in a straight line.

Lengths are in twentieths of a point (twips).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.sax.saxutils import quoteattr  # writes alone  # nosec B406

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
    led,
)
from candour.kernel.papers.docx_parts import PICTURE, cell_xml, row_xml, run_xml, table_xml, text_xml
from candour.kernel.papers.walk import block_texts
from candour.kernel.papers.widths import column_widths
from candour.kernel.papers.words import COLOURS, LINK, QUIET, SHORT_ROW, WASH, numbered, top_facts

LONG, SHORT, MARGIN = 16838, 11906, 1134  # A4 and 2 cm
WIDTHS = {False: SHORT - 2 * MARGIN, True: LONG - 2 * MARGIN}
POINT_LIST, UPDATE_LIST = 41, 42
_STYLES = {"plain": ("TablePlain", 9.5), "compact": ("TableText", 8.5), "matrix": ("TablePlain", 9.5)}
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
        self.at_top = False
        self.pictures = 0
        anchors = [block.anchor for block in document.blocks if isinstance(block, Heading) and block.anchor]
        self.places = {anchor: (number, f"place{number}") for number, anchor in enumerate(anchors, 1)}

    def xml(self) -> str:
        """Everything within w:body."""
        self.paragraph(run_xml(self.document.title), style="Title")
        if self.document.subtitle:
            self.paragraph(run_xml(self.document.subtitle), style="Subtitle")
        facts = top_facts(self.document)
        for fact in facts:
            lines = run_xml("\n").join(self.lines(fact.value))
            self.paragraph(run_xml(fact.label, colour=QUIET) + "<w:r><w:tab/></w:r>" + lines, style="Facts")
        if facts:
            self.paragraph("", style="Gap")
        for block, leads in led(self.document.blocks):
            self.block(block, leads)
        return "".join(self.parts) + self.section(self.landscape)

    def block(self, block: Block, leads: bool = False) -> None:
        match block:
            case PageBreak():
                self.page_break(block)
            case Heading():
                self.heading(block)
            case Paragraph():
                self.numbered_or_plain(block, leads)
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

    def lines(self, cell: Cell) -> list[str]:
        """A cell as lines of one paragraph, for the facts under the title, which are no table."""
        found = [run_xml(cell.badge, bold=True)] if cell.badge else []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                start = f"{numbered(block.number)} " if block.number is not None else ""
                found.append(run_xml(start) + self.runs(block.words))
            else:
                found.extend(self.point_lines(block.items))
        return found

    def point_lines(self, items: tuple[Item, ...]) -> list[str]:
        return [
            line for item in items for line in (run_xml("• ") + self.runs(item.words), *self.point_lines(item.items))
        ]

    def paragraph(self, inner: str, *, style: str, more: str = "", keep: bool = False) -> None:
        kept = "<w:keepNext/>" if keep else ""
        breaks = "<w:pageBreakBefore/>" if self.new_page else ""
        if self.at_top and style.startswith("Heading"):
            more += '<w:spacing w:before="0"/>'
        self.new_page = self.at_top = False
        self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{breaks}{more}</w:pPr>{inner}</w:p>')

    def page_break(self, block: PageBreak) -> None:
        self.at_top = True
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
        inner = run_xml(heading.label)
        if heading.anchor:
            number, place = self.places[heading.anchor]
            start = f'<w:bookmarkStart w:id="{number}" w:name="{place}"/>'
            inner = f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'
        self.paragraph(inner, style=f"Heading{heading.level}")

    def numbered_or_plain(self, block: Paragraph, leads: bool) -> None:
        if block.number is None:
            self.paragraph(self.runs(block.words), style="BodyText", keep=leads)
        else:
            start = run_xml(numbered(block.number)) + "<w:r><w:tab/></w:r>"
            self.paragraph(start + self.runs(block.words), style="NumberedParagraph", keep=leads)

    def runs(self, words: Words, *, bold: bool = False, colour: str = "") -> str:
        return "".join(self.run(run, bold=bold, colour=colour) for run in words)

    def run(self, run: Run, *, bold: bool, colour: str) -> str:
        linked = run.link and not run.link.startswith("/")
        inner = run_xml(
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
        self.paragraph(run_xml(table.caption), style="Caption")
        style, points = _STYLES[table.look]
        widths = column_widths(table.columns, table.rows, width=WIDTHS[self.landscape], points=points)
        columns = (
            [replace(column, align="centre") for column in table.columns] if table.look == "matrix" else table.columns
        )
        rows = [self.header_row(columns, widths, style)]
        for row in table.rows:
            if isinstance(row, Group):
                words = run_xml(row.text, bold=True, colour=QUIET)
                inner = f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr>{words}</w:p>'
                rows.append(row_xml(cell_xml(inner, sum(widths), len(widths), ""), short=True))
            else:
                rows.append(self.row_xml(row, table, widths, style))
        self.parts.append(
            table_xml(rows, widths, table.caption, boxed=table.look == "matrix", headed=table.row_headers)
        )
        self.paragraph("", style="Gap")

    def header_row(self, columns: Sequence[Column], widths: Sequence[int], style: str) -> str:
        cells = "".join(
            cell_xml(text_xml(run_xml(column.header, bold=True), style, column.align, keep=True), width, 1, WASH)
            for column, width in zip(columns, widths, strict=True)
        )
        return row_xml(cells, header=True)

    def row_xml(self, row: Row, table: Table, widths: Sequence[int], style: str) -> str:
        found, place = [], 0
        for cell in row.cells:
            strong = row.total or (table.row_headers and place == 0)
            align = "centre" if table.look == "matrix" else table.columns[place].align
            width = sum(widths[place : place + cell.span])
            found.append(self.cell_xml(cell, width, style, align=align, bold=strong))
            place += cell.span
        return row_xml("".join(found), short=_is_short(row))

    def cell_xml(
        self, cell: Cell, width: int, style: str, *, align: str = "left", bold: bool = False, keep: bool = False
    ) -> str:
        fill, ink = COLOURS.get(cell.tone, ("", ""))
        lead = run_xml(cell.badge, bold=True, colour=ink) if cell.badge else ""
        found = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                start = f"{numbered(block.number)} " if block.number is not None else ""
                inner = run_xml(start) + self.runs(block.words, bold=bold, colour=ink)
                found.append(text_xml(lead + (run_xml(" ") if lead else "") + inner, style, align, keep=keep))
                lead = ""
            else:
                if lead:
                    found.append(text_xml(lead, style, align, keep=keep))
                    lead = ""
                found.append(self.list_xml(block.items, block.marker, style=style))
        inner = "".join(found) or text_xml(lead, style, align, keep=keep)
        return cell_xml(inner, width, cell.span, fill)

    def fact_row(self, fact: Fact, width: int, *, header: bool = False) -> str:
        label = text_xml(run_xml(fact.label, bold=True), "TableText", "left", keep=header)
        cells = cell_xml(label, _LABEL_WIDTH, 1, WASH)
        cells += self.cell_xml(fact.value, width - _LABEL_WIDTH, "TableText", bold=header, keep=header)
        return row_xml(cells, header=header, short=_is_short(fact))

    def facts(self, facts: Facts) -> None:
        width = WIDTHS[self.landscape]
        if facts.caption:
            self.paragraph(run_xml(facts.caption), style="Caption")
        self.before_table()
        rows = [self.fact_row(fact, width) for fact in facts.facts]
        if rows:
            name = facts.caption or "Facts"
            self.parts.append(table_xml(rows, [_LABEL_WIDTH, width - _LABEL_WIDTH], name, boxed=True, headed=True))
            self.paragraph("", style="Gap")

    def detail(self, detail: Detail) -> None:
        width = WIDTHS[self.landscape]
        widths = column_widths(detail.columns, (Row(detail.cells),), width=width, points=8.5)
        self.before_table()
        cells, place = [], 0
        for cell in detail.cells:
            share = sum(widths[place : place + cell.span])
            align = detail.columns[place].align
            cells.append(self.cell_xml(cell, share, "TableText", align=align, keep=True))
            place += cell.span
        across = [self.header_row(detail.columns, widths, "TableText"), row_xml("".join(cells), short=True)]
        self.parts.append(table_xml(across, widths, detail.name, boxed=True, headed=False))
        # without a paragraph between them Word would run the two tables into one
        self.parts.append('<w:p><w:pPr><w:pStyle w:val="Seam"/><w:keepNext/></w:pPr></w:p>')
        rows = [self.fact_row(fact, width, header=place == 0) for place, fact in enumerate(detail.facts)]
        self.parts.append(table_xml(rows, [_LABEL_WIDTH, width - _LABEL_WIDTH], detail.name, boxed=True, headed=True))
        self.paragraph("", style="Gap")

    def figure(self, figure: Figure) -> None:
        self.paragraph(run_xml(figure.title), style="Caption")
        relation, wide, high = self.picture(figure)
        self.pictures += 1
        said = quoteattr(f"{figure.title}. {figure.description}")
        self.paragraph(
            PICTURE.format(id=self.pictures, said=said, relation=relation, wide=wide, high=high), style="Picture"
        )
        self.paragraph(run_xml(figure.description, colour=QUIET), style="BodyText")
        if figure.table:
            self.table(figure.table)


def _is_short(part: Row | Fact) -> bool:
    return sum(map(len, block_texts(part))) < SHORT_ROW
