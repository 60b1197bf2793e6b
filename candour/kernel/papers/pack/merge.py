"""Puts PDFs together into one: pages, tags, bookmarks, links, numbers of pages, and what each page is stamped with.

Only the child imports this. What a file does beyond being read (scripts, forms, files in it) does not come along.
"""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from . import claims, look, tree
from .graft import Graft
from .linked import Targets, link_parts
from .stamp import Stamp, stamped
from .tree import is_dict
from .xmp import metadata


@dataclass
class Source:
    """A file to be put in. stamps: for each page where in the file of stamps it is. trusted: typeset here, or believed."""

    pdf: Pdf
    key: str
    label: str
    numbers: list[str]
    white: list[list[bool]]
    trusted: bool
    ours: bool


def merged(head: dict[str, Any], files: list[bytes]) -> bytes:
    """The pack. head: title, author, language, date, accessible, parts (key, label, name, numbers, white, trusted, ours).

    files: the parts in order, and last the stamps, a page for each page of theirs.
    """
    out = Pdf.new()
    graft = Graft(out, head["language"])
    stamps = Stamp(out, pikepdf.open(io.BytesIO(files[-1])))
    sources = [_source(part, content) for part, content in zip(head["parts"], files[:-1], strict=True)]
    starts: dict[str, int] = {}
    outline: list[OutlineItem] = []
    layers: list[Any] = []
    for number, source in enumerate(sources, 1):
        starts[source.key] = len(out.pages)
        outline.append(_append(out, graft, source, number))
        layers.append(look.layers(source.pdf) and out.copy_foreign(_indirect(source.pdf, "/OCProperties")))
    for place, (held, page) in enumerate((one, n) for one in sources for n in range(len(one.numbers))):
        stamped(out, out.pages[place], stamps, place, white=held.white[page], ours=held.ours)
    link_parts(out, range(len(sources[0].numbers)), starts, head["said"])
    graft.finish()
    with out.open_outline() as bookmarks:
        bookmarks.root.extend(outline)
    _labels(out, sources)
    _layers(out, [one for one in layers if one])
    _tell(out, head, sources)
    if head["accessible"]:
        _check(out)
    found = io.BytesIO()
    out.save(
        found,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        min_version=max(["1.7", *(source.pdf.pdf_version for source in sources)]),
    )
    return found.getvalue()


def _source(part: dict[str, Any], content: bytes) -> Source:
    pdf = look.opened(content, part["name"])
    if not part["ours"]:
        _still(pdf)
    return Source(pdf, part["key"], part["label"], part["numbers"], part["white"], part["trusted"], part["ours"])


def _indirect(pdf: Pdf, name: str) -> Any:
    held = pdf.Root[name]
    return held if held.is_indirect else pdf.make_indirect(held)


def _append(out: Pdf, graft: Graft, source: Source, number: int) -> OutlineItem:
    """Put the pages, tags and bookmarks of a source behind what is there. Its bookmark."""
    first = len(out.pages)
    targets = Targets(source.pdf)
    targets.settle()
    outline = targets.outline()
    keep = source.trusted or (look.tagged(source.pdf) and _tags_hold(source.pdf))
    if not keep:
        _untag(source.pdf)
    out.pages.extend(source.pdf.pages)
    pages = [out.pages[first + n].obj for n in range(len(source.numbers))]
    if keep:
        graft.take(source.pdf, pages, source.label, number)
    else:
        part = graft.part(source.label, str(source.pdf.Root.get("/Lang", "")))
        for page in pages:
            _as_one(out, page)
            graft.plain(page, part)
    for page in pages:
        page.Tabs = Name.S
    item = OutlineItem(source.label, Array([pages[0], Name.Fit]))
    item.children.extend(targets.placed(outline, pages))
    item.is_closed = True
    return item


def _tags_hold(pdf: Pdf) -> bool:
    """Whether the tags of a file that is no PDF/UA lead where they should, so that they are worth keeping."""
    broken = ("its tags", "it has marked content", "it has no tags", "it has a link or a note that no tag")
    return not any(why.startswith(broken) for why in claims.against(pdf, claim=False))


def _untag(pdf: Pdf) -> None:
    """Take numbers of marked content out of pages whose tags are missing or broken."""
    for page in pdf.pages:
        for owner in (page.obj, *tree.annotations(page.obj), *tree.forms(page.obj)):
            for name in ("/StructParents", "/StructParent"):
                if name in owner:
                    del owner[name]
        for holder in (page.obj, *tree.forms(page.obj)):
            _unmark(pdf, holder)


