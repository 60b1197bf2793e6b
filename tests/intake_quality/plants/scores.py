"""Scores, bands, colours and movements that disagree."""

from ..papers import Paper, band_of, score_text
from .soil import Found, levels_of, one_of, plant, rows_of, set_in


@plant
def wrong_product(paper: Paper) -> Found | None:
    row = one_of(paper)
    impact, likelihood = levels_of(row, paper)
    if paper.form not in ("number", "band"):
        return None
    wrong = impact * likelihood + 1
    text = f"{wrong} ({band_of(wrong, paper.size)})" if paper.form == "band" else str(wrong)
    set_in(paper, row["Reference"], "Score", text)
    return "score-product", row["Reference"]


@plant
def wrong_arithmetic(paper: Paper) -> Found | None:
    row = one_of(paper)
    impact, likelihood = levels_of(row, paper)
    text = score_text(impact, likelihood, paper)
    if paper.form not in ("product", "triple", "letters"):
        return None
    set_in(paper, row["Reference"], "Score", text[: -len(str(impact * likelihood))] + "35")
    return "score-arithmetic", row["Reference"]


@plant
def wrong_band(paper: Paper) -> Found | None:
    if paper.form != "band":
        return None
    row = rows_of(paper)[0]
    set_in(paper, row["Reference"], "Score", row["Score"].replace("High", "Low"))
    return "band", row["Reference"]


@plant
def wrong_colour(paper: Paper) -> Found | None:
    if paper.form != "band":
        return None
    row = rows_of(paper)[0]
    set_in(paper, row["Reference"], "Score", row["Score"].replace("High", "Green"))
    return "band", row["Reference"]


@plant
def wrong_direction(paper: Paper) -> Found | None:
    rows = [row for row in rows_of(paper) if row.get("Direction")]
    if not rows:
        return None
    rows[3]["Direction"] = "↓" if rows[3]["Direction"] != "↓" else "↑"
    return "direction", rows[3]["Reference"]


@plant
def unreadable_direction(paper: Paper) -> Found | None:
    rows = [row for row in rows_of(paper) if row.get("Direction")]
    if not rows:
        return None
    rows[2]["Direction"] = "?¿"
    return "direction-unreadable", rows[2]["Reference"]


@plant
def off_the_scale(paper: Paper) -> Found | None:
    if paper.words or not paper.levels:
        return None
    row = one_of(paper, 2)
    row["Impact"] = str(paper.size + 1)
    return "level-unknown", row["Reference"]


@plant
def score_beyond_the_matrix(paper: Paper) -> Found | None:
    row = rows_of(paper)[0]
    set_in(paper, row["Reference"], "Score", str(paper.size**2 + 5))
    return "score-off-scale", row["Reference"]


@plant
def residual_above_inherent(paper: Paper) -> Found | None:
    if paper.layout != "spans":
        return None
    row = rows_of(paper)[0]
    row["Inherent"] = "1,1,1"
    return "residual-above-inherent", row["Reference"]
