"""A second look at the tags of a pack, written apart from the code that makes and checks them."""

import io
import re

import page
import pikepdf

LIMITS = page.SafetyLimits(max_reference_depth=1_000_000)


def failures(pdf: bytes) -> list[str]:
    """What PDF/UA-1 has against the file."""
    report = page.validate_pdf_bytes(pdf, profile="ua1", limits=LIMITS)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def claims(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as held:
        return b"<pdfuaid:part>1</pdfuaid:part>" in held.Root.Metadata.read_bytes()


def troubles(content: bytes) -> list[str]:
    """Every page's numbers resolve, no marked content dangles, one Document, every name once."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        top = [str(kid.S) for kid in root.K]
        if top != ["/Document"]:
            found.append(f"the root holds {top}")
        nums = list(root.ParentTree.Nums)
        keys = [int(key) for key in nums[::2]]
        if keys != sorted(set(keys)):
            found.append("the table of parents is not in order")
        if int(root.ParentTreeNextKey) <= max(keys):
            found.append("the next key has been given")
        parents = dict(zip(keys, nums[1::2], strict=True))
        known, names = _walk(root)
        if len(names) != len(set(names)):
            found.append("two elements have one name")
        ids = [str(name) for name in root.IDTree.Names[::2]] if "/IDTree" in root else []
        if sorted(names) != sorted(ids):
            found.append("the table of names does not agree with the elements")
        used = [int(one.obj.StructParents) for one in pdf.pages if "/StructParents" in one.obj]
        if len(used) != len(set(used)):
            found.append("two pages have one number")
        for number, held in enumerate(pdf.pages, 1):
            found += _page(held, number, parents, known)
        if known:
            found.append(f"{len(known)} elements hold content that no page has")
    return found


def _page(held, number: int, parents, known) -> list[str]:
    found = []
    said = held.obj.Contents
    body = b"\n".join(one.read_bytes() for one in (said if isinstance(said, pikepdf.Array) else [said]))
    marks = {int(one) for one in re.findall(rb"/MCID\s+(\d+)", body)}
    row = parents.get(int(held.obj.get("/StructParents", -1)))
    for mark in marks:
        element = row[mark] if row is not None and mark < len(row) else None
        if element is None or (held.obj.objgen, mark) not in known:
            found.append(f"page {number}: content {mark} has no element")
        known.discard((held.obj.objgen, mark))
    for annotation in held.obj.get("/Annots", []):
        if int(annotation.get("/StructParent", -1)) not in parents:
            found.append(f"page {number}: a link has no element")
    return found


def _walk(root):
    known, names, seen = set(), [], set()
    left = list(root.K)
    while left:
        element = left.pop()
        assert element.objgen not in seen or element.objgen == (0, 0)
        seen.add(element.objgen)
        if "/ID" in element:
            names.append(str(element.ID))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                known.add((element.Pg.objgen, kid))
            elif kid.get("/Type") == "/MCR":
                known.add((kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)))
            elif "/S" in kid:
                assert kid.P.objgen == element.objgen
                left.append(kid)
    return known, names
