"""Whether a PDF that says it is PDF/UA-1 may be believed: what its tags must hold for a reader to read them.

No full validation: it looks at what goes wrong in practice and at what merging relies on. Only the child imports it.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from . import tree
from .tree import Tangled, as_list, is_dict

CLAIM = "it does not say that it is PDF/UA"
_PAINTS = "S s f F f* B B* b b* sh Do Tj TJ ' \""
_MARKS = "BDC BMC EMC"
_KINDS = """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl
LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
Figure Formula Form"""
_STANDARD = frozenset(re.findall(r"\S+", _KINDS))


def against(pdf: pikepdf.Pdf, claim: bool = True) -> list[str]:
    """What stands against believing the file, in words; [] where nothing does. claim: it must also say what it is."""
    found = [CLAIM] if claim and not claims(pdf) else []
    root = pdf.Root
    if not is_dict(root.get("/StructTreeRoot")):
        return [*found, "it has no tags for screen readers"]
    info = root.get("/MarkInfo")
    if not bool(tree.entry(info, "/Marked", False)) or bool(tree.entry(info, "/Suspects", False)):
        found.append("it does not stand by its tags")
    if not str(root.get("/Lang", "")).strip():
        found.append("it does not say its language")
    try:
        return [*found, *dict.fromkeys(_tags(pdf))]
    except (Tangled, pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        return [*found, f"its tags do not read ({type(error).__name__})"]


def claims(pdf: pikepdf.Pdf) -> bool:
    """Whether the file's metadata says PDF/UA part 1, and it has a title that is shown."""
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            part = str(metadata.get("{http://www.aiim.org/pdfua/ns/id/}part", ""))
            title = str(metadata.get("dc:title", ""))
    except Exception:  # metadata that does not read says nothing
        return False
    shown = tree.entry(pdf.Root.get("/ViewerPreferences"), "/DisplayDocTitle", False)
    return part.strip() == "1" and bool(title.strip()) and bool(shown)


def _tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root.StructTreeRoot
    parents = {int(key): value for key, value in tree.entries(root.get("/ParentTree"), "/Nums")}
    held = _held(root)
    yield from _elements(root)
    pages = {page.obj.objgen for page in pdf.pages}
    if any(holder not in pages and not form for (holder, _number), form in held.items()):
        yield "its tags point at pages that it does not have"
    seen: set[tuple[tuple[int, int], int]] = set()
    for page in pdf.pages:
        yield from _page(page.obj, parents, held, seen)
    if set(held) - seen:
        yield "its tags name content that is not there"


def _held(root: Any) -> dict[tuple[tuple[int, int], int], bool]:
    """{(page or form, number): whether a form holds it} of all the marked content in the tree."""
    found = {}
    for element in tree.elements(root):
        for holder, number in tree.marked(element):
            if holder is None or (holder.objgen, number) in found:
                raise Tangled("marked content without a page, or of two elements")
            found[holder.objgen, number] = isinstance(holder, Stream)
    return found


def _elements(root: Any) -> Iterator[str]:
    roles = root.get("/RoleMap", {})
    for element in tree.elements(root):
        kind = _role(str(element.S)[1:], roles)
        if kind not in _STANDARD:
            yield f"it has tags of a kind that no reader knows ({kind})"
        if kind in ("Figure", "Formula") and not (tree.text(element.get("/Alt")) or "/ActualText" in element):
            yield "it has a picture without words for it"


def _role(kind: str, roles: Any) -> str:
    for _turn in range(10):
        mapped = roles.get(f"/{kind}")
        if kind in _STANDARD or mapped is None:
            return kind
        kind = str(mapped)[1:]
    return kind


def _page(page: Any, parents: dict[int, Any], held: Any, seen: set) -> Iterator[str]:
    for owner, number, loose in content(page):
        if loose:
            yield "it has content that is neither tagged nor marked as decoration"
            continue
        key = owner.get("/StructParents")
        row = parents.get(int(key)) if key is not None else None
        element = row[number] if isinstance(row, Array) and 0 <= number < len(row) else None
        if not is_dict(element) or (owner.objgen, number) not in held:
            yield "it has marked content that no tag knows"
        elif not any(n == number and where.objgen == owner.objgen for where, n in tree.marked(element)):
            yield "its tags and its pages do not agree"
        seen.add((owner.objgen, number))
    for annotation in tree.annotations(page):
        if annotation.get("/Subtype") == Name.Popup or int(annotation.get("/F", 0)) & 2:
            continue
        key = annotation.get("/StructParent")
        if key is None or not is_dict(parents.get(int(key))):
            yield "it has a link or a note that no tag knows"
        if annotation.get("/Subtype") == Name.Link and not tree.text(annotation.get("/Contents")):
            yield "it has a link without words for it"
    if any(not _embedded(font) for font in _fonts(page)):
        yield "it does not carry all its fonts"


def content(page: Any) -> Iterator[tuple[Any, int, bool]]:
    """(holder, number, False) for each piece of marked content, (page, 0, True) where something is painted outside any."""
    return _content(page, page, tree.resources_of(page), [], 0)


def _content(holder: Any, page: Any, resources: Any, outer: list[str], deep: int) -> Iterator[tuple[Any, int, bool]]:
    if deep > 20:
        raise Tangled("forms in forms")
    stack: list[str] = []
    for operands, said in tree.instructions(holder, f"{_MARKS} {_PAINTS} EI"):
        if said == "EMC":
            if stack:
                stack.pop()
        elif said in ("BDC", "BMC"):
            number = _number(operands[1], resources) if said == "BDC" and len(operands) > 1 else None
            stack.append("artifact" if operands[0] == Name.Artifact else "plain" if number is None else "tagged")
            if number is not None and stack[-1] == "tagged":
                yield holder, number, False
        elif said == "Do" and (form := _form(operands[0], resources)) is not None:
            inner = [*outer, *stack]
            yield from _content(form, page, form.get("/Resources", resources), inner, deep + 1)
        elif not {"artifact", "tagged"} & {*outer, *stack}:
            yield page, 0, True


def _number(properties: Any, resources: Any) -> int | None:
    if isinstance(properties, Name):
        properties = resources.get("/Properties", {}).get(str(properties)) if is_dict(resources) else None
    found = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    return None if found is None else int(found)


def _form(name: Any, resources: Any) -> Any:
    found = resources.get("/XObject", {}).get(str(name)) if is_dict(resources) else None
    return found if isinstance(found, Stream) and found.get("/Subtype") == Name.Form else None


def _fonts(page: Any) -> Iterator[Any]:
    for resources in (tree.resources_of(page), *(form.get("/Resources") for form in tree.forms(page))):
        held: Any = tree.entry(resources, "/Font")
        yield from (font for font in (held.values() if is_dict(held) else ()) if is_dict(font))


def _embedded(font: Any) -> bool:
    if font.get("/Subtype") == Name.Type3:
        return True
    inner = as_list(font.get("/DescendantFonts"))
    font = inner[0] if inner and is_dict(inner[0]) else font
    descriptor = font.get("/FontDescriptor")
    return is_dict(descriptor) and any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
