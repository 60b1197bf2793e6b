"""Pages on which an explanation is asked for and given."""

from typing import Any

from django.http import HttpResponse

from candour.kernel.access import allowed
from candour.kernel.calendar import add_working_days
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page
from candour.performance import commands
from candour.performance.access import PerformancePermission
from candour.performance.forms import AnswerForm, AskForm
from candour.performance.models import Explanation, Measure
from candour.performance.papers.drawn import signal_words
from candour.performance.queries import Whole, in_full
from candour.performance.views.frame import change, found, opened, verb_of

BOTH = ("GET", "POST")
DAYS = 5  # working days that an answer usually takes


@page(PerformancePermission.MANAGE, methods=BOTH)
def ask(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Ask a post to explain the newest figure."""
    it = found(request, organisation, reference)
    begun = opened(request, it, PerformancePermission.MANAGE)
    whole = in_full(it, actor=request.actor, today=request.today)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {"post": it.record.owner_id or "", "due": add_working_days(request.today, DAYS), "asked": _question(whole)}
    form = AskForm(**begun, initial=start, posts=as_choices(posts))
    verb = verb_of(
        it,
        "Ask for an explanation",
        "Send the request",
        (
            "It stands on the desk of the post until it is answered, and is late after its day.",
            "Question and answer stand on the page of the measure and in the performance report.",
            f"What gives rise to it: {why_of(whole)}",
        ),
        "An explanation of {reference} is asked for",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        if whole is None or whole.row.line.last_period is None:
            raise Refused("asked", "There is no figure to explain yet: load its figures first")
        commands.ask_explanation(
            it,
            period=whole.row.line.last_period,
            signal=why_of(whole)[:120],
            post=next(post for post in posts if str(post.pk) == given["post"]),
            asked=given["asked"],
            due=given["due"],
            **said,
        )

    return change(request, it, verb, form, do)


def why_of(whole: Whole | None) -> str:
    """What gives rise to the question, in a sentence."""
    if whole is None:
        return "There is no figure yet."
    if words := signal_words(whole):
        return words
    if whole.row.line.assurance == "will not":
        return "As things are, the target will not be met."
    return "Asked without a signal."


def _question(whole: Whole | None) -> str:
    if whole is None or not whole.row.period:
        return ""
    return f"What lies behind the figure of {whole.row.period}, what is being done, and when should it recover?"


@page(PerformancePermission.EXPLAIN, methods=BOTH)
def answer(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Answer what one's post was asked; who manages measures writes an answer down for anybody."""
    it = found(request, organisation, reference)
    begun = opened(request, it, PerformancePermission.EXPLAIN)
    waiting = owed_to(request, it)
    named = [(each.pk, f"{each.asked} (asked of {each.post.title})") for each in waiting]
    form = AnswerForm(**begun, initial={"which": named[0][0] if named else ""}, waiting=named)
    verb = verb_of(
        it,
        "Explain the figures",
        "Save the answer",
        (
            "It stands on the page of the measure and in the performance report, with your post.",
            "If you say when the figure should recover, the page says whether it did.",
        ),
        "{reference} is explained",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        one = next(each for each in waiting if str(each.pk) == given["which"])
        commands.answer_explanation(one, answer=given["answer"], recovers_on=given["recovers_on"], **said)

    return change(request, it, verb, form, do)


def owed_to(request: Request, it: Measure) -> list[Explanation]:
    """The explanations of a measure that the reader may answer, the first due first."""
    rows = Explanation.objects.filter(measure=it, answered_on=None).select_related("post", "measure__record")
    if not allowed(request.actor, PerformancePermission.MANAGE, it.record):
        rows = rows.filter(post__in=request.actor.posts)
    return list(rows.order_by("due", "pk"))
