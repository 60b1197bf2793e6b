"""The list against the details."""

from datetime import timedelta

from ..papers import Paper, said, score_text
from .soil import Found, day_of, plant


@plant
def high_without_detail(paper: Paper) -> Found | None:
    if paper.layout != "paper" or len(paper.cards) < 2:
        return None
    return "detail-missing", paper.cards.pop()["Reference"]


@plant
def detailed_but_not_listed(paper: Paper) -> Found | None:
    if paper.layout != "paper":
        return None
    paper.rows.pop(0)
    return "overview-missing", paper.cards[0]["Reference"]


@plant
def two_owners(paper: Paper) -> Found | None:
    if paper.layout != "paper":
        return None
    paper.cards[0]["Owner"] = "Head of Archives"
    return "owner-differs", paper.cards[0]["Reference"]


@plant
def two_titles(paper: Paper) -> Found | None:
    if paper.layout != "paper":
        return None
    paper.cards[0]["Title"] = "Another thing goes wrong"
    return "title-differs", paper.cards[0]["Reference"]


@plant
def two_days_first_recorded(paper: Paper) -> Found | None:
    if paper.layout != "paper":
        return None
    paper.cards[0]["First recorded"] = said(day_of(paper.cards[0]["First recorded"]) - timedelta(days=11))
    return "first-recorded-differs", paper.cards[0]["Reference"]


@plant
def two_scores(paper: Paper) -> Found | None:
    if paper.layout != "paper":
        return None
    paper.cards[0]["Score"] = score_text(paper.size, paper.size - 1, paper)
    return "score-differs", paper.cards[0]["Reference"]


@plant
def redacted_row_tells(paper: Paper) -> Found | None:
    if not paper.rows:
        return None
    paper.rows[-1]["Title"] = "REDACTED"
    return "redacted-row-tells", paper.rows[-1]["Reference"]


@plant
def redacted_but_detailed(paper: Paper) -> Found | None:
    if paper.layout != "paper":
        return None
    paper.row(paper.cards[0]["Reference"])["Title"] = "REDACTED"
    return "redacted-detail", paper.cards[0]["Reference"]
