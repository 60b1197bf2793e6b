"""The pages that change a recommendation: response, dates, owners, wording, repeats, who may see it."""

from typing import Any

from django.http import HttpResponse

from candour.kernel.access import require
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import ShareForm, as_choices, post_named
from candour.kernel.records.sharing import WithWhom
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page
from candour.recommendations import commands, rules
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.forms import (
    AddOwnerForm,
    HandOverForm,
    RepeatForm,
    RespondForm,
    RestrictForm,
    SlipForm,
    WordingForm,
)
from candour.recommendations.models import Recommendation, Target
from candour.recommendations.queries.one import owners_of, recommendation_at
from candour.recommendations.views.changing import Begun, Verb, change, changes, part_of, started
from candour.recommendations.views.frame import found

BOTH = ("GET", "POST")


@page(May.CHANGE, methods=BOTH)
@changes(May.CHANGE, "respond")
def respond(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    start = {"response": it.response, "response_text": it.response_text}
    verb = Verb(
        "Give the body’s response",
        "Save the response",
        (
            "Accepted, in full or in part: it is open, and its owners work to their dates.",
            "Not accepted: it ends today, and the panel’s paper says so with your reason.",
        ),
        "The response to {reference} is saved",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.respond(it, response=given["response"], response_text=given["response_text"], **by)

    return change(request, it, verb, RespondForm(**begun, initial=start), do)


@page(May.UPDATE, methods=BOTH)
@changes(May.UPDATE, "slip")
def slip(request: Request, it: Recommendation, begun: Begun, assignment: int) -> HttpResponse:
    """A new date for one owner; the first date of one who has none."""
    part = part_of(it, assignment)
    number = Target.objects.filter(assignment=part).count()
    owner = part.owner.title if part.owner else "The owner still to be named"
    saving = {
        0: ("This is the original date. It never changes: any later one is a slip.",),
        1: ("The original date stays. This is the first slip, shown with your reason and who agreed it.",),
    }
    flagged = ("The dates before stay. This is one more slip: from the second on, the panel’s list of slips names it.",)
    verb = Verb(
        "Give it a new date" if number else "Give it a date",
        "Save the date",
        (*saving.get(number, flagged), "Words in place of a day are kept as you type them, and flagged."),
        "The new date of {reference} is saved" if number else "The date of {reference} is saved",
        quote=owner,
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        due = rules.read_target(given["due"], today=request.today)
        commands.slip(part, text=given["due"], due=due, **({"approver": ""} | by))

    return change(request, it, verb, SlipForm(**begun, first=not number), do)


@page(May.CHANGE, methods=BOTH)
@changes(May.CHANGE, "change")
def add_owner(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    posts = posts_of(it.record.organisation_id)
    verb = Verb(
        "Name another owner",
        "Name the owner",
        (
            "The post answers for it too, with a date of its own. It stands on that post’s own page.",
            "If nobody is named yet, this post takes over the dates that stand.",
        ),
        "The owner of {reference} is named",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        owner = post_named(posts, given["owner"])
        if owner is None:
            raise Refused("owner", "Choose the post")
        due = rules.read_target(given["due"], today=request.today)
        commands.add_owner(it, owner=owner, text=given["due"], due=due, **by)

    return change(request, it, verb, AddOwnerForm(**begun, posts=as_choices(posts)), do)


@page(May.CHANGE, methods=BOTH)
@changes(May.CHANGE, "change")
def hand_over(request: Request, it: Recommendation, begun: Begun, assignment: int) -> HttpResponse:
    part = part_of(it, assignment)
    posts = [post for post in posts_of(it.record.organisation_id) if post.pk != part.owner_id]
    verb = Verb(
        "Hand it over",
        "Hand it over",
        (
            "The new owner takes over the dates as they stand, the first date too.",
            "The history says who had it before.",
        ),
        "{reference} is handed over",
        quote=f"From {part.owner.title if part.owner else 'nobody'}",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.hand_over(part, owner=post_named(posts, given["owner"]), **by)

    form = HandOverForm(**begun, posts=as_choices(posts), alone=len(owners_of(it)) == 1)
    return change(request, it, verb, form, do)


@page(May.CHANGE, methods=BOTH)
@changes(May.CHANGE, "change")
def wording(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    names = ("text", "finding", "risk")
    start = {"title": it.record.title} | {name: getattr(it, name) for name in names}
    verb = Verb(
        "Change the wording",
        "Save the wording",
        ("The old words stay in the history, with your reason.", "Papers of past days keep the words of their day."),
        "The wording of {reference} is saved",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.change_wording(it, title=given["title"], **{name: given[name] for name in names}, **by)

    return change(request, it, verb, WordingForm(**begun, initial=start), do)


@page(May.CHANGE, methods=BOTH)
@changes(May.CHANGE, "change")
def repeat(request: Request, it: Recommendation, begun: Begun) -> HttpResponse:
    verb = Verb(
        "Say what it repeats",
        "Save the repeat",
        (
            "Its age runs from the day on which the first of the chain was reported.",
            "Each of the two leads to the other, for those who may see both.",
        ),
        "{reference} is marked as a repeat",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.mark_repeat(it, repeat_of=_earlier(request, it, given["repeat_of"]).record, **by)

    return change(request, it, verb, RepeatForm(**begun), do)


@page(May.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    require(request.actor, May.RESTRICT, it.record)
    form = RestrictForm(**started(request, it), initial={"sensitivity": it.record.sensitivity})
    verb = Verb(
        "Change who may see it",
        "Save who may see it",
        (
            "Restricted: for everybody else it does not exist, in lists, counts, search and papers.",
            "What was entered while it was restricted stays so, also when it is opened later.",
        ),
        "Who may see {reference} is saved",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.restrict(it, sensitivity=given["sensitivity"], **by)

    return change(request, it, verb, form, do)


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Let another body see it, or no longer."""
    it = found(request, organisation, reference)
    require(request.actor, RecordPermission.SHARE, it.record)
    offered = WithWhom.of(it.record)
    verb = Verb(
        "Share it with another body",
        "Save who sees it",
        ("The other body reads it and changes nothing.", "A restricted one is seen there only by posts that may."),
        "Who {reference} is shared with is saved",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        offered.carry_out(given["answer"], **by)

    return change(request, it, verb, ShareForm(**started(request, it), answers=offered.answers), do)


def _earlier(request: Request, it: Recommendation, reference: str) -> Recommendation:
    """The earlier recommendation of the same body. A hidden one is refused like one that never was."""
    try:
        return recommendation_at(it.record.organisation.code, reference.strip(), actor=request.actor)
    except Recommendation.DoesNotExist:
        raise Refused("repeat_of", f"‘{reference.strip()[:60]}’ is none of this tracker: enter its reference") from None
