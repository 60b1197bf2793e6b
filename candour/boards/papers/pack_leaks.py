"""What the pack of an open part may not give away: every paper of it is read for the closed part and for restricted records."""

import json
from collections.abc import Sequence
from dataclasses import replace

from candour.boards.models import Meeting
from candour.boards.papers.hidden import closed_of, restricted_of
from candour.boards.queries.cleared import cleared_in
from candour.kernel.access import Actor, allowed
from candour.kernel.child import run_child
from candour.kernel.papers.document import Document
from candour.kernel.papers.leaks import Leak, Told, document_text, find_leaks
from candour.kernel.papers.pack import PackRefused, Part, Upload
from candour.kernel.papers.pack.wire import packed
from candour.kernel.papers.typesetting import MEMORY, SECONDS
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity

AGENDA = "agenda"  # the key of the agenda as the first part
CHILD = "candour.kernel.papers.pack.child"


class Matched(PackRefused):
    """A paper says what the open part may not give away. matches: (paper, record) by number, for each title in a file."""

    def __init__(self, message: str, name: str, matches: Sequence[tuple[int, int]]) -> None:
        super().__init__(message, name)
        self.matches = tuple(matches)


def refuse_leaks(meeting: Meeting, parts: Sequence[Part], *, actor: Actor) -> None:
    """Raises Matched, naming the first file or paper and what to do, where one says the reference or the title of something
    hidden. What is hidden is named only to who may see it. Three queries, however many papers there are.

    It reads what the pack says of a paper too: its heading, and the name of its file. A page that is a picture has no words
    to be read. What Candour wrote from a register was checked for that register's restricted records when it was written,
    and may name a reference as taken out. A title that stands in a file by chance, as somebody said of it, passes there.
    """
    closed, restricted = closed_of(meeting.pk), restricted_of(meeting.record.organisation_id, meeting.pk)
    if not (closed or restricted):
        return
    cleared = cleared_in(meeting)
    leaks: list[tuple[Part, list[Leak]]] = []
    for part, said in zip(parts, _said(parts), strict=True):
        own_check = isinstance(part.paper, Document) and part.key != AGENDA
        hidden = [_let_pass(told, part, cleared) for told in (closed if own_check else [*closed, *restricted])]
        if found := [leak for leak in find_leaks(said, hidden) if leak.what != "words"]:
            leaks.append((part, found))
    if leaks:
        deep = allowed(actor, RecordPermission.SEE_RESTRICTED, meeting.record)
        part, found = leaks[0]
        raise Matched(_words(part, found, deep=deep), _name(part), _matches(meeting, leaks))


def _let_pass(told: Told, part: Part, cleared: set[tuple[str, str, str]]) -> Told:
    """What is hidden, without its title where that stands in this file by chance; the reference is looked for always."""
    return replace(told, title="") if (part.key, told.reference, told.title) in cleared else told


def _matches(meeting: Meeting, leaks: Sequence[tuple[Part, list[Leak]]]) -> list[tuple[int, int]]:
    """The titles found in files, as (paper, record) by number. One query."""
    named = {
        (int(part.key.removeprefix("paper-")), leak.reference, leak.title)
        for part, found in leaks
        for leak in found
        if leak.what == "title" and isinstance(part.paper, Upload)
    }
    records = Record.objects.filter(
        organisation=meeting.record.organisation_id,
        sensitivity=Sensitivity.RESTRICTED,
        reference__in={reference for _, reference, _ in named},
    )
    by_name: dict[tuple[str, str], list[int]] = {}
    for pk, reference, title in records.values_list("pk", "reference", "title"):
        by_name.setdefault((reference, title), []).append(pk)
    return sorted((paper, pk) for paper, reference, title in named for pk in by_name.get((reference, title), ()))


def _said(parts: Sequence[Part]) -> list[str]:
    files = [part.paper for part in parts if isinstance(part.paper, Upload) and part.paper.kind == "PDF"]
    read: list[str] = []
    if files:
        given = packed({"job": "said"}, [file.content for file in files])
        read = json.loads(run_child(CHILD, given=given, memory=MEMORY, seconds=SECONDS))
    words = iter(read)
    return ["\n".join((part.label, _name(part), _text(part) or next(words))) for part in parts]


def _text(part: Part) -> str:
    """The words of a paper that Candour wrote or of a Word file; "" for a PDF."""
    paper = part.paper
    if not isinstance(paper, Upload):
        return document_text(paper)
    return f"{document_text(paper.words)}\n{paper.running}" if paper.words is not None else ""


def _name(part: Part) -> str:
    return part.paper.name if isinstance(part.paper, Upload) else part.heading


def _words(part: Part, found: Sequence[Leak], *, deep: bool) -> str:
    what = "The file" if isinstance(part.paper, Upload) else "The paper"
    says = f"says {found[0]}" if deep else "says something that the open part may not give away"
    ask = "" if deep else " Ask somebody who may see restricted records what it is."
    return f"{_name(part)} {says}. {what} cannot go into the open pack: take it out, or move its item to the closed part.{ask}"
