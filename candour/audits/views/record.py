"""The page of one audit, live or as it stood on a past day."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.models import Audit
from candour.audits.queries import (
    AuditRow,
    carried_of,
    happened_to,
    in_full,
    ledger_of,
)
from candour.audits.views.frame import SEEN_BY, STATE_TONES, address, found
from candour.audits.views.words import told
from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import links_of, shares_of
from candour.kernel.records.raised import raised_from, tallied
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

LATEST = 8  # entries on the page; the rest are one link away
IN_SCOPE = "in scope"


@page(AuditPermission.SEE, kept=True)
def audit(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Terms, stages with their ledger, report, what was raised; facts, scope and links at the side."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    row = in_full(it, actor=request.actor, today=day, as_at=as_at.day)
    context = {
        "audit": it,
        "as_at": as_at,
        "day": day,
        "past": as_at.query,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    if row is None:
        return render(request, "audits/record_not_then.html", context)
    return render(request, "audits/record.html", context | _shown(request, it, row, as_at.day))


def _shown(request: Request, it: Audit, row: AuditRow, as_at: date | None) -> dict[str, Any]:
    actor = request.actor
    happened = happened_to(it.record, actor, day=as_at)
    may = powers(actor, it, row) if as_at is None else {}
    return {
        "row": row,
        "tone": STATE_TONES[row.state],
        "state_means": rules.STATE_WORDS[row.state],
        "next_word": rules.STAGES.get(row.line.next_stage, ""),
        "ledger": ledger_of(happened),
        "timeline": [told(event) for event in happened[:LATEST]],
        "entries": it.record.head_sequence,
        "seen_by": SEEN_BY[row.sensitivity],
        "survey": rules.ANSWERS.get(row.line.satisfaction or 0, ""),
        "may": may,
        "verbs": verbs(it, may, reported=row.line.final_on is not None),
    } | (_attached(request, it, may) if as_at is None else {"links": [], "shares": []})


def _attached(request: Request, it: Audit, may: dict[str, bool]) -> dict[str, Any]:
    """What other records and files say of the audit today."""
    actor, today = request.actor, request.today
    links = links_of(it.record, actor=actor)
    raised = raised_from([it.pk], actor=actor, today=today).get(it.pk)
    return {
        "scope_risks": [link for link in links if link.how == IN_SCOPE],
        "links": [link for link in links if link.how != IN_SCOPE],
        "raised": raised,
        "tally": tallied(raised or ()),
        "carried": carried_of(it, actor=actor),
        "shares": shares_of(it.record),
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def powers(actor: Actor, it: Audit, row: AuditRow) -> dict[str, bool]:
    """What the actor may do to the audit as it stands; one that left the plan can only be put back."""
    may = {each.name.lower(): allowed(actor, each, it.record) for each in AuditPermission}
    history = allowed(actor, HistoryPermission.SEE)
    if row.line.left:
        return dict.fromkeys(may, False) | {"history": history, "reinstate": may["plan"]}
    may |= {
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "link": allowed(actor, RecordPermission.LINK, it.record),
        "history": history,
        "leave": may["plan"] and row.line.final_on is None,
        "survey": may["record"] and row.line.final_on is not None,
        "report": may["record"],
    }
    return may


def verbs(it: Audit, may: dict[str, bool], *, reported: bool) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("report", "audit-report", "Correct the report" if reported else "Issue the report with its opinion"),
        ("survey", "audit-survey", "Record the survey’s answer"),
        ("plan", "audit-change", "Change what is audited"),
        ("leave", "audit-defer", "Defer it to a later year"),
        ("leave", "audit-cancel", "Cancel it"),
        ("restrict", "audit-restrict", "Change who may see it"),
        ("share", "audit-share", "Share it with another body"),
    )
    return [(address(it, name), words) for need, name, words in offered if may.get(need)]
