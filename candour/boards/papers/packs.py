"""A meeting's papers as a pack: what Candour writes is written for those who read that part, files as they were added."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from django.conf import settings
from django.urls import reverse

from candour.boards.commands.packs import NewPack
from candour.boards.models import Item, Meeting, Pack
from candour.boards.papers.agenda import agenda_paper
from candour.boards.papers.pack_leaks import AGENDA, refuse_leaks
from candour.boards.queries.agenda import Agenda
from candour.boards.queries.packs import Contents, Going, contents_of
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, say_date, say_time
from candour.kernel.evidence import store
from candour.kernel.evidence.queries import INFECTED, WAITING, shut_among
from candour.kernel.intake.uploads import take_upload
from candour.kernel.papers import kinds
from candour.kernel.papers.canonical import from_json, to_json
from candour.kernel.papers.commands import prepare
from candour.kernel.papers.document import Document, fact
from candour.kernel.papers.pack import (
    Front,
    Held,
    PackRefused,
    Part,
    Upload,
    Version,
    compile_pdf,
    compile_word,
    difference,
    said,
    supplement,
)
from candour.kernel.papers.pack.changes import Difference
from candour.kernel.papers.pack.numbers import last_number
from candour.kernel.papers.pack.parts import highest

Tell = Callable[[str, int, int], None]  # how far it has come: in words, steps done, of how many
MARKINGS = {False: "OFFICIAL", True: "OFFICIAL-SENSITIVE"}  # of what is uploaded, by whether its part is closed


def untold(step: str, done: int, of: int) -> None:
    """Where nobody waits for it."""


@dataclass(frozen=True)
class Wanted:
    """Which pack, by whom and when: of the closed part or the open one, the whole or a supplement to the last. before: those
    issued, the last first. anew: numbers of the papers that Candour writes again, though an earlier version has them."""

    closed: bool
    actor: Actor
    at: datetime
    before: Sequence[Pack] = ()
    supplement: bool = False
    anew: frozenset[int] = frozenset()

    @property
    def last(self) -> Pack | None:
        return next((pack for pack in self.before if pack.closed == self.closed), None)

    @property
    def version(self) -> int:
        last = self.last.version if self.last else 0
        return last if self.supplement else last + 1

    @property
    def number(self) -> int:
        """Of the supplement; 0 for a whole pack."""
        return self.last.supplement + 1 if self.supplement and self.last else 0


def held_of(pack: Pack) -> tuple[Held, ...]:
    """What a pack held, to tell the next from it."""
    return tuple(Held(row["key"], row["label"], row["sha256"]) for row in pack.contents)


def standing(wanted: Wanted) -> tuple[Held, ...]:
    """What the members have before them: the last whole pack of the part, and its supplements."""
    found: list[Held] = []
    for pack in reversed([pack for pack in wanted.before if pack.closed == wanted.closed]):
        if not pack.supplement:
            found = []
        found += [held for held in held_of(pack) if held.key != AGENDA or not pack.supplement]
    return tuple(found)


def draft(meeting: Meeting, agenda: Agenda, wanted: Wanted, tell: Tell = untold) -> bytes:
    """The PDF of a pack as it would go out, with DRAFT on each page. Raises PackRefused, with the file's name."""
    contents = contents_of(agenda, closed=wanted.closed)
    parts, _, _ = _parts(meeting, agenda, contents, wanted, tell)
    tell(f"Setting {len(parts)} papers as one PDF", len(parts), len(parts) + 1)
    changes = said(_changed(parts, wanted)) if wanted.last else ""
    return compile_pdf(
        _front(meeting, wanted, changes=changes, draft=True), _drafted(parts), 1, _numbers(wanted)
    ).content


