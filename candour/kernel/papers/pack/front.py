"""The first pages of a pack as a paper: contents, what is not accessible, numbers not used, versions. Pure Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    Row,
    Run,
    Table,
    bold,
    bullets,
    cell,
    link,
    para,
    words,
)

from .numbers import spans
from .parts import Front, Labels, NotAccessible, Part, Upload, highest

PART = "https://part.invalid/"  # the link of the contents to the part of this place; RFC 2606 keeps it from being real

IN_WORD = (
    "Numbers of pages are those of the PDF, and each paper begins here on the same number. A paper that is a PDF is not "
    "repeated here: a link leads to it."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the contents say of the parts besides their pages. unused: numbers of pages that no part has any more."""

    not_accessible: tuple[NotAccessible, ...] = ()
    unused: tuple[str, ...] = ()
    word: bool = False


def contents(front: Front, parts: Sequence[Part], numbers: Mapping[str, Labels], told: Told) -> Document:
    """The first pages. numbers: by key, the pages of each part."""
    blocks: list[Block] = [Heading(1, "Contents"), _table(parts, numbers, told)]
    if told.word:
        blocks.append(para(IN_WORD))
    blocks += _files(parts, told)
    if told.unused:
        blocks.append(
            para(f"Not used in this version: page {spans(told.unused)}. No other page has changed its number.")
        )
    if front.versions:
        blocks += [Heading(1, "Versions"), _versions(front)]
    return Document(
        title=title_of(front),
        body_name=front.body_name,
        blocks=tuple(blocks),
        subtitle=front.subtitle,
        marking=highest(front, tuple(parts)),
        draft=front.draft,
        meta=front.meta,
        date=front.date,
        language=front.language,
    )


def title_of(front: Front) -> str:
    return f"{front.title}: supplement {front.supplement}" if front.supplement else front.title


def foot_of(front: Front, part: Part | None) -> str:
    """What stands at the foot of a page beside its number."""
    item = f"Item {part.number}: {part.heading}" if part and part.number else ""
    said = item or (part.heading if part else "Contents")
    return f"Supplement {front.supplement}: {said}" if front.supplement else said


def link_words(part: Part, numbers: Mapping[str, Labels]) -> str:
    """What a link of the contents tells a reader who cannot see where it stands."""
    return f"{part.label}, page {numbers[part.key][0]}"


def _table(parts: Sequence[Part], numbers: Mapping[str, Labels], told: Told) -> Table:
    columns = (
        Column("Item", 7, kind="reference"),
        Column("Paper", 45),
        Column("Marking", 16),
        Column("Pages", 12, kind="reference"),
    )
    barred = {one.key: one for one in told.not_accessible}
    rows = []
    for place, part in enumerate(parts, 1):
        target = f"{PART}{place}"
        name: list[str | Run] = [link(part.heading, target)]
        if part.key in barred:
            name.append("\nNot accessible: see below")
        numbered = spans(numbers[part.key])
        rows.append(Row((cell(part.number), cell(*name), cell(part.marking), cell(link(numbered, target)))))
    return Table("Papers, in the order of the meeting", columns, tuple(rows), look="plain", row_headers=False)


def _files(parts: Sequence[Part], told: Told) -> list[Block]:
    """What a reader must know of the papers that were uploaded."""
    found: list[Block] = []
    uploads = {part.key: part.paper for part in parts if isinstance(part.paper, Upload)}
    if told.not_accessible:
        found.append(Heading(1, "Papers that are not accessible"))
        found.append(
            para(
                "A screen reader may not read these papers as they are meant, so the PDF of this pack does not claim to be "
                "accessible (PDF/UA). Ask for another form of any of them."
            )
        )
        labels = {part.key: part.label for part in parts}
        found.append(bullets(*(_item(labels[one.key], one.name, one.link, one.why) for one in told.not_accessible)))
    from_word = [part for part in parts if part.key in uploads and uploads[part.key].kind == "Word"]
    if from_word:
        found.append(Heading(1, "Papers set from Word"))
        found.append(para("The PDF of this pack holds the words and tables of these files, not their layout."))
        items = ((part.label, uploads[part.key]) for part in from_word)
        found.append(bullets(*(_item(label, one.name, one.link, pictures(one)) for label, one in items)))
    return found


def _item(label: str, name: str, address: str, more: str) -> Item:
    return Item(words(bold(label), ": ", link(name, address), *((f" ({more})",) if more else ())))


def pictures(upload: Upload) -> str:
    if not upload.pictures:
        return ""
    return f"{upload.pictures} picture{'s' * (upload.pictures > 1)} only in the original"


def _versions(front: Front) -> Table:
    columns = (Column("Version", 10), Column("Issued", 20), Column("What changed", 50))
    rows = tuple(Row((cell(one.name), cell(one.issued), cell(one.changes))) for one in front.versions)
    return Table("Versions of this pack, the newest first", columns, rows, look="plain")
