"""The page of one project, live or as it stood on a past day."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.commands import may_report
from candour.finance.models import Project
from candour.finance.queries.projects import ProjectWhole, project_in_full
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
def project(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Highlight reports, business cases, benefits, requests for change, history; facts at the side."""
    it, as_at = found(request, "project", organisation, reference), day_of(request)
    context = page_frame(request, it, as_at)
    whole = project_in_full(it, actor=request.actor, today=request.today, as_at=as_at.day)
    if whole is None:
        return render(request, "finance/not_then.html", context)
    return render(request, "finance/project.html", context | _shown(request, it, whole, as_at))


def _shown(request: Request, it: Project, whole: ProjectWhole, as_at: AsAt) -> dict[str, Any]:
    row, line = whole.row, whole.row.line
    verbs = _verbs(request.actor, it, whole) if as_at.day is None else []
    reports = [report_row(one, whole.words[one["id"]]) for one in whole.reports]
    return {
        "row": row,
        "line": line,
        "whole": whole,
        "tone": TONES[row.state],
        "state_means": rules.PROJECT_WORDS[row.state],
        "words": [
            (name, word, WORD_TONES[tone])
            for name, word, tone in (
                ("Time", line.time_word, line.time_tone),
                ("Cost", line.cost_word, line.cost_tone),
                ("Benefits", line.benefits_word, line.benefits_tone),
            )
        ],
        "latest": reports[0] if reports else None,
        "earlier": reports[1:],
        "cases": [_case(one) for one in whole.cases],
        "benefits": whole.benefits,
        "report": address(it, "report") if verbs and _reports(request.actor, it, whole) else "",
        "verbs": verbs,
    } | page_tail(request, it, as_at)


def report_row(one: Mapping[str, Any], words: tuple[rules.Rated | None, ...]) -> dict[str, Any]:
    """A highlight report as the page shows it."""
    named = zip(("Time", "Cost", "Benefits"), words, strict=True)
    return dict(one) | {
        "words": [
            (name, word.word if word else "not rated", WORD_TONES[word.tone if word else ""]) for name, word in named
        ]
    }


def _case(one: Mapping[str, Any]) -> dict[str, Any]:
    tone = {"approved": "green", "refused": "line"}.get(one["answer"], "blue")
    said = rules.ANSWERS.get(one["answer"], "Awaits approval")
    return dict(one) | {"name": rules.CASES[one["kind"]], "said": said, "tone": tone}


def _reports(actor: Actor, it: Project, whole: ProjectWhole) -> bool:
    return it.record.closed_on is None and whole.row.line.stage == "Delivery" and may_report(actor, it.record)


def _verbs(actor: Actor, it: Project, whole: ProjectWhole) -> list[tuple[str, str]]:
    """The changes that may be made to it, as (address, words)."""
    running = it.record.closed_on is None
    manage = allowed(actor, FinancePermission.MANAGE, it.record)
    mine, line = may_report(actor, it.record), whole.row.line
    asked = line.asked_on is not None
    approved = any(one["kind"] == "full" and one["answer"] == "approved" for one in whole.cases)
    offered = (
        (running and mine and line.stage == "Delivery", "report", "Make a highlight report"),
        (running and manage and not line.waiting and not approved, "case", "Submit a business case"),
        (running and manage and bool(line.waiting), "case-answer", "Record the answer to the business case"),
        (running and mine and not asked, "ask-change", "Ask for a change of cost or end"),
        (running and manage and asked, "answer-change", "Answer the request for change"),
        (running and manage, "benefit", "Plan a benefit"),
        (bool(whole.benefits) and mine, "measure", "Measure a benefit"),
        (running and manage, "change", "Change what it says"),
        (running and manage, "close", "Close it"),
    )
    return [(address(it, name), words) for may, name, words in offered if may] + usual_verbs(actor, it)
