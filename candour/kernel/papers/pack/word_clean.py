"""Makes an uploaded Word file ready to be joined: what a pack must not pass on is taken out of its body.

Tracked changes are carried out as a reader sees them by the reader's rule (what is deleted is no text, what is inserted
is), comments and hidden words go, and so do files within the file. Notes at the end become words where they are marked.
"""

from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_GONE = tuple(
    map(
        qn, ("w:del", "w:moveFrom", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef")
    )
)
_GONE += tuple(qn(f"w:{name}RangeStart") for name in ("moveFrom", "moveTo", "customXmlDel", "customXmlIns")) + tuple(
    qn(f"w:{name}RangeEnd") for name in ("moveFrom", "moveTo", "customXmlDel", "customXmlIns")
)
_GONE += tuple(
    map(
        qn,
        (
            "w:rPrChange",
            "w:pPrChange",
            "w:sectPrChange",
            "w:tblPrChange",
            "w:trPrChange",
            "w:tcPrChange",
            "w:tblGridChange",
        ),
    )
)
_OPENED = tuple(map(qn, ("w:ins", "w:moveTo", "w:smartTag")))
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"


def clean(package: Any) -> None:
    """Clean the body of a python-docx document, in place."""
    body = package.element.body
    _deleted_rows(body)
    for element in list(body.iter(*_GONE, _OLE, qn("w:altChunk"))):
        _drop(element)
    for element in list(body.iter(*_OPENED)):
        _open(element)
    for run in list(body.iter(qn("w:r"))):
        form = run.find(qn("w:rPr"))
        if form is not None and _on(form.find(qn("w:vanish"))):
            _drop(run)
    _endnotes(package, body)
    _own_lists(package, body)


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


def _endnotes(package: Any, body: Any) -> None:
    found = [relation for relation in package.part.rels.values() if relation.reltype.endswith("/endnotes")]
    if not found:
        return
    root = parse_xml(found[0].target_part.blob)
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
