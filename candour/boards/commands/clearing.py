"""Titles of restricted records that stand in uploaded papers by chance: why each is no leak, and taken back."""

from datetime import datetime

from candour.boards.access import BoardPermission
from candour.boards.models import Clearance, Paper
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


def clear_match(paper: Paper, *, about: Record, actor: Actor, at: datetime, reason: str) -> Clearance:
    """The words of a restricted record's title stand in this file by chance. Said again, it gives the one that stands.

    It lets the title pass in this very file, for as long as the record is called so; its reference is never let pass. Raises
    Refused without a reason, for a paper that is no file, and for a record that is not restricted or another body's.
    """
    record = paper.item.record
    require(actor, BoardPermission.CLEAR, record)
    require(actor, RecordPermission.SEE_RESTRICTED, record)
    if paper.file is None or paper.removed_on is not None:
        raise Refused("about", "Only the words of a file that somebody added can stand there by chance")
    if about.sensitivity != Sensitivity.RESTRICTED or about.organisation_id != record.organisation_id:
        raise Refused("about", f"{about.reference} is not a restricted record of this body")
    why = need_reason(reason, "Say why the words do not give the record away")
    standing = Clearance.objects.filter(about=about, paper=paper, sha256=paper.file.sha256, ended_on=None).first()
    if standing is not None and standing.said == about.title:
        return standing
    with recording("record.match_cleared", about, actor=actor, at=at, reason=why):
        if standing is not None:
            standing.ended_on = local_date(at)
            standing.save()
        return Clearance.objects.create(
            about=about, paper=paper, file_name=paper.file.name[:200], sha256=paper.file.sha256, said=about.title,
            why=why, cleared_on=local_date(at), cleared_by=actor.label,
        )  # fmt: skip


def end_clearance(clearance: Clearance, *, actor: Actor, at: datetime, reason: str) -> Clearance:
    """The words count as a leak again; packs that were issued keep the file. Raises Refused once it was taken back."""
    require(actor, BoardPermission.CLEAR, clearance.paper.item.record)
    require(actor, RecordPermission.SEE_RESTRICTED, clearance.paper.item.record)
    if clearance.ended_on is not None:
        raise Refused("reason", f"It was taken back on {say_date(clearance.ended_on)}")
    why = need_reason(reason, "Say why it is taken back")
    with recording("record.clearance_ended", clearance.about, actor=actor, at=at, reason=why):
        clearance.ended_on = local_date(at)
        clearance.save()
    return clearance
