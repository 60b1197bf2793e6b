"""Sets of measures, such as the national priorities or what a board asks about people and complaints: a page each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from candour.kernel.access import allowed
from candour.kernel.history.queries import entries_of, events
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb, by
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.control import trace
from candour.kernel.web.marks import drawn
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.performance import commands, rules
from candour.performance.access import PerformancePermission
from candour.performance.forms import BeginSetForm, ChangeSetForm, ContributionForm, InSetsForm
from candour.performance.models import MeasureSet, Tag
from candour.performance.papers.parts import Drawn, drawn_parts
from candour.performance.queries import (
    MeasureRow,
    Tagged,
    filled_headings,
    measures_in,
    set_at,
    set_then,
    sets_of,
    sets_seen,
)
from candour.performance.views.frame import AGAINST_SIGNS, AGAINST_TONES, SIGNS, TONES, change, found, opened, verb_of
from candour.performance.views.words import Told, told

BOTH = ("GET", "POST")
MANAGE = PerformancePermission.MANAGE
FACTS = ("name", "source", "headings", "starts", "ends")


@dataclass(frozen=True)
class Shown:
    """A measure of a set as the page has it."""

    row: MeasureRow
    href: str
    tone: str
    sign: str
    spark: SafeString
    against: str
    against_sign: str
    against_tone: str
    broken: tuple[Drawn, ...]


@page(PerformancePermission.SEE)
def sets(request: Request) -> HttpResponse:
    """Every set, with how many of its headings have a measure."""
    seen = list(sets_seen(request.actor).order_by("organisation__name", "name"))
    filled = filled_headings(request.actor, seen, today=request.today)
    rows = [(each, len(rules.headings_of(each.headings)), len(filled.get(each.pk, ()))) for each in seen]
    context = {
        "rows": rows,
        "may_manage": allowed(request.actor, MANAGE),
        "many": len({each.organisation_id for each in seen}) > 1,
    }
    return render(request, "performance/sets.html", context)


@page(PerformancePermission.SEE)
def measure_set(request: Request, number: int) -> HttpResponse:
    """One set, live or as it stood: its measures by heading, with areas and categories; what has no measure; its statement."""
    it, as_at = _set(request, number), as_at_of(request)
    context = {
        "it": it,
        "as_at": as_at,
        "day": as_at.day or request.today,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
    }
    if as_at.day is None:
        under = measures_in(request.actor, it, today=request.today)
        return render(request, "performance/set.html", context | {"set": it} | _headings(request, it, under, as_at))
    then = set_then(request.actor, it, day=as_at.day)
    if then is None:
        return render(request, "performance/set_not_then.html", context)
    return render(request, "performance/set.html", context | {"set": then[0]} | _headings(request, it, then[1], as_at))


def _headings(request: Request, it: MeasureSet, under: Mapping[str, list[Tagged]], as_at: AsAt) -> dict[str, Any]:
    rows = {one.row.pk: one.row for each in under.values() for one in each}
    return {
        "headings": [
            (heading, [_shown(one, f"h{place}-{n}", as_at.query) for n, one in enumerate(each)])
            for place, (heading, each) in enumerate(under.items())
        ],
        "count": len(rows),
        "exceptions": sum(row.exception for row in rows.values()),
        "empty": sum(not each for each in under.values()),
        "may": allowed(request.actor, MANAGE, Record(organisation=it.organisation)) and as_at.day is None,
        "marking": marking_of(row.sensitivity for row in rows.values()),
    }


def _shown(one: Tagged, key: str, past: str) -> Shown:
    row = one.row
    return Shown(
        row,
        reverse("measure", args=[row.organisation_code, row.reference]) + past,
        TONES[row.state],
        SIGNS[row.line.variation],
        drawn(trace([None if value is None else float(value) for value in row.spark])),
        rules.AGAINST_WORDS[row.against],
        AGAINST_SIGNS[row.against],
        AGAINST_TONES[row.against],
        tuple(drawn_parts(row, broken, key=f"{key}-{place}") for place, broken in enumerate(one.broken)),
    )


@page(MANAGE, methods=BOTH)
def begin_set(request: Request) -> HttpResponse:
    """A new set, begun like one of ?like=, of the body of ?body=."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    like = request.GET.get("like", "") if request.GET.get("like", "") in rules.BEGUN else "own"
    begun = rules.BEGUN[like]
    start = {"name": begun.name, "source": begun.source, "headings": "\n".join(begun.headings)}
    start["starts"] = begun.starts or request.today  # type: ignore[assignment]
    form = BeginSetForm(request.POST if request.method == "POST" else None, initial=start, today=request.today)
    made: list[MeasureSet] = []

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in FACTS}
        made.append(commands.begin_set(organisation=body, **given, **by(request, form)))

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, "The set is begun. Put measures under its headings on their own pages")
        return redirect("set", made[0].pk)
    words = {"national": "National priorities", "people": "People and complaints", "own": "One of our own"}
    context = {
        "form": form,
        "body": body,
        "like": [Choice(words[name], query_string(request.GET, like=name), name == like) for name in rules.BEGUN],
        "switch": [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
        if len(may) > 1
        else [],
    }
    return render(request, "performance/set_begin.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def change_set(request: Request, number: int) -> HttpResponse:
    it = _set(request, number)
    start = {name: getattr(it, name) for name in FACTS}
    form = ChangeSetForm(**changing.opened(request, it, MANAGE), initial=start)
    saving = ("Measures stay under the headings that stay.", "What stood before stays in the history.")
    verb = _verb(it, "Change a set of measures", "Save the set", saving, "The set is changed")
    return _change(
        request, it, verb, form, lambda given, said: commands.change_set(it, **{n: given[n] for n in FACTS}, **said)
    )


@page(MANAGE, methods=BOTH)
def state_contribution(request: Request, number: int) -> HttpResponse:
    it = _set(request, number)
    start = {"text": it.contribution, "on": request.today}
    form = ContributionForm(**changing.opened(request, it, MANAGE), initial=start)
    saving = (
        "It stands on the page of the set with its day. Earlier ones stay in the history.",
        "For the national priorities it is the statement of paragraph 7A of the Specified Information Order: publish it in a "
        "prominent place.",
    )
    verb = _verb(it, "State the contribution", "Save the statement", saving, "The statement is kept")
    return _change(
        request, it, verb, form,
        lambda given, said: commands.state_contribution(it, text=given["text"], on=given["on"], **said),
    )  # fmt: skip


@page(MANAGE, methods=BOTH)
def put_in_sets(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Under which headings of which sets a measure stands."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    offered = {
        f"{one.pk}:{place}": (one, heading)
        for one, headings in sets_of(it, today=request.today)
        for place, heading in enumerate(headings)
    }
    held = {(tag.set_id, tag.heading) for tag in Tag.objects.filter(measure=it, until=None)}
    start = {
        "wanted": [key for key, (one, heading) in offered.items() if (one.pk, heading) in held],
        "on": request.today,
    }
    named = [(key, f"{one.name}: {heading}") for key, (one, heading) in offered.items()]
    form = InSetsForm(**begun, initial=start, headings=named)
    verb = verb_of(
        it,
        "Put it in sets of measures",
        "Save where it stands",
        (
            "It stands on the page of each set, beside the others of its heading.",
            "A measure can stand in several sets.",
        ),
        "{reference} stands where you said",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        kept = [(one, heading) for one, heading in _ended(it, offered.values(), held)]
        wanted = [offered[key] for key in given["wanted"]]
        commands.put_in_sets(it, wanted=[*wanted, *kept], on=given["on"], **said)

    return change(request, it, verb, form, do)


def _ended(it: Any, offered: Any, held: set[tuple[int, str]]) -> list[tuple[MeasureSet, str]]:
    """Where it stands in sets that have ended, which the form does not offer: it stays there."""
    there = {(one.pk, heading) for one, heading in offered}
    tags = Tag.objects.filter(measure=it, until=None).select_related("set")
    return [(tag.set, tag.heading) for tag in tags if (tag.set_id, tag.heading) in held - there]


def _set(request: Request, number: int) -> MeasureSet:
    try:
        return set_at(request.actor, number)
    except MeasureSet.DoesNotExist:
        raise Http404 from None


def _verb(it: MeasureSet, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    return Verb(title, submit, saving, done, reverse("set", args=[it.pk]), kicker=it.name, called="this set")


def _change(request: Request, it: MeasureSet, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    def news(seen: int) -> list[Told]:
        return [told(event) for event in events(list(entries_of(it).filter(sequence__gt=seen)))]

    return changing.change(request, it, verb, form, do, news=news)
