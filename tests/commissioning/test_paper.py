"""The register of agreements as a paper and as files, and what it brings to a desk."""

from datetime import date, timedelta
from typing import Any

import pytest

from candour.commissioning import commands
from candour.commissioning.papers.export import AGREEMENT_EXPORT
from candour.commissioning.papers.kind import AGREEMENTS, checks, gather
from candour.commissioning.papers.paper import BUDGETS, agreements_paper
from candour.commissioning.queries import desk
from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import grant
from candour.kernel.papers.document import Document, Row, Table, texts
from candour.kernel.papers.render import render
from tests.commissioning.factories import APPROVED, BY, a_stream, an_agreement, signed, whole
from tests.factories import NOW, TODAY, House
from tests.risks.pages import questions, signed_in

pytestmark = pytest.mark.django_db
HIDDEN = "Safe house"


def stock(house: House, as_at: date = TODAY) -> Any:
    return gather(CANDOUR, organisation=house.office, as_at=as_at, since=date(2026, 4, 1), at=NOW)


def said(document: Document) -> str:
    return " ".join(texts(document))


def table(document: Document, caption: str) -> list[list[str]]:
    found = next(block for block in document.blocks if isinstance(block, Table) and block.caption == caption)
    rows = [row for row in found.rows if isinstance(row, Row)]
    return [[" ".join(run.text for each in cell.blocks for run in each.words) for cell in row.cells] for row in rows]  # type: ignore[union-attr]


def a_register(house: House) -> None:
    """One whole, one unhealthy, one that ends soon, one restricted, one that has ended."""
    whole(house, sensitivity="public")
    an_agreement(house, service="Counselling", kpis="", sensitivity="public")
    soon = whole(house, service="Refuge", ends=TODAY + timedelta(60), last_end=None)
    commands.decide_next(soon, follows="stop", **APPROVED)
    an_agreement(house, service=HIDDEN, sensitivity="restricted", value=900_000_00)
    commands.end(signed(an_agreement(house, service="Training", sensitivity="public")), on=TODAY, **BY)


def test_the_paper_counts_what_runs_by_stream_and_says_what_is_unhealthy(house: House) -> None:
    a_register(house)
    paper = agreements_paper(stock(house), "panel")
    assert "4 agreements run, together worth £1,260,000." in said(paper).replace(" ,", ",").replace("  ", " ")
    budget = table(paper, BUDGETS)
    assert budget == [["Services for victims 2026/27", "5", "£500,000", "£1,380,000", "−£880,000"]]
    failing = {row[0]: row[3] for row in table(paper, "Agreements that fail a check")}
    assert "No KPIs." in failing["VS-2026-02"]
    ending = table(paper, "Agreements that end within six months, and what comes next")
    assert [(row[1], row[4]) for row in ending] == [("VS-2026-03", "Let it end")]
    assert len(table(paper, "Agreements of Services for victims 2026/27")) == 5


@pytest.mark.parametrize(("audience", "shown"), [("panel", 5), ("office", 4), ("public", 3)])
def test_each_copy_holds_what_its_readers_may_see_and_its_totals_count_that_alone(
    house: House, audience: str, shown: int
) -> None:
    a_register(house)
    paper = agreements_paper(stock(house), audience)
    assert len(table(paper, "Agreements of Services for victims 2026/27")) == shown
    assert (HIDDEN in said(paper)) == (audience == "panel")
    assert paper.marking == ("OFFICIAL-SENSITIVE" if audience == "panel" else "OFFICIAL")
    assert [each.passed for each in checks(stock(house), audience, paper)] == [True] * (1 if audience == "panel" else 3)


def test_a_hidden_title_in_another_agreement_stops_the_public_copy(house: House) -> None:
    hidden = an_agreement(house, service=HIDDEN, sensitivity="restricted")
    an_agreement(house, service=f"Cleaning of {hidden.record.title}"[:110], sensitivity="public", area="")
    found = stock(house)
    first = checks(found, "public", agreements_paper(found, "public"))[0]
    assert (first.passed, first.stops) == (False, True)


def test_the_paper_of_a_past_day_shows_what_stood_then(house: House) -> None:
    it = an_agreement(house, effective=date(2026, 3, 2))
    commands.vary(it, on=TODAY, ground="provided", change=5_00, **APPROVED)
    rows = table(
        agreements_paper(stock(house, date(2026, 5, 1)), "panel"), "Agreements of Services for victims 2026/27"
    )
    assert rows[0][5] == "£120,000"
    assert said(agreements_paper(stock(house, date(2026, 3, 1)), "panel")).count("There is no agreement") == 1


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".json"])
def test_every_format_is_written_with_and_without_rows(house: House, suffix: str) -> None:
    assert render(AGREEMENTS.write(stock(house), "panel"), suffix)
    a_register(house)
    assert render(AGREEMENTS.write(stock(house), "panel"), suffix)


def test_the_register_is_exported_with_what_has_ended(house: House) -> None:
    a_register(house)
    given: dict[str, Any] = {"organisation": house.office, "at": NOW, "suffix": ".csv"}
    live = AGREEMENT_EXPORT.write(CANDOUR, as_at=None, **given).decode()
    assert [line.split(",")[0] for line in live.splitlines()[1:]] == [f"VS-2026-0{number}" for number in range(1, 6)]
    reader = AGREEMENT_EXPORT.write(house.actors["reader"], as_at=None, **given).decode()
    assert HIDDEN not in reader
    past = AGREEMENT_EXPORT.write(CANDOUR, as_at=date(2026, 3, 1), **given).decode()
    assert len(past.splitlines()) == 1


def test_a_desk_names_what_the_readers_post_must_decide(house: House) -> None:
    grant("commissioning_officer", post=house.posts["policy"], organisation=house.office, starts=TODAY, **BY)
    officer = house.refreshed("policy")
    mine: dict[str, Any] = {"owner": house.posts["policy"], "last_end": None}
    an_agreement(house, ends=TODAY + timedelta(60), notice_on=TODAY + timedelta(9), **mine)
    an_agreement(house, ends=TODAY + timedelta(300), service="Refuge", **mine)
    an_agreement(house, ends=TODAY - timedelta(1), service="Training", owner=house.posts["chief"], last_end=None)
    (need,) = desk.needs(officer, today=TODAY, most=8)
    assert (need.about, need.by, need.address) == (
        "VS-2026-01", TODAY + timedelta(9), "/agreements/office/VS-2026-01/next/",
    )  # fmt: skip
    assert desk.needs(house.actors["reader"], today=TODAY, most=8) == []


def test_streams_of_another_year_stand_apart(house: House) -> None:
    an_agreement(house)
    an_agreement(house, stream=a_stream(house, year="2027/28"))
    budget = table(agreements_paper(stock(house), "panel"), BUDGETS)
    assert [(row[0], row[1]) for row in budget] == [
        ("Services for victims 2026/27", "1"),
        ("Services for victims 2027/28", "1"),
    ]


@pytest.mark.usefixtures("moment")
def test_the_desk_of_a_commissioning_officer_asks_twelve_times_at_most(house: House) -> None:
    grant("commissioning_officer", post=house.posts["owner"], organisation=house.office, starts=TODAY, **BY)
    an_agreement(house, owner=house.posts["owner"], ends=date(2026, 12, 1), last_end=None)
    client = signed_in(house, "owner")
    client.get("/desk/")
    assert questions(client, "/desk/") <= 12
