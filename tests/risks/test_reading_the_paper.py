"""The real register paper, where it is at hand beside the repository: figures, references, dates and posts."""

from pathlib import Path

import pytest

from candour.kernel.intake.readers import read_document
from candour.risks.intake import propose, recognises

ROOT = Path(__file__).parents[2]
PAPER = ROOT / ".." / "shared" / "papers" / "risk-register-2023-10-26.txt"

pytestmark = pytest.mark.skipif(not PAPER.exists(), reason="the real paper is not beside this repository")

OVERVIEW = [
    ("OPCC031", 16, 16, "same"), ("OPCC062", 16, None, "new"), ("OPCC007", 12, 12, "same"), ("OPCC014", 12, 12, "same"),
    ("OPCC032", 12, 12, "same"), ("OPCC020", 9, 9, "same"), ("OPCC038", 9, 9, "same"), ("OPCC059", 9, None, "new"),
    ("OPCC077", 9, None, "new"), ("OPCC017", 8, 8, "same"), ("OPCC029", 8, 8, "same"), ("OPCC040", 9, 9, "same"),
    ("OPCC056", 8, 8, "same"), ("OPCC070", 8, None, "new"), ("OPCC073", 8, None, "new"), ("OPCC005", 6, 6, "same"),
    ("OPCC027", 6, 6, "same"), ("OPCC037", 6, 6, "same"), ("OPCC039", 6, 6, "same"), ("OPCC021", 4, 4, "same"),
    ("OPCC028", 4, 4, "same"), ("OPCC033", 3, 3, "same"), ("OPCC034", 3, 3, "same"), ("OPCC035", 3, 3, "same"),
]  # fmt: skip
LISTS = {
    "OPCC031": (7, 6), "OPCC007": (10, 7), "OPCC014": (7, 8), "OPCC032": (4, 5), "OPCC020": (5, 8), "OPCC038": (5, 2),
    "OPCC059": (1, 1), "OPCC017": (5, 7), "OPCC029": (10, 9), "OPCC040": (4, 3), "OPCC056": (1, 2), "OPCC070": (3, 1),
    "OPCC073": (8, 1), "OPCC005": (19, 14), "OPCC039": (2, 2), "OPCC034": (5, 5),
}  # fmt: skip
FINDINGS = [
    ("count-changed", ""), ("count-new", ""), ("score-product", "OPCC029"), ("filed-as-new", "OPCC056"),
    ("first-recorded-differs", "OPCC017"), ("previous-score-differs", "OPCC056"), ("direction-differs", "OPCC056"),
    ("narrative-likelihood", "OPCC029"), ("narrative-score", "OPCC056"),
    ("count-live-strategic", ""), ("section-count", ""),
    ("closed-still-live", "OPCC005"), ("closed-still-live", "OPCC039"), ("closed-still-live", "OPCC034"),
    ("title-differs", "OPCC031"), ("redacted-row-tells", "OPCC062"), ("redacted-row-tells", "OPCC077"),
    ("control-not-listed", "OPCC029"), ("control-deleted-listed", "OPCC005"), ("title-not-changed", "OPCC005"),
    ("deadline-passed", "OPCC014"),
    *[("last-review", f"OPCC{n}") for n in ("040", "070", "073", "005", "034")],
    *[("review-overdue", f"OPCC{n}") for n in ("027", "021", "028", "033", "035")],
    ("appendix-missing", ""), ("list-run-together", "OPCC059"), ("list-run-together", "OPCC056"),
    ("title-cut-short", "OPCC017"), ("title-cut-short", "OPCC029"), ("label-missing", "OPCC073"),
    ("labels-merged", "OPCC005"), ("labels-merged", "OPCC034"), ("control-not-marked-new", "OPCC040"),
    ("text-cut-short", "OPCC034"), ("text-cut-short", "OPCC034"),
    *[("key-date-in-words", f"OPCC{n}") for n in ("031", "007", "014", "032", "020", "038", "059")],
    *[("key-date-in-words", f"OPCC{n}") for n in ("017", "029", "040", "056", "070", "073")],
    *[("key-date-meeting", f"OPCC{n}") for n in ("031", "007", "014", "032", "020", "038", "059")],
    *[("key-date-meeting", f"OPCC{n}") for n in ("017", "029", "040", "056", "070", "073")],
    *[("control-date-missing", f"OPCC{n}") for n in ("031", "007", "014", "032", "020", "038", "059")],
    *[("control-date-missing", f"OPCC{n}") for n in ("017", "029", "040", "056", "073")],
    ("status-open-control", "OPCC070"), ("order", "OPCC040"),
]  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> dict:
    return propose(read_document(PAPER)).as_json()


def risk(reading: dict, reference: str) -> dict:
    return next(record for record in reading["records"] if record["reference"] == reference)


def finding(reading: dict, code: str, reference: str = "") -> dict:
    return next(one for one in reading["findings"] if (one["code"], one["reference"]) == (code, reference))


def test_it_is_recognised():
    assert recognises(read_document(PAPER)) == 1.0


