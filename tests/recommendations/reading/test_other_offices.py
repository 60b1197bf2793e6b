"""Sheets as other offices lay them out, each with columns, words and dates of its own: read whole, and nothing is raised."""

import csv
import io

import pytest

from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.recommendations.intake import propose

WIDE = """
Ref|Audit|Assurance|Rating|Agreed action|Action owner|Original due date|Revised due date|Progress comment|Status
FL-01|Fleet workshops|Adequate|High|Keep a book of the keys|Head of Fleet|31/03/24|30/09/24|The book is in use.|Open
FL-02|Fleet workshops|Adequate|Medium|Weigh the oil|Head of Fleet; Stores Manager|March 2024||Weighing has begun.|Open
ST-01|Stationery|Limited|Low|Count the paper|Head of Finance|Q3 2024|TBC|A new clerk is awaited.|Open
"""
NUMBERED = """
No.|Report title|Priority (1/2/3)|Recommendation|Management response|Lead officer|Target date|Latest update
1.1|Canteen stock|1|Lock the cold store|Agreed|Catering Manager|31 March 2025|The lock is fitted.
2.1|Boat licences|3|List the boats|Agreed in part|Marine Inspector|TBC|The list is begun.
"""
GRAVE = """
Recommendation number|Audit area|Category|Finding|Recommendation|Responsible officer|Date agreed|Position at January 2025
4|Payroll|Fundamental|Two share a key|Give each clerk a key|Payroll Manager|31/01/2025|Keys are cut.
6|Estates|Merits attention|The lamp is dim|Mend the lamp|Head of Estates|31/03/2025|It is ordered.
"""
SHORT = """
RAG|Who|When|What was recommended|Source report|ID
Red|Head of ICT|31-Dec-2024|Change the password|Network|ICT/24/1
Green|Head of ICT|28-Feb-2025|Label the cables|Network|ICT/24/3
"""
BENEATH = """
Ref|Audit|Priority|Recommendation|Owner|Due|Update date|Update
A1|Grants|High|Check each claim|Grants Manager|31/03/2025|01/10/2024|Half are checked.
||||||01/01/2025|Nearly all are checked.
A2|Grants|Low|File each claim|Grants Manager|30/04/2025|01/01/2025|Shelves are built.
"""

# reference, priority, text, owners, targets (as printed, as read), updates (period, words)
EXPECTED = {
    WIDE: [
        ("FL-01", "High", "Keep a book of the keys", ["Head of Fleet"],
         [("31/03/24", "2024-03-31"), ("30/09/24", "2024-09-30")], [("", "The book is in use.")]),
        ("FL-02", "Medium", "Weigh the oil", ["Head of Fleet", "Stores Manager"],
         [("March 2024", "2024-03")], [("", "Weighing has begun.")]),
        ("ST-01", "Low", "Count the paper", ["Head of Finance"],
         [("Q3 2024", None), ("TBC", None)], [("", "A new clerk is awaited.")]),
    ],
    NUMBERED: [
        ("1.1", "1", "Lock the cold store", ["Catering Manager"],
         [("31 March 2025", "2025-03-31")], [("", "The lock is fitted.")]),
        ("2.1", "3", "List the boats", ["Marine Inspector"], [("TBC", None)], [("", "The list is begun.")]),
    ],
    GRAVE: [
        ("4", "Fundamental", "Give each clerk a key", ["Payroll Manager"],
         [("31/01/2025", "2025-01-31")], [("2025-01", "Keys are cut.")]),
        ("6", "Merits attention", "Mend the lamp", ["Head of Estates"],
         [("31/03/2025", "2025-03-31")], [("2025-01", "It is ordered.")]),
    ],
    SHORT: [
        ("ICT/24/1", "", "Change the password", ["Head of ICT"], [("31-Dec-2024", "2024-12-31")], []),
        ("ICT/24/3", "", "Label the cables", ["Head of ICT"], [("28-Feb-2025", "2025-02-28")], []),
    ],
    BENEATH: [
        ("A1", "High", "Check each claim", ["Grants Manager"], [("31/03/2025", "2025-03-31")],
         [("2024-10", "Half are checked."), ("2025-01", "Nearly all are checked.")]),
        ("A2", "Low", "File each claim", ["Grants Manager"], [("30/04/2025", "2025-04-30")],
         [("2025-01", "Shelves are built.")]),
    ],
}  # fmt: skip
NAMES = ["wide", "numbered", "grave", "short", "beneath"]


def read(sheet: str) -> Reading:
    made = io.StringIO()
    csv.writer(made).writerows(line.split("|") for line in sheet.strip().split("\n"))
    return propose(read_document(made.getvalue().encode(), "sheet.csv"))


@pytest.mark.parametrize("sheet", EXPECTED, ids=NAMES)
def test_a_sheet_of_another_office_is_read_whole(sheet: str) -> None:
    assert [
        (
            one["reference"],
            one["priority"],
            one["text"],
            [owner["role"] or owner["name"] for owner in one["owners"]],
            [(target["text"], target["date"]) for target in one["targets"]],
            [(update["period"] or "", update["text"]) for update in one["updates"]],
        )
        for one in read(sheet).records
    ] == EXPECTED[sheet]


def test_of_clean_sheets_only_dates_in_words_are_raised() -> None:
    read_sheets = zip(NAMES, map(read, EXPECTED), strict=True)
    raised = [(name, one.code, one.reference) for name, reading in read_sheets for one in reading.findings]
    assert raised == [
        ("wide", "target-in-words", "Stationery ST-01"),
        ("numbered", "target-in-words", "Boat licences 2.1"),
    ]
