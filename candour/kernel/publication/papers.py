"""The first source: public copies of papers that were issued. What is published of a paper is the copy that was frozen."""

from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.papers.access import PaperPermission
from candour.kernel.papers.canonical import from_json
from candour.kernel.papers.kinds import Check, UnknownPaper, paper_kind
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.publication.sources import Copy, Ready, Source


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The public copy of every paper that a body issued, newest first. One query."""
    rows = IssuedPaper.objects.filter(organisation=organisation, audience="public").defer("document")
    return [Ready(_key(row), _title(row), row.as_at) for row in rows.order_by("-as_at", "-edition", "kind")]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The public copy as it was issued. Raises LookupError for a key that is none."""
    kind, _, slug = key.partition("/")
    rows = IssuedPaper.objects.filter(organisation=organisation, audience="public", kind=kind)
    paper = next((row for row in rows if row.slug == slug), None)
    if paper is None:
        raise LookupError(f"no paper {key!r} was issued for the public")
    checks = tuple(Check(**check) for check in paper.checks)
    return Copy(_title(paper), paper.as_at, from_json(paper.document), checks, {"paper": paper.kind})


def _key(paper: IssuedPaper) -> str:
    return f"{paper.kind}/{paper.slug}"


def _title(paper: IssuedPaper) -> str:
    try:
        return paper_kind(paper.kind).label
    except UnknownPaper:
        return paper.title


PAPERS = Source(
    name="paper",
    word="Paper",
    plural="Papers",
    permission=PaperPermission.SEE,
    ready=ready,
    write=write,
)
