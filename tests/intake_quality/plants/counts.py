"""Counts, totals, and the scale that the paper prints."""

from ..papers import BANDS, DATED, Paper
from .soil import Found, plant, rows_of


@plant
def more_live_than_listed(paper: Paper) -> Found | None:
    if paper.layout == "spans":
        return None
    paper.counts[0] = f"There are {len(rows_of(paper)) + 2} live strategic risks on the register."
    return "count-live-strategic", ""


@plant
def more_new_than_listed(paper: Paper) -> Found | None:
    paper.counts.append("There are 3 new risks since the last meeting.")
    return "count-new", ""


@plant
def more_high_than_listed(paper: Paper) -> Found | None:
    paper.counts.append("19 risks are rated High.")
    return "count-high", ""


@plant
def changes_miscounted(paper: Paper) -> Found | None:
    paper.counts.append("There were 17 changes to the risk score.")
    return "count-changed", ""


@plant
def closed_but_none_listed(paper: Paper) -> Found | None:
    paper.counts.append("2 risks were closed since the last meeting.")
    return "count-closed", ""


@plant
def wrong_percentage(paper: Paper) -> Found | None:
    paper.counts.append("We have 3 of 12 risks, or 35%, with a new owner this year.")
    return "percentage", ""


@plant
def total_row_wrong(paper: Paper) -> Found | None:
    if paper.layout not in ("paper", "rows"):
        return None
    paper.totals = ["Total", "99"]
    return "total", ""


@plant
def total_of_a_small_table_wrong(paper: Paper) -> Found | None:
    paper.more.append([["Theme", "Number"], ["Estate", "3"], ["People", "4"], ["Total", "9"]])
    return "total", ""


@plant
def weekday_wrong(paper: Paper) -> Found | None:
    paper.dated_text = f"Monday {DATED.day} {DATED:%B %Y}"
    return "paper-weekday", ""


@plant
def bands_overlap(paper: Paper) -> Found | None:
    low, medium = BANDS[paper.size]
    paper.bands[1] = f"{low} - {medium} Medium"
    return "band-overlap", ""


@plant
def bands_leave_a_gap(paper: Paper) -> Found | None:
    low, medium = BANDS[paper.size]
    top = max(i * j for i in range(1, paper.size + 1) for j in range(1, paper.size + 1) if i * j <= medium)
    paper.bands[1] = f"{low + 1} - {top - 1} Medium"
    return "band-gap", ""


@plant
def bands_beyond_the_matrix(paper: Paper) -> Found | None:
    paper.bands[0] = paper.bands[0].replace(str(paper.size**2), str(paper.size**2 + 9))
    return "band-off-scale", ""


@plant
def levels_overlap(paper: Paper) -> Found | None:
    levels = paper.levels["Likelihood"]
    levels[1][2] = levels[1][2].replace(levels[1][2].split("%")[0], "2", 1)
    return "level-overlap", ""


@plant
def levels_leave_a_gap(paper: Paper) -> Found | None:
    levels = paper.levels["Likelihood"]
    levels[0][2] = "1% - 4%"
    return "level-gap", ""


@plant
def a_cell_of_the_matrix_wrong(paper: Paper) -> Found | None:
    paper.grid[1][1] = str(int(paper.grid[1][1]) + 1)
    return "matrix-cell", ""
