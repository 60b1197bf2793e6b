"""Issuing a pack: both files kept under their hashes and a seal, its papers frozen; and sharing it with another board."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Meeting, Pack, PackShare, Paper, Seat
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.packs import contents_of
from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence import store
from candour.kernel.history.commands import seal
from candour.kernel.history.queries import last_seal
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import Letter, write
from candour.kernel.papers.commands import issue
from candour.kernel.people.models import Post, holding
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused, need_reason

ABOUT = "pack"
SEE_RESTRICTED = RecordPermission.SEE_RESTRICTED
OVERTAKEN = "The agenda or a paper changed while the pack was compiled: look at it again, then issue it"


@dataclass(frozen=True)
class NewPack:
    """A pack that was compiled: the columns of models.Pack, its two files, the mark of what it was compiled from, and by
    the number of a paper the mark of the draft that is issued with it."""

    closed: bool
    version: int
    supplement: int
    contents: list[dict[str, Any]]
    numbers: dict[str, list[str]]
    frozen: dict[str, Any]
    changes: str
    marking: str
    first_page: int
    pages: int
    accessible: bool
    pdf: bytes = field(repr=False)
    word: bytes = field(repr=False)
    mark: str
    issues: dict[int, str]


def issue_pack(meeting: Meeting, new: NewPack, *, actor: Actor, at: datetime, reason: str = "") -> Pack:
    """A compiled pack goes out: its members read it from now on, for ever in the same bytes.

    Papers that Candour wrote for a meeting in public are issued with it. Raises Refused before the agenda went out, for a
    version or supplement without a reason, and where the agenda, a paper or another pack came in between.
    """
    require(actor, BoardPermission.ISSUE, meeting.record)
    if new.closed:
        require(actor, RecordPermission.SEE_RESTRICTED, meeting.record)
    may_issue(meeting)
    before = meeting.packs.filter(closed=new.closed).order_by("-pk").first()
    if not _follows(before, new):
        raise Refused("reason", OVERTAKEN)
    why = need_reason(reason, "Say why there is another pack") if before else reason.strip()
    agenda = agenda_of(meeting, actor=actor, today=local_date(at))
    if contents_of(agenda, closed=new.closed).mark != new.mark:
        raise Refused("reason", OVERTAKEN)
    for content in (new.pdf, new.word):
        store.take(io.BytesIO(content), sha256(content).hexdigest(), field="reason")
    with transaction.atomic():
        for content in (new.pdf, new.word):
            store.claim(io.BytesIO(content), sha256(content).hexdigest(), field="reason")
        _issue_papers(meeting, new.issues, actor=actor, at=at, reason=why)
        seal(at=at)
        sealed = last_seal()
        given = {name: value for name, value in vars(new).items() if name not in {"pdf", "word", "mark", "issues"}}
        with recording("pack.issued", actor=actor, at=at, reason=why):
            pack = Pack.objects.create(
                meeting=meeting,
                issued_at=at,
                issued_by=actor.label,
                pdf_sha256=sha256(new.pdf).hexdigest(),
                word_sha256=sha256(new.word).hexdigest(),
                seal_root=sealed.root if sealed else "",
                reason=why,
                **given,
            )
        _tell(pack, at=at, by=actor)
    return pack


def may_issue(meeting: Meeting) -> None:
    """Raises Refused where no pack of the meeting can go out."""
    if meeting.called_off_on is not None:
        raise Refused("reason", f"This meeting was called off on {say_date(meeting.called_off_on)}")
    if meeting.issued_on is None:
        raise Refused("reason", "Send the agenda out first: the numbers of its items stand from then on")


def share_pack(pack: Pack, *, board: Board, actor: Actor, at: datetime, reason: str) -> PackShare:
    """Another board gets a pack: whoever sees that board reads it there.

    Raises Refused for a pack of a closed part, for the board's own, and for one that has it.
    """
    require(actor, BoardPermission.ISSUE, pack.meeting.record)
    if pack.closed:
        raise Refused("board", "A pack of a closed part is not shared")
    if board.pk == pack.meeting.board_id:
        raise Refused("board", "These are this board’s own papers: choose another board")
    if pack.shares.filter(board=board, ended_on=None).exists():
        raise Refused("board", f"{board.name} has it already")
    why = need_reason(reason, "Say what the board is given it for")
    with transaction.atomic():
        with recording("pack.shared", pack, actor=actor, at=at, reason=why):
            share = PackShare.objects.create(pack=pack, board=board, shared_on=local_date(at))
        if board.secretary is not None:
            meeting = pack.meeting
            said = f"The papers of {meeting.board.name}, {say_date(meeting.held_on)}, are shared with {board.name}."
            subject = f"Papers for {board.name}"
            letter = Letter(f"pack-shared:{share.pk}", board.secretary, subject, said, kind=ABOUT)
            write([letter], at=at, by=actor)
    return share


def stop_share(share: PackShare, *, actor: Actor, at: datetime, reason: str) -> PackShare:
    """The other board reads the pack no longer. Raises Refused where it was taken back already."""
    require(actor, BoardPermission.ISSUE, share.pack.meeting.record)
    if share.ended_on is not None:
        raise Refused("reason", f"It was taken back on {say_date(share.ended_on)}")
    why = need_reason(reason, "Say why it is taken back")
    with recording("pack.share_ended", share.pack, actor=actor, at=at, reason=why):
        share.ended_on = local_date(at)
        share.save()
    return share


def _follows(before: Pack | None, new: NewPack) -> bool:
    """Whether a pack is the next after the one that was issued last."""
    if before is None:
        return (new.version, new.supplement) == (1, 0)
    if new.supplement:
        return (before.version, before.supplement) == (new.version, new.supplement - 1)
    return before.version == new.version - 1


def _issue_papers(meeting: Meeting, marks: dict[int, str], *, actor: Actor, at: datetime, reason: str) -> None:
    """Issue the papers that Candour wrote for a meeting in public, as they stand in the pack."""
    for paper in Paper.objects.filter(pk__in=marks).select_related("item__record__organisation").order_by("pk"):
        record = paper.item.record
        why = reason or f"For {meeting.record.title}"
        copies = issue(
            paper.kind, actor=actor, organisation=record.organisation, at=at, reason=why, seen=marks[paper.pk]
        )
        with recording("item.paper_issued", record, actor=actor, at=at, reason=why):
            paper.issued = next(copy for copy in copies if copy.audience == "public")
            paper.save()


def _tell(pack: Pack, *, at: datetime, by: Actor) -> None:
    """Write to the posts with a seat that the papers are there: of a closed part, to those that may read it."""
    meeting, day = pack.meeting, local_date(at)
    seats = Seat.objects.filter(board=meeting.board_id, ends=None, starts__lte=day).values("post")
    posts = Post.objects.filter(pk__in=seats, ended=None).order_by("pk")
    if pack.closed:
        deep = [name for name, role in roles().items() if {BoardPermission.SEE, SEE_RESTRICTED} <= role.permissions]
        granted = Grant.objects.filter(holding(day), organisation=meeting.record.organisation_id, role__in=deep)
        posts = posts.filter(pk__in=granted.values("post"))
    which = "closed part of the " if pack.closed else ""
    said = f"The papers of the {which}meeting of {meeting.board.name} on {say_date(meeting.held_on)} are issued: "
    text = f"{said}{pack.name.lower()}.\n\nSign in to read them:\n{{link}}\n"
    subject = f"Papers of {meeting.board.name}, {say_date(meeting.held_on)}"
    letters = (Letter(f"pack:{pack.pk}:{post.pk}", post, subject, text, ABOUT, pack.pk, kind=ABOUT) for post in posts)
    write(letters, at=at, by=by)


def link_address(number: int, at: datetime) -> str | None:
    """Where a letter about a pack leads: the packs of its meeting."""
    meeting = Pack.objects.select_related("meeting__record__organisation").get(pk=number).meeting
    return reverse("meeting-packs", args=[meeting.record.organisation.code, meeting.record.reference])
