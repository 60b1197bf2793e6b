"""Reviews, updates and deadlines that cannot be."""

from datetime import timedelta

from ..papers import DATED, Paper, said
from .soil import Found, day_of, one_of, plant, set_in, told_of


@plant
def reviewed_before_it_was_recorded(paper: Paper) -> Found | None:
    row = one_of(paper)
    set_in(paper, row["Reference"], "First recorded", said(day_of(row["Last review"]) + timedelta(days=2)))
    return "review-before-recorded", row["Reference"]


@plant
def reviewed_after_the_paper(paper: Paper) -> Found | None:
    row = one_of(paper)
    row["Last review"] = said(DATED + timedelta(days=9))
    return "date-after-paper", row["Reference"]


@plant
def no_day_of_the_calendar(paper: Paper) -> Found | None:
    row = one_of(paper)
    row["Last review"] = "31/02/2024"
    return "date-invalid", row["Reference"]


@plant
def review_overdue(paper: Paper) -> Found | None:
    row = one_of(paper, 5)
    old = DATED - timedelta(days=150)
    row["Last review"] = said(old)
    set_in(paper, row["Reference"], "Updates", f"• {said(old)} - nothing new to tell")
    set_in(paper, row["Reference"], "First recorded", said(old - timedelta(days=90)))
    row["Next review"] = said(DATED + timedelta(days=10))
    return "review-overdue", row["Reference"]


@plant
def next_review_passed(paper: Paper) -> Found | None:
    row = one_of(paper)
    row["Last review"], row["Next review"] = said(DATED - timedelta(days=50)), said(DATED - timedelta(days=3))
    if "Updates" in row:
        row["Updates"] = f"• {row['Last review']} - nothing new to tell"
    return "next-review-passed", row["Reference"]


@plant
def next_review_before_the_last(paper: Paper) -> Found | None:
    row = one_of(paper)
    row["Next review"] = said(day_of(row["Last review"]) - timedelta(days=30))
    return "next-review-before-last", row["Reference"]


@plant
def update_after_the_paper(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += f" • {said(DATED + timedelta(days=20))} - all done"
    return "update-after-paper", row["Reference"]


@plant
def update_before_the_risk(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] = f"• {said(day_of(row['First recorded']) - timedelta(days=40))} - begun " + row["Updates"]
    return "update-before-recorded", row["Reference"]


@plant
def review_older_than_the_newest_update(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += f" • {said(DATED - timedelta(days=2))} - a fifth garage was asked"
    return "last-review", row["Reference"]


@plant
def deadline_passed_when_written(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += " and the new stores will be ready by March 2021"
    return "deadline-passed", row["Reference"]
