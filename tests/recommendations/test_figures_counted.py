"""What the database counts of a tracker is what counting its rows one by one gives, whoever looks."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, Actor
from candour.kernel.establishment.commands import place_post
from candour.kernel.records import lines
from candour.recommendations import commands, rules
from candour.recommendations.commands import Due, NewRecommendation, Owner, raise_many
from candour.recommendations.models import Assignment, Recommendation, SlipLine, Source, Target
from candour.recommendations.queries.conditions import NOBODY, NONE
from candour.recommendations.queries.figures import forecast_for, forecasts, table, table_of_slips
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.lists import owners_in_use, priorities_in_use
from candour.recommendations.queries.register import register
from candour.recommendations.queries.rows import RecommendationRow
from candour.recommendations.queries.sources import LiveTracker, matches
from candour.recommendations.rules import Span
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import with_priorities
from tests.standing import standing

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
MEETING: dict[str, Any] = {"board": "Audit Panel", "minute": "41", "resolved": "As proposed."}
MANY = 120
YEAR = Span(TODAY - timedelta(365), TODAY)
LIVE = {
    "all": RecommendationFilter(),
    **{age: RecommendationFilter(age=age) for age in rules.AGES},
    **{status: RecommendationFilter(status=status) for status in rules.STATUS_WORDS if status not in rules.ENDED},
    **{past: RecommendationFilter(past=past) for past in (*rules.PAST_WORDS, "past")},
    "never": RecommendationFilter(slips_most=0),
    "once": RecommendationFilter(slips=1, slips_most=1),
    "twice": RecommendationFilter(slips=2),
    "no approver": RecommendationFilter(unapproved=True),
    "due this year": RecommendationFilter(happened="due", span=Span(TODAY, TODAY + timedelta(365))),
    "without a day": RecommendationFilter(happened="undated"),
    "late and slipped": RecommendationFilter(status="Overdue", slips=1),
}
EVER = {
    happened: RecommendationFilter(ended=None, happened=happened, span=YEAR)
    for happened in ("reported", "on hand", "closed", "ended", "sent back", "verified")
}
EVER |= {"any": RecommendationFilter(ended=None), "over": RecommendationFilter(ended=True)}
ASKED = [
    RecommendationFilter(),
    RecommendationFilter(priority="High"),
    RecommendationFilter(priority=NONE),
    RecommendationFilter(audit="Fleet"),
    RecommendationFilter(audit=NONE),
    RecommendationFilter(source="afi"),
    RecommendationFilter(sensitivity="restricted"),
    RecommendationFilter(owners=(NOBODY,)),
    RecommendationFilter(words="radio"),
]


def dates(chance: random.Random) -> list[Due]:
    """A ledger of none to four lines, some of them in words, some that nobody agreed."""
    day, found = TODAY + timedelta(chance.randrange(-900, 500)), []
    for number in range(chance.choice((0, 1, 1, 2, 3, 4))):
        day += timedelta(chance.randrange(-20, 200)) if number else timedelta()
        due = day if chance.random() < 0.85 else None
        found.append(Due(f"{day}" if due else f"when done {number}", due, approver=chance.choice(("The panel", ""))))
    return found


def new(house: House, chance: random.Random, number: int) -> NewRecommendation:
    posts = [*house.posts.values(), None]
    outcome = chance.choice(("", "", "", "closed", "risk accepted", "superseded"))
    return NewRecommendation(
        reference=f"M{number:03}",
        title=f"Look at the {chance.choice(('fleet', 'radio', 'custody'))}",
        source=chance.choice(Source.values),
        audit=chance.choice(("Fleet", "Vetting", "")),
        priority=chance.choice(("High", "Medium", "Low", "Essential", "")),
        response=chance.choice(("", "accepted", "in part")),
        reported_on=TODAY - timedelta(chance.randrange(3000)),
        sensitivity=chance.choice(("public", "office", "restricted")),
        owners=[Owner(post, dates(chance)) for post in chance.sample(posts, chance.choice((0, 1, 1, 2, 3)))],
        proposed_on=TODAY - timedelta(50) if not outcome and chance.random() < 0.2 else None,
        outcome=outcome,
        ended_on=TODAY - timedelta(chance.randrange(700)) if outcome else None,
    )


@standing
def mixed(house: House) -> House:
    """A hundred and twenty recommendations of two bodies: of every sort that a figure tells apart."""
    with_priorities(house)
    chance = random.Random(49)  # noqa: S311
    place_post(house.posts["owner"], directorate="Communications", answers_to=None, reason="As the chart has it", **BY)
    place_post(
        house.posts["policy"], directorate="", answers_to=house.posts["chief"], reason="As the chart has it", **BY
    )
    found = [new(house, chance, number) for number in range(MANY)]
    for body, some in ((house.office, found[: MANY - 20]), (house.force, found[MANY - 20 :])):
        raise_many(some, organisation=body, effective=TODAY - timedelta(60), reason="Made to be counted", **BY)
    proposed = Recommendation.objects.filter(closures__answer="", record__closed_on=None).order_by("pk")
    for number, it in enumerate(proposed):
        if answer := ("sent back", "agreed", "")[number % 3]:
            on = TODAY - timedelta(40 - number)
            commands.decide_closure(it, answer=answer, reason="Looked at", met_on=on, **MEETING, **BY)
        if answer == "agreed":
            verdict = ("implemented", "in part")[number % 2]
            commands.verify_closure(it, verdict=verdict, reason="Seen", effective=TODAY, **BY)
    part = next(each for each in open_parts() if each.recommendation.assignments.filter(removed_on=None).count() > 1)
    commands.hand_over(part, owner=None, reason="It is not theirs", **BY)
    return house


def open_parts() -> Iterator[Assignment]:
    """The parts that slipped of what may still change hands."""
    rows = Assignment.objects.filter(removed_on=None, targets__number__gte=2, recommendation__outcome="")
    live = rows.filter(recommendation__record__recommendation_line__proposed_on=None, owner__isnull=False)
    return iter(
        live.filter(targets__due__isnull=False).select_related("recommendation__record").order_by("pk").distinct()
    )


def actors(house: House) -> dict[str, Actor]:
    return {"Candour": CANDOUR} | {name: house.actors[name] for name in ("policy", "reader", "owner")}


def every(actor: Actor) -> list[RecommendationRow]:
    return register(actor, today=TODAY, closed_since=date.min, texts=True)


def groups(row: RecommendationRow, by: str) -> list[Any]:
    """The keys of the groups in which a row counts, as the pages name them."""
    if by in {"audit", "priority"}:
        return [row.audit if by == "audit" else row.line.priority]
    owners = {owner.owner_id or NOBODY for owner in row.owners} or {NOBODY}
    return sorted(owners) if by == "owner" else sorted({DIRECTORATES.get(post, "") for post in owners})


DIRECTORATES: dict[int, str] = {}


@pytest.fixture
def chart(mixed: House) -> None:
    """What figures put each post under, said here again."""
    DIRECTORATES.clear()
    DIRECTORATES[mixed.posts["owner"].pk] = "Communications"
    DIRECTORATES[mixed.posts["policy"].pk] = mixed.posts["chief"].title


def counted(
    rows: list[RecommendationRow], wanted: Mapping[str, RecommendationFilter], by: str
) -> dict[Any, dict[str, int]]:
    found: dict[Any, Counter[str]] = {}
    for row in rows:
        for key, each in wanted.items():
            if matches(row, each, TODAY):
                for group in groups(row, by):
                    found.setdefault(group, Counter())[key] += 1
    return {group: {key: counts[key] for key in wanted} for group, counts in found.items()}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_every_filter_counts_what_going_through_the_rows_counts(mixed: House, asked: RecommendationFilter) -> None:
    for actor in actors(mixed).values():
        rows = every(actor)
        for some in (LIVE, EVER, LIVE | EVER):
            wanted = {key: both(asked, each) for key, each in some.items()}
            told = LiveTracker(actor, None, TODAY).counts(wanted)
            assert told == {key: sum(matches(row, each, TODAY) for row in rows) for key, each in wanted.items()}


def both(asked: RecommendationFilter, each: RecommendationFilter) -> RecommendationFilter:
    """What two filters ask together, where they ask different things."""
    blank = RecommendationFilter()
    told = {name: value for name, value in vars(asked).items() if value != getattr(blank, name)}
    return replace(each, **told)


@pytest.mark.usefixtures("chart")
@pytest.mark.parametrize("wanted", [LIVE, EVER], ids=["live", "ever"])
@pytest.mark.parametrize("by", ["owner", "directorate", "audit", "priority"])
def test_every_table_counts_what_going_through_the_rows_counts(
    mixed: House, by: str, wanted: dict[str, RecommendationFilter]
) -> None:
    for name, actor in actors(mixed).items():
        told = table(LiveTracker(actor, None, TODAY), wanted, by=by)
        assert {group: counts for (group, _), counts in told.items()} == counted(every(actor), wanted, by), name
    assert len(told) > 1


@pytest.mark.usefixtures("chart")
@pytest.mark.parametrize("wanted", [LIVE, EVER], ids=["live", "ever"])
@pytest.mark.parametrize("by", ["owner", "directorate", "audit", ""])
def test_every_spread_is_that_of_the_rows_and_what_stands_beside_it_that_of_its_table(
    mixed: House, by: str, wanted: dict[str, RecommendationFilter]
) -> None:
    for actor in actors(mixed).values():
        days: dict[Any, list[int]] = {}
        for row in every(actor):
            line = row.line
            if line.closed_on is None and line.slips and line.due and line.original_due:
                for group in groups(row, by) if by else [None]:
                    days.setdefault(group, []).append((line.due - line.original_due).days)
        beside, told = table_of_slips(LiveTracker(actor, None, TODAY), wanted, RecommendationFilter(), by=by)
        assert not by or beside == table(LiveTracker(actor, None, TODAY), wanted, by=by)
        assert {group: (each.count, each.mean, each.median) for (group, _), each in told.items()} == {
            group: (len(some), rules.half_up(fmean(some)), rules.half_up(median(some))) for group, some in days.items()
        }


def test_what_slips_foretell_is_read_from_every_ledger_that_is_seen_also_of_who_answers_no_more(mixed: House) -> None:
    for actor in actors(mixed).values():
        seen = {row.pk for row in every(actor)}
        slips: dict[int, list[int]] = {}
        for part in Assignment.objects.filter(recommendation__in=seen, owner__isnull=False):
            held = [
                rules.Target(part.pk, each.number, each.text, each.due)
                for each in Target.objects.filter(assignment=part)
            ]
            slips.setdefault(part.owner_id or 0, []).extend(rules.slipped_by(held))
        told = {post: rules.forecast(days) for post, days in slips.items()}
        assert forecasts(LiveTracker(actor, None, TODAY)) == {post: each for post, each in told.items() if each}
        posts = [*slips]
        assert forecast_for(posts, actor=actor) == rules.forecast([day for days in slips.values() for day in days])
        assert forecast_for(posts[:1], actor=actor) == told[posts[0]]
    assert forecast_for([], actor=CANDOUR) is None


def test_the_choices_of_the_filters_are_those_of_the_rows(mixed: House) -> None:
    for actor in actors(mixed).values():
        for ended in (False, True):
            rows = [row for row in every(actor) if ended or row.line.closed_on is None]
            named = {(owner.owner_id, owner.owner) for row in rows for owner in row.owners if owner.owner_id}
            assert owners_in_use(actor, None, ended=ended) == sorted(named, key=lambda each: each[1])
        ranked = sorted({(row.line.rank, row.line.priority) for row in every(actor) if row.line.priority})
        assert priorities_in_use(actor, None) == [word for _, word in ranked]


def test_a_line_of_a_slip_that_is_not_what_its_ledger_gives_is_found(mixed: House) -> None:
    assert lines.check() == ""
    broken = SlipLine.objects.order_by("pk").first()
    assert broken is not None
    SlipLine.objects.filter(pk=broken.pk).update(days=broken.days + 1)
    assert lines.check() == (
        f"Recommendation {broken.record_id}: the line of slip {broken.pk} is not what its record gives"
    )