def compiled(meeting: Meeting, agenda: Agenda, wanted: Wanted, tell: Tell = untold) -> NewPack:
    """A pack as both files, ready to be issued. Raises PackRefused, with the file's name: nothing is made then."""
    contents = contents_of(agenda, closed=wanted.closed)
    parts, frozen, marks = _parts(meeting, agenda, contents, wanted, tell)
    if wanted.supplement:
        there = {held.key for held in standing(wanted)}
        parts = [part for part in parts if part.key != AGENDA and part.key not in there]
        if not parts:
            raise PackRefused("There is no paper that the members do not have: nothing to issue as a supplement")
    changes = said(_changed(parts, wanted)) if wanted.last else ""
    front = _front(meeting, wanted, changes=changes)
    previous = _numbers(wanted)
    tell(f"Setting {len(parts)} papers as one PDF", len(parts), len(parts) + 2)
    if wanted.supplement:
        front = replace(front, supplement=wanted.number)
        pdf = supplement(front, parts, number=wanted.number, previous_pages=previous)
    else:
        pdf = compile_pdf(front, parts, 1, previous)
    tell("Writing the Word file", len(parts) + 1, len(parts) + 2)
    barred = {each.key: each.why for each in pdf.not_accessible}
    rows = [_row(part, held, pdf.pages[part.key], barred) for part, held in zip(parts, pdf.holds, strict=True)]
    return NewPack(
        closed=wanted.closed,
        version=wanted.version,
        supplement=wanted.number,
        contents=rows,
        numbers={key: list(labels) for key, labels in pdf.labels.items()},
        frozen=frozen,
        changes=changes,
        marking=highest(front, tuple(parts)),
        first_page=last_number(previous) + 1 if wanted.supplement else 1,
        pages=_pages(pdf.content),
        accessible=pdf.accessible,
        pdf=pdf.content,
        word=compile_word(front, parts, pdf),
        mark=contents.mark,
        issues=marks,
    )


def _numbers(wanted: Wanted) -> Mapping[str, Sequence[str]]:
    """Every number that a page of the part was given so far."""
    return wanted.last.numbers if wanted.last else {}


def _pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _row(part: Part, held: Held, pages: tuple[str, str], barred: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": part.key,
        "label": held.label,
        "number": part.number,
        "heading": part.heading,
        "first": pages[0],
        "last": pages[1],
        "sha256": held.sha256,
        "marking": part.marking,
        "accessible": part.key not in barred,
        "why": barred.get(part.key, ""),
    }


def _changed(parts: Sequence[Part], wanted: Wanted) -> Difference:
    """What the new pack has otherwise than what the members have; a supplement only adds."""
    new = tuple(part.holds for part in parts)
    if wanted.supplement:
        return Difference(added=new)
    return difference(standing(wanted), new).told_anew([f"paper-{number}" for number in wanted.anew])


def _parts(
    meeting: Meeting, agenda: Agenda, contents: Contents, wanted: Wanted, tell: Tell
) -> tuple[list[Part], dict[str, Any], dict[int, str]]:
    """The parts in order; the papers that Candour wrote, as they are kept; and the marks of those to be issued as papers."""
    frozen: dict[str, Any] = {}
    marks: dict[int, str] = {}
    before: dict[str, Any] = {}
    if wanted.last is not None:
        before = Pack.objects.values_list("frozen", flat=True).get(pk=wanted.last.pk)
    parts = [Part(AGENDA, "Agenda", _agenda(meeting, agenda, wanted.closed))]
    shut = shut_among([going.paper.file.sha256 for going in contents.going if going.paper.file])
    for place, going in enumerate(contents.going, start=1):
        tell(f"Reading paper {place} of {len(contents.going)}", place, len(contents.going) + 3)
        paper: Document | Upload
        if going.paper.kind:
            paper, mark = _written(meeting, going, before, wanted)
            frozen[going.key] = to_json(paper)
            if mark:
                marks[going.paper.pk] = mark
        else:
            paper = _upload(going, shut)
        marking = "" if going.paper.kind else MARKINGS[wanted.closed]
        parts.append(Part(going.key, going.heading, paper, number=going.number, marking=marking))
    if not wanted.closed:
        refuse_leaks(meeting, parts, actor=wanted.actor)
    return parts, before | frozen, marks


def _agenda(meeting: Meeting, agenda: Agenda, closed: bool) -> Document:
    """The agenda of a part, as its own first pages."""
    numbers = {row.pk: row.number for row in (agenda.closed_part if closed else agenda.open_part)}
    items = Item.objects.filter(pk__in=numbers).select_related("record__owner").order_by("position", "pk")
    begins = agenda.open_ends if closed else None
    return replace(agenda_paper(meeting, list(items), begins=begins, numbers=numbers), draft=False, date=None)


