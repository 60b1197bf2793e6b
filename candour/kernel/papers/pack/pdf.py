"""Compiles a pack as one PDF: the papers are typeset, looked at, numbered, and put together with their tags."""

import datetime
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2

from candour.kernel.child import ChildFailed, ChildStarved, run_child
from candour.kernel.papers import pdf
from candour.kernel.papers.document import Document
from candour.kernel.papers.typesetting import MEMORY, SECONDS, PaperFailed, set_pdf
from candour.kernel.papers.words import DRAFT

from .child import MARK
from .front import Told, contents, foot_of, link_words, title_of
from .numbers import kept, number_pages, unused
from .parts import FRONT, Front, Labels, NotAccessible, Pack, PackRefused, Part, Upload, highest
from .uploaded import as_paper
from .wire import packed

MOST_PAGES = 5_000
_SETTERS = 2  # papers typeset at once
_TURNS = 5  # times the contents are set until their own length is right


@dataclass(frozen=True)
class _Set:
    """A part as PDF; part None: the contents. sizes: [width, height, head is white, foot is white] of each page."""

    part: Part | None
    content: bytes
    sizes: list[list[Any]]
    against: list[str]
    ours: bool

    @property
    def key(self) -> str:
        return self.part.key if self.part else FRONT

    @property
    def name(self) -> str:
        paper = self.part.paper if self.part else None
        return paper.name if isinstance(paper, Upload) else self.part.heading if self.part else "The contents"


