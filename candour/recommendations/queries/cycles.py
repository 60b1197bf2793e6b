"""The questions about update cycles: which are open, what each asks, and how each answer stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When

from candour.kernel.access import Actor
from candour.kernel.evidence.models import File
from candour.kernel.history.rows import numbered
from candour.kernel.records.models import visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Ask, Assignment, Cycle, RecommendationLine, Update
from candour.recommendations.rules.mail import Item

LINE = "recommendation__record__recommendation_line__"
BY_POST = ("post__title", "due", "recommendation__record__reference", "pk")
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


def asks_of(
    cycle: Cycle,
    *,
    actor: Actor,
    today: date,
    posts: Sequence[int] | None = None,
    only: Sequence[int] | None = None,
) -> list[AskRow]:
    """What a cycle asks (of some posts, or only some), where the actor may see it, by post and reference. Three queries."""
    rows = seen_of(cycle, actor)
    if posts is not None:
        rows = rows.filter(post__in=posts)
    if only is not None:
        rows = rows.filter(pk__in=only)
    near = with_last(rows).select_related(*NEAR, "recommendation__record__recommendation_line")
    return judged(list(near.order_by(*BY_POST)), today)


def seen_of(cycle: Cycle, actor: Actor) -> QuerySet[Ask]:
    """What a cycle asks, where the actor may see it."""
    return Ask.objects.filter(visible(actor, RecommendationPermission.SEE, "recommendation__record__"), cycle=cycle)


def with_last(rows: QuerySet[Ask]) -> QuerySet[Ask]:
    """Asks with the number of what was said before their answer, by the same post or by nobody in particular, as `last`.

    Another owner's words are not said twice by this one.
    """
    earlier = Q(dated__lt=OuterRef("answer__dated")) | Q(dated=OuterRef("answer__dated"), pk__lt=OuterRef("answer"))
    said = Update.objects.filter(
        earlier, Q(by=OuterRef("answer__by")) | Q(by=None), recommendation=OuterRef("recommendation")
    )
    last = Subquery(said.order_by("-dated", "-pk").values("pk")[:1])
    # Not asked where there is no answer: all that was ever said of it would be read to find that none of it came before.
    return rows.annotate(last=Case(When(answer__isnull=False, then=last)))


def judged(asks: Sequence[Ask], today: date) -> list[AskRow]:
    """How each answer stands on a day. asks: as with_last() gives them. Two queries."""
    before = said_in({ask.last for ask in asks if ask.last})  # type: ignore[attr-defined]
    answered = {ask.recommendation_id for ask in asks if ask.answer_id}
    files = files_of(File.objects.filter(record__in={0, *answered}))
    found = []
    for ask in asks:
        line, answer = ask.recommendation.record.recommendation_line, ask.answer
        last = before.get(ask.last)  # type: ignore[attr-defined]
        said = answers_of(answer) if answer else None
        checks = rules.checks(said, before=last, files=files.get(ask.recommendation_id, 0)) if said else ()
        asked = rules.Asked(
            due=ask.due,
            answered_on=answer.dated if answer else None,
            proposed=line.proposed_on is not None,
            ended=line.closed_on is not None,
        )
        failed = tuple(check for check in checks if not check.passed)
        found.append(AskRow(ask, rules.state(asked, checks, today), failed))
    return found


def said_in(updates: Collection[int]) -> dict[int, rules.Answers]:
    """By number what some updates say was achieved: all that the checks read of what was said before. One query."""
    rows = Update.objects.filter(numbered([*updates])).values_list("pk", "achieved", "text")
    return {pk: rules.Answers(achieved or text, "", "") for pk, achieved, text in rows}


def files_of(rows: QuerySet[File]) -> dict[int, int]:
    """By record how many of some files stand as its evidence. One query."""
    standing = rows.filter(removed_on=None).order_by().values_list("record")
    return dict(standing.annotate(Count("pk")))


@dataclass(frozen=True)
class Standing:
    """How one answer of a cycle stands on a day, without its words: what a board counts."""

    pk: int
    post: int
    state: rules.State
    sensitivity: str

    @property
    def owes(self) -> bool:
        return rules.open_to(self.state)


OF_ANSWER = tuple(
    f"answer__{name}" for name in ("achieved", "text", "left", "barriers", "proposes_closure", "evidence")
)
OF_RECORD = ("recommendation__record__sensitivity", f"{LINE}proposed_on", f"{LINE}closed_on")


def standings_of(cycle: Cycle, *, actor: Actor, today: date) -> list[Standing]:
    """How each answer of a cycle stands, as asks_of() would say it and in that order, of thousands. Three queries."""
    rows = with_last(seen_of(cycle, actor)).order_by(*BY_POST)
    held = list(
        rows.values_list("pk", "post", "recommendation", "due", "last", "answer__dated", *OF_RECORD, *OF_ANSWER)
    )
    before = said_in({row[4] for row in held if row[4]})
    answered = Ask.objects.filter(cycle=cycle, answer__isnull=False).order_by().values("recommendation")
    files = files_of(File.objects.filter(record__in=answered))
    found = []
    for pk, post, number, due, last, answered_on, sensitivity, proposed, closed, *words in held:
        sound = True
        if answered_on:
            achieved, text, *others = words
            said = rules.Answers(achieved or text, *others)
            sound = rules.sound(said, before=before.get(last), files=files.get(number, 0))
        asked = rules.Asked(due=due, answered_on=answered_on, proposed=proposed is not None, ended=closed is not None)
        found.append(Standing(pk, post, rules.state_of(asked, sound, today), sensitivity))
    return found


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
