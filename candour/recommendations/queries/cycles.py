"""The questions about update cycles: which are open, what each asks, and how each answer stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from candour.kernel.access import Actor
from candour.kernel.evidence.models import File
from candour.kernel.records.models import visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Ask, Assignment, Cycle, RecommendationLine, Update
from candour.recommendations.rules.mail import Item

NEAR = ("post", "answer", "cycle", "draft", "recommendation__record__organisation")


@dataclass(frozen=True)
class AskRow:
    """What is asked of a post about one recommendation, and how its answer stands on a day."""

    ask: Ask
    state: rules.State
    failed: tuple[rules.Check, ...]

    @property
    def title(self) -> str:
        return self.ask.recommendation.record.title

    @property
    def reference(self) -> str:
        return self.ask.recommendation.record.reference

    @property
    def sensitivity(self) -> str:
        return self.ask.recommendation.record.sensitivity

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def owes(self) -> bool:
        return rules.open_to(self.state)

    @property
    def proposed(self) -> bool:
        return self.ask.recommendation.record.recommendation_line.proposed_on is not None

    @property
    def begun(self) -> bool:
        """Whether answers were begun and are not sent."""
        return getattr(self.ask, "draft", None) is not None

    @property
    def days_late(self) -> int:
        """Calendar days by which the answer came after it was due; 0 where it did not, or there is none."""
        answer = self.ask.answer
        return max(0, (answer.dated - self.ask.due).days) if answer else 0

    @property
    def item(self) -> Item:
        """It as a letter names it."""
        return Item(self.reference, self.title, self.sensitivity, self.ask.due)


def cycles_of(actor: Actor) -> list[Cycle]:
    """The cycles of the bodies for which one runs them, the last first, each with how many asks one sees. One query."""
    rows = Cycle.objects.filter(organisation__in=actor.scope(RecommendationPermission.ASK))
    asks = Ask.objects.filter(visible(actor, RecommendationPermission.SEE, "recommendation__record__"))
    seen = Q(asks__in=asks.order_by().values("pk"))
    counted: Any = rows.annotate(asked=Count("asks", filter=seen)).select_related("organisation")
    return list(counted.order_by("closed_on", "-opened_on", "-pk"))


def cycle_of(number: int, *, actor: Actor) -> Cycle:
    """A cycle that one runs. Raises Cycle.DoesNotExist alike for another body's and for one that never was. One query."""
    rows = Cycle.objects.select_related("organisation")
    return rows.get(pk=number, organisation__in=actor.scope(RecommendationPermission.ASK))


def asks_of(cycle: Cycle, *, actor: Actor, today: date, posts: Sequence[int] | None = None) -> list[AskRow]:
    """What a cycle asks (of some posts), where the actor may see it, by post and reference. Three queries."""
    rows = Ask.objects.filter(visible(actor, RecommendationPermission.SEE, "recommendation__record__"), cycle=cycle)
    if posts is not None:
        rows = rows.filter(post__in=posts)
    found = list(
        rows.select_related(*NEAR, "recommendation__record__recommendation_line").order_by(
            "post__title", "due", "recommendation__record__reference"
        )
    )
    return judged(found, today)


def judged(asks: Sequence[Ask], today: date) -> list[AskRow]:
    """How each answer stands on a day. Two queries."""
    answered = [ask.recommendation_id for ask in asks if ask.answer_id]
    said: dict[int, list[Update]] = {}
    for update in Update.objects.filter(recommendation__in=answered).order_by("dated", "pk"):
        said.setdefault(update.recommendation_id, []).append(update)
    counted = File.objects.filter(record__in=answered, removed_on=None).order_by().values_list("record")
    files = dict(counted.annotate(Count("pk")))
    return [
        _judged(ask, said.get(ask.recommendation_id, []), files.get(ask.recommendation_id, 0), today) for ask in asks
    ]


def _judged(ask: Ask, said: Sequence[Update], files: int, today: date) -> AskRow:
    line, answer = ask.recommendation.record.recommendation_line, ask.answer
    checks: tuple[rules.Check, ...] = ()
    if answer is not None:
        # Of the same post, or of nobody in particular: another owner's words are not said twice by this one.
        said = [update for update in said if update.by_id in {answer.by_id, None}]
        order = [update.pk for update in said]
        place = order.index(answer.pk) if answer.pk in order else 0
        checks = rules.checks(answers_of(answer), before=answers_of(said[place - 1]) if place else None, files=files)
    asked = rules.Asked(
        due=ask.due,
        answered_on=answer.dated if answer else None,
        proposed=line.proposed_on is not None,
        ended=line.closed_on is not None,
    )
    return AskRow(ask, rules.state(asked, checks, today), tuple(check for check in checks if not check.passed))


def answers_of(update: Update) -> rules.Answers:
    """An update as the checks read it. What was said in one text answers the first question."""
    return rules.Answers(
        update.achieved or update.text, update.left, update.barriers, update.proposes_closure, update.evidence
    )


def to_ask(organisation: int, *, source: str = "", priority: str = "") -> list[Assignment]:
    """The owners to ask in a new cycle: of what is open, or awaits a response, in a body. One query."""
    lines = RecommendationLine.objects.filter(organisation=organisation, closed_on=None, proposed_on=None)
    if source:
        lines = lines.filter(source=source)
    if priority:
        lines = lines.filter(priority=priority)
    rows = Assignment.objects.filter(recommendation__in=lines.order_by().values("pk"), removed_on=None)
    standing = rows.filter(Q(owner__ended=None), owner__isnull=False)
    return list(standing.select_related("owner", "recommendation__record").order_by("recommendation", "pk"))
