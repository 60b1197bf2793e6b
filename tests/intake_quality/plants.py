"""Contradictions to plant in a clean paper, one of each kind. A plant changes the paper and says what must be found."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from candour.kernel.calendar import MONTHS, add_months

from .papers import BANDS, DATED, WORDS, Paper, band_of, said, score_text

Found = tuple[str, str]  # code, reference
Plant = Callable[[Paper], Found | None]
PLANTS: dict[str, Plant] = {}


def plant(made: Plant) -> Plant:
    PLANTS[made.__name__] = made
    return made


def _list(paper: Paper) -> list[dict[str, str]]:
    return paper.rows or paper.cards


def _one(paper: Paper, n: int = 4) -> dict[str, str]:
    return _list(paper)[n]


def _levels(row: Mapping[str, str], paper: Paper) -> tuple[int, int]:
    words = WORDS[paper.size]
    pair = [row["Impact"], row["Likelihood"]]
    found = [words[n].index(text) + 1 if text in words[n] else int(text) for n, text in enumerate(pair)]
    return found[0], found[1]


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def _told(paper: Paper) -> dict[str, str] | None:
    """A risk whose controls and updates are printed."""
    rows = [row for row in [*paper.cards, *paper.rows] if "Controls" in row]
    return rows[0] if rows else None


def _set(paper: Paper, reference: str, name: str, text: str) -> None:
    for row in [*paper.rows, *paper.cards]:
        if row["Reference"] == reference and name in row:
            row[name] = text


@plant
def wrong_product(paper: Paper) -> Found | None:
    row = _one(paper)
    impact, likelihood = _levels(row, paper)
    if paper.form not in ("number", "band"):
        return None
    wrong = impact * likelihood + 1
    text = f"{wrong} ({band_of(wrong, paper.size)})" if paper.form == "band" else str(wrong)
    _set(paper, row["Reference"], "Score", text)
    return "score-product", row["Reference"]


@plant
def wrong_arithmetic(paper: Paper) -> Found | None:
    row = _one(paper)
    impact, likelihood = _levels(row, paper)
    text = score_text(impact, likelihood, paper)
    if paper.form not in ("product", "triple", "letters"):
        return None
    _set(paper, row["Reference"], "Score", text[: -len(str(impact * likelihood))] + "35")
    return "score-arithmetic", row["Reference"]


@plant
def wrong_band(paper: Paper) -> Found | None:
    if paper.form != "band":
        return None
    row = _list(paper)[0]
    _set(paper, row["Reference"], "Score", row["Score"].replace("High", "Low"))
    return "band", row["Reference"]


@plant
def wrong_colour(paper: Paper) -> Found | None:
    if paper.form != "band":
        return None
    row = _list(paper)[0]
    _set(paper, row["Reference"], "Score", row["Score"].replace("High", "Green"))
    return "band", row["Reference"]


@plant
def wrong_direction(paper: Paper) -> Found | None:
    rows = [row for row in _list(paper) if row.get("Direction")]
    if not rows:
        return None
    rows[3]["Direction"] = "↓" if rows[3]["Direction"] != "↓" else "↑"
    return "direction", rows[3]["Reference"]


@plant
def unreadable_direction(paper: Paper) -> Found | None:
    rows = [row for row in _list(paper) if row.get("Direction")]
    if not rows:
        return None
    rows[2]["Direction"] = "?¿"
    return "direction-unreadable", rows[2]["Reference"]


@plant
def off_the_scale(paper: Paper) -> Found | None:
    if paper.words or not paper.levels:
        return None
    row = _one(paper, 2)
    row["Impact"] = str(paper.size + 1)
    return "level-unknown", row["Reference"]


@plant
def score_beyond_the_matrix(paper: Paper) -> Found | None:
    row = _list(paper)[0]
    _set(paper, row["Reference"], "Score", str(paper.size**2 + 5))
    return "score-off-scale", row["Reference"]


@plant
def residual_above_inherent(paper: Paper) -> Found | None:
    if paper.layout != "spans":
        return None
    row = _list(paper)[0]
    row["Inherent"] = "1,1,1"
    return "residual-above-inherent", row["Reference"]


@plant
def reviewed_before_it_was_recorded(paper: Paper) -> Found | None:
    row = _one(paper)
    _set(paper, row["Reference"], "First recorded", said(_day(row["Last review"]) + timedelta(days=2)))
    return "review-before-recorded", row["Reference"]


@plant
def reviewed_after_the_paper(paper: Paper) -> Found | None:
    row = _one(paper)
    row["Last review"] = said(DATED + timedelta(days=9))
    return "date-after-paper", row["Reference"]


@plant
def no_day_of_the_calendar(paper: Paper) -> Found | None:
    row = _one(paper)
    row["Last review"] = "31/02/2024"
    return "date-invalid", row["Reference"]


@plant
def review_overdue(paper: Paper) -> Found | None:
    row = _one(paper, 5)
    old = DATED - timedelta(days=150)
    row["Last review"] = said(old)
    _set(paper, row["Reference"], "Updates", f"• {said(old)} - nothing new to tell")
    _set(paper, row["Reference"], "First recorded", said(old - timedelta(days=90)))
    row["Next review"] = said(DATED + timedelta(days=10))
    return "review-overdue", row["Reference"]


@plant
def next_review_passed(paper: Paper) -> Found | None:
    row = _one(paper)
    row["Last review"], row["Next review"] = said(DATED - timedelta(days=50)), said(DATED - timedelta(days=3))
    if "Updates" in row:
        row["Updates"] = f"• {row['Last review']} - nothing new to tell"
    return "next-review-passed", row["Reference"]


@plant
def next_review_before_the_last(paper: Paper) -> Found | None:
    row = _one(paper)
    row["Next review"] = said(_day(row["Last review"]) - timedelta(days=30))
    return "next-review-before-last", row["Reference"]


@plant
def update_after_the_paper(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += f" • {said(DATED + timedelta(days=20))} - all done"
    return "update-after-paper", row["Reference"]


@plant
def update_before_the_risk(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] = f"• {said(_day(row['First recorded']) - timedelta(days=40))} - begun " + row["Updates"]
    return "update-before-recorded", row["Reference"]


@plant
def review_older_than_the_newest_update(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += f" • {said(DATED - timedelta(days=2))} - a fifth garage was asked"
    return "last-review", row["Reference"]


@plant
def deadline_passed_when_written(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += " and the new stores will be ready by March 2021"
    return "deadline-passed", row["Reference"]


@plant
def score_told_otherwise(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += ", score reduced to 1"
    return "narrative-score", row["Reference"]


@plant
def likelihood_told_otherwise(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    known = paper.row(row["Reference"]) if paper.rows else row
    likelihood = _levels(known, paper)[1]
    row["Updates"] += f", likelihood is now {1 if likelihood != 1 else 2}"
    return "narrative-likelihood", row["Reference"]


@plant
def title_told_otherwise(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += ", change title to Something else altogether fails"
    return "title-not-changed", row["Reference"]


@plant
def control_added_but_not_listed(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += ", new control added - quarterly rehearsal of evacuation with neighbours"
    return "control-not-listed", row["Reference"]


@plant
def control_deleted_but_listed(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Controls"] += " • Night watch kept by the works department"
    row["Updates"] += ", remove control - Night watch kept by the works department"
    return "control-deleted-listed", row["Reference"]


@plant
def control_removed_without_a_reason(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Controls"] += " • Marshals at the gate - control removed"
    return "control-removed-unexplained", row["Reference"]


@plant
def tasked_without_a_date(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    _set(paper, row["Reference"], "Status", "Controls Tasked")
    row["Further"] = "• A third alarm to be installed"
    return "control-date-missing", row["Reference"]


@plant
def managed_with_a_control_to_do(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    _set(paper, row["Reference"], "Status", "Managed")
    row["Controls"] += " • A drill is to be held by December 2024"
    return "status-open-control", row["Reference"]


@plant
def managed_with_a_new_control(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    _set(paper, row["Reference"], "Status", "Managed")
    row["Further"] = ""
    row["Controls"] += " • NEW CONTROL - drill with the neighbours"
    return "status-new-control", row["Reference"]


@plant
def control_overdue(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    _set(paper, row["Reference"], "Status", "Controls Tasked")
    row["Further"] = "• A third alarm to be installed by 31 January 2024"
    return "control-overdue", row["Reference"]


@plant
def sentence_cut_off(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Controls"] += " • The stores are looked over by the duty manager and the"
    return "text-cut-short", row["Reference"]


@plant
def key_date_is_the_meeting(paper: Paper) -> Found | None:
    cards = [card for card in paper.cards if "Key date" in card]
    if not cards:
        return None
    cards[0]["Key date"] = f"{MONTHS[DATED.month - 1]} {DATED:%y} - Review by the panel"
    return "key-date-meeting", cards[0]["Reference"]


@plant
def key_date_passed(paper: Paper) -> Found | None:
    cards = [card for card in paper.cards if "Key date" in card]
    if not cards:
        return None
    cards[0]["Key date"] = said(add_months(DATED, -2))
    return "key-date-passed", cards[0]["Reference"]


@plant
def key_date_missing(paper: Paper) -> Found | None:
    cards = [card for card in paper.cards if "Key date" in card]
    if len(cards) < 3:
        return None
    cards[1]["Key date"] = ""
    return "key-date-missing", cards[1]["Reference"]


@plant
def key_date_in_words(paper: Paper) -> Found | None:
    cards = [card for card in paper.cards if "Key date" in card]
    if not cards:
        return None
    cards[0]["Key date"] = "Once the lawyers have answered"
    return "key-date-in-words", cards[0]["Reference"]


@plant
def owner_vacant(paper: Paper) -> Found | None:
    row = _one(paper)
    _set(paper, row["Reference"], "Owner", "Vacant")
    return "owner-vacant", row["Reference"]


@plant
def owner_told_to_be_vacant(paper: Paper) -> Found | None:
    row = _told(paper)
    if row is None:
        return None
    row["Updates"] += f". The post of {row['Owner']} is vacant"
    return "owner-vacant", row["Reference"]


@plant
def owner_is_a_person(paper: Paper) -> Found | None:
    row = _one(paper)
    _set(paper, row["Reference"], "Owner", "A. N. Other")
    return "owner-person", row["Reference"]


@plant
def reference_twice(paper: Paper) -> Found | None:
    if not paper.rows:
        return None
    paper.rows[-1]["Reference"] = paper.rows[-2]["Reference"]
    return "reference-duplicate", paper.rows[-1]["Reference"]


@plant
def reference_missing(paper: Paper) -> Found | None:
    if not paper.rows:
        return None
    paper.rows[-1]["Reference"] = ""
    return "reference-missing", ""


@plant
def reference_malformed(paper: Paper) -> Found | None:
    detailed = {card["Reference"] for card in paper.cards} if paper.rows else set()
    low = [row for row in _list(paper) if row["Reference"] not in detailed]
    if not low:
        return None
    wrong = low[-1]["Reference"][:-2] + "O" + low[-1]["Reference"][-1]
    low[-1]["Reference"] = wrong
    return "reference-malformed", wrong


@plant
def rows_out_of_order(paper: Paper) -> Found | None:
    rows = _list(paper)
    scores = [a * b for a, b in (_levels(row, paper) for row in rows)]
    if paper.cards is rows or not paper.rows or len({*scores}) < 3 or scores.count(scores[-1]) > 3:
        return None
    rows.insert(1, rows.pop())
    return "order", rows[1]["Reference"]


@plant
def more_live_than_listed(paper: Paper) -> Found | None:
    if paper.layout == "spans":
        return None
    paper.counts[0] = f"There are {len(_list(paper)) + 2} live strategic risks on the register."
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
    paper.cards[0]["First recorded"] = said(_day(paper.cards[0]["First recorded"]) - timedelta(days=11))
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