def test_the_cover_and_the_scale(reading):
    meta = reading["meta"]
    assert (meta["date"], meta["panel"]) == ("2023-10-26", "JOINT AUDIT, RISK & ASSURANCE PANEL")
    assert meta["matrix"]["labels"] == {
        "impact": {"1": "Low", "2": "Medium", "3": "High", "4": "Very High"},
        "likelihood": {"1": "Rare", "2": "Possible", "3": "Likely", "4": "Very High"},
    }
    assert [(band["name"], band["low"], band["high"]) for band in meta["matrix"]["bands"]] == [
        ("High", 8, 16),
        ("Medium", 5, 7),
        ("Low", 1, 4),
    ]
    assert len(meta["matrix"]["cells"]) == 16
    assert len(meta["legend"]) == 4


def test_what_the_paper_states_about_itself(reading):
    assert reading["meta"]["summary"] == {
        "live_strategic": 21,
        "live_operational": 34,
        "high": 15,
        "closed": 0,
        "downgraded": 3,
        "changed": 0,
        "new": 6,
        "redacted": 2,
    }
    assert reading["meta"]["summary_said"]["new"]["place"] == "Page 1, paragraph 8"


def test_the_overview_row_by_row(reading):
    assert [(r["reference"], r["score"], r["previous_score"], r["direction"]) for r in reading["records"]] == OVERVIEW


def test_a_risk_with_all_its_fields(reading):
    record = risk(reading, "OPCC014")
    names = (
        "owner",
        "responsible_officer",
        "impact",
        "likelihood",
        "score",
        "proposed_score",
        "previous_score",
        "direction",
    )
    names += ("status", "first_recorded", "first_recorded_text", "last_review", "redacted", "sections", "places")
    assert [record[name] for name in names] == [
        "Chief Executive",
        "Director of Governance and Performance",
        "Very High",
        "Likely",
        12,
        12,
        12,
        "same",
        "Controls Tasked",
        "2018-08-30",
        "30/08/2018",
        "2023-10-03",
        False,
        ["overview", "high"],
        ["Page 1, table 2, row 6", "Page 6, table 1, row 2"],
    ]


def test_controls_and_updates_are_counted_one_by_one(reading):
    assert {
        r["reference"]: (len(r["controls"]), len(r["updates"])) for r in reading["records"] if r["updates"]
    } == LISTS


def test_flags_of_controls(reading):
    assert [r["reference"] for r in reading["records"] for one in r["controls"] if one["new"]] == [
        "OPCC031",
        "OPCC007",
        "OPCC032",
        "OPCC032",
        "OPCC020",
    ]
    assert [one["removed"] for one in risk(reading, "OPCC029")["controls"]] == [n in (5, 7) for n in range(10)]


def test_undated_items_belong_to_the_update_above(reading):
    lines = [(one["date"], one["text"].count("\n")) for one in risk(reading, "OPCC029")["updates"]]
    assert lines[2] == ("2022-11-21", 8)
    assert [date for date, _lines in lines] == [
        "2022-10-05",
        "2022-11-09",
        "2022-11-21",
        "2022-11-30",
        "2022-12-19",
        "2022-12-22",
        "2023-03-22",
        "2023-06-15",
        "2023-10-15",
    ]
    nested = {one["date"]: one["text"].count("\n") for one in risk(reading, "OPCC005")["updates"]}
    assert nested["2022-06-16"] == 12


def test_an_update_that_a_page_broke_is_whole(reading):
    assert [one["date"] for one in risk(reading, "OPCC031")["updates"]] == [
        "2022-11-02",
        "2022-11-30",
        "2022-12-23",
        "2023-03-22",
        "2023-07-16",
        "2023-09-24",
    ]


def test_redacted_rows_stay_redacted(reading):
    assert [r["reference"] for r in reading["records"] if r["redacted"]] == ["OPCC062", "OPCC077"]


def test_a_risk_is_filed_where_the_paper_files_it(reading):
    filed = {r["reference"]: r["sections"][1:] for r in reading["records"] if r["sections"][1:]}
    assert [reference for reference, roles in filed.items() if roles == ["closed"]] == ["OPCC005", "OPCC039", "OPCC034"]
    assert [reference for reference, roles in filed.items() if roles == ["new"]] == [
        "OPCC059",
        "OPCC056",
        "OPCC070",
        "OPCC073",
    ]
    assert len([roles for roles in filed.values() if roles == ["high"]]) == 9


def test_the_findings_are_those_that_are_there_and_no_others(reading):
    found = [(one["code"], one["reference"]) for one in reading["findings"]]
    assert sorted(found) == sorted(FINDINGS)


def test_what_some_findings_say(reading):
    assert finding(reading, "score-product", "OPCC029")["should"] == "12"
    assert finding(reading, "narrative-likelihood", "OPCC029")["should"] == "2"
    assert finding(reading, "narrative-score", "OPCC056")["should"] == "16"
    assert finding(reading, "count-live-strategic")["should"] == "24 rows in Appendix A, 21 without the 3 of Appendix D"
    assert finding(reading, "count-changed")["should"] == "1 change: OPCC056 (16 to 8)"
    assert finding(reading, "last-review", "OPCC040")["should"] == "29 September 2023"
    assert finding(reading, "first-recorded-differs", "OPCC017")["place"] == "Page 10, table 1, row 2"


def test_nothing_is_dropped(reading):
    rows = reading["meta"]["rows"]
    assert rows == {"printed": 174, "joined": 1, "records": 131, "meta": 40, "set_aside": 2}
    assert len([one for one in reading["set_aside"] if one["text"] == "OFFICIAL"]) == 19
