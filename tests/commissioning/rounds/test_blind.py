"""Who reads what: scores before they are sent, applications of others, applicants before the announcement."""

from typing import Any

import pytest

from candour.commissioning.commands import rounds as commands
from candour.commissioning.models import Application
from candour.commissioning.queries.rounds import applications, mine_page, tally
from candour.kernel.access import Actor
from candour.kernel.history.models import Entry
from tests.commissioning.rounds.factories import (
    BY,
    a_round,
    again,
    an_application,
    begun,
    fresh,
    ranked,
    scoring_of,
    send,
)
from tests.factories import NOW, House
from tests.risks.pages import said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/agreements/rounds/office/GR-2026-01/"
ONE, TWO = (f"/agreements/applications/office/GR-2026-01-00{number}/" for number in (1, 2))
# Everybody who may read the applications of this round, and how.
READERS = ("chief", "policy", "auditor", "finance", "owner", "reader")


def page(house: House, name: str, address: str) -> str:
    return signed_in(house, name).get(address).content.decode()


@pytest.fixture
def two(house: House) -> list[Application]:
    """Two applications, both given to two scorers."""
    it = a_round(house)
    for name in ("One", "Two"):
        an_application(it, name)
    begun(house, it, "owner", "reader")
    return [fresh(one) for one in Application.objects.order_by("pk")]


def test_nobody_reads_a_score_before_every_score_of_the_application_is_sent(
    house: House, two: list[Application]
) -> None:
    send(house, two[0], "owner", (4, 3, 1))
    for name in (*READERS, "secretary", "panel"):
        for address in (
            ONE,
            f"{ONE}score/",
            f"{ONE}moderate/",
            f"{ONE}history/",
            f"{HERE}ranking/",
            f"{HERE}moderation/",
            HERE,
        ):
            if not (name == "owner" and address.endswith("score/")):
                assert "by owner" not in page(house, name, address), (name, address)


def test_a_scorer_reads_no_others_before_all_of_their_own_are_sent(house: House, two: list[Application]) -> None:
    send(house, two[0], "owner", (4, 3, 1))
    send(house, two[0], "reader", (2, 3, 1))
    assert "Need by reader" not in page(house, "owner", ONE)
    assert "Need by owner" not in page(house, "reader", ONE)
    assert "Need by owner" in page(house, "chief", ONE)
    send(house, two[1], "owner", (4, 3, 1))
    assert "Need by reader" in page(house, "owner", ONE)
    assert "Need by owner" not in page(house, "reader", ONE)


def test_one_who_runs_the_round_and_scores_in_it_is_as_blind_as_any(house: House) -> None:
    from candour.kernel.establishment.commands import grant

    it = a_round(house)
    one = an_application(it)
    begun(house, it, "policy", "reader")
    grant("grant_scorer", post=house.posts["owner"], organisation=house.office, starts=NOW.date(), **BY)
    send(house, fresh(one), "reader", (4, 3, 1))
    assert "by reader" not in page(house, "policy", ONE)


def test_scores_stand_in_no_history_of_a_record(house: House, two: list[Application]) -> None:
    send(house, two[0], "owner", (4, 3, 1))
    of_records = Entry.objects.filter(record_kind="records.record")
    assert of_records.filter(event__startswith="scoring.").count() == 0
    assert of_records.filter(canonical__contains="commissioning.score").count() == 0


def test_an_application_exists_for_its_scorers_and_for_who_runs_the_round_alone(
    house: House, two: list[Application]
) -> None:
    there = {
        name: signed_in(house, name).get(ONE).status_code for name in (*READERS, "secretary", "force_policy", "panel")
    }
    assert there == {
        "chief": 200, "policy": 200, "auditor": 200, "finance": 200, "owner": 200, "reader": 200,
        "secretary": 404, "force_policy": 404, "panel": 404,
    }  # fmt: skip


def test_who_declares_an_interest_sees_the_application_no_more_anywhere(house: House, two: list[Application]) -> None:
    row = scoring_of(house, two[0], "owner")
    commands.declare_conflict(row, actor=house.actors["owner"], at=NOW, reason="A trustee is my brother")
    actor: Actor = house.refreshed("owner")
    assert [line.reference for line in applications(actor)] == ["GR-2026-01-002"]
    assert tally(actor, again(two[0].round)).applications == 1
    rows, _, waiting = mine_page(actor, offset=0, size=9)
    assert [(one.reference, one.title) for one in rows] == [
        ("GR-2026-01-002", "A project of Two"),
        ("GR-2026-01-001", ""),
    ]
    assert waiting == 1
    addresses: list[Any] = [ONE, f"{ONE}score/", "/search?q=One", "/agreements/scoring/"]
    assert ["A project of One" in page(house, "owner", address) for address in addresses] == [False] * 4


def test_search_finds_an_application_for_who_may_read_it(house: House, two: list[Application]) -> None:
    assert ["GR-2026-01-001" in page(house, name, "/search?q=One") for name in ("chief", "owner", "secretary")] == [
        True,
        True,
        False,
    ]


def test_applicants_are_named_to_nobody_else_before_the_announcement(house: House) -> None:
    it, (one, two) = ranked(house, [20_000_00, 20_000_00], [(4, 4, 4), (3, 3, 3)])
    commands.decide(it, awards={one.pk: 20_000_00}, **BY)
    for address in (HERE, "/agreements/rounds/", "/desk/", f"{HERE}history/", "/search?q=Group"):
        assert "Group 1" not in page(house, "secretary", address), address
    commands.announce(again(it), **BY)
    shown = said(signed_in(house, "secretary").get(HERE))
    assert ("Group 1" in shown, "Group 2" in shown) == (True, False)
    assert two.record.reference not in shown


def test_counts_of_applications_are_of_those_that_one_may_see(house: House, two: list[Application]) -> None:
    seen = {
        name: signed_in(house, name).get("/agreements/rounds/").context["rows"][0]["row"].applications
        for name in ("chief", "secretary")
    }
    assert seen == {"chief": 2, "secretary": 0}
    assert "Received" not in said(signed_in(house, "secretary").get(HERE))


def test_a_restricted_round_does_not_exist_for_others(house: House) -> None:
    a_round(house, sensitivity="restricted")
    assert [signed_in(house, name).get(HERE).status_code for name in ("chief", "secretary", "reader")] == [
        200,
        200,
        404,
    ]
    assert "GR-2026-01" not in page(house, "reader", "/agreements/rounds/")
