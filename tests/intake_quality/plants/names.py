"""Key dates, owners and references."""

from candour.kernel.calendar import MONTHS, add_months

from ..papers import DATED, Paper, said
from .soil import Found, levels_of, one_of, plant, rows_of, set_in, told_of


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
    row = one_of(paper)
    set_in(paper, row["Reference"], "Owner", "Vacant")
    return "owner-vacant", row["Reference"]


@plant
def owner_told_to_be_vacant(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += f". The post of {row['Owner']} is vacant"
    return "owner-vacant", row["Reference"]


@plant
def owner_is_a_person(paper: Paper) -> Found | None:
    row = one_of(paper)
    set_in(paper, row["Reference"], "Owner", "A. N. Other")
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
    low = [row for row in rows_of(paper) if row["Reference"] not in detailed]
    if not low:
        return None
    wrong = low[-1]["Reference"][:-2] + "O" + low[-1]["Reference"][-1]
    low[-1]["Reference"] = wrong
    return "reference-malformed", wrong


@plant
def reference_with_a_mark_of_no_width(paper: Paper) -> Found | None:
    return _marked(paper, 1, "\u200b")


@plant
def reference_with_a_mark_of_direction(paper: Paper) -> Found | None:
    return _marked(paper, 2, "\u200f")


@plant
def reference_turned_round(paper: Paper) -> Found | None:
    return _marked(paper, 3, "\u2067")


def _marked(paper: Paper, n: int, mark: str) -> Found:
    row = rows_of(paper)[n]
    plain = row["Reference"]
    row["Reference"] = f"{plain[:-2]}{mark}{plain[-2:]}"
    return "reference-marks", plain


@plant
def rows_out_of_order(paper: Paper) -> Found | None:
    rows = rows_of(paper)
    scores = [a * b for a, b in (levels_of(row, paper) for row in rows)]
    if paper.cards is rows or not paper.rows or len({*scores}) < 3 or scores.count(scores[-1]) > 3:
        return None
    rows.insert(1, rows.pop())
    return "order", rows[1]["Reference"]
