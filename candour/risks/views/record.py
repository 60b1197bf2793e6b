"""The page of one risk, live or as it stood on a past day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import links_of
from candour.kernel.web.charts import Chart, Point, score_history
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks.access import RiskPermission
from candour.risks.models import Risk
from candour.risks.queries import ControlRow, RiskRow, in_full, latest_events, shares_of
from candour.risks.views.events import Known, Told, passed_dates, told
from candour.risks.views.frame import address, as_at_of, found, kept_with_day, past_choices, since_of
from candour.risks.views.words import SEEN_BY, STATE_TONES, STATUS_TONES

LATEST = 8  # entries on the page; the rest are one link away


@dataclass(frozen=True)
class ControlLine:
    """A control as the page shows it. day: when it is due, or since when it is in place."""

    control: ControlRow
    tone: str
    day: date | None
    new: bool
    href: str


@page(RiskPermission.SEE, kept=True)
def risk(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Summary, controls, what happened; facts, chart and thread at the side."""
    it = found(request, organisation, reference)
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
        "timeline": _timeline(it, row, actor, as_at),
        "entries": it.record.head_sequence,
        "before": _before(row, since),
        "target_words": _target(row),
        "seen_by": SEEN_BY[row.sensitivity],
        "chart": _chart(row, day),
        "verbs": verbs(it, may),
    } | _attached(it, actor, day, live=as_at is None)


def _attached(it: Risk, actor: Actor, day: date, *, live: bool) -> dict[str, Any]:
    """What other records and files say of the risk today; on a past day the timeline tells of them."""
    if not live:
        return {"shares": [], "links": []}
    return {
        "shares": shares_of(it.record),
        "links": links_of(it.record, actor=actor),
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


def verbs(it: Risk, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("change", "risk-hand-over", "Hand it over"),
        ("close", "risk-level", "Move it to another register"),
        ("restrict", "risk-restrict", "Change who may see it"),
        ("share", "risk-share", "Share it with another body"),
        ("close", "risk-close", "Close it"),
    )
    return [(address(it, name), words) for need, name, words in offered if may.get(need)]


def _control_lines(it: Risk, row: RiskRow, since: date) -> list[ControlLine]:
    lines = [
        ControlLine(
            control,
            STATE_TONES[control.state],
            control.due if control.pending else control.in_place_since,
            control.added_on > since and row.line.first_recorded <= since,
            address(it, "risk-control", control=control.pk),
        )
        for control in row.controls
    ]
    return sorted(lines, key=lambda line: (line.day is None, line.day or date.max, line.control.pk))


def _timeline(it: Risk, row: RiskRow, actor: Actor, as_at: date | None) -> list[Told]:
    known = Known.of(row.history, row.controls)
    happened = [told(event, known) for event in latest_events(it.record, actor, day=as_at, size=LATEST)]
    if row.line.closed_on is None:
        happened += passed_dates(row.controls, tag="Overdue Control")
    return sorted(happened, key=lambda each: (each.day, each.sequence), reverse=True)


def _before(row: RiskRow, since: date) -> dict[str, int]:
    """Impact and likelihood on the day compared with, where they were other than now and on the same scale."""
    standing = [point for point in row.history if point.since <= since]
    if not standing or row.matrix is None or standing[-1].matrix.id != row.matrix.id:
        return {}
    then = standing[-1]
    pairs = (("impact", then.impact, row.line.impact), ("likelihood", then.likelihood, row.line.likelihood))
    return {name: was for name, was, now in pairs if was != now}


def _target(row: RiskRow) -> str:
    if row.line.target is None:
        return "not yet"
    return f"{row.line.target}, reached" if (row.line.score or 0) <= row.line.target else str(row.line.target)


def _chart(row: RiskRow, day: date) -> Chart | None:
    """The score on the bands of the scale in use. What was scored on an older scale is told in the timeline."""
    if row.matrix is None:
        return None
    points = [
        Point(point.since, point.impact, point.likelihood) for point in row.history if point.matrix.id == row.matrix.id
    ]
    bands = sorted(row.matrix.bands, key=lambda band: band.low)
    return score_history(
        points, bands=bands, until=day, key="score", title=f"Score of {row.reference} since it was recorded"
    )
