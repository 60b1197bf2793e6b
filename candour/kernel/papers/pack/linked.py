"""Where the links and bookmarks of a PDF lead, made to hold in a pack. Only the child imports this.

A link to a named place is made one to the place itself: two files may use the same name.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Name, OutlineItem, Pdf, String

from . import tree
from .front import PART
from .tree import is_dict

_DEEPEST = 6
_MOST_BOOKMARKS = 5_000


class Targets:
    """The places of one file, before its pages are copied."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        self.named = dict(self._named())

    def _named(self) -> Iterable[tuple[str, Any]]:
        for name, value in tree.entries(tree.entry(self.pdf.Root.get("/Names"), "/Dests"), "/Names"):
            yield str(name), value
        held: Any = self.pdf.Root.get("/Dests")
        for name, value in held.items() if is_dict(held) else ():
            yield str(name)[1:], value

    def resolved(self, target: Any) -> Any:
        """The place as an array that begins with a page of this file; None where there is none."""
        if isinstance(target, String):
            target = self.named.get(str(target))
        elif isinstance(target, Name):
            target = self.named.get(str(target)[1:])
        if is_dict(target):
            target = target.get("/D")
        good = isinstance(target, Array) and len(target) and is_dict(target[0]) and target[0].objgen in self.pages
        return target if good else None

    def settle(self) -> None:
        """Make every link within the file one to a place; one that leads nowhere keeps its words and leads nowhere."""
        for page in self.pdf.pages:
            for annotation in tree.annotations(page.obj):
                action = annotation.get("/A")
                if "/Dest" in annotation:
                    self._put(annotation, annotation.Dest)
                elif is_dict(action) and action.get("/S") == Name.GoTo:
                    target = action.get("/D")
                    del annotation["/A"]
                    self._put(annotation, target)

    def _put(self, annotation: Any, target: Any) -> None:
        found = self.resolved(target)
        if found is not None:
            annotation.Dest = found
        elif "/Dest" in annotation:
            del annotation["/Dest"]

    def outline(self) -> list[tuple[str, int, list[Any], list[Any]]]:
        """The bookmarks: (title, page from 0, the rest of the place, bookmarks beneath)."""
        left = [_MOST_BOOKMARKS]

        def walk(items: Iterable[OutlineItem], deep: int) -> list[Any]:
            found = []
            for item in items:
                target: Any = item.destination
                if target is None and item.action is not None and item.action.get("/S") == Name.GoTo:
                    target = item.action.get("/D")
                place = self.resolved(String(target) if isinstance(target, str) else target)
                beneath = walk(item.children, deep + 1) if deep < _DEEPEST else []
                if left[0] > 0 and place is not None:
                    left[0] -= 1
                    found.append((item.title, self.pages[place[0].objgen], list(place)[1:], beneath))
                else:
                    found += beneath
            return found

        try:
            with self.pdf.open_outline(max_depth=_DEEPEST) as outline:
                return walk(outline.root, 1)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
            return []  # bookmarks that do not read are no reason to refuse the paper

    def placed(self, items: list[Any], pages: list[Any]) -> list[OutlineItem]:
        """The bookmarks with the pages as they are in the pack."""
        found = []
        for title, place, rest, beneath in items:
            plain = [one if not isinstance(one, pikepdf.Object) or not one.is_indirect else None for one in rest]
            item = OutlineItem(title, Array([pages[place], *(plain if None not in plain else [Name.Fit])]))
            item.children.extend(self.placed(beneath, pages))
            item.is_closed = True
            found.append(item)
        return found


def link_parts(out: Pdf, front: Iterable[int], starts: Mapping[str, int], said: Mapping[str, str]) -> None:
    """Make the links of the contents lead to the parts. said: by key, what a link tells a reader who cannot see it."""
    keys = list(starts)
    for place in front:
        for annotation in tree.annotations(out.pages[place].obj):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(PART):
                key = keys[int(address.removeprefix(PART))]
                page = out.pages[starts[key]]
                del annotation["/A"]
                annotation.Dest = Array([page.obj, Name.Fit])
                annotation.Contents = String(said[key])
