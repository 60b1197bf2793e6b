"""Makes an uploaded Word file ready to be joined: what a pack must not pass on is taken out of its body.

Tracked changes are carried out as a reader sees them by the reader's rule (what is deleted is no text, what is inserted
is), comments and hidden words go, and so do files within the file. Notes at the end become words where they are marked.
"""

from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

_GONE = (
    *(
        f"{mark}{end}"
        for mark in ("moveFrom", "moveTo", "customXmlDel", "customXmlIns")
        for end in ("RangeStart", "RangeEnd")
    ),
    *("del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "altChunk"),
    *(f"{what}Change" for what in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid")),
)
_OPENED = tuple(map(qn, ("w:ins", "w:moveTo", "w:smartTag")))
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"


def clean(package: Any) -> None:
    """Clean the body of a python-docx document, in place."""
    body = package.element.body
    hidden = _hidden_styles(package)
    _cleaned(body, hidden)
    for relation in package.part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            notes = parse_xml(relation.target_part.blob)
            _cleaned(notes, hidden)
            relation.target_part._blob = etree.tostring(notes, xml_declaration=True, encoding="UTF-8", standalone=True)
    _endnotes(package, body, hidden)
    _own_lists(package, body)


def _cleaned(root: Any, hidden: set[str]) -> None:
    _deleted_rows(root)
    for element in list(root.iter(_OLE, *(qn(f"w:{name}") for name in _GONE))):
        _drop(element)
    for element in list(root.iter(*_OPENED)):
        _open(element)
    for run in list(root.iter(qn("w:r"))):
        if _is_hidden(run, hidden):
            _drop(run)


def _is_hidden(run: Any, hidden: set[str]) -> bool:
    """Whether a run is hidden, by itself or by its style or its paragraph's."""
    own = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    if own is not None:
        return _on(own)
    above = next(run.iterancestors(qn("w:p")), None)
    named = [run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")]
    named += [above.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")] if above is not None else []
    return any(one is not None and one.get(qn("w:val")) in hidden for one in named)


def _hidden_styles(package: Any) -> set[str]:
    styles = package.styles.element.iter(qn("w:style"))
    return {one.get(qn("w:styleId")) for one in styles if _on(one.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))}


def rename_places(body: Any, number: int) -> None:
    """Give the bookmarks of a part names that no other part has; links and fields follow."""
    names: dict[str, str] = {}
    for start in body.iter(qn("w:bookmarkStart")):
        name = start.get(qn("w:name"))
        names.setdefault(name, f"p{number}_{len(names) + 1}")
        start.set(qn("w:name"), names[name])
    for link in body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor in names:
            link.set(qn("w:anchor"), names[anchor])
    for said in body.iter(qn("w:instrText")):
        said.text = " ".join(names.get(word, word) for word in (said.text or "").split(" "))
    for field in body.iter(qn("w:fldSimple")):
        words = field.get(qn("w:instr"), "").split(" ")
        field.set(qn("w:instr"), " ".join(names.get(word, word) for word in words))


def _deleted_rows(body: Any) -> None:
    for mark in list(body.iter(qn("w:trPr"))):
        if mark.find(qn("w:del")) is not None:
            _drop(mark.getparent())


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _open(element: Any) -> None:
    """What stands within takes the place of what it stands in."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place + 1, child)
    parent.remove(element)


def _on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def _endnotes(package: Any, body: Any, hidden: set[str]) -> None:
    found = [relation for relation in package.part.rels.values() if relation.reltype.endswith("/endnotes")]
    if not found:
        return
    root = parse_xml(found[0].target_part.blob)
    _cleaned(root, hidden)
    said = {
        note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t")))
        for note in root.iter(qn("w:endnote"))
    }
    for reference in list(body.iter(qn("w:endnoteReference"))):
        text = parse_xml(f"<w:t {nsdecls('w')}/>")
        text.text = f" [Note: {said.get(reference.get(qn('w:id')), '').strip()}]"
        parent = reference.getparent()
        parent.replace(reference, text)
        form = parent.find(qn("w:rPr"))
        if form is not None:
            parent.remove(form)


def _own_lists(package: Any, body: Any) -> None:
    """Say at each point of a list what list it is of: in the pack, the style of the same name may be of none."""
    styles = {style.get(qn("w:styleId")): style for style in package.styles.element.iter(qn("w:style"))}
    for paragraph in body.iter(qn("w:p")):
        form = paragraph.pPr
        named = form.find(qn("w:pStyle")) if form is not None else None
        if named is None or form.find(qn("w:numPr")) is not None:
            continue
        key, deep = named.get(qn("w:val")), 0
        while key in styles and deep < 20:
            held = styles[key].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if held is not None:
                form._insert_numPr(deepcopy(held))
                break
            above = styles[key].find(qn("w:basedOn"))
            key, deep = (above.get(qn("w:val")) if above is not None else ""), deep + 1
