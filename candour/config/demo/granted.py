"""The demo's grant rounds run through the commands that people use: one over, one being scored, one open."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from candour.commissioning.commands import rounds as commands
from candour.commissioning.commands.rounds import NewApplication, NewCriterion, NewQuestion, RoundFacts
from candour.commissioning.models import Application, Round, Scoring
from candour.commissioning.queries.rounds import candidates, criteria_of, scheme_of
from candour.commissioning.rules import rounds as rules
from candour.config.demo import grants
from candour.config.demo.stage import Event, Stage
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import add_months, financial_year, is_working_day

BOARD = "Corporate Governance Board"
SCORERS, STAND_IN = ("scorer", "scorer2"), "volunteers"
STREAM_WEEK = 28  # agreements of the stream begin in it, so that it is there
Act = Callable[[Stage, datetime], object]


def rounds(stage: Stage) -> list[Event]:
    """Three rounds as events, in weeks back from today."""
    life: tuple[tuple[int, Act], ...] = (
        (27, partial(set_up, key="over", title="Safer streets grants, spring", budget=150_000, opens=26, closes=22)),
        (26, partial(open_it, key="over")),
        (22, partial(take, key="over", count=60)),
        (21, judge),
        (20, partial(begin, key="over")),
        (19, declare),
        (18, score_all),
        (17, moderate_all),
        (16, decide_it),
        (15, announce_it),
        (14, agree),
        (13, appealed),
        (8, partial(set_up, key="scoring", title="Small grants for watch groups", budget=30_000, opens=7, closes=3)),
        (7, partial(open_it, key="scoring")),
        (3, partial(take, key="scoring", count=9)),
        (2, partial(begin, key="scoring")),
        (1, begin_to_score),
        (4, partial(set_up, key="open", title="Community safety grants, winter", budget=60_000, opens=3, closes=-4)),
        (3, partial(open_it, key="open")),
        (1, partial(take, key="open", count=5)),
    )
    return [Event(_day(stage, week), 9, partial(act, stage)) for week, act in life]


def _day(stage: Stage, week: int) -> date:
    """The Wednesday of a week, or the next working day; yesterday at the latest."""
    day = stage.timeline.back(week * 7) + timedelta(days=2)
    while not is_working_day(day):
        day += timedelta(days=1)
    return min(day, stage.timeline.last_working_day())


def by(stage: Stage, at: datetime, reason: str, post: str = "commissioning") -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at, "reason": reason}


def it(stage: Stage, key: str) -> Round:
    rows = Round.objects.select_related("record__organisation", "record__owner", "stream__organisation")
    return rows.get(pk=stage.rounds[key])


def those(stage: Stage, key: str) -> list[Application]:
    """The applications of a round, in the order in which they were entered."""
    rows = Application.objects.select_related(
        "record__organisation", "round__record__organisation", "round__record__owner"
    )
    return list(rows.select_related("round__stream__organisation").filter(round=stage.rounds[key]).order_by("pk"))


def set_up(stage: Stage, at: datetime, *, key: str, title: str, budget: int, opens: int, closes: int) -> None:
    first, last = _day(stage, opens), stage.timeline.back(closes * 7) + timedelta(days=1)
    facts = RoundFacts(
        title=f"{title} {last.year}",
        budget=budget * 100,
        opens=first,
        closes=last,
        score_by=last + timedelta(days=28),
        purpose="For groups in the area that make streets safer, with one project of a year at most.",
        conditions="\n".join(grants.CONDITIONS),
        pass_mark=45,
        most=12_000_00,
        part_awards=key == "over",
    )
    year = financial_year(stage.timeline.back(STREAM_WEEK * 7))
    said = by(stage, at, "Agreed with the Commissioner, to meet the plan’s priorities")
    made = commands.raise_round(
        stream=stage.streams["SF", year], facts=facts, owner=stage.posts["commissioning"], sensitivity="public", **said
    )
    stage.rounds[key] = made.pk
    criteria = [NewCriterion(name, weight, mark, guidance) for name, weight, mark, guidance in grants.CRITERIA]
    commands.set_criteria(made, criteria=criteria, **said)
    questions = [NewQuestion(text, kind, most, must=must) for text, kind, most, must in grants.QUESTIONS]
    commands.set_questions(made, questions=questions, **said)


def open_it(stage: Stage, at: datetime, *, key: str) -> None:
    commands.open_round(it(stage, key), **by(stage, at, "Advertised on the website and to last year’s applicants"))


def take(stage: Stage, at: datetime, *, key: str, count: int) -> None:
    """Enter what came; of the round that is over two are late, and one is not eligible."""
    found, over = it(stage, key), key == "over"
    last = min(found.closes, at.date())
    new = [
        NewApplication(
            title=one.title,
            applicant=one.name,
            email=f"post.{one.number}@groups.example",
            asked=one.asked * 100,
            received_on=at.date()
            if over and one.number in grants.LATE
            else max(found.opens, last - timedelta(days=one.number % 12)),
            answers=grants.answers_of(one, eligible=not (over and one.number == grants.NOT_ELIGIBLE)),
        )
        for one in grants.applicants(count, key)
    ]
    commands.receive_many(found, found=new, **by(stage, at, "Read in from the workbook of the round"))
    if key == "scoring":
        commands.judge_all(it(stage, key), **by(stage, at, "By their answers"))


def judge(stage: Stage, at: datetime) -> None:
    """All by their answers but one, which is refused; one of the late is let in, and two are withdrawn."""
    commands.judge_all(it(stage, "over"), **by(stage, at, "By their answers"))
    rows = those(stage, "over")
    why = "There is no safeguarding policy: one is needed before a grant for work with young people."
    commands.judge(rows[grants.NOT_ELIGIBLE], eligible=False, **by(stage, at, why))
    why = "The office’s mail server was down on the last day; it came within the hour that it was up again"
    commands.let_in(rows[grants.LET_IN], **by(stage, at, why, "ce"))
    for number in sorted(grants.WITHDRAWN):
        commands.withdraw(rows[number], on=at.date(), **by(stage, at, "By letter: another funder pays for it"))


def begin(stage: Stage, at: datetime, *, key: str) -> None:
    posts = [stage.posts[name] for name in SCORERS]
    commands.begin_scoring(it(stage, key), posts=posts, **by(stage, at, "Both read everything"))


def declare(stage: Stage, at: datetime) -> None:
    """The first scorer has an interest in one, which another post scores instead."""
    one = those(stage, "over")[grants.INTEREST]
    rows = Scoring.objects.select_related("application__record", "application__round")
    row = rows.get(application=one, owner=stage.posts[SCORERS[0]])
    commands.declare_conflict(row, **by(stage, at, "I was a trustee of this group until last year", SCORERS[0]))
    commands.give(one, owner=stage.posts[STAND_IN], **by(stage, at, "In place of a scorer with an interest"))


def score_all(stage: Stage, at: datetime) -> None:
    _score(stage, at, "over", send=True)


def _score(stage: Stage, at: datetime, key: str, *, send: bool, most: int = 1_000) -> None:
    """Every scoring of a round, or the first ones of each post."""
    criteria = criteria_of(it(stage, key))
    known = {one.name: one for one in grants.applicants(60, key)}
    names = {stage.posts[name].pk: name for name in (*SCORERS, STAND_IN)}
    rows = Scoring.objects.filter(application__round=stage.rounds[key], removed_on=None, sent_on=None)
    done: dict[str, int] = {}
    for row in rows.select_related("application__record", "application__round").order_by("pk"):
        name = names[row.owner_id]
        done[name] = done.get(name, 0) + 1
        if done[name] > most or row.application.withdrawn_on:
            continue
        given = known[row.application.applicant].marks(0 if name == SCORERS[0] else 1)
        marks: dict[int, tuple[int | None, str]] = {
            one.pk: (mark, grants.SAID[mark]) for one, mark in zip(criteria, given, strict=True)
        }
        commands.save_scores(row, marks=marks, send=send, **by(stage, at, "", name))


def moderate_all(stage: Stage, at: datetime) -> None:
    """Those too far apart are agreed between the two marks; then the ranking stands, and its ties are settled."""
    found = it(stage, "over")
    criteria = {one.pk: one for one in criteria_of(found)}
    scheme = scheme_of(found)
    rows = {one.pk: one for one in those(stage, "over")}
    for one in candidates(CANDOUR, found)[1]:
        for key in rules.to_moderate(one, scheme):
            marks = one.marks[key]
            why = "Both read the answer to question 4 again: the outcome can be checked, though the check is late"
            value = (min(marks) + max(marks) + 1) // 2
            commands.moderate(rows[one.key], criterion=criteria[key], value=value, **by(stage, at, why))
    commands.rank(it(stage, "over"), **by(stage, at, "Every score is in, and every difference is settled"))


def decide_it(stage: Stage, at: datetime) -> None:
    """Settle the ties, and award as ranked."""
    found = it(stage, "over")
    scheme = scheme_of(found)
    tied = [one.key for one in rules.ranking(candidates(CANDOUR, found)[1], scheme, found.budget) if one.tied]
    groups: dict[Any, list[int]] = {}
    for one in candidates(CANDOUR, found)[1]:
        if one.key in tied:
            equal = (rules.total(one, scheme), *rules.finals(one, scheme).values())
            groups.setdefault(equal, []).append(one.key)
    for order in groups.values():
        why = "Equal in every criterion: the one whose ward had no grant in two years comes first"
        commands.settle_tie(found, order=order[::-1], **by(stage, at, why, "ce"))
    places = rules.ranking(candidates(CANDOUR, found)[1], scheme, found.budget)
    awards = {one.key: one.award for one in places if one.award}
    why = "As ranked. The last within the budget has a part, which it says is enough for half a year"
    commands.decide(found, awards=awards, approver=BOARD, **by(stage, at, why, "ce"))


def announce_it(stage: Stage, at: datetime) -> None:
    commands.announce(it(stage, "over"), **by(stage, at, "Letters went out by e-mail, with feedback on each criterion"))


def agree(stage: Stage, at: datetime) -> None:
    """The two largest awards become agreements."""
    awarded = sorted((one for one in those(stage, "over") if one.award), key=lambda one: (-(one.award or 0), one.pk))
    for one in awarded[:2]:
        starts = at.date() + timedelta(days=14)
        commands.make_agreement(
            one,
            service=one.record.title.partition(" in ")[0],
            area=one.record.title.partition(" in ")[2].partition(",")[0],
            starts=starts,
            ends=add_months(starts, 12) - timedelta(days=1),
            instalments=2,
            **by(stage, at, f"Awarded in {one.round.record.reference}"),
        )


def appealed(stage: Stage, at: datetime) -> None:
    """The best of those without an award appeals, and is answered."""
    found = it(stage, "over")
    rows = {one.pk: one for one in those(stage, "over")}
    places = rules.ranking(candidates(CANDOUR, found)[1], scheme_of(found), found.budget)
    one = next(rows[place.key] for place in places if not rows[place.key].award)
    appeal = commands.receive_appeal(
        one, on=at.date(), **by(stage, at, "We say in question 6 that the parish pays half, which no scorer mentions")
    )
    why = "The parish’s half is in the marks for value for money, which are above the average. The decision stands"
    commands.answer_appeal(appeal, upheld=False, after=None, **by(stage, at, why, "ce"))


def begin_to_score(stage: Stage, at: datetime) -> None:
    """Each has sent a few, so that the others wait."""
    _score(stage, at, "scoring", send=True, most=3)
