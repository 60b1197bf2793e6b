"""Grafts the tags of one PDF into the tree of another. Only the child imports this.

A file's tags are a tree of elements, a table from each page's number to the elements of its marked content, names of
elements that cells point at, and roles of home-made kinds. Each of these is the file's own, so in a pack each must be
made to differ from every other file's: numbers are moved up, names and clashing kinds get the part's number.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from . import tree
from .tree import as_list, is_dict


class Graft:
    """The tree of tags of a pack, as it grows."""

    def __init__(self, pdf: pikepdf.Pdf, language: str) -> None:
        self.pdf = pdf
        self.numbers: list[tuple[int, Any]] = []
        self.names: dict[str, Any] = {}
        self.roles: dict[str, str] = {}
        self.classes: dict[str, Any] = {}
        self.next = 0
        self.parts: list[Any] = []
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, Lang=String(language))
        )

    def part(self, title: str, language: str) -> Any:
        """A new part of the document."""
        element = Dictionary(Type=Name.StructElem, S=Name.Part, P=self.document, T=String(title), K=Array())
        if language:
            element.Lang = String(language)
        self.parts.append(self.pdf.make_indirect(element))
        return self.parts[-1]

    def take(self, source: pikepdf.Pdf, pages: list[Any], title: str, number: int) -> None:
        """The tags of a source whose pages have been copied already. number: of the part, to tell its names."""
        part = self.part(title, str(source.Root.get("/Lang", "")))
        held = source.Root.StructTreeRoot
        root = self.pdf.copy_foreign(held if held.is_indirect else source.make_indirect(held))
        self._rename(root, number)
        kids = [kid for kid in as_list(root.get("/K")) if is_dict(kid)]
        for kid in kids:
            kid.P = part
            if str(kid.S) == "/Document":
                kid.S = Name.Div
        part.K = Array(kids)
        self._renumber(root, pages)

    def plain(self, page: Any, part: Any) -> None:
        """A page without tags, as one paragraph: its words in the order in which they are drawn."""
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=part, Pg=page, K=0))
        part.K.append(element)
        page.StructParents = self._number(self.pdf.make_indirect(Array([element])))
        found = tree.annotations(page)
        for place, annotation in enumerate(found):
            held = annotation if annotation.is_indirect else self.pdf.make_indirect(annotation)
            found[place] = held
            kind = Name.Link if held.get("/Subtype") == Name.Link else Name.Annot
            told = Dictionary(Type=Name.OBJR, Obj=held, Pg=page)
            leaf = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=part, Pg=page, K=Array([told])))
            part.K.append(leaf)
            held.StructParent = self._number(leaf)
        if found:
            page.Annots = Array(found)

    def _number(self, what: Any) -> int:
        self.numbers.append((self.next, what))
        self.next += 1
        return self.next - 1

    def finish(self) -> None:
        """Put the tree into the file."""
        root = self.root
        self.document.K = Array(self.parts)
        root.K = Array([self.document])
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array([one for pair in self.numbers for one in pair])))
        root.ParentTreeNextKey = self.next
        if self.names:
            pairs = [one for name in sorted(self.names) for one in (String(name), self.names[name])]
            root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(pairs)))
        if self.roles:
            root.RoleMap = Dictionary({f"/{kind}": Name(f"/{role}") for kind, role in sorted(self.roles.items())})
        if self.classes:
            root.ClassMap = Dictionary(self.classes)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _renumber(self, root: Any, pages: list[Any]) -> None:
        top = -1
        for key, value in tree.entries(root.get("/ParentTree"), "/Nums"):
            self.numbers.append((self.next + int(key), value))
            top = max(top, int(key))
        moved: set[tuple[int, int]] = set()
        for page in pages:
            for owner in (page, *tree.annotations(page), *tree.forms(page)):
                if owner.objgen != (0, 0) and owner.objgen in moved:
                    continue
                moved.add(owner.objgen)
                for name in ("/StructParents", "/StructParent"):
                    if name in owner:
                        owner[name] = int(owner[name]) + self.next
                        top = max(top, int(owner[name]) - self.next)
        self.numbers.sort(key=lambda pair: pair[0])
        self.next += top + 1

    def _rename(self, root: Any, number: int) -> None:
        renamed = self._roles(root, number)
        reclassed = self._classes(root, number)
        named = "/IDTree" in root
        done: set[tuple[int, int]] = set()
        if not (renamed or reclassed or named):
            return
        for element in tree.elements(root):
            if (kind := str(element.S)) in renamed:
                element.S = Name(renamed[kind])
            if "/C" in element and reclassed:
                found = [
                    reclassed.get(str(one), str(one)) if isinstance(one, Name) else one for one in as_list(element.C)
                ]
                element.C = Array([Name(one) if isinstance(one, str) else one for one in found])
            if "/ID" in element:
                self._name(element, number)
            if "/A" in element:
                _headers(element, number, done)

    def _name(self, element: Any, number: int) -> None:
        name = _named(element.ID, number)
        element.ID = String(name)
        self.names[name] = element

    def _roles(self, root: Any, number: int) -> dict[str, str]:
        """Kinds that must be renamed because another part means something else by them."""
        renamed = {}
        roles = root.get("/RoleMap", {})
        own = {str(kind)[1:]: str(role)[1:] for kind, role in roles.items()}
        for kind, role in own.items():
            if self.roles.get(kind, role) != role:
                renamed[f"/{kind}"] = f"/{kind}-{number}"
        for kind, role in own.items():
            name = renamed.get(f"/{kind}", f"/{kind}")[1:]
            self.roles[name] = renamed.get(f"/{role}", f"/{role}")[1:]
        return renamed

    def _classes(self, root: Any, number: int) -> dict[str, str]:
        renamed = {}
        held = root.get("/ClassMap")
        for name, value in held.items() if is_dict(held) else ():
            if name in self.classes:
                renamed[name] = f"{name}-{number}"
            self.classes[renamed.get(name, name)] = value
        return renamed


def _named(name: Any, number: int) -> str:
    return f"{number}:{bytes(name).hex()}"


def _headers(element: Any, number: int, done: set[tuple[int, int]]) -> None:
    """The names of the header cells that a cell points at; attributes that several cells share are renamed once."""
    for attributes in as_list(element.A):
        if is_dict(attributes) and "/Headers" in attributes and attributes.objgen not in done:
            done |= {attributes.objgen} - {(0, 0)}
            attributes.Headers = Array([String(_named(name, number)) for name in as_list(attributes.Headers)])
