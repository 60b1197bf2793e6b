"""What pages of papers share: which drafts one may make, names of files, and what is shown beside a paper."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.papers.access import PaperPermission
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import PaperKind, UnknownPaper, paper_kind, paper_kinds
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.papers.queries import issued_papers
from candour.kernel.papers.render import RENDERERS
from candour.kernel.people.models import Organisation
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record
from candour.kernel.web.context import OFFICIAL, Marking, sensitive
from candour.kernel.web.page import Request

COPIES = {"panel": "Panel copy", "office": "Office copy", "public": "Public copy"}
FORMATS = {".docx": "Word", ".pdf": "PDF", ".html": "HTML", ".txt": "Text", ".json": "Data"}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([1-9]\d?))?")


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Draftable:
    """A draft that an actor may make: the kind and the body."""

    kind: PaperKind
    organisation: Organisation

    @property
    def href(self) -> str:
        return f"{reverse('paper-draft', args=[self.kind.name])}?{urlencode({'organisation': self.organisation.code})}"


def draftable(actor: Actor) -> list[Draftable]:
    """Every draft that an actor may make, by its name. Panel members read what is issued, so they draft nothing."""
    if actor.audience != "office":
        return []
    bodies = list(Organisation.objects.order_by("name"))
    kinds = sorted(paper_kinds(), key=lambda kind: kind.label)
    return [Draftable(kind, body) for kind in kinds for body in bodies if may_draft(actor, kind, body)]


def may_draft(actor: Actor, kind: PaperKind, organisation: Organisation) -> bool:
    needed = (PaperPermission.SEE, kind.permission)
    return actor.audience == "office" and all(allowed(actor, one, Record(organisation=organisation)) for one in needed)


def may_issue(actor: Actor, kind: PaperKind, organisation: Organisation) -> bool:
    needed = (PaperPermission.ISSUE, RecordPermission.SEE_RESTRICTED, kind.permission)
    return all(allowed(actor, one, Record(organisation=organisation)) for one in needed)


def audiences(actor: Actor, organisation: Organisation) -> list[str]:
    """The copies that an actor may draft: the panel's only with all that it is made from."""
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    return ["panel", "office", "public"] if EVERYWHERE in held or organisation.pk in held else ["office", "public"]


def _own_body(request: Request) -> Organisation:
    """The actor's body, which came with the posts that they hold. Raises Organisation.DoesNotExist."""
    own = request.actor.organisation or 0
    found = (row.post.organisation for row in getattr(request.user, "held", ()) if row.post.organisation_id == own)
    return next(found, None) or Organisation.objects.get(pk=own)


def asked(request: Request, kind: str) -> Draftable:
    """The draft that an address asks for; the actor's own body unless it names another. Http404 where there is none."""
    try:
        found = paper_kind(kind)
        code = request.GET.get("organisation") or request.POST.get("organisation")
        body = Organisation.objects.get(code=code) if code else _own_body(request)
    except (UnknownPaper, Organisation.DoesNotExist):
        raise Http404 from None
    if not may_draft(request.actor, found, body):
        raise Http404
    return Draftable(found, body)


def day_and_edition(text: str) -> tuple[date, int]:
    """2026-06-15-2 -> (15 June 2026, 2). Http404 for anything else."""
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1]), int(found[2] or 1)  # type: ignore[index]
    except (TypeError, ValueError):
        raise Http404 from None


def file_name(kind: str, organisation: str, day: str, audience: str, suffix: str, *, draft: bool = False) -> str:
    return f"{kind}-{organisation}-{day}-{audience}{'-draft' if draft else ''}{suffix}"


def suffix_of(name: str) -> str:
    """The suffix of a file asked for. Http404 for one that no paper is written as."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in RENDERERS:
        raise Http404
    return suffix


def marking_of(document: Document) -> Marking:
    if document.marking == "OFFICIAL":
        return OFFICIAL
    return sensitive("Has a restricted appendix. Panel members and office only.")


def issued_href(paper: IssuedPaper) -> str:
    return reverse("paper-issued", args=[paper.kind, paper.organisation.code, paper.slug, paper.audience])


@dataclass(frozen=True)
class Edition:
    """One paper as issued: its copies that the actor may read, as links."""

    paper: IssuedPaper
    label: str
    copies: list[Link]


def editions(actor: Actor, *, kind: str = "", organisation: int | None = None, most: int = 0) -> list[Edition]:
    """Issued papers, newest first, each with the copies that the actor may read."""
    found: dict[tuple[Any, ...], Edition] = {}
    for paper in issued_papers(actor, kind=kind, organisation=organisation):
        key = (paper.kind, paper.organisation_id, paper.as_at, paper.edition)
        if key not in found:
            if most and len(found) == most:
                break
            try:
                label = paper_kind(paper.kind).label
            except UnknownPaper:
                label = paper.title
            found[key] = Edition(paper, label, [])
        found[key].copies.append(Link(COPIES.get(paper.audience, paper.audience), issued_href(paper)))
    return list(found.values())
