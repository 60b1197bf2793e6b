"""What updates and controls tell, against what the risk prints."""

from ..papers import Paper
from .soil import Found, levels_of, plant, set_in, told_of


@plant
def score_told_otherwise(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += ", score reduced to 1"
    return "narrative-score", row["Reference"]


@plant
def likelihood_told_otherwise(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    known = paper.row(row["Reference"]) if paper.rows else row
    likelihood = levels_of(known, paper)[1]
    row["Updates"] += f", likelihood is now {1 if likelihood != 1 else 2}"
    return "narrative-likelihood", row["Reference"]


@plant
def title_told_otherwise(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += ", change title to Something else altogether fails"
    return "title-not-changed", row["Reference"]


@plant
def control_added_but_not_listed(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Updates"] += ", new control added - quarterly rehearsal of evacuation with neighbours"
    return "control-not-listed", row["Reference"]


@plant
def control_deleted_but_listed(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Controls"] += " • Night watch kept by the works department"
    row["Updates"] += ", remove control - Night watch kept by the works department"
    return "control-deleted-listed", row["Reference"]


@plant
def control_removed_without_a_reason(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Controls"] += " • Marshals at the gate - control removed"
    return "control-removed-unexplained", row["Reference"]


@plant
def tasked_without_a_date(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    set_in(paper, row["Reference"], "Status", "Controls Tasked")
    row["Further"] = "• A third alarm to be installed"
    return "control-date-missing", row["Reference"]


@plant
def managed_with_a_control_to_do(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    set_in(paper, row["Reference"], "Status", "Managed")
    row["Controls"] += " • A drill is to be held by December 2024"
    return "status-open-control", row["Reference"]


@plant
def managed_with_a_new_control(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    set_in(paper, row["Reference"], "Status", "Managed")
    row["Further"] = ""
    row["Controls"] += " • NEW CONTROL - drill with the neighbours"
    return "status-new-control", row["Reference"]


@plant
def control_overdue(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    set_in(paper, row["Reference"], "Status", "Controls Tasked")
    row["Further"] = "• A third alarm to be installed by 31 January 2024"
    return "control-overdue", row["Reference"]


@plant
def sentence_cut_off(paper: Paper) -> Found | None:
    row = told_of(paper)
    if row is None:
        return None
    row["Controls"] += " • The stores are looked over by the duty manager and the"
    return "text-cut-short", row["Reference"]
