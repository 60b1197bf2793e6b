"""An exception asks somebody to explain it by a day, and closes with an answer."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.access.decide import Forbidden, allowed
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused
from candour.performance.access import PerformancePermission
from candour.performance.commands.defining import standing
from candour.performance.models import Explanation, Measure


def ask_explanation(
    measure: Measure,
    *,
    period: date,
    signal: str,
    post: Post,
    asked: str,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Explanation:
    """Ask a post to explain the figure of a period by a day. signal: what gave rise to it, in words.

    Raises Refused for no question, a day that has passed, a post of another body, and while an answer is owed for the period.
    """
    require(actor, PerformancePermission.MANAGE, measure.record)
    standing(measure)
    today = local_date(at)
    if not asked.strip():
        raise Refused("asked", "Write what is asked: what changed, what is being done, when it should recover")
    if due < today:
        raise Refused("due", "Enter today, or a day to come")
    if post.organisation_id != measure.record.organisation_id:
        raise Refused("post", "Choose a post of the body whose measure it is")
    if Explanation.objects.filter(measure=measure, period=period, answered_on=None).exists():
        raise Refused("post", "Somebody was asked about this figure already: wait for the answer, or record it")
    with recording(
        "measure.explanation_asked", measure.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return Explanation.objects.create(
            measure=measure,
            period=period,
            signal=signal[:120],
            post=post,
            asked=asked.strip(),
            asked_on=effective or today,
            due=due,
        )


def answer_explanation(
    explanation: Explanation,
    *,
    answer: str,
    actor: Actor,
    at: datetime,
    recovers_on: date | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Explanation:
    """Answer what was asked: by who holds the post, or as written down by who manages measures.

    recovers_on: when the figure is meant to recover. Raises Refused for no answer and where it was answered; Forbidden.
    """
    record = explanation.measure.record
    own = explanation.post_id in actor.posts and allowed(actor, PerformancePermission.EXPLAIN)
    if not own and not allowed(actor, PerformancePermission.MANAGE, record):
        raise Forbidden(actor, str(PerformancePermission.MANAGE))
    if explanation.answered_on is not None:
        raise Refused("answer", "This was answered already")
    if not answer.strip():
        raise Refused("answer", "Write what changed, and what is being done")
    if recovers_on is not None and recovers_on < explanation.period:
        raise Refused("recovers_on", "Enter a day after the figure that is explained")
    with recording("measure.explained", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        explanation.answer, explanation.recovers_on = answer.strip(), recovers_on
        explanation.answered_on = effective or local_date(at)
        explanation.save()
    return explanation
