"""Pages by which a collaboration changes, shares out its cost, is reviewed and ends; and benefits of it and of projects."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from candour.finance import commands, rules
from candour.finance.access import FinancePermission
from candour.finance.forms import BenefitForm, ChangeCollaborationForm, EndForm, MeasureForm, ReviewForm, SharesForm
from candour.finance.models import Benefit
from candour.finance.queries.collaborations import shares_by_year
from candour.finance.views.changing import begun_by, led_home
from candour.finance.views.frame import change, found, opened, verb_of
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE, REPORT = FinancePermission.MANAGE, FinancePermission.REPORT
FACTS = ("about", "lead", "starts", "ends", "every")


@page(MANAGE, methods=BOTH)
def change_collaboration(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "collaboration", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {name: getattr(it, name) for name in FACTS} | {"title": it.record.title, "owner": it.record.owner_id}
    form = ChangeCollaborationForm(**opened(request, it), initial=start, posts=as_choices(posts))
    saving = ("What stood before stays in the history.",)
    verb = verb_of(it, "Change what it says", "Save the changes", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("title", *FACTS)}
        commands.change_collaboration(it, owner=post_named(posts, given["owner"]), **facts, **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def share_costs(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Filled with the newest year that has shares, for this year: people change what moved."""
    it = found(request, "collaboration", organisation, reference)
    begun = opened(request, it)
    held = shares_by_year(it.portions.values())
    costs = {one.year: one.pence for one in it.costs.all()}
    year = rules.starts_year(request.today)
    from_year = year if year in held else max(held, default=None)
    lines = [
        f"{one.member} {rules.say_share(one.share)}{'*' if one.own else ''}" for one in held.get(from_year or year, [])
    ]
    start = {"year": year.isoformat(), "shares": "\n".join(lines), "cost": costs.get(from_year or year)}
    form = SharesForm(**begun, initial=start)
    saving = (
        "The shares of a year must come to 100%. What each member bears is worked out from them, to the penny.",
        "What was said of the year before is replaced, and stays in the history.",
    )
    verb = verb_of(
        it, "Share out the cost of a year", "Save the shares", saving, "The cost of {reference} is shared out"
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.share_costs(
            it, year=date.fromisoformat(given["year"]), pence=given["cost"], shares=given["shares"], **said
        )

    return change(request, it, verb, form, do)


@page(REPORT, methods=BOTH)
def review(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "collaboration", organisation, reference)
    form = ReviewForm(**begun_by(request, it), initial={"on": request.today})
    saving = (f"The next review is due {it.every} months after it.", "It stands on its page, newest first.")
    verb = verb_of(it, "Record a review", "Save the review", saving, "The review of {reference} is saved")
    return change(
        request,
        it,
        verb,
        form,
        lambda given, said: commands.record_review(it, on=given["on"], found=given["found"], **said),
    )


@page(MANAGE, methods=BOTH)
def end_collaboration(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "collaboration", organisation, reference)
    form = EndForm(**opened(request, it), initial={"on": request.today})
    saving = ("Its shares, reviews and benefits stay.", "It leaves the list of what stands.")
    verb = verb_of(it, "Record that it ended", "Record that it ended", saving, "{reference} has ended")
    return change(request, it, verb, form, lambda given, said: commands.end_collaboration(it, on=given["on"], **said))


@page(MANAGE, methods=BOTH)
def plan_benefit(request: Request, organisation: str, reference: str, kind: str) -> HttpResponse:
    it = found(request, kind, organisation, reference)
    form = BenefitForm(**opened(request, it))
    saving = (
        "It stands on the page and in the paper, beside what is measured of it.",
        "A cashable benefit takes money out of the budget each year, so it has an amount.",
    )
    verb = verb_of(it, "Plan a benefit", "Save the benefit", saving, "A benefit of {reference} is planned")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("what", "cashable", "planned", "due")}
        commands.plan_benefit(it, **facts, **said)

    return change(request, it, verb, form, do)


@page(REPORT, methods=BOTH)
def measure_benefit(request: Request, organisation: str, reference: str, kind: str) -> HttpResponse:
    it = found(request, kind, organisation, reference)
    begun = begun_by(request, it)
    standing = {
        str(one.pk): one
        for one in Benefit.objects.filter(record=it.record, removed_on=None)
        .select_related("record")
        .order_by("due", "pk")
    }
    if not standing:
        return led_home(it)
    form = MeasureForm(**begun, benefits=[(pk, one.what) for pk, one in standing.items()])
    saving = ("It stands beside what was planned.", "It can be measured again later; each time stays in the history.")
    verb = verb_of(it, "Measure a benefit", "Save what was measured", saving, "A benefit of {reference} is measured")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.measure_benefit(standing[given["which"]], found=given["found"], measured=given["measured"], **said)

    return change(request, it, verb, form, do)
