"""The paper on finance and change, in every copy and format."""

from datetime import date
from typing import Any

import pytest

from candour.finance import commands
from candour.finance.papers.kind import checks, gather
from candour.finance.papers.paper import finance_paper
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import Figure, Heading, texts
from candour.kernel.papers.render import render
from tests.factories import NOW, TODAY, House
from tests.finance.factories import (
    BY,
    RED,
    Y26,
    K,
    a_benefit,
    a_collaboration,
    a_project,
    a_scheme,
    load,
    reported,
    shared_out,
    years,
)
from tests.finance.test_pages import a_year

pytestmark = pytest.mark.django_db
HIDDEN = "Something that nobody may know yet"


def stock(house: House, as_at: date = TODAY) -> Any:
    return gather(CANDOUR, organisation=house.office, as_at=as_at, since=date(2026, 4, 1), at=NOW)


def everything(house: House) -> None:
    """A year with its schemes, a project that is over its budget, a collaboration, and a restricted saving."""
    a_year(house)
    project, joint = a_project(house, approved=True), a_collaboration(house)
    reported(project, forecast=250 * K)
    a_benefit(project)
    shared_out(joint)
    secret = a_scheme(house, title=HIDDEN, sensitivity="restricted", about=f"{HIDDEN}, and why it is so.")
    load(house.office, years(secret, {Y26: (900, 900, 900)}))
    secret.record.refresh_from_db()
    commands.rate_scheme(secret, rating=RED, **BY)


def test_the_paper_begins_with_what_needs_attention_and_every_chart_has_words_and_a_table(house: House) -> None:
    everything(house)
    paper = finance_paper(stock(house), "panel")
    assert [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1] == [
        "Summary", "Revenue budget 2026/27", "Reserves 2026/27", "Medium-term plan", "Savings plan", "Capital programme",
        "Projects", "Collaborations",
    ]  # fmt: skip
    words = " ".join(" ".join(texts(paper)).split())
    assert "Against a budget of £150k, £155k is forecast, £5k over. 1 of 2 headings are over" in words
    assert "2 schemes plan to save £1.0m in 2026/27." in words
    attention = words[words.index("What needs attention, worst first") :]
    assert attention.index(HIDDEN) < attention.index("Custody suite")
    assert "New records system Over its budget £50k over Head of Communications" in attention
    charts = [block for block in paper.blocks if isinstance(block, Figure)]
    assert [bool(one.description and one.table and one.table.rows) for one in charts] == [True, True, True]
    assert paper.marking == "OFFICIAL-SENSITIVE"


@pytest.mark.parametrize("audience", ["office", "public"])
def test_a_copy_says_and_counts_nothing_that_its_readers_may_not_see(house: House, audience: str) -> None:
    everything(house)
    found = stock(house)
    paper = finance_paper(found, audience)
    words = " ".join(texts(paper))
    assert HIDDEN not in words
    assert ("1 scheme plans to save £100k" in words) == (audience == "office")
    assert [one.passed for one in checks(found, audience, paper) if one.stops] == [True]


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".json", ".pdf"])
def test_every_format_is_written_with_and_without_rows(house: House, suffix: str) -> None:
    assert render(finance_paper(stock(house), "panel"), suffix)
    everything(house)
    assert render(finance_paper(stock(house), "panel"), suffix)


def test_the_paper_of_a_day_before_everything_has_nothing_to_report(house: House) -> None:
    everything(house)
    assert "There is nothing to report." in " ".join(texts(finance_paper(stock(house, date(2026, 1, 1)), "panel")))
