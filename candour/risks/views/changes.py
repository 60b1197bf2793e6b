"""What changed between two days: raised, closed, moved, scored, handed over, controls, reviews, each a link to its risk."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.papers.days import past_days
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string
from candour.risks.access import RiskPermission
from candour.risks.queries.changes import KINDS, Change, compare, readable_while_restricted, two_days
from candour.risks.views.asked import Asked, asked_of
from candour.risks.views.frame import issued
from candour.risks.views.listing import common, faces

SIZE = 100


@dataclass(frozen=True)
class Told:
    """A change with the address of its risk."""

    change: Change
    href: str


@dataclass(frozen=True)
class Group:
    """The changes of one kind on this page of the list."""

    kind: str
    title: str
    rows: tuple[Told, ...]


@page(RiskPermission.SEE)
def changes(request: Request) -> HttpResponse:
    """Everything that changed, or one kind of it (?what=), a hundred lines at a time."""
    asked = asked_of(request)
    problems = [*asked.as_at.problems, *asked.compared.problems]
    found = [] if problems else _found(asked)
    counts = Counter(change.kind for change in found)
    what = request.GET.get("what", "")
    shown = [change for change in found if change.kind == what] if what in KINDS else found
    paging = Page.read(request.GET, count=len(shown), size=SIZE)
    rows = paging.of(shown)
    context = common(asked, [change.risk for change in rows]) | {
        "title": f"{asked.level_word} risks: what changed",
        "faces": faces(asked, "changes"),
        "figures": [
            (label, counts[kind], query_string(request.GET, what=kind, page=None)) for kind, label in KINDS.items()
        ],
        "bands": sum(change.band for change in found),
        "what": KINDS.get(what, ""),
        "everything": query_string(request.GET, what=None, page=None),
        "groups": _groups(rows, asked),
        "total": len(shown),
        "all": len(found),
        "page": paging,
        "problems": problems,
        "has_errors": bool(problems),
        "keep_since": [
            (name, value) for name, values in request.GET.lists() if name not in {"since", "page"} for value in values
        ],
        "since_days": [
            Choice(each.label, query_string(request.GET, since=each.day.isoformat(), page=None), day=each.day)
            for each in past_days(issued(request), asked.day)
            if each.day < asked.day
        ],
    }
    return render(request, "risks/changes.html", context)


def _found(asked: Asked) -> list[Change]:
    days = two_days(
        asked.actor,
        organisation=asked.body.pk if asked.body else None,
        since=asked.since,
        as_at=asked.day,
        scales=asked.book.matrices,
        whole=False,
    )
    return compare(days, level=asked.level, restricted=readable_while_restricted(asked.actor, days.after))


def _groups(rows: Sequence[Change], asked: Asked) -> list[Group]:
    told: dict[str, list[Told]] = {}
    for change in rows:
        risk = change.risk
        href = reverse("risk", kwargs={"organisation": risk.organisation_code, "reference": risk.reference})
        told.setdefault(change.kind, []).append(Told(change, href + asked.as_at.query))
    return [Group(kind, KINDS[kind], tuple(each)) for kind, each in told.items()]
