"""The page of one risk, live or as it stood on a past day."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.queries import Event
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.happened import latest_events
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import shares_of
from candour.kernel.records.telling import Told
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.charts import Aim, Chart, Point, score_history
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks.access import RiskPermission
from candour.risks.models import Risk
from candour.risks.queries import ControlRow, Others, RiskRow, in_full, others_of
from candour.risks.queries.appetite import tolerated
from candour.risks.queries.rows import ScorePoint
from candour.risks.views.events import Known, named_in, passed_dates, told
from candour.risks.views.frame import address, found, past_choices, since_of
from candour.risks.views.scorecards import cards
from candour.risks.views.words import RESPONSES, SEEN_BY, STATE_TONES, STATUS_TONES

AIMS = {"inherent": "Inherent", "target": "Target"}
LATEST = 8  # entries on the page; the rest are one link away


@dataclass(frozen=True)
class ControlLine:
    """A control as the page shows it. day: when it is due, or since when it is in place."""

    control: ControlRow
    tone: str
    day: date | None
    new: bool
    href: str
    change: str


@page(RiskPermission.SEE, kept=True)
def risk(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Summary, controls, what happened; facts, chart and thread at the side."""
    it = found(request, organisation, reference, appetite_on=request.today)
    actor: Actor = request.actor
    as_at = as_at_of(request)
    day = as_at.day or request.today
    since = since_of(request, day)
    row = in_full(it, actor=actor, today=day, as_at=as_at.day, since=since)
    context = {
        "risk": it,
        "as_at": as_at,
        "day": day,
        "since": since,
        "past": as_at.query,
        "past_days": past_choices(request),
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    if row is None:
        return render(request, "risks/record_not_then.html", context)
    return render(
        request, "risks/record.html", context | _shown(it, row, actor=actor, as_at=as_at.day, since=since, day=day)
    )


def _shown(it: Risk, row: RiskRow, *, actor: Actor, as_at: date | None, since: date, day: date) -> dict[str, Any]:
    may = powers(actor, it) if as_at is None else {}
    happened = latest_events(it.record, actor, day=as_at, size=LATEST, named=False)
    # On a past day other records are not named: what they are today was not so then.
    others = others_of(it, actor=actor, **named_in(happened)) if as_at is None else Others()
    lines = _control_lines(it, row, since)
    standing = [line for line in lines if line.control.removed_on is None]
    return {
        "row": row,
        "line": row.line,
        "may": may,
        "tone": STATUS_TONES.get(row.status, ""),
        "pending": [line for line in standing if line.control.pending],
        "existing": [line for line in standing if not line.control.pending],
        "removed": [line for line in lines if line.control.removed_on is not None],
        "standing": len(standing),
        "overdue": sum(line.control.state == "overdue" for line in standing),
        "updates": tuple(reversed(row.updates)),
        "timeline": _timeline(row, happened, others),
        "others": others,
        "cards": cards(row),
        "entries": it.record.head_sequence,
        "before": _before(row, since),
        "response": RESPONSES.get(row.response, ""),
        "appetite": tolerated(it, row, as_at=as_at),
        "seen_by": SEEN_BY[row.sensitivity],
        "charts": _charts(row, day),
        "verbs": verbs(it, may, proposed=row.proposed is not None),
    } | _attached(it, actor, day, others, live=as_at is None)


def _attached(it: Risk, actor: Actor, day: date, others: Others, *, live: bool) -> dict[str, Any]:
    """What other records and files say of the risk today; on a past day the timeline tells of them."""
    if not live:
        return {"shares": [], "links": []}
    return {
        "shares": shares_of(it.record),
        "links": others.linked,
        "actions": actions_of(it.record, actor=actor, today=day) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def powers(actor: Actor, it: Risk) -> dict[str, bool]:
    """What the actor may do to the risk as it stands; a closed one can only be reopened."""
    may = {each.name.lower(): allowed(actor, each, it.record) for each in RiskPermission}
    may |= {
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }
    if it.record.closed_on is None:
        return may | {"reopen": False}
    return dict.fromkeys(may, False) | {"see": True, "history": may["history"], "reopen": may["close"]}


def verbs(it: Risk, may: dict[str, bool], *, proposed: bool) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("review", "risk-score", "Score it again"),
        ("review", "risk-propose", "Propose a score to a board"),
        ("review", "risk-inherent", "Set the inherent score"),
        ("review", "risk-target", "Set the target score"),
        ("review", "risk-response", "Choose what is done about it"),
        ("change", "risk-hand-over", "Hand it over"),
        ("change", "risk-joint", "Say who carries it too"),
        ("close", "risk-level", "Escalate or de-escalate it"),
        ("close", "risk-merge", "Merge it into another risk"),
        ("restrict", "risk-restrict", "Change who may see it"),
        ("share", "risk-share", "Share it with another body"),
        ("close", "risk-close", "Close it"),
    )
    waiting = {"risk-score", "risk-propose"} if proposed else set()  # while a score is proposed, that is what to answer
    return [(address(it, name), words) for need, name, words in offered if may.get(need) and name not in waiting]


def _control_lines(it: Risk, row: RiskRow, since: date) -> list[ControlLine]:
    lines = [
        ControlLine(
            control,
            STATE_TONES[control.state],
            control.due if control.pending else control.in_place_since,
            control.added_on > since and row.line.first_recorded <= since,
            address(it, "risk-control", control=control.pk),
            address(it, "risk-change-control", control=control.pk),
        )
        for control in row.controls
    ]
    return sorted(lines, key=lambda line: (line.day is None, line.day or date.max, line.control.pk))


def _timeline(row: RiskRow, happened: list[Event], others: Others) -> list[Told]:
    known = Known.of(row.history, row.controls, others)
    items = [told(event, known) for event in happened]
    if row.line.closed_on is None:
        items += passed_dates(row.controls, tag="Overdue Control")
    return sorted(items, key=lambda each: (each.day, each.sequence), reverse=True)


def _before(row: RiskRow, since: date) -> dict[str, int]:
    """Impact and likelihood on the day compared with, where they were other than now and on the same scale."""
    standing = [point for point in row.history if point.since <= since]
    if not standing or row.matrix is None or standing[-1].matrix.id != row.matrix.id:
        return {}
    then = standing[-1]
    pairs = (("impact", then.impact, row.line.impact), ("likelihood", then.likelihood, row.line.likelihood))
    return {name: was for name, was, now in pairs if was != now}


@dataclass(frozen=True)
class Scored:
    """The score while it stood on one scale, until it was scored on the next (None: the one in use)."""

    scale: str
    until: date | None
    chart: Chart


def _charts(row: RiskRow, day: date) -> list[Scored]:
    """The score on the bands of the scale in use, then on each scale before it, the latest first: they are not compared."""
    stretches = [list(points) for _, points in groupby(row.history, key=lambda point: point.matrix.id)]
    ends = [stretch[0].since for stretch in stretches[1:]]
    return [
        _scored(row, stretch, number=number, until=until, day=day)
        for number, (stretch, until) in enumerate(zip(reversed(stretches), [None, *reversed(ends)], strict=False))
    ]


def _scored(row: RiskRow, stretch: list[ScorePoint], *, number: int, until: date | None, day: date) -> Scored:
    matrix = stretch[-1].matrix
    points = [Point(point.since, point.impact, point.likelihood) for point in stretch]
    lines = [
        Aim(kind, AIMS[kind], each.since, each.impact, each.likelihood)
        for kind, each in row.aims
        if each.matrix.id == matrix.id
    ]
    title = f"Score of {row.reference} since it was recorded"
    if until or points[0].day > row.line.first_recorded:
        title = f"Score of {row.reference} on {matrix.name}"
    bands = sorted(matrix.bands, key=lambda band: band.low)
    key = f"score-{number}" if number else "score"
    return Scored(
        matrix.name, until, score_history(points, bands=bands, until=until or day, key=key, title=title, aims=lines)
    )