def compile_pdf(
    front: Front,
    parts: Sequence[Part],
    start: int = 1,
    previous_pages: Mapping[str, Sequence[str]] | None = None,
    *,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Pack:
    """The pack. start: the number of its first page. previous_pages: `labels` of the version issued last.

    memory: bytes, and seconds of processor time, of each process that sets or joins PDFs. Raises PackRefused, with the
    file's name, where a file is in the way or the pack is too large: nothing is made then.
    """
    keys = [FRONT, *(part.key for part in parts)]
    if len(set(keys)) != len(keys) or not parts:
        raise ValueError("a pack has parts, each with a key of its own")
    limits = {"memory": memory, "seconds": seconds}
    looked = _looked(parts, limits)
    held = _typeset(front, parts, looked, limits)
    _bounded(held)
    barred = tuple(_barred(one) for one in held if one.against)
    previous, prefix = previous_pages or {}, prefix_of(front)
    told = Told(barred)
    first, numbers = _with_contents(front, held, told=told, start=start, previous=previous, limits=limits)
    content = _merged(front, [first, *held], numbers, limits, accessible=not barred)
    return Pack(
        content=content,
        pages={key: (labels[0], labels[-1]) for key, labels in numbers.items()},
        labels=kept(previous, {prefix + key: labels for key, labels in numbers.items()}),
        accessible=not barred,
        not_accessible=barred,
        holds=tuple(part.holds for part in parts),
    )


def supplement(
    front: Front, parts: Sequence[Part], *, number: int, previous_pages: Mapping[str, Sequence[str]]
) -> Pack:
    """A supplement to an issued pack: its pages run on from the last number given, and none of the pack's changes.

    number: 1 for the first. previous_pages: `labels` of what was issued last, be it the pack or a supplement. Issued
    again, a supplement keeps its numbers as a pack does.
    """
    if number < 1:
        raise ValueError("a supplement has a number from 1")
    return compile_pdf(replace(front, supplement=number), parts, 1, previous_pages)


def prefix_of(front: Front) -> str:
    """Before the keys of a supplement's parts in `labels`, so that they are never a part of the pack."""
    return f"supplement {front.supplement}/" if front.supplement else ""


def _looked(parts: Sequence[Part], limits: dict[str, int]) -> dict[str, dict[str, Any]]:
    """What is known of each uploaded PDF, by the key of its part."""
    found = [part for part in parts if isinstance(part.paper, Upload) and part.paper.kind == "PDF"]
    if not found:
        return {}
    files = [part.paper for part in found if isinstance(part.paper, Upload)]
    head = {"job": "look", "files": [{"name": file.name, "ours": False} for file in files]}
    answer = json.loads(_child(head, files, [file.content for file in files], limits))
    return {part.key: one for part, one in zip(found, answer, strict=True)}


def _typeset(front: Front, parts: Sequence[Part], looked: dict[str, Any], limits: dict[str, int]) -> list[_Set]:
    def one(part: Part) -> _Set:
        paper = part.paper
        if part.key in looked and isinstance(paper, Upload):
            known = looked[part.key]
            return _Set(part, paper.content, known["pages"], known["against"], ours=False)
        name = paper.name if isinstance(paper, Upload) else part.heading
        document = as_paper(front, part, paper) if isinstance(paper, Upload) else paper
        document = replace(document, draft=document.draft or front.draft)
        return _ours(part, _rendered(document, name, limits))

    with ThreadPoolExecutor(_SETTERS) as setters:
        return list(setters.map(one, parts))


def _rendered(document: Document, name: str, limits: dict[str, int]) -> bytes:
    try:
        return pdf.render(document, paged=False, **limits)
    except PaperFailed as error:
        raise PackRefused(f"{name}: {error}.", name) from error


def _ours(part: Part | None, content: bytes) -> _Set:
    with pypdfium2.PdfDocument(content) as held:
        sizes = [[*held.get_page_size(number), True, True] for number in range(len(held))]
    return _Set(part, content, sizes, [], ours=True)


def _bounded(held: Sequence[_Set]) -> None:
    pages = sum(len(one.sizes) for one in held)
    if pages > MOST_PAGES:
        longest = max(held, key=lambda one: len(one.sizes))
        raise PackRefused(
            f"The pack has {pages:,} pages, at most {MOST_PAGES:,} are put together. The longest paper is {longest.name} "
            f"with {len(longest.sizes):,}: issue it as a supplement, or lead to it by a link.",
            longest.name,
        )


def _barred(one: _Set) -> NotAccessible:
    link = one.part.paper.link if one.part and isinstance(one.part.paper, Upload) else ""
    return NotAccessible(one.key, one.name, link, one.against[0])


def _with_contents(
    front: Front,
    held: Sequence[_Set],
    *,
    told: Told,
    start: int,
    previous: Mapping[str, Sequence[str]],
    limits: dict[str, int],
) -> tuple[_Set, dict[str, Labels]]:
    """The contents, set until they say the numbers that their own length makes; and the numbers."""
    prefix = prefix_of(front)
    parts = [one.part for one in held if one.part]
    length = len(previous.get(prefix + FRONT, ())) or 1
    for _turn in range(_TURNS):
        counts = {prefix + one.key: len(one.sizes) for one in held}
        found = number_pages({prefix + FRONT: length, **counts}, previous, start)
        numbers = {key.removeprefix(prefix): labels for key, labels in found.items()}
        gone = () if prefix else tuple(unused(previous, numbers))
        first = _ours(
            None, _rendered(contents(front, parts, numbers, replace(told, unused=gone)), "The contents", limits)
        )
        if len(first.sizes) == length:
            return first, numbers
        length = len(first.sizes)
    raise PackRefused("The contents of the pack could not be set: their length never settled.")


def _merged(
    front: Front, sets: Sequence[_Set], numbers: Mapping[str, Labels], limits: dict[str, int], *, accessible: bool
) -> bytes:
    day = front.date or datetime.date(2000, 1, 1)
    parts = [one.part for one in sets if one.part]
    head = {
        "job": "merge",
        "title": title_of(front),
        "author": front.body_name,
        "marking": highest(front, tuple(parts)),
        "language": front.language,
        "date": day.isoformat(),
        "accessible": accessible,
        "said": {part.key: link_words(part, numbers) for part in parts},
        "parts": [
            {
                "key": one.key,
                "label": one.part.label if one.part else "Contents",
                "name": one.name,
                "numbers": numbers[one.key],
                "white": [size[2:] for size in one.sizes],
                "trusted": not one.against,
                "ours": one.ours,
            }
            for one in sets
        ],
    }
    uploads = [one.part.paper for one in sets if one.part and isinstance(one.part.paper, Upload)]
    files = [*(one.content for one in sets), _stamps(front, sets, numbers, limits)]
    return _child(head, uploads, files, limits)


def _stamps(front: Front, sets: Sequence[_Set], numbers: Mapping[str, Labels], limits: dict[str, int]) -> bytes:
    from .look import FOOT, HEAD

    marks = []
    for one in sets:
        marking = one.part.marking if one.part and not one.ours else ""
        if front.draft and not one.ours:
            marking = f"{marking}   {DRAFT}".strip()
        for label, (wide, high, head, foot) in zip(numbers[one.key], one.sizes, strict=True):
            longer = 0 if one.ours else (not head) * HEAD + (not foot) * FOOT
            marks.append(
                {
                    "width": wide,
                    "height": high + longer,
                    "head": marking,
                    "foot": marking,
                    "left": foot_of(front, one.part),
                    "right": f"Page {label}",
                }
            )
    data = {"title": title_of(front), "language": front.language.partition("-")[0], "stamps": marks}
    try:
        return set_pdf(data, date=0, template="stamp.typ", **limits)
    except PaperFailed as error:
        raise PackRefused(f"The numbers of the pages could not be set: {error}.") from error


def _child(head: dict[str, Any], uploads: Sequence[Upload], files: Sequence[bytes], limits: dict[str, int]) -> bytes:
    try:
        return run_child("candour.kernel.papers.pack.child", given=packed(head, files), **limits)
    except ChildStarved as error:
        names = ", ".join(upload.name for upload in uploads)
        raise PackRefused(
            f"The pack is not made: it would take {error}. Its files are {names}. Split the largest."
        ) from error
    except ChildFailed as error:
        _before, mark, said = str(error).rpartition(MARK)
        if not mark:
            raise PaperFailed(f"the pack could not be put together: {str(error)[-500:]}") from error
        name = next((upload.name for upload in uploads if said.startswith(upload.name)), "")
        raise PackRefused(said, name) from error
