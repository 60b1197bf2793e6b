"""The tree of a PDF's tags, joined over its pages: what is a heading, a list, a table, and which marked content it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Content = tuple[int, int]  # page, marked content

INLINE = {
    "Span", "Link", "Quote", "Em", "Strong", "Sub", "Code", "Reference", "Annot", "BibEntry", "Ruby", "RB", "RT", "RP",
    "Warichu", "WT", "WP", "FENote", "Formula",
}  # fmt: skip
# Tags that hold blocks, and say nothing of the words that stand in them without one.
GROUPS = {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "NonStruct", "Private", "BlockQuote"}


@dataclass
class Node:
    """One tag. Its members, tags and marked content alike, stand under their places among their siblings."""

    kind: str
    nodes: dict[int, "Node"] = field(default_factory=dict)
    content: dict[int, list[Content]] = field(default_factory=dict)
    spans: tuple[int, int] = (1, 1)  # columns, rows
    places: int = 0  # members that it has; those that hold nothing, such as an empty cell, are not among its nodes

    @property
    def parts(self) -> list["Node"]:
        return [self.nodes[place] for place in sorted(self.nodes)]

    def cells(self) -> Iterator["Node"]:
        """The cells of a row, those too that hold nothing."""
        for place in range(max(self.places, 1 + max(self.nodes, default=-1))):
            if place in self.nodes:
                yield self.nodes[place]
            elif place not in self.content:
                yield Node("TD")

    def members(self) -> Iterator["Node | list[Content]"]:
        """Tags and marked content in the order of reading."""
        for place in sorted({*self.nodes, *self.content}):
            if place in self.content:
                yield self.content[place]
            else:
                yield self.nodes[place]

    def all_content(self) -> Iterator[Content]:
        for member in self.members():
            if isinstance(member, Node):
                yield from member.all_content()
            else:
                yield from member

    def all_nodes(self) -> Iterator["Node"]:
        yield self
        for node in self.nodes.values():
            yield from node.all_nodes()
