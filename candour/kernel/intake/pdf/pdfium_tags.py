"""The tree of a PDF's tags, gathered from its pages."""

import ctypes
from typing import Any

from pypdfium2 import raw

from .tree import Node


def add_tags(page: Any, number: int, root: Node) -> None:
    """Add the page's part of the tree. Each member keeps its place among its siblings, which is the same on every page."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        for n in range(raw.FPDF_StructTree_CountChildren(tree)):
            if item := raw.FPDF_StructTree_GetChildAtIndex(tree, n):
                _add_tag(item, n, number, root, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _add_tag(item: Any, at: int, number: int, above: Node, depth: int) -> None:
    node = above.nodes.get(at)
    if node is None:
        node = above.nodes[at] = Node(_tag(item), spans=(_span(item, b"ColSpan"), _span(item, b"RowSpan")))
    count = raw.FPDF_StructElement_CountChildren(item)
    node.places = max(node.places, count)
    for n in range(count):
        mcid = raw.FPDF_StructElement_GetChildMarkedContentID(item, n)
        if mcid >= 0:
            node.content.setdefault(n, []).append((number, mcid))
        elif depth < 64 and (child := raw.FPDF_StructElement_GetChildAtIndex(item, n)):
            _add_tag(child, n, number, node, depth + 1)


def _tag(item: Any) -> str:
    size = raw.FPDF_StructElement_GetType(item, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(item, buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _span(item: Any, name: bytes) -> int:
    value = ctypes.c_float()
    for n in range(max(0, raw.FPDF_StructElement_GetAttributeCount(item))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(item, n)
        found = raw.FPDF_StructElement_Attr_GetValue(attribute, name)
        if found and raw.FPDF_StructElement_Attr_GetNumberValue(found, value):
            return max(1, min(int(value.value), 200))
    return 1
