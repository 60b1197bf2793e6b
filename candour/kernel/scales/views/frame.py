"""What the pages of scales share: the body at an address, its draft, and a matrix as a picture and as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from candour.kernel.access import Actor, require
from candour.kernel.people.models import Organisation
from candour.kernel.scales.access import ScalePermission
from candour.kernel.scales.models import Draft
from candour.kernel.scales.queries import open_drafts
from candour.kernel.scales.rules import Band, Guide, Level, Matrix
from candour.kernel.scales.scored import everything_scored
from candour.kernel.web.page import Request

# What an entry is called on the page of a scale.
EVENTS: Mapping[str, str] = {
    "scale.brought_in": "Brought in",
    "scale.ended": "Ended by a newer scale",
    "scale.kept": "Kept as a paper printed it",
    "scale.called_off": "Called off before its day",
}


@dataclass(frozen=True)
class GridRow:
    """One level of likelihood, and for each level of impact the score and the band that holds it, if one does."""

    level: Level
    cells: tuple[tuple[int, Band | None], ...]


@dataclass(frozen=True)
class Picture:
    """A matrix as its page shows it: likelihood downwards from the highest, the rest upwards from the lowest."""

    matrix: Matrix
    impact: tuple[Level, ...]
    likelihood: tuple[Level, ...]
    rows: tuple[GridRow, ...]
    bands: tuple[Band, ...]  # highest first
    longest: tuple[tuple[str, int], ...]  # (word of the kind, months)
    guide: tuple[tuple[Level, tuple[tuple[Guide, str], ...]], ...]  # by level of impact, the text of each category


def picture(matrix: Matrix) -> Picture:
    """A matrix drawn, finished or not."""
    impact = tuple(sorted(matrix.impact, key=lambda level: level.value))
    likelihood = tuple(sorted(matrix.likelihood, key=lambda level: level.value))
    rows = tuple(
        GridRow(up, tuple((up.value * over.value, _band(matrix, up.value * over.value)) for over in impact))
        for up in reversed(likelihood)
    )
    guide = tuple(
        (level, tuple((each, each.texts[place] if place < len(each.texts) else "") for each in matrix.guide))
        for place, level in enumerate(impact)
    )
    words = {value: f"{word.lower()} {scored.many}" for scored in everything_scored() for value, word in scored.levels}
    longest = tuple((words.get(kind, kind), months) for kind, months in matrix.longest)
    bands = tuple(sorted(matrix.bands, key=lambda band: -band.high))
    return Picture(matrix, impact, likelihood, rows, bands, longest, guide)


def _band(matrix: Matrix, score: int) -> Band | None:
    return next((band for band in matrix.bands if band.low <= score <= band.high), None)


def kinds() -> list[tuple[str, str]]:
    """The kinds that may have a longest interval, of everything that is scored: (value, word)."""
    return [level for scored in everything_scored() for level in scored.levels]


def bodies(actor: Actor) -> list[Organisation]:
    """The bodies whose scales an actor may read, their own first."""
    found = Organisation.objects.filter(pk__in=actor.scope(ScalePermission.SEE))
    return sorted(found, key=lambda each: (each.pk != actor.organisation, each.name))


def body_at(request: Request, code: str, *, manage: bool = False) -> Organisation:
    """The body at an address; Http404 alike for one that is not the actor's and one that never was.

    manage: raises Forbidden for who may read its scales and not change them.
    """
    body = next((each for each in bodies(request.actor) if each.code == code), None)
    if body is None:
        raise Http404
    if manage:
        require(request.actor, ScalePermission.MANAGE, Draft(organisation=body))
    return body


def may_manage(actor: Actor, body: Organisation) -> bool:
    return actor.holds(ScalePermission.MANAGE, body.pk)


def draft_at(request: Request, code: str) -> Draft:
    """The open draft of a body that the actor may change; Http404 where there is none."""
    body = body_at(request, code, manage=True)
    found = open_drafts([body])
    if not found:
        raise Http404
    found[0].organisation = body
    return found[0]


def posted(request: Request) -> Any:
    """What was sent, for a form to read; None when the page is only opened."""
    return request.POST if request.method == "POST" else None
