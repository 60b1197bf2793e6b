"""The trees of a PDF: tags, numbers and names. Only the child process imports this: it knows pikepdf."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

MOST = 2_000_000  # entries of one tree; a file with more was made to keep a reader busy


class Tangled(ValueError):
    """A tree that is no tree: it runs in a circle, is too large or holds what it may not."""


def is_dict(value: Any) -> bool:
    return isinstance(value, Dictionary | Stream)


def as_list(value: Any) -> list[Any]:
    """What stands in an array, or the one thing that stands in its place."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def entries(tree: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    """(key, value) of a number tree (leaf "/Nums") or a name tree ("/Names"), which may have limbs."""
    seen: set[tuple[int, int]] = set()
    left = [tree] if is_dict(tree) else []
    while left:
        limb = left.pop()
        if limb.objgen != (0, 0):
            if limb.objgen in seen or len(seen) > MOST:
                raise Tangled(leaf)
            seen.add(limb.objgen)
        pairs = as_list(limb.get(leaf))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        left.extend(kid for kid in reversed(as_list(limb.get("/Kids"))) if is_dict(kid))


def elements(root: Any) -> Iterator[Any]:
    """Every element beneath the root of the tags (itself left out), once each, parents first."""
    seen: set[tuple[int, int]] = set()
    left = [kid for kid in reversed(as_list(root.get("/K"))) if is_dict(kid)]
    count = 0
    while left:
        element = left.pop()
        if "/S" not in element:
            continue
        count += 1
        if element.objgen != (0, 0):
            if element.objgen in seen:
                raise Tangled("an element has two places")
            seen.add(element.objgen)
        if count > MOST:
            raise Tangled("elements")
        yield element
        left.extend(kid for kid in reversed(as_list(element.get("/K"))) if is_dict(kid))


def marked(element: Any) -> Iterator[tuple[Any, int]]:
    """(page or form that holds it, number) of the marked content that an element holds itself."""
    page = element.get("/Pg")
    for kid in as_list(element.get("/K")):
        if isinstance(kid, int):
            yield page, kid
        elif is_dict(kid) and kid.get("/Type") == Name.MCR:
            yield kid.get("/Stm", kid.get("/Pg", page)), int(kid.MCID)


def annotations(page: Any) -> list[Any]:
    return [annotation for annotation in as_list(page.get("/Annots")) if is_dict(annotation)]


def forms(page: Any) -> Iterator[Any]:
    """The form XObjects that a page draws or may draw, those within others too, once each."""
    seen: set[tuple[int, int]] = set()
    left = [resources_of(page)]
    while left:
        resources = left.pop()
        if not is_dict(resources):
            continue
        held = resources.get("/XObject")
        for one in held.values() if is_dict(held) else ():
            if isinstance(one, Stream) and one.get("/Subtype") == Name.Form and one.objgen not in seen:
                seen.add(one.objgen)
                yield one
                left.append(one.get("/Resources"))


def resources_of(page: Any) -> Any:
    return inherited(page, "/Resources")


def inherited(page: Any, name: str) -> Any:
    """An entry of the page, or of the nearest node above that has it."""
    node, deep = page, 0
    while is_dict(node) and deep < 100:
        if name in node:
            return node[name]
        node, deep = node.get("/Parent"), deep + 1
    return None


def text(value: Object | None) -> str:
    return "" if value is None else str(value)


def entry(thing: Any, name: str, otherwise: Any = None) -> Any:
    """An entry of what may be no dictionary."""
    return thing.get(name, otherwise) if is_dict(thing) else otherwise


def instructions(holder: Any, operators: str = "") -> Iterator[tuple[Any, str]]:
    """(operands, operator) of the content of a page or form; operators: those alone, with a space between."""
    for instruction in pikepdf.parse_content_stream(holder, operators):
        yield instruction.operands, str(instruction.operator)
