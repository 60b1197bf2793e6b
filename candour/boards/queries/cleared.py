"""Titles of restricted records that stand in files by chance: what was said of them, and what waits to be said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from candour.boards.models import Clearance, Making, Meeting, Paper
from candour.kernel.access import Actor, allowed
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record, Sensitivity


@dataclass(frozen=True)
class Match:
    """A title that a file says, of a restricted record."""

    paper: Paper
    about: Record

    @property
    def key(self) -> str:
        return f"{self.paper.pk}-{self.about.pk}"

    @property
    def file(self) -> str:
        return self.paper.file.name if self.paper.file else ""


def cleared_in(meeting: Meeting) -> set[tuple[str, str, str]]:
    """What passes in the files of a meeting: (key of the paper in a pack, reference, title). One query.

    Only in the very file it was said of, and while the record is called as it was then.
    """
    rows = Clearance.objects.filter(paper__item__meeting=meeting, ended_on=None, sha256=F("paper__file__sha256"))
    rows = rows.filter(about__title=F("said"))
    return {
        (f"paper-{paper}", reference, said)
        for paper, reference, said in rows.values_list("paper", "about__reference", "said")
    }


def matches_of(making: Making | None, meeting: Meeting, *, actor: Actor) -> list[Match]:
    """The titles that stopped a making and that nobody has spoken of yet, for who may see what they are of. Two queries."""
    if making is None or not making.matches or not _sees(meeting, actor):
        return []
    papers = Paper.objects.filter(item__meeting=meeting, removed_on=None).select_related(
        "item__record__organisation", "file"
    )
    held = {paper.pk: paper for paper in papers.filter(pk__in=[paper for paper, _ in making.matches])}
    records = Record.objects.filter(sensitivity=Sensitivity.RESTRICTED).select_related("organisation", "owner")
    about = records.in_bulk([record for _, record in making.matches])
    return [Match(held[paper], about[pk]) for paper, pk in making.matches if paper in held and pk in about]


def clearances_of(meeting: Meeting, *, actor: Actor) -> Sequence[Clearance]:
    """What was said of titles in the files of a meeting and stands, for who may see what they are of. One query."""
    if not _sees(meeting, actor):
        return []
    rows = Clearance.objects.filter(paper__item__meeting=meeting, ended_on=None)
    return list(rows.select_related("about", "paper__item__record").order_by("pk"))


def _sees(meeting: Meeting, actor: Actor) -> bool:
    return allowed(actor, RecordPermission.SEE_RESTRICTED, meeting.record)