def _written(meeting: Meeting, going: Going, before: Mapping[str, Any], wanted: Wanted) -> tuple[Document, str]:
    """A paper that Candour writes: as it stood in the version before, unless it is asked for anew; else as the register stands.

    Of an open part of a board that meets in public it is the public copy, which is issued with the pack (so the second
    that is given is the mark of its draft); of another open part it is the office's, without restricted records; of a
    closed part the panel's. Raises PackRefused where a check of it stops it.
    """
    if going.key in before and going.paper.pk not in wanted.anew:
        return from_json(before[going.key]), ""
    body, actor, at = meeting.record.organisation, wanted.actor, wanted.at
    kind = kinds.paper_kind(going.paper.kind)
    if not wanted.closed and meeting.board.in_public and "public" in kind.issued:
        draft = prepare(kind.name, actor=actor, organisation=body, at=at)
        if draft.stopped:
            raise PackRefused(f"{going.paper.title}: {draft.stopped[0].words}. {draft.stopped[0].detail}")
        return replace(draft.copies["public"], draft=False), draft.mark
    audience = "panel" if wanted.closed else "office"
    days = kinds.days_of(kind.name, organisation=body, as_at=None, since=None, at=at)
    stock = kind.gather(actor, organisation=body, as_at=days.as_at, since=days.since, at=at)
    document = kind.write(stock, audience)
    stopped = next((check for check in kind.check(stock, audience, document) if check.stops and not check.passed), None)
    if stopped:
        raise PackRefused(f"{going.paper.title}: {stopped.words}. {stopped.detail}")
    return replace(document, draft=False), ""


SHUT = {
    WAITING: "{} waits for the virus scanner: make the pack again once it was looked through",
    INFECTED: "The virus scanner found something in {}: take it off the item",
}


def _upload(going: Going, shut: Mapping[str, str]) -> Upload:
    file = going.paper.file
    assert file is not None  # noqa: S101  # nosec B101
    if why := shut.get(file.sha256):
        raise PackRefused(SHUT[why].format(file.name), file.name)
    try:
        with store.open_bytes(file.sha256) as stream:
            content = stream.read()
    except FileNotFoundError:
        raise PackRefused(f"{file.name} is not in the store any more: add it to the item again", file.name) from None
    except OSError:
        raise PackRefused("The store of files does not answer: make the pack again in a few minutes") from None
    link = f"{settings.SITE}{original_at(going)}"
    if file.media_type == "application/pdf":
        return Upload(content, file.name, link)  # which is looked at when it is put together
    return take_upload(content, file.name, link=link)


def original_at(going: Going) -> str:
    """The address of the file as it was added."""
    return reverse("file", args=["item", going.row.organisation_code, going.row.reference, going.paper.file_id])


def _drafted(parts: Sequence[Part]) -> list[Part]:
    return [replace(part, paper=replace(part.paper, draft=True)) if isinstance(part.paper, Document) else part
            for part in parts]  # fmt: skip


def _front(meeting: Meeting, wanted: Wanted, *, changes: str = "", draft: bool = False) -> Front:
    day = local_date(wanted.at)
    issued = f"{say_date(day)} at {say_time(wanted.at)}"
    part = "closed" if wanted.closed else "open"
    name = f"Supplement {wanted.number} to version {wanted.version}" if wanted.number else f"Version {wanted.version}"
    earlier = [
        Version(pack.name, f"{say_date(local_date(pack.issued_at))}", pack.changes or "The first")
        for pack in reversed([pack for pack in wanted.before if pack.closed == wanted.closed])
    ]
    return Front(
        title=meeting.board.name,
        body_name=meeting.record.organisation.name,
        subtitle=f"Papers of the {part} part, {say_date(meeting.held_on)}",
        meta=(
            fact("Meeting", f"{say_date(meeting.held_on)}, {meeting.starts_at:%H:%M}"),
            *((fact("Place", meeting.venue),) if meeting.venue else ()),
            fact("Pack", name),
            *(() if draft else (fact("Issued", f"{issued}, {wanted.actor.label}"),)),
            fact("Registers as at", "The day that each paper says" if wanted.last else say_date(day)),
        ),
        versions=(*earlier, Version(name, "Not issued" if draft else issued, changes or "The first")),
        marking=MARKINGS[wanted.closed],
        draft=draft,
        date=day,
    )
