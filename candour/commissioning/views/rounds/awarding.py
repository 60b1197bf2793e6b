"""Pages on which ties are settled and a round is decided, by who is entitled to."""

from typing import Any

from django.http import HttpResponse

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.forms.rounds import DecideForm, TieForm
from candour.commissioning.models import Application
from candour.commissioning.queries.rounds import candidates, limit_of, scheme_of
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.frame import address, change, found_application, found_round, opened, verb
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(May.DECIDE, methods=BOTH)
def tie(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Decide which of two or more equals comes first."""
    it = found_application(request, organisation, reference)
    begun = opened(request, it, May.DECIDE)
    equal: list[Application] = []
    if it.round.ranked_on is not None:
        scheme = scheme_of(it.round)
        applications, rows = candidates(request.actor, it.round)
        mine = next((one for one in rows if one.key == it.pk), None)
        like = mine and (rules.total(mine, scheme), rules.finals(mine, scheme))
        alike = {one.key for one in rows if (rules.total(one, scheme), rules.finals(one, scheme)) == like}
        equal = [one for one in applications if one.pk in alike]
    form = TieForm(
        **begun,
        tied=[(one.pk, f"{one.record.reference} {one.record.title}") for one in equal] if len(equal) > 1 else [],
    )
    page = verb(
        it,
        "Settle a tie",
        "Save the order",
        (
            "The one that you choose comes before the others, which keep their order.",
            "Your post and reason stand in the report.",
        ),
        "The tie is settled",
        home=address(it.round, "round-ranking"),
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        first = int(given["first"])
        order = [first, *(one.pk for one in sorted(equal, key=lambda one: one.tie) if one.pk != first)]
        commands.settle_tie(it.round, order=order, **said)

    return change(request, it, page, form, do)


@page(May.DECIDE, methods=BOTH)
def decide(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Decide a round: the awards of the ranking, but for those that are named."""
    it = found_round(request, organisation, reference)
    begun = opened(request, it, May.DECIDE)
    scheme = scheme_of(it)
    ready = it.ranked_on is not None
    applications, rows = candidates(request.actor, it) if ready else ([], [])
    places = rules.ranking(rows, scheme, it.budget)
    names = {one.pk: one.record.reference for one in applications}
    form = DecideForm(**begun, known={reference: pk for pk, reference in names.items()})
    awards = {one.key: one.award for one in places if one.award}
    limit = limit_of(request.actor, it, request.today)
    page = verb(
        it,
        "Decide the round",
        "Decide the round",
        (
            "Every application gets its outcome. Those that are late, withdrawn or not eligible get theirs too.",
            "An award below a pass mark is an exception, for the reason that you give.",
            "The decision stands: afterwards there are appeals and corrections.",
        ),
        f"{it.record.reference} is decided",
        template="commissioning/rounds/decide.html",
        more={
            "round": it,
            "awards": [(names[one.key], of_agreements.pounds(one.award), one.place) for one in places if one.award][
                :100
            ],
            "count": len(awards),
            "given": of_agreements.pounds(sum(awards.values())),
            "budget": of_agreements.pounds(it.budget),
            "limit": of_agreements.pounds(limit) if limit is not None else "",
            "ready": ready,
            "ties": [(names[one.key], one.place) for one in places if one.tied][:20],
        },
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        wanted = awards | form.changes
        missed = {one.key for one in places if one.below}
        commands.decide(
            it,
            awards={key: award for key, award in wanted.items() if award},
            excepted=[key for key, award in form.changes.items() if award and key in missed],
            **said,
        )

    return change(request, it, page, form, do)
