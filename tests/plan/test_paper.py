"""The delivery report for the Police and Crime Panel."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import Document, Figure, Heading, Row, Table, texts
from candour.kernel.papers.render import render
from candour.plan import commands
from candour.plan.models import Priority
from candour.plan.papers.export import ACTIVITY_EXPORT
from candour.plan.papers.kind import PLAN_DELIVERY, checks, gather
from candour.plan.papers.paper import plan_paper
from tests.factories import NOW, TODAY, House
from tests.plan.factories import AMBER, BY, GREEN, RED, a_plan, a_priority, an_activity, an_objective, proposed, updated

pytestmark = pytest.mark.django_db
HIDDEN = "Secret work on something that nobody may read of"


def stock(house: House, as_at: date = TODAY) -> Any:
    return gather(CANDOUR, organisation=house.office, as_at=as_at, since=date(2026, 4, 1), at=NOW)


def said(document: Document) -> str:
    return " ".join(" ".join(texts(document)).split())


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def a_year(house: House) -> None:
    """A public plan: red and green under 1.1, amber (for the office) under 1.2, a hidden objective, nothing under 2.1."""
    like: dict[str, Any] = {"sensitivity": "public"}
    plan = a_plan(house, aim="To keep people safe", **like)
    second = a_priority(plan, house, number="2", title="Visible policing")
    one = an_objective(plan, house, **like)
    commands.agree_success(
        one.record, text="Nine of ten are offered it", agreed_by="The board", agreed_on=date(2026, 2, 1), **BY
    )
    red = an_activity(one, house, title="Write to every victim", **like)
    updated(red, GREEN, effective=date(2026, 2, 1))
    updated(red, RED)
    commands.move_due(red, to=date(2027, 3, 31), **BY)
    done = an_activity(one, house, title="Ring every victim", **like)
    proposed(done)
    commands.agree_done(done, **BY)
    two = an_objective(plan, house, number="1.2", title="A single service", sensitivity="office")
    updated(an_activity(two, house, title="Let the contract"), AMBER)
    secret = an_objective(plan, house, number="1.3", title="Secret", sensitivity="restricted", outcome=HIDDEN)
    updated(an_activity(secret, house, title=HIDDEN), RED, barriers="A secret barrier stands in the way of it")
    an_objective(plan, house, priority=second, number="2.1", title="A named officer", **like)
    dive: dict[str, Any] = {
        "asked_by": "The panel",
        "post": house.posts["owner"],
        "asked": "By district?",
        "due": TODAY,
    }
    commands.ask_dive(one, **dive, **BY)


def test_what_is_at_risk_stands_first_then_what_changed_then_each_priority(house: House) -> None:
    a_year(house)
    paper = plan_paper(stock(house), "panel")
    assert headings(paper) == [
        "Summary", "At risk of non-delivery", "What changed since 1 April 2026", "Priority 1. Putting victims first",
        "PCP25/1.1 Every victim is offered support", "PCP25/1.2 A single service", "PCP25/1.3 Secret",
        "Priority 2. Visible policing", "PCP25/2.1 A named officer", "What nothing covers",
    ]  # fmt: skip
    words = said(paper)
    assert "It has 2 priorities, 4 objectives and 4 activities. 3 may not be delivered as things are." in words
    assert "Off course, on course before. Due 31 March 2027, 31 December 2026 before." in words
    assert "31 March 2027, first 31 December 2026" in words
    assert "Nine of ten are offered it. Agreed by The board, 1 February 2026." in words
    assert "Asked by The panel of Head of Communications: By district? Due 15 June 2026." in words
    assert "Barriers. Nobody to post them" in words
    gaps = [block for block in paper.blocks if isinstance(block, Table)][-1]
    told = [
        " ".join(texts(Document("x", "y", (Table("t", gaps.columns, (row,)),))))
        for row in gaps.rows
        if isinstance(row, Row)
    ]
    assert [("No activity" in each, "nothing says" in each.casefold()) for each in told] == [
        (False, True), (False, True), (True, True),
    ]  # fmt: skip
    chart = next(block for block in paper.blocks if isinstance(block, Figure))
    assert chart.description == (
        "1. Putting victims first: 2 off course or past its date, 1 at risk, 1 done; 2. Visible policing: no activity."
    )
    for suffix in (".docx", ".html", ".txt"):
        assert len(render(paper, suffix)) > 1000


@pytest.mark.parametrize(
    ("audience", "objectives", "activities"), [("panel", 4, 4), ("office", 3, 3), ("public", 2, 2)]
)
def test_each_copy_holds_and_counts_what_its_readers_may_see(
    house: House, audience: str, objectives: int, activities: int
) -> None:
    a_year(house)
    held = stock(house)
    paper = plan_paper(held, audience)
    words = said(paper)
    assert f"2 priorities, {objectives} objectives and {activities} activities." in words
    assert (HIDDEN in words, paper.marking) == (
        (True, "OFFICIAL-SENSITIVE") if audience == "panel" else (False, "OFFICIAL")
    )
    found = checks(held, audience, paper)
    assert [one.words for one in found if not one.passed] == ["Objectives have gaps"]
    assert any(one.stops for one in found) == (audience != "panel")


def test_a_sentence_of_something_hidden_in_an_open_text_is_found(house: House) -> None:
    a_year(house)
    second = Priority.objects.select_related("plan__record__organisation").get(number="2")
    like: dict[str, Any] = {"number": "2.2", "title": "Open", "outcome": f"{HIDDEN}.", "sensitivity": "public"}
    commands.add_objective(second, **like, **BY)
    held = stock(house)
    failed = [one for one in checks(held, "public", plan_paper(held, "public")) if not one.passed]
    assert [one.words for one in failed if "Leak" in one.words] == [
        "Leak check: references, titles and links",
        "Leak check: sentences of hidden parts of the plan",
    ]


def test_a_past_day_is_told_as_it_stood_and_files_hold_no_words_of_what_is_hidden(house: House) -> None:
    a_year(house)
    then = said(plan_paper(stock(house, date(2026, 4, 2)), "panel"))
    assert "Nothing is red, amber or past its date." in then
    paper = plan_paper(stock(house), "public")
    word = ZipFile(BytesIO(render(paper, ".docx"))).read("word/document.xml").decode()
    assert "Secret" not in word
    assert "Write to every victim" in word
    book = ACTIVITY_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=".csv").decode(
        "utf-8-sig"
    )
    assert [line.split(",")[0] for line in book.splitlines() if line.startswith("PCP")] == [
        "PCP25/1.1.1", "PCP25/1.1.2", "PCP25/1.2.1", "PCP25/1.3.1",
    ]  # fmt: skip
    assert len(ACTIVITY_EXPORT.write(CANDOUR, organisation=house.office, as_at=TODAY, at=NOW, suffix=".xlsx")) > 5000
    assert PLAN_DELIVERY.issued == ("panel", "public")


def test_without_a_plan_the_report_says_so(house: House) -> None:
    assert "There is no plan to report." in said(plan_paper(stock(house), "panel"))
