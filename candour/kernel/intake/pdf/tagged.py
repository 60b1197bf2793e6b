"""Blocks from the tags of a PDF: its own headings, lists and tables, whole over page breaks. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..document import Block, Cell, Paragraph, Place, Row, SetAside, Table
from ..tidy import REPEATED
from .rows import ABOVE, LEFT, padded
from .sheet import Sheet, Word, holds
from .tree import GROUPS, INLINE, Content, Node
from .words import Habits, lines_in_order, paragraphs, with_number

LEFT_OUT = "Words that the tags of the file leave out"
PICTURED = "Words inside a picture"
_HEADING = re.compile(r"^H([1-6]?)$")


@dataclass
class Found:
    """A block and the pages it runs over."""

    block: Block
    first: int
    last: int


@dataclass
class Tagged:
    """The whole file by its tags. `used` is the marked content that the tags account for."""

    sheets: Sequence[Sheet]
    habits: Habits
    found: list[Found] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)  # ids of words that only repeat a table's header

    def __post_init__(self) -> None:
        self.by_content: dict[Content, list[Word]] = {}
        self.page_of: dict[int, int] = {}
        for sheet in self.sheets:
            for word in sheet.words:
                if word.mcid >= 0 and not word.artifact:
                    self.by_content.setdefault((sheet.number, word.mcid), []).append(word)
                    self.page_of[id(word)] = sheet.number
        self.tables: dict[int, int] = {}
        self.inside = 0  # cells around the block that is read
        self.foot: list[list[Word]] = []  # the words of the last row of the table before, where nothing stands between
        self.counts: dict[int, int] = {}
        self.joined: list[Table] = []

    def read(self, root: Node) -> None:
        for block in self._blocks(root, 0):
            before = self.found[-1].block if self.found else None
            if isinstance(block, Table) and isinstance(before, Table) and block in self.joined[-1:]:
                self._add(padded([*before.rows, *block.rows]), instead=True)
                continue
            if not isinstance(block, Table):
                self.foot = []
            self._add(block)

    def _add(self, block: Block, *, instead: bool = False) -> None:
        pages = [row.place.page for row in block.rows] if isinstance(block, Table) else [block.place.page]
        self.found[len(self.found) - instead :] = [Found(block, min(pages), max(pages))]

    def _words(self, content: Sequence[Content]) -> list[Word]:
        return [word for one in content for word in self.by_content.get(one, ())]

    def _blocks(self, node: Node, depth: int) -> Iterator[Block]:
        """The blocks inside a tag; loose words between them are paragraphs. depth: lists around it."""
        loose: list[Content] = []
        if table := self._side_by_side(node):
            yield table
            return
        for member in node.members():
            if not isinstance(member, Node):
                if node.kind in GROUPS and self._stands_off(loose, member):
                    yield from self._said(loose, depth)
                    loose = []
                loose.extend(member)
            elif member.kind in INLINE and not any(inner.kind not in INLINE for inner in member.all_nodes()):
                content = list(member.all_content())
                if node.kind in GROUPS and self._stands_off(loose, content):
                    yield from self._said(loose, depth)
                    loose = []
                loose.extend(content)
            else:
                yield from self._said(loose, depth)
                loose = []
                yield from self._block(member, depth)
        yield from self._said(loose, depth)

    def _stands_off(self, before: Sequence[Content], after: Sequence[Content]) -> bool:
        """Whether words of a group that has no paragraphs stand off from those before: further than a line below."""
        above, below = self._words(before), self._words(after)
        if not above or not below:
            return False
        size = max(above[-1].size, below[0].size)
        return before[-1][0] != after[0][0] or not -size < below[0].base - above[-1].base < 1.5 * size

    def _block(self, node: Node, depth: int) -> Iterator[Block]:
        if node.kind == "Table":
            yield from self._table(node)
        elif node.kind == "Title" or _HEADING.match(node.kind):
            level = int(node.kind[1:] or 1) if node.kind != "Title" else 1
            yield from self._said(list(node.all_content()), depth, kind="heading", level=level)
        elif node.kind == "L":
            for member in node.parts:
                yield from self._block(member, depth + (member.kind == "L"))
        elif node.kind == "LI":
            yield from self._item(node, depth)
        elif node.kind == "Figure":
            words = self._words(list(node.all_content()))
            if words:
                place = Place(page=min(page for page, _ in node.all_content()))
                self.aside.append(SetAside(place, " ".join(word.text for word in words), PICTURED))
        else:
            yield from self._blocks(node, depth)

    def _item(self, node: Node, depth: int) -> Iterator[Block]:
        """An item's sign and words; what stands in it after its first words follows as items one deeper."""
        labels = [part for part in node.parts if part.kind == "Lbl"]
        sign = "".join(word.text for part in labels for word in self._words(list(part.all_content())))
        body = Node("LBody", {n: part for n, part in node.nodes.items() if part.kind != "Lbl"}, node.content)
        for n, block in enumerate(self._blocks(body, depth)):
            if isinstance(block, Table):
                yield Paragraph(Cell((block,)).text, block.place, kind="item", depth=depth + 1)
            elif n or block.kind == "item":
                yield block if block.depth > depth else replace(block, kind="item", depth=depth + 1)
            else:
                counted = sign and any(letter.isalnum() for letter in sign)
                text = f"{sign} {block.text}" if counted else block.text
                yield replace(block, text=text, kind="item", marker=sign or "•", depth=depth)

    def _said(self, content: Sequence[Content], depth: int, **given: object) -> Iterator[Paragraph]:
        words = self._words(content)
        if not words:
            return
        place = Place(page=next(page for page, mcid in content if self.by_content.get((page, mcid))))
        lines, signs = lines_in_order(words), not given and not depth
        for block in paragraphs(lines, place, self.habits, signs=signs, inside=self.inside > 0, **given):
            yield block if given or depth or self.inside else with_number(block)

    # Tables

    def _side_by_side(self, node: Node) -> Table | None:
        """Parts of a tag that stand beside each other in pairs are the rows of a table, such as the facts of a meeting."""
        parts = list(node.parts)
        if len(parts) < 4 or len(parts) % 2 or node.content or any(part.kind != "Div" for part in parts):
            return None
        words = [self._words(list(part.all_content())) for part in parts]
        if not all(words):
            return None
        pairs = list(zip(range(0, len(parts), 2), range(1, len(parts), 2), strict=True))
        for left, right in pairs:
            a, b = words[left][0], words[right][0]
            if abs(a.base - b.base) > 1 or b.x0 <= max(word.x1 for word in words[left]):
                return None
        rows = [Node("TR", {0: parts[left], 1: parts[right]}) for left, right in pairs]
        return next((one for one in self._table(Node("Table", dict(enumerate(rows)))) if isinstance(one, Table)), None)

    def _table(self, node: Node) -> Iterator[Block]:
        """The table, its caption before it. One drawn onto the foot of the table before carries on its count of rows."""
        for part in node.parts:
            if part.kind == "Caption":
                yield from self._blocks(part, 0)
        lines = list(_rows(node))
        words = [self._words(list(line.all_content())) for line, _ in lines]
        joins = bool(self.foot) and not self.inside and self._adjoins(self.foot[-1], next(filter(None, words), []))
        counts = self.counts if joins else {}  # page -> rows of this table on it
        heads = sum(head for _, head in lines) or 1
        spans: dict[int, int] = {}  # column -> rows that a cell above still covers
        rows: list[Row] = []
        for line, _ in lines:
            pages = sorted({page for page, mcid in line.all_content() if self.by_content.get((page, mcid))})
            for page in pages or [rows[-1].place.page if rows else 1]:
                if page not in counts:
                    self.tables[page] = self.tables.get(page, 0) + 1
                    counts[page] = self._repeats(rows[:heads], page) if len(rows) >= heads else 0
                counts[page] += 1
            place = Place(page=pages[0] if pages else page, table=self.tables[page], row=counts[page])
            cells = tuple(self._cells(line, spans))
            rows.append(Row(cells, place, "\t".join(cell.raw for cell in cells)))
        if rows:
            table = padded(rows)
            if not self.inside:
                self.foot, self.counts = [*filter(None, words)][-1:], counts
                self.joined += [table] if joins else []
            yield table

    def _adjoins(self, foot: Sequence[Word], head: Sequence[Word]) -> bool:
        """Whether one line and no more lies between the last words of a table and the first of the next."""
        if not head or self.page_of[id(foot[-1])] != self.page_of[id(head[0])]:
            return False
        page = self.sheets[self.page_of[id(head[0])] - 1]
        start, end = max(word.base for word in foot), min(word.y0 for word in head) + 2
        across = min(word.x0 for word in head)
        ys = [rule.at for rule in page.rules if rule.flat and rule.start - 9 <= across <= rule.end]
        ys += [y for fill in page.fills if fill.box[0] - 9 <= across <= fill.box[2] for y in (fill.box[1], fill.box[3])]
        between = [y for y in ys if start < y < end]
        return bool(between) and max(between) - min(between) < 3

    def _cells(self, line: Node, spans: dict[int, int]) -> list[Cell]:
        """The cells of a row in their columns; spans: column -> rows that a cell above still covers."""
        cells: list[Cell] = []
        for part in line.cells():
            _fill(cells, spans)
            self.inside += 1
            blocks = tuple(self._blocks(part, 0))
            self.inside -= 1
            raw = "\n".join(block.raw for block in blocks if isinstance(block, Paragraph))
            columns, down = part.spans
            spans.update({len(cells) + n: down - 1 for n in range(columns) if down > 1})
            fill = self._filled(list(part.all_content()))
            cells += [Cell(blocks, raw, fill, columns, down), *[LEFT] * (columns - 1)]
        _fill(cells, spans)
        return cells

    def _filled(self, content: Sequence[Content]) -> tuple[str, ...]:
        """The colour painted under a cell's first word."""
        words = self._words(content)
        page = next((page for page, mcid in content if self.by_content.get((page, mcid))), 0)
        under = [fill for fill in self.sheets[page - 1].fills if words and holds(fill.box, words[0])]
        return (f"fill:{under[-1].colour}",) if under else ()

    def _repeats(self, rows: Sequence[Row], page: int) -> int:
        """How many rows of the table's header the page repeats: all (they are set aside) or none."""
        header = "".join("".join(text.split()) for row in rows for text in row.texts)
        words = [word for word in self.sheets[page - 1].words if word.artifact and id(word) not in self.repeated]
        for start in range(len(words)):
            said, end = "", start
            while end < len(words) and len(said) < len(header) and header.startswith(said):
                said, end = said + words[end].text, end + 1
            if said == header and header:
                self.repeated.update(id(word) for word in words[start:end])
                place = Place(page=page, table=self.tables[page])
                self.aside += [SetAside(place, " | ".join(filter(None, row.texts)), REPEATED) for row in rows]
                return len(rows)
        return 0


def _rows(node: Node) -> Iterator[tuple[Node, bool]]:
    """(row, whether it is of the header)."""
    for part in node.parts:
        if part.kind == "TR":
            yield part, node.kind == "THead"
        elif part.kind in ("THead", "TBody", "TFoot", "Div", "Sect", "NonStruct"):
            yield from _rows(part)


def _fill(cells: list[Cell], spans: dict[int, int]) -> None:
    """What stands where a cell of a row above still reaches down."""
    while spans.get(len(cells), 0):
        spans[len(cells)] -= 1
        cells.append(ABOVE)
