"""The page of one agreement, live or as it stood on a past day."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement
from candour.commissioning.queries import Whole, happened_to, in_full
from candour.commissioning.rules import care
from candour.commissioning.views.frame import CARE_TONES, RESULT_TONES, SEEN_BY, address, found
from candour.commissioning.views.words import told
from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.records.priorities import priorities, said_of
from candour.kernel.records.queries import links_of, shares_of
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

LATEST = 8  # entries on the page; the rest are one link away


@page(CommissioningPermission.SEE, kept=True)
def agreement(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Health check with how to mend each, value and variations, orders, documents, contacts, history; facts at the side."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    whole = in_full(it, actor=request.actor, today=day, as_at=as_at.day)
    context = {
        "agreement": it,
        "as_at": as_at,
        "day": day,
        "past": as_at.query,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    if whole is None:
        return render(request, "commissioning/record_not_then.html", context)
    return render(request, "commissioning/record.html", context | _shown(request, it, whole, as_at.day))


def _shown(request: Request, it: Agreement, whole: Whole, as_at: date | None) -> dict[str, Any]:
    actor, row, day = request.actor, whole.row, as_at or request.today
    happened = happened_to(it.record, actor, day=as_at)
    may = powers(actor, it, whole) if as_at is None else {}
    known = priorities(actor, as_at=as_at)
    served, named = [one for one in known if one.pk in row.serves], said_of(known)
    return {
        "row": row,
        "line": row.line,
        "tone": rules.STATE_TONES[row.state],
        "state_means": rules.STATE_WORDS[row.state],
        "checks": [_check(it, one, may) for one in (*row.failing, *row.warning)],
        "passing": row.passing,
        "gate": _gate(whole),
        "gate_said": _listed(whole.gate),
        "overridden": whole.overridden and bool(whole.gate),
        "money": {
            "first": rules.pounds(it.value) if as_at is None else "",
            "now": row.value,
            "ordered": row.ordered,
            "paid": rules.pounds(row.line.paid),
            "left": rules.pounds((row.line.value or 0) - row.line.ordered) if row.line.value is not None else "",
            "over": row.line.value is not None and row.line.ordered > row.line.value,
        },
        "variations": [
            (
                one["on"],
                rules.GROUNDS[one["ground"]],
                rules.pounds(one["change"]) if one["change"] else "",
                one["new_end"],
            )
            for one in whole.hanging.variations
        ],
        "orders": [
            (one["number"], one["on"], rules.pounds(one["value"]), one["early"]) for one in whole.hanging.orders
        ],
        "contacts": [
            (one["role"], one["email"], one["confirmed_on"], one["left_on"]) for one in whole.hanging.contacts
        ],
        "signatures": _signatures(whole),
        "documents": [_document(one) for one in whole.hanging.documents],
        "texts": [
            (label, row.texts[name])
            for name, label in (
                ("specification", "Specification"),
                ("kpis", "KPIs"),
                ("monitoring", "Monitoring"),
                ("management", "Management plan"),
            )
            if row.texts[name]
        ],
        "timeline": [told(event, named) for event in happened[:LATEST]],
        "serves": [(one.address, one.words) for one in served],
        "entries": it.record.head_sequence,
        "seen_by": SEEN_BY[row.sensitivity],
        "may": may,
        "care": _care(row.line, day),
        "process": _process(it, row.line) if as_at is None else None,
        "verbs": verbs(it, may),
    } | (_attached(request, it) if as_at is None else {"links": [], "shares": []})


def _check(it: Agreement, one: rules.Finding, may: dict[str, bool]) -> tuple[rules.Finding, str, str]:
    href = address(it, f"agreement-{one.check.page}") if may.get("change") else ""
    return one, RESULT_TONES[one.result], href


def _care(line: rules.Line, day: date) -> list[tuple[str, str, str, date | None]]:
    """How the provider stands in each check that this agreement needs: (name, result, tone, until)."""
    found = [(one, care.result(one, day)) for one in care.read_told(line.diligence)]
    return [(one.name, said, CARE_TONES[said], one.until) for one, said in found]


def _process(it: Agreement, line: rules.Line) -> dict[str, Any]:
    """Where its process stands: what comes next, by when, and who sees to it."""
    who = it.step_post or it.record.owner
    return {"began": it.began_on, "step": line.step, "due": line.step_due, "post": str(who or "")}


def _gate(whole: Whole) -> list[tuple[bool, str]]:
    """What the gate asks for, in its order, with whether it is there."""
    line = whole.row.line
    return [
        (line.specified, "Specification"),
        (line.starts is not None and line.ends is not None, "First and last day"),
        (line.kpis, "KPIs"),
        (line.office_signed_on is not None, "Signed by the office"),
        (line.provider_signed_on is not None, "Signed by the provider"),
    ]


def _signatures(whole: Whole) -> list[tuple[str, str, date]]:
    """Who signed, by which post, when."""
    line = whole.row.line
    days = {"office": line.office_signed_on, "provider": line.provider_signed_on}
    return [(rules.SIDES[side], whole.row.texts[f"{side}_signed_by"], on) for side, on in days.items() if on]


def _listed(parts: tuple[str, ...]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _document(one: Any) -> dict[str, Any]:
    """A document with what its text check found, a line each."""
    said = [
        (one["old_template"], "Written on an old template"),
        (one["undated"], "No date"),
        (one["blank_signature"], "A signature block is blank"),
        (one["title_differs"], "Its title is not that of the register"),
    ]
    names = {"agreement": "The agreement", "specification": "The specification", "plan": "The management plan"}
    return {
        "what": names[one["which"]],
        "on": one["on"],
        "template": one["template"],
        "places": [place for place in (one["places"] or "").split("\n") if place],
        "brackets": one["brackets"],
        "wrong": [words for holds, words in said if holds],
        "checked": one["checked"] or one["which"] != "agreement",
    }


def _attached(request: Request, it: Agreement) -> dict[str, Any]:
    """What other records and files say of the agreement today."""
    actor, today = request.actor, request.today
    return {
        "links": links_of(it.record, actor=actor),
        "shares": shares_of(it.record),
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def powers(actor: Actor, it: Agreement, whole: Whole) -> dict[str, bool]:
    """What the actor may do to the agreement as it stands; one that has ended is only restricted or shared."""
    manage = allowed(actor, CommissioningPermission.MANAGE, it.record)
    open_now = it.record.closed_on is None
    shut = bool(whole.gate)
    return {
        "change": manage and open_now,
        "order": manage and open_now and (not shut or whole.overridden),
        "override": allowed(actor, CommissioningPermission.OVERRIDE, it.record) and open_now and shut,
        "restrict": allowed(actor, CommissioningPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def verbs(it: Agreement, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("change", "agreement-change", "Change its facts"),
        ("change", "agreement-serves", "Say which priorities it serves"),
        ("change", "agreement-sign", "Record a signature"),
        ("change", "agreement-vary", "Record a variation or an extension"),
        ("order", "agreement-order", "Record an order"),
        ("override", "agreement-override", "Override the gate"),
        ("change", "agreement-document", "Attach a document"),
        ("change", "agreement-return-ask", "Ask for returns"),
        ("change", "agreement-contact", "Confirm or add a contact"),
        ("change", "agreement-next", "Record what comes next"),
        ("change", "agreement-diligence", "Record what was seen of its provider"),
        ("change", "agreement-end", "Record that it ended"),
        ("restrict", "agreement-restrict", "Change who may see it"),
        ("share", "agreement-share", "Share it with another body"),
    )
    return [(address(it, name), words) for need, name, words in offered if may.get(need)]