def _unmark(pdf: Pdf, holder: Any) -> None:
    changed: list[Any] = list(pikepdf.parse_content_stream(holder))
    marks = [place for place, one in enumerate(changed) if str(one.operator) == "BDC" and one.operands[0] != Name.OC]
    if not marks:
        return
    for place in marks:  # content that is marked for no tag is only grouped; a layer's marks stay
        changed[place] = ([Name.Span], pikepdf.Operator("BMC"))
    written = pikepdf.unparse_content_stream(changed)
    if isinstance(holder, pikepdf.Stream):
        holder.write(written)
    else:
        holder.Contents = pdf.make_stream(written)


def _as_one(out: Pdf, page: Any) -> None:
    """Mark all that a page draws as one piece, whatever it leaves open."""
    depth = marks = 0
    for _operands, said in tree.instructions(page, "BMC BDC EMC q Q"):
        depth = max(0, depth + (said == "q") - (said == "Q"))
        marks = max(0, marks + (said in ("BMC", "BDC")) - (said == "EMC"))
    held = pikepdf.Page(page)
    held.contents_add(b"/P <</MCID 0>> BDC q\n", prepend=True)
    held.contents_add(b"\n" + b"EMC " * marks + b"Q " * (depth + 1) + b"EMC\n")


def _still(pdf: Pdf) -> None:
    """Take out what a file does: scripts and other actions, fields, files and films on pages, its maker's own notes."""
    if "/AcroForm" in pdf.Root:
        widgets = [
            one for page in pdf.pages for one in tree.annotations(page.obj) if one.get("/Subtype") == Name.Widget
        ]
        if any("/AP" not in one for one in widgets):
            pdf.Root.AcroForm.NeedAppearances = True
        pdf.generate_appearance_streams()
        pdf.flatten_annotations()
    for page in pdf.pages:
        for name in ("/AA", "/PieceInfo", "/Thumb", "/B"):
            if name in page.obj:
                del page.obj[name]
        kept = [one for one in tree.annotations(page.obj) if str(one.get("/Subtype")) not in look.DROPPED]
        for annotation in kept:
            if "/AA" in annotation:
                del annotation["/AA"]
            action = annotation.get("/A")
            if is_dict(action) and (action.get("/S") in look.NEVER or "/Next" in action):
                del annotation["/A"]
        if "/Annots" in page.obj:
            page.obj.Annots = Array(kept)


def _labels(out: Pdf, sources: list[Source]) -> None:
    """What a reader calls each page: the number that is printed on it."""
    pairs: list[Any] = []
    place = 0
    before = ("", 0)
    for source in sources:
        for label in source.numbers:
            number, point, behind = label.rpartition(".")
            now = (number + point, int(behind))
            if now != (before[0], before[1] + 1):
                entry = Dictionary(S=Name.D, St=now[1])
                if now[0]:
                    entry.P = String(now[0])
                pairs += [place, entry]
            before, place = now, place + 1
    out.Root.PageLabels = out.make_indirect(Dictionary(Nums=Array(pairs)))


def _layers(out: Pdf, held: list[Any]) -> None:
    if not held:
        return
    groups = Array([group for one in held for group in one.OCGs])
    default = Dictionary(
        Name=String("Layers"),
        OFF=Array([group for one in held for group in tree.as_list(one.D.get("/OFF"))]),
        ON=Array([group for one in held for group in tree.as_list(one.D.get("/ON"))]),
    )
    hidden = [one for one in held if one.D.get("/BaseState") == Name.OFF]
    shown = {group.objgen for one in hidden for group in tree.as_list(one.D.get("/ON"))}
    default.OFF.extend(group for one in hidden for group in one.OCGs if group.objgen not in shown)
    out.Root.OCProperties = out.make_indirect(Dictionary(OCGs=groups, D=default))


def _tell(out: Pdf, head: dict[str, Any], sources: list[Source]) -> None:
    """Title, language and, where every part is, that the pack is PDF/UA."""
    root = out.Root
    root.Lang = String(head["language"])
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    stream = out.make_stream(metadata(head))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    root.Metadata = stream
    day = head["date"].replace("-", "")
    out.docinfo = out.make_indirect(
        Dictionary(
            Title=String(head["title"]),
            Author=String(head["author"]),
            Subject=String(head["marking"]),
            Creator=String("Candour"),
            CreationDate=String(f"D:{day}120000Z"),
            ModDate=String(f"D:{day}120000Z"),
        )
    )


def _check(out: Pdf) -> None:
    """The pack says that it is PDF/UA: it must pass what an upload must pass."""
    if found := claims.against(out, claim=False):
        raise RuntimeError(f"the pack would claim what it is not: {'; '.join(found)}")
