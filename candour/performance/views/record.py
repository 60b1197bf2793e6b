"""The page of one measure, live or as it stood on a past day."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.calendar import say_date
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.intake.access import IntakePermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import links_of, shares_of
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import Measure
from candour.performance.papers.drawn import chart_of, in_words, signal_words, target_words
from candour.performance.papers.parts import drawn_parts
from candour.performance.papers.season import earlier_rows, seasonal_chart
from candour.performance.queries import Figure, MeasureRow, Whole, broken_down, compared_last, happened_to, in_full
from candour.performance.views.frame import (
    AGAINST_SIGNS,
    AGAINST_TONES,
    ASSURANCE_TONES,
    SEEN_BY,
    SIGNS,
    TONES,
    VARIATION_TONES,
    address,
    found,
)
from candour.performance.views.words import told

LATEST, NEWEST = 8, 6  # entries, and figures, on the page; the rest are one link away
STATUS_TONES = {"Provisional": "line", "Revised": "blue", "Final": "green", "Not shown": "plum"}


@page(PerformancePermission.SEE, kept=True)
def measure(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Chart, figures as loaded, areas, explanations, history; definition and facts at the side."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    whole = in_full(it, actor=request.actor, today=day, as_at=as_at.day)
    context = {
        "measure": it,
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
        return render(request, "performance/record_not_then.html", context)
    return render(request, "performance/record.html", context | _shown(request, it, whole, as_at.day))


def _shown(request: Request, it: Measure, whole: Whole, as_at: date | None) -> dict[str, Any]:
    actor, row, line = request.actor, whole.row, whole.row.line
    may = powers(actor, it, whole) if as_at is None else {}
    every = request.GET.get("figures") == "all"
    series = list(reversed(whole.series))
    return {
        "row": row,
        "line": line,
        "tone": TONES[row.state],
        "state_means": rules.STATE_WORDS[row.state],
        "sign": SIGNS[line.variation],
        "variation_tone": VARIATION_TONES[line.variation],
        "aim_tone": ASSURANCE_TONES[line.assurance],
        "chart": chart_of(whole, key="process"),
        "chart_said": in_words(whole),
        "why": signal_words(whole),
        "trial": whole.process.limits is not None and whole.process.limits.trial,
        "few": whole.process.limits is None and bool(series),
        "breaks": [(row.say_period(one["period"]), one["why"]) for one in whole.breaks],
        "figures": [_figure(row, one) for one in (series if every else series[:NEWEST])],
        "more_figures": 0 if every else max(len(series) - NEWEST, 0),
        "count": len(series),
        "all_figures": query_string(request.GET, figures="all"),
        "has_parts": any(one.denominator is not None for one in series),
        "parts": [
            (one, [_figure(row, each) | {"name": name} for name, each in broken.parts])
            for place, broken in enumerate(broken_down(whole.figures))
            for one in (drawn_parts(row, broken, key=f"parts-{place}"),)
        ],
        "revised": any(one.status == "Revised" for one in series),
        "earlier": earlier_rows(whole),
        "seasonal": seasonal_chart(whole, key="season"),
        "against": rules.AGAINST_WORDS[row.against],
        "against_sign": AGAINST_SIGNS[row.against],
        "against_tone": AGAINST_TONES[row.against],
        "asked": [_asked(row, one) for one in reversed(whole.explanations)],
        "definition": _definition(row),
        "timeline": [told(event) for event in happened_to(it.record, actor, day=as_at)[:LATEST]],
        "entries": it.record.head_sequence,
        "compared": compared_last(it.pk, as_at=as_at),
        "seen_by": SEEN_BY[row.sensitivity],
        "open_data": reverse("open-measure-csv", args=[row.organisation_code, row.reference])
        if row.sensitivity == "public"
        else "",
        "may": may,
        "verbs": verbs(it, may),
    } | (_attached(request, it) if as_at is None else {"links": [], "shares": []})


def _figure(row: MeasureRow, one: Figure) -> dict[str, Any]:
    def shown(value: Any) -> str:
        return (
            "not shown"
            if one.hidden
            else rules.say(value, "number", 0 if value == value.to_integral() else 2)
            if value is not None
            else "none"
        )

    return {
        "period": row.say_period(one.period),
        "said": "not shown" if one.hidden else row.say(one.value),
        "first": "" if one.hidden or one.first is None else row.say(one.first),
        "top": shown(one.numerator),
        "bottom": shown(one.denominator),
        "status": one.status if one.value is not None or one.hidden else "None",
        "tone": STATUS_TONES.get(one.status, "") if one.value is not None or one.hidden else "line",
        "loaded_on": one.loaded_on,
    }


def _asked(row: MeasureRow, one: Any) -> dict[str, Any]:
    return {
        "period": row.say_period(one["period"]),
        "signal": one["signal"],
        "asked": one["asked"],
        "post": one["post_label"],
        "due": one["due"],
        "answer": one["answer"],
        "answered_on": one["answered_on"],
        "recovers_on": one["recovers_on"],
        "came": _came(row, one["recovers_on"]),
    }


def _came(row: MeasureRow, by: date | None) -> str:
    """Whether the recovery that was said came: told once a figure of that day is there."""
    line = row.line
    if by is None or line.last_period is None or rules.last_day(line.last_period, line.frequency) < by:
        return ""
    return "did not come" if line.variation == "concern" else "came"


def _definition(row: MeasureRow) -> list[tuple[str, str]]:
    line = row.line
    every = rules.FREQUENCIES[line.frequency].removeprefix("Each ").capitalize()
    base = f"{row.say_period(row.baseline[0])} to {row.say_period(row.baseline[1])}" if row.baseline else "all figures"
    facts = [
        ("Counts", row.texts["counts"]),
        ("Unit", rules.UNITS[line.unit] + (f" {row.per:,}" if line.unit == "rate" else "")),
        ("Better is", rules.BETTER[line.better]),
        ("Target", target_words(row) or "none"),
        *([("Tolerance", row.say(row.tolerance))] if row.tolerance is not None else []),
        ("Limits from", base),
        ("Every", f"{every}, due {row.due_days} working days after it"),
        ("Next due", say_date(line.due_on) if line.due_on else "not known"),
        ("Source", row.texts["source"] or "not said"),
        ("Revisions", row.texts["revisions"] or "not said"),
        ("Owner", row.owner or "no post"),
    ]
    if row.smallest:
        facts.append(("Not shown", f"Numbers below {row.smallest}"))
    return facts


def _attached(request: Request, it: Measure) -> dict[str, Any]:
    """What other records and files say of the measure today."""
    actor, today = request.actor, request.today
    return {
        "links": links_of(it.record, actor=actor),
        "shares": shares_of(it.record),
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def powers(actor: Actor, it: Measure, whole: Whole) -> dict[str, bool]:
    """What the actor may do to the measure as it stands; one that has ended is only restricted or shared."""
    running = it.record.closed_on is None
    manage = allowed(actor, PerformancePermission.MANAGE, it.record) and running
    owed = [one for one in whole.explanations if one["answered_on"] is None]
    return {
        "manage": manage,
        "load": manage and allowed(actor, IntakePermission.READ_IN, it.record),
        "ask": manage and whole.row.line.last_period is not None and not whole.row.line.explained,
        "answer": bool(owed) and (manage or any(one["post_id"] in actor.posts for one in owed)),
        "break": manage and bool(whole.series),
        "join": manage and bool(whole.breaks),
        "restrict": allowed(actor, PerformancePermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def verbs(it: Measure, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("manage", "measure-change", "Change its definition"),
        ("break", "measure-break", "Set the limits anew from a period"),
        ("join", "measure-join", "Take a break of the limits back"),
        ("ask", "measure-ask", "Ask for an explanation"),
        ("manage", "measure-sets", "Put it in sets of measures"),
        ("manage", "measure-end", "Record that it ended"),
        ("restrict", "measure-restrict", "Change who may see it"),
        ("share", "measure-share", "Share it with another body"),
    )
    return [(address(it, name), words) for need, name, words in offered if may.get(need)]
