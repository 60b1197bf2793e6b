"""The page of one scheme, live or as it stood on a past day."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.commands import may_report
from candour.finance.models import Scheme
from candour.finance.papers.drawn import scheme_chart
from candour.finance.queries.rows import SchemeWhole, SchemeYear
from candour.finance.queries.schemes import scheme_in_full
from candour.finance.views.frame import (
    TONES,
    WORD_TONES,
    address,
    day_of,
    found,
    page_frame,
    page_tail,
    usual_verbs,
)
from candour.kernel.access import Actor, allowed
from candour.kernel.web.asat import AsAt
from candour.kernel.web.page import Request, page


@page(FinancePermission.SEE, kept=True)
def scheme(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Figures by year, where the money comes from, history; facts at the side."""
    it, as_at = found(request, "finance-scheme", organisation, reference), day_of(request)
    context = page_frame(request, it, as_at)
    whole = scheme_in_full(it, actor=request.actor, today=request.today, as_at=as_at.day)
    if whole is None:
        return render(request, "finance/not_then.html", context)
    return render(request, "finance/scheme.html", context | _shown(request, it, whole, as_at))


def _shown(request: Request, it: Scheme, whole: SchemeWhole, as_at: AsAt) -> dict[str, Any]:
    row, line = whole.row, whole.row.line
    saves = line.sort == "saving"
    verbs = _verbs(request.actor, it) if as_at.day is None else []
    return {
        "row": row,
        "line": line,
        "whole": whole,
        "saves": saves,
        "sort": rules.SORTS[line.sort],
        "names": rules.PARTS[line.sort],
        "tone": TONES[row.state],
        "state_means": rules.STATE_WORDS[row.state],
        "word_tone": WORD_TONES[line.tone],
        "stands": rules.say_position(line.position) if line.position else "",
        "chart": scheme_chart(whole, key="years"),
        "years": [_year(one, saves) for one in whole.years],
        "heads": [rules.say_year(one.year) for one in whole.years],
        "sources": [
            (name, [(rules.say_year(one.year), amounts.get(one.year)) for one in whole.years])
            for name, amounts in whole.sources
        ],
        "unfunded": rules.saying.unfunded(line.unfunded),
        "report": address(it, "rate") if verbs and may_report(request.actor, it.record) else "",
        "verbs": verbs,
    } | page_tail(request, it, as_at)


def _year(one: SchemeYear, saves: bool) -> dict[str, Any]:
    amounts = one.amounts
    return {
        "year": rules.say_year(one.year),
        "amounts": amounts,
        "variance": rules.saying.behind(amounts.variance) if saves else rules.saying.over(amounts.variance),
        "late": (amounts.variance or 0) < 0 if saves else (amounts.variance or 0) > 0,
        "slipped": rules.saying.slipped(one.slipped),
        "slips": one.slipped > 0,
        "share": amounts.share,
        "funding": one.funding,
        "unfunded": one.unfunded,
        "unfunded_said": rules.saying.unfunded(one.unfunded)
        if one.funding is not None or one.unfunded
        else "not known",
    }


def _verbs(actor: Actor, it: Scheme) -> list[tuple[str, str]]:
    """The changes that may be made to it, as (address, words)."""
    running = it.record.closed_on is None
    manage = running and allowed(actor, FinancePermission.MANAGE, it.record)
    offered = (
        (running and may_report(actor, it.record), "rate", "Rate how it is going"),
        (manage, "change", "Change what it says"),
        (manage, "finish", "Record that it is finished"),
    )
    return [(address(it, name), words) for may, name, words in offered if may] + usual_verbs(actor, it)
