"""The inspection report for the board, for each audience."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from candour.inspections import commands
from candour.inspections.papers.kind import checks, gather
from candour.inspections.papers.paper import inspections_paper
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import Document, Figure, Heading, texts
from candour.kernel.papers.render import render
from tests.factories import NOW, TODAY, House
from tests.inspections.factories import AFI, CAUSE, a_statement_item, an_inspection, an_item, on

pytestmark = pytest.mark.django_db
HIDDEN = "Secret inspection of everything"


def stock(house: House, as_at: date = TODAY) -> Any:
    return gather(CANDOUR, organisation=house.office, as_at=as_at, since=date(2026, 4, 1), at=NOW)


def said(document: Document) -> str:
    return " ".join(" ".join(texts(document)).split())


def a_board(house: House) -> None:
    """One public with a cause of concern and one of the office, one restricted, two of other years, a statement."""
    for year, value in ((2019, 2), (2023, 4)):
        it = an_inspection(
            house, title=f"PEEL {year}", out=date(year, 3, 1), grades={"Preventing crime": value}, sensitivity="public"
        )
        where = {"where": "https://x.example", "on": date(year, 4, 1)}
        commands.response_published_elsewhere(it, **where, **on(date(year, 4, 1)))
    now = an_inspection(house, sensitivity="public", grades={"Preventing crime": 3})
    early = {"effective": date(2026, 5, 5)}
    cause = an_item(house, now, CAUSE, reference="C1", title="Victims wait", sensitivity="public", **early)
    an_item(house, cause.record, reference="R1", title="Answer them", sensitivity="public", **early)
    an_item(house, now, CAUSE, reference="C2", title="Custody is full", **early)
    secret = an_inspection(house, title=HIDDEN, sensitivity="restricted", about="Watched in silence by nobody at all.")
    an_item(house, secret, AFI, reference="A9", title="Hidden thing", sensitivity="restricted", **early)
    stated = a_statement_item(house, title="Sooner", sensitivity="public", due=date(2026, 6, 1))
    commands.report_progress(stated, said="at risk", text="Two posts are empty", **on(date(2026, 6, 2)))


def test_the_paper_tells_clock_causes_grades_items_and_statement(house: House) -> None:
    a_board(house)
    paper = inspections_paper(stock(house), "panel")
    assert [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1] == [
        "Summary", "Open causes of concern", "The statutory clock", "Grades over the years", "What inspections ask for",
        "Force management statement",
    ]  # fmt: skip
    words = said(paper)
    for told in (
        "4 inspections are open", "2 responses are still to be published; 0 of them past", "2 causes of concern are open",
        "1 item of the force management statement open, 1 overdue", "No recommendation stands under it",
        "At risk, 2 June 2026. Two posts are empty",
        "Invite the chief officer’s comments by 11 May 2026, 35 days late", "Answer them",
    ):  # fmt: skip
        assert told in words
    figure = next(block for block in paper.blocks if isinstance(block, Figure))
    assert figure.svg.count("Another scale: not comparable") == 1
    assert [check.passed for check in checks(stock(house), "panel", paper)] == [True, False]


def test_no_copy_holds_what_its_audience_may_not_read(house: House) -> None:
    a_board(house)
    every = stock(house)
    for audience, hidden in (("office", (HIDDEN, "A9")), ("public", (HIDDEN, "A9", "C2", "Custody is full"))):
        paper = inspections_paper(every, audience)
        assert [word for word in hidden if word in said(paper)] == []
        leaks = [check for check in checks(every, audience, paper) if "Leak" in check.words]
        assert [check.passed for check in leaks] == [True] * len(leaks) != []
    told = inspections_paper(every, "panel")
    found = [check for check in checks(every, "public", told) if "Leak" in check.words]
    assert [check.passed for check in found if check.stops] == [
        False
    ]  # the panel's copy would not pass for the public's
    assert (told.marking, inspections_paper(every, "public").marking) == ("OFFICIAL-SENSITIVE", "OFFICIAL")


def test_a_past_day_is_told_as_it_stood(house: House) -> None:
    a_board(house)
    words = said(inspections_paper(stock(house, date(2026, 5, 4)), "panel"))
    assert ("Invite the chief officer’s comments by 11 May 2026, 7 days left" in words, "Victims wait" in words) == (
        True,
        False,
    )
    empty = said(inspections_paper(stock(house, date(2010, 1, 1)), "panel"))
    assert "There is no inspection to report." in empty


def test_word_html_and_text_say_the_same(house: House) -> None:
    a_board(house)
    paper = inspections_paper(stock(house), "public")
    word = ZipFile(BytesIO(render(paper, ".docx"))).read("word/document.xml").decode()
    page, text = render(paper, ".html").decode(), render(paper, ".txt").decode()
    for told in ("Victims wait", "Better, from Requires improvement in 2023", "Two posts are empty"):
        assert (told in word, told in page, told in " ".join(text.split())) == (True, True, True)
