"""The words of one Word paragraph in their styles, and what hangs on them: page breaks, notes, text boxes. Pure."""

from dataclasses import dataclass, field
from typing import Any

from .marks import Piece, raised
from .word_styles import VAL, Style, Styles, W, marks_of, run_marks

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Containers whose content is the paragraph's own: links, tracked insertions, fields, controls, tags.
_THROUGH = {
    W + tag for tag in ("hyperlink", "ins", "moveTo", "fldSimple", "smartTag", "customXml", "sdtContent", "dir", "bdo")
}
_GONE = {W + "del", W + "moveFrom"}
_CHARACTERS = {"tab": "\t", "noBreakHyphen": "-", "cr": "\n", "ptab": "\t"}
_BOX = W + "txbxContent"
DEEPEST = 60  # containers within containers


@dataclass
class Words:
    """What one paragraph holds. turns: page breaks before its first word and after it, explicit or as last printed."""

    pieces: list[Piece] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    turned: dict[str, list[int]] = field(default_factory=lambda: {"printed": [0, 0], "asked": [0, 0]})

    @property
    def text(self) -> str:
        return "".join(text for text, _marks in self.pieces)


def words_of(paragraph: Any, style: Style, styles: Styles) -> Words:
    """Everything in the paragraph, in order."""
    found = Words()
    _Runs(found, style, styles).inside(paragraph, 0)
    return found


class _Runs:
    def __init__(self, found: Words, style: Style, styles: Styles) -> None:
        self.found, self.style, self.styles = found, style, styles

    def inside(self, parent: Any, deep: int) -> None:
        if deep > DEEPEST:
            return
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self.run(child)
            elif tag in _THROUGH:
                self.inside(child, deep + 1)
            elif tag == W + "sdt":
                self.control(child, deep)
            elif tag in _GONE:
                self.found.deleted.append("".join(part.text or "" for part in child.iter(W + "delText", W + "t")))
            elif tag == W + "commentRangeStart":
                self.found.comments.append(child.get(W + "id", ""))
            elif isinstance(tag, str) and tag.startswith(M):
                self.found.pieces.append(("".join(part.text or "" for part in child.iter(M + "t")), frozenset()))

    def control(self, control: Any, deep: int) -> None:
        """A content control; the words that ask to click it are nobody's."""
        form = control.find(W + "sdtPr")
        if form is not None and form.find(W + "showingPlcHdr") is not None:
            return
        for content in control.iterchildren(W + "sdtContent"):
            self.inside(content, deep + 1)

    def run(self, run: Any) -> None:
        form = run.find(W + "rPr")
        marks, lifted = self._marks(form) if form is not None or self.style.marks else (frozenset(), False)
        for child in run:
            tag = child.tag
            if tag == W + "t":
                text = child.text or ""
                self._add(raised(text) if lifted else text, marks)
            elif tag == W + "br":
                self._break(child, marks)
            elif tag == W + "lastRenderedPageBreak":
                self._turn("printed")
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnotes" if tag.endswith("footnoteReference") else "endnotes"
                self.found.notes.append((kind, child.get(W + "id", "")))
            elif tag == W + "commentReference":
                if child.get(W + "id", "") not in self.found.comments:
                    self.found.comments.append(child.get(W + "id", ""))
            elif tag == W + "sym":
                self._add(_symbol(child.get(W + "char", "")), marks)
            elif tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
                self._boxes(child)
            elif isinstance(tag, str) and (sign := _CHARACTERS.get(tag.removeprefix(W))):
                self._add(sign, marks)

    def _marks(self, form: Any) -> tuple[frozenset[str], bool]:
        named = form.find(W + "rStyle") if form is not None else None
        own = self.styles.get(named.get(VAL, "")).marks if named is not None else {}
        lift = form.find(W + "vertAlign") if form is not None else None
        return marks_of(self.style.marks, own, run_marks(form)), lift is not None and lift.get(VAL) == "superscript"

    def _add(self, text: str, marks: frozenset[str]) -> None:
        if "hidden" in marks:
            self.found.hidden.append(text)
        else:
            self.found.pieces.append((text, marks))

    def _break(self, element: Any, marks: frozenset[str]) -> None:
        if element.get(W + "type") == "page":
            self._turn("asked")
        self._add("\n", marks)

    def _turn(self, kind: str) -> None:
        self.found.turned[kind][1 if self.found.text.strip() else 0] += 1

    def _boxes(self, element: Any) -> None:
        """The text boxes drawn here. Word writes each twice, for new readers and old: one of the two is taken."""
        if element.tag == MC + "AlternateContent":
            kinds = [one for one in element if one.tag in (MC + "Choice", MC + "Fallback")]
            chosen = next((one for one in kinds if one.find(f".//{_BOX}") is not None), None)
            outer = [] if chosen is None else [chosen]
        else:
            outer = [element]
        for one in outer:
            for box in one.iter(_BOX):
                if not any(above.tag == _BOX for above in box.iterancestors() if above in self.found.boxes):
                    self.found.boxes.append(box)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
