"""What the pack of an open part may not give away: every paper of it is read for the closed part and for restricted records."""

import json
from collections.abc import Sequence

from candour.boards.models import Meeting
from candour.boards.papers.hidden import closed_of, restricted_of
from candour.kernel.access import Actor, allowed
from candour.kernel.child import run_child
from candour.kernel.papers.document import Document
from candour.kernel.papers.leaks import Leak, document_text, find_leaks
from candour.kernel.papers.pack import PackRefused, Part, Upload
from candour.kernel.papers.pack.wire import packed
from candour.kernel.papers.typesetting import MEMORY, SECONDS
from candour.kernel.records.access import RecordPermission

AGENDA = "agenda"  # the key of the agenda as the first part
CHILD = "candour.kernel.papers.pack.child"


def refuse_leaks(meeting: Meeting, parts: Sequence[Part], *, actor: Actor) -> None:
    """Raises PackRefused, naming the file or paper and what to do, where one says the reference or the title of something
    hidden. What is hidden is named only to who may see it. Two queries, however many papers there are.

    It reads what the pack says of a paper too: its heading, and the name of its file. A page that is a picture has no words
    to be read. What Candour wrote from a register was checked for that register's restricted records when it was written,
    and may name a reference as taken out.
    """
    closed, restricted = closed_of(meeting.pk), restricted_of(meeting.record.organisation_id, meeting.pk)
    if not (closed or restricted):
        return
    deep = allowed(actor, RecordPermission.SEE_RESTRICTED, meeting.record)
    for part, said in zip(parts, _said(parts), strict=True):
        own_check = isinstance(part.paper, Document) and part.key != AGENDA
        found = find_leaks(said, closed if own_check else [*closed, *restricted])
        found = [leak for leak in found if leak.what != "words"]
        if found:
            raise PackRefused(_words(part, found, deep=deep), _name(part))


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
