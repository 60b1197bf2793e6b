"""The report and the letters: every copy from the same rows, the public one with awards alone."""

from datetime import date
from typing import Any

import pytest

from candour.commissioning.commands import rounds as commands
from candour.commissioning.models import Application, Round
from candour.commissioning.papers.rounds.kind import checks, gather
from candour.commissioning.papers.rounds.letters import letter_of
from candour.commissioning.papers.rounds.report import Stock, report
from candour.commissioning.queries.rounds.letters import letter_facts
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import texts
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.render import render
from tests.commissioning.rounds.factories import (
    BY,
    a_round,
    again,
    an_application,
    begun,
    fresh,
    new,
    ranked,
    scored,
    scoring_of,
)
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(house: House) -> Round:
    """A round with an award, a refusal, a conflict, a moderation, a late and a withdrawn one, announced."""
    it = a_round(house)
    one, two = an_application(it, "Lantern House", 20_000_00), an_application(it, "Second Step", 15_000_00)
    gone = an_application(it, "Calm Water")
    an_application(it, "Too Slow", received_on=date(2026, 5, 20))
    out = fresh(commands.receive(it, new=new("Out of Place", answers={1: "Much", 2: "No"}), **BY))
    commands.judge(out, eligible=False, **(BY | {"reason": "There is no safeguarding policy"}))
    it = begun(house, it, "owner", "reader", "secretary")
    row = scoring_of(house, two, "secretary")
    commands.declare_conflict(row, actor=house.actors["secretary"], at=NOW, reason="A cousin works there")
    commands.withdraw(fresh(gone), on=TODAY, **BY)
    marks = {"owner": (4, 4, 4), "reader": (1, 4, 4), "secretary": (4, 4, 4)}
    scored(house, {fresh(one): marks, fresh(two): {"owner": (2, 2, 2), "reader": (3, 3, 3)}})
    need = it.criteria.get(name="Need")
    commands.moderate(fresh(one), criterion=need, value=3, **(BY | {"reason": "They read the figures again"}))
    commands.rank(again(it), **BY)
    commands.decide(again(it), awards={one.pk: 20_000_00}, approver="Governance Board", **BY)
    commands.announce(again(it), **BY)
    return again(it)


def stock(house: House, day: date = TODAY) -> Stock:
    return gather(CANDOUR, organisation=house.office, as_at=day, since=day, at=NOW)


def words(document: Any) -> str:
    return "\n".join(texts(document))


def test_the_panels_copy_is_the_whole_audit_trail(house: House, whole: Round) -> None:
    found = words(report(stock(house), "panel"))
    wanted = [
        "A cousin works there",
        "They read the figures again",
        "Calm Water",
        "Withdrawn on 15 June 2026",
        "Too late",
        "agreed by Governance Board",
        "Head of Communications",
        "90",
    ]
    assert [each for each in wanted if each not in found] == []


def test_other_copies_hold_awards_alone(house: House, whole: Round) -> None:
    found = words(report(stock(house), "office"))
    assert ("Second Step" in found, "A cousin" in found, "Calm Water" in found) == (False, False, False)
    assert "Lantern House" not in words(report(stock(house), "public"))  # the round is for the office
    office = words(report(stock(house), "office"))
    assert ("Lantern House" in office, "£20,000" in office) == (True, True)


def test_every_copy_passes_its_checks(house: House, whole: Round) -> None:
    held = stock(house)
    for audience in ("panel", "office", "public"):
        assert [one.words for one in checks(held, audience, report(held, audience)) if not one.passed] == []


def test_a_copy_that_names_a_refused_applicant_is_stopped(house: House, whole: Round) -> None:
    held = stock(house)
    wrong = checks(held, "office", report(held, "panel"))
    assert [one.stops for one in wrong if not one.passed] == [True]


def test_a_round_that_was_decided_later_is_not_in_the_report_of_a_day(house: House, whole: Round) -> None:
    assert "No round is decided and announced yet." in words(report(stock(house, date(2026, 6, 14)), "panel"))


def test_an_empty_report_says_so(house: House) -> None:
    assert "No round is decided and announced yet." in words(report(stock(house), "public"))


def test_the_report_is_a_paper_of_candour_and_is_written_in_every_format(house: House, whole: Round) -> None:
    document = paper("round", actor=CANDOUR, organisation=house.office, at=NOW)
    assert [bool(render(document, suffix)) for suffix in (".docx", ".html", ".txt", ".json")] == [True] * 4


def letter(one: Application) -> str:
    facts = letter_facts(fresh(one))
    assert facts is not None
    return words(letter_of(facts))


def test_a_refusal_gives_feedback_on_each_criterion_and_names_no_scorer(house: House) -> None:
    it, (_, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (3, 2, 3)])
    assert letter_facts(two) is None
    commands.decide(it, awards={Application.objects.first().pk: 20_000_00}, **BY)  # type: ignore[union-attr]
    found = letter(two)
    for each in ("Your application is not successful", "Need by owner", "Change by reader", "2 of 4", "66.25"):
        assert each in found
    assert "Head of Communications" not in found


def test_an_award_gives_its_conditions(house: House) -> None:
    it, (one,) = ranked(house, [20_000_00], [(4, 4, 4)])
    commands.decide(it, awards={one.pk: 20_000_00}, **BY)
    found = letter(one)
    assert ("A return each quarter" in found, "£20,000" in found) == (True, True)


def test_one_that_is_not_eligible_reads_why(house: House, whole: Round) -> None:
    one = Application.objects.get(applicant="Out of Place")
    assert "There is no safeguarding policy" in letter(one)
    assert "came after the last day" in letter(Application.objects.get(applicant="Too Slow"))
    assert "You withdrew your application" in letter(Application.objects.get(applicant="Calm Water"))
