"""The page of one recommendation, live or as it stood on a past day."""

from dataclasses import dataclass, replace
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
from candour.kernel.records.happened import latest_events
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Recommendation
from candour.recommendations.queries import RecommendationRow, row_on
from candour.recommendations.queries.figures import forecast_for
from candour.recommendations.queries.one import in_full, neighbours_of
from candour.recommendations.views.frame import address, found, listed, past_choices
from candour.recommendations.views.steps import OwnerLedger, owner_ledgers, steps
from candour.recommendations.views.telling import told
from candour.recommendations.views.words import RESPONSES, SEEN_BY, SOURCES

LATEST = 8  # entries on the page; the rest are one link away
RECENT = 3  # updates on the page; the rest are folded away


@dataclass(frozen=True)
class Offer:
    """A change that the reader may make at this stage: (address, words)."""

    href: str
    words: str


@page(RecommendationPermission.SEE, kept=True)
def recommendation(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What was asked, the ledger, the steps to closure, updates, what happened; facts, checks and links at the side."""
    it = found(request, organisation, reference)
    actor: Actor = request.actor
    as_at = as_at_of(request)
    day = as_at.day or request.today
    row = row_on(it.record, actor=actor, today=day, as_at=day) if as_at.day else in_full(it, today=day)
    context = {
        "it": it,
        "as_at": as_at,
        "day": day,
        "past": as_at.query,
        "past_days": past_choices(request),
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    if row is None:
        return render(request, "recommendations/record_not_then.html", context)
    happened = latest_events(it.record, actor, day=as_at.day, size=LATEST)
    context |= _shown(row, day) | {"timeline": [told(event) for event in happened]}
    context["entries"] = it.record.head_sequence
    context["ledgers"] = owner_ledgers(row.owners)
    if as_at.day is None:
        context |= _live(it, row, actor, day)
    return render(request, "recommendations/record.html", context)


def _shown(row: RecommendationRow, day: date) -> dict[str, Any]:
    """What is said of it on any day."""
    updates = tuple(reversed(row.updates))
    return {
        "row": row,
        "line": row.line,
        "item": listed(row, day=day, own=None),
        "source": SOURCES[row.line.source],
        "response": RESPONSES[row.line.response],
        "seen_by": SEEN_BY[row.sensitivity],
        "steps": steps(row),
        "updates": updates[:RECENT],
        "earlier": updates[RECENT:],
    }


def _live(it: Recommendation, row: RecommendationRow, actor: Actor, day: date) -> dict[str, Any]:
    """What is offered, attached and worked out today; on a past day the timeline tells of it."""
    may = powers(actor, it, row.stage)
    posts = [owner.owner_id for owner in row.owners if owner.owner_id]
    files = files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None
    last, before = (*reversed(row.updates), None, None)[:2]
    held = len(files.rows) if files else 0
    earlier = before.answers if before else None
    return {
        "may": may,
        "ledgers": [_with_changes(it, ledger, may) for ledger in owner_ledgers(row.owners)],
        "main": main_offer(it, may),
        "offers": offers(it, may),
        "checks": rules.checks(last.answers, before=earlier, files=held) if last and last.achieved else (),
        "checked": last,
        "forecast": forecast_for(posts, actor=actor) if row.line.closed_on is None else None,
        "neighbours": neighbours_of(it, actor=actor),
        "actions": actions_of(it.record, actor=actor, today=day) if allowed(actor, ActionPermission.SEE) else None,
        "files": files,
    }


def powers(actor: Actor, it: Recommendation, stage: rules.Stage) -> dict[str, bool]:
    """What the actor may do to it at its stage, by verb."""
    needs: dict[str, tuple[rules.Verb, RecommendationPermission]] = {
        "respond": ("respond", RecommendationPermission.CHANGE),
        "update": ("update", RecommendationPermission.UPDATE),
        "propose": ("propose", RecommendationPermission.UPDATE),
        "withdraw": ("withdraw", RecommendationPermission.UPDATE),
        "decide": ("decide", RecommendationPermission.CLOSE),
        "verify": ("verify", RecommendationPermission.VERIFY),
        "end": ("end", RecommendationPermission.CLOSE),
        "reopen": ("reopen", RecommendationPermission.CLOSE),
        "slip": ("slip", RecommendationPermission.UPDATE),
        "change": ("change", RecommendationPermission.CHANGE),
    }
    may = {name: rules.may(verb, stage) and allowed(actor, need, it.record) for name, (verb, need) in needs.items()}
    return may | {
        "grant": allowed(actor, RecommendationPermission.GRANT, it.record),
        "withdraw_date": allowed(actor, RecommendationPermission.UPDATE, it.record),
        "restrict": allowed(actor, RecommendationPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def main_offer(it: Recommendation, may: dict[str, bool]) -> Offer | None:
    """The one button: the next step that the reader may take."""
    ordered = (
        ("decide", "recommendation-decide", "Record what the panel decided"),
        ("verify", "recommendation-verify", "Record what the auditor found"),
        ("update", "recommendation-update", "Record an update"),
        ("reopen", "recommendation-reopen", "Reopen it"),
    )
    return next((Offer(address(it, name), words) for need, name, words in ordered if may[need]), None)


def offers(it: Recommendation, may: dict[str, bool]) -> list[Offer]:
    """The smaller changes."""
    ordered = (
        ("respond", "recommendation-respond", "Give the body’s response"),
        ("propose", "recommendation-propose", "Propose to close it"),
        ("withdraw", "recommendation-withdraw", "Take the proposal back"),
        ("change", "recommendation-add-owner", "Name another owner"),
        ("change", "recommendation-repeat", "Say what it repeats"),
        ("end", "recommendation-end", "End it without its being done"),
        ("reopen", "recommendation-reopen", "Reopen it"),
        ("restrict", "recommendation-restrict", "Change who may see it"),
        ("share", "recommendation-share", "Share it with another body"),
    )
    return [Offer(address(it, name), words) for need, name, words in ordered if may[need]]


def _with_changes(it: Recommendation, ledger: OwnerLedger, may: dict[str, bool]) -> OwnerLedger:
    waits = ledger.owner.asked is not None
    offered = {
        "move": ("recommendation-slip", may["slip"]),
        "hand_over": ("recommendation-hand-over", may["change"]),
        "ask": ("recommendation-ask-date", may["slip"] and bool(ledger.lines) and not waits),
        "answer": ("recommendation-answer-date", may["grant"] and waits),
        "withdraw": ("recommendation-withdraw-date", may["withdraw_date"] and waits),
    }
    place: Any = {"assignment": ledger.owner.pk}
    links: Any = {verb: address(it, name, **place) for verb, (name, may_it) in offered.items() if may_it}
    return replace(ledger, **links)
