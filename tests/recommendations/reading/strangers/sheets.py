"""Workbooks and CSV: a sheet to each audit, two rows of headings, a column to each quarter, rows beneath, wide headings."""

import csv
import io
from typing import Any

from tests.intake_quality.strangers.sheets import book, put

from .bank import KNOWN, Stranger, expect


def sheet_to_each_audit() -> Stranger:
    """A dashboard, lists for drop-downs, and a sheet for each audit, called by its name."""

    def write(made: Any) -> None:
        days = made.add_format({"num_format": "d mmm yyyy"})
        front = made.add_worksheet("Dashboard")
        put(front, 0, ["Audit recommendations dashboard"])
        put(front, 2, ["Priority", "Open", "Closed"])
        for n, row in enumerate((("High", 1, 0), ("Medium", 1, 1), ("Low", 2, 0)), 3):
            put(front, n, row)
        for audit in dict.fromkeys(one.audit for one in KNOWN):
            sheet = made.add_worksheet(audit)
            put(sheet, 1, ["Rec", "Title", "Recommendation", "Priority (H/M/L)", "Responsible post", "Target date",
                "Revised date",
                           "Date of update", "Update", "Status"])  # fmt: skip
            for n, one in enumerate((one for one in KNOWN if one.audit == audit), 2):
                when, words = one.updates[-1]
                put(sheet, n, [one.reference, one.heading, one.text, one.letter, " & ".join(one.owners), one.due, one.revised,
                               when, words, "Closed" if one.done else "Open"], days)  # fmt: skip
        lists = made.add_worksheet("Lists")
        put(lists, 0, ["Priority", "Status", "Owner"])
        for n, row in enumerate((("H", "Open", "Head of Fleet"), ("M", "Closed", "Payroll Manager"), ("L", "", "")), 1):
            put(lists, n, row)

    names = "audit reference heading text priority owners last outcome"
    records = [
        expect(one, names, status="Closed" if one.done else "Open", targets=[
            (f"{day.day} {day:%B %Y}", day.isoformat()) for day in (one.due, one.revised) if day
        ])
        for one in KNOWN
    ]  # fmt: skip
    return Stranger("office-sheet-to-each-audit.xlsx", book(write), records)


def quarters_across() -> Stranger:
    """Two rows of headings: "Target" and "Progress" over columns, of which each quarter is one; 1, 2, 3; a title above."""
    quarters = ("Q1 2025/26", "Q2 2025/26", "Q3 2025/26")

    def quarter(month: int) -> int:
        return (month - 4) % 12 // 3

    def write(made: Any) -> None:
        sheet = made.add_worksheet("Tracker 25-26")
        sheet.merge_range(0, 0, 0, 10, "Internal audit recommendations – updated to 31 October 2025")
        put(sheet, 2, ["ID", "Internal audit report", "Recommendation", "Grade (1-3)", "Lead manager", "Target", "",
            "Progress", "", "",
                       "Complete?"])  # fmt: skip
        sheet.merge_range(2, 5, 2, 6, "Target")
        sheet.merge_range(2, 7, 2, 9, "Progress")
        put(sheet, 3, ["", "", "", "", "", "Original", "Revised", *quarters, ""])
        for n, one in enumerate(KNOWN, 4):
            told = ["", "", ""]
            for when, words in one.updates:
                told[quarter(when.month)] = words
            put(sheet, n, [one.reference, one.audit, one.text, int(one.number), ", ".join(one.owners), f"{one.due:%d/%m/%Y}",
                           f"{one.revised:%d/%m/%Y}" if one.revised else "", *told, "Y" if one.done else "N"])  # fmt: skip

    ends = {7: "2025-09", 10: "2025-12"}
    records = [
        expect(one, "reference audit text number owners targets",
               updates=[(ends[when.month], words) for when, words in one.updates])
        for one in KNOWN
    ]  # fmt: skip
    return Stranger("force-quarters-across.xlsx", book(write), records, dated="2025-10-31")


def rows_beneath() -> Stranger:
    """Each further update has a row beneath, with its day; the other cells are merged down or empty."""

    def write(made: Any) -> None:
        days = made.add_format({"num_format": "dd/mm/yy"})
        sheet = made.add_worksheet("Sheet1")
        put(sheet, 0, ["Rec ID", "Audit review", "Action required", "Importance", "Officer responsible", "By when",
            "Update date",
                       "Progress notes"])  # fmt: skip
        at = 1
        for one in KNOWN:
            facts = [one.reference, one.audit, one.text, one.grave, "\n".join(one.owners), one.due]
            for n, (when, words) in enumerate(one.updates):
                put(sheet, at + n, [*(facts if n == 0 else [""] * 6), when, words], days)
            at += len(one.updates)

    names = "reference audit text grave owners updates"
    records = [expect(one, names, targets=[(f"{one.due.day} {one.due:%B %Y}", one.due.isoformat())]) for one in KNOWN]
    return Stranger("trust-rows-beneath.xlsx", book(write), records, findings=("target-passed",) * 2)


def _csv(rows: list[list[Any]], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def wide_headings() -> Stranger:
    """Headings that may mean anything: "Revised" says yes or no, "Updated" holds sentences; "Who", "When", "Type"."""
    rows: list[list[Any]] = [
        ["ID", "Report", "Type", "Risk", "Recommendation", "Action", "Who", "When", "Revised", "Updated"]
    ]
    rows += [
        [one.reference, f"{one.audit} – {one.month:%B %Y}", "Control",
            f"Money is lost through {one.heading.lower()} that nobody sees",
         one.text, one.response, "; ".join(one.owners), f"{one.due:%B %Y}", "Yes" if one.revised else "No",
         f"{one.updates[-1][0]:%B %Y}: {one.updates[-1][1]}"]
        for one in KNOWN
    ]  # fmt: skip
    names = "reference audit audit_date text response owners due last"
    records = [
        expect(one, names, "%B %Y", risk=f"Money is lost through {one.heading.lower()} that nobody sees")
        for one in KNOWN
    ]
    return Stranger(
        "college-wide-headings.csv", _csv(rows, ";").encode("cp1252"), records, findings=("target-passed",) * 2
    )  # fmt: skip


def words_for_days() -> Stranger:
    """Targets as quarters of a financial year, months, seasons and words; status words of every kind; two posts to a cell."""
    days = ("Q3 25/26", "End of March 2026", "Ongoing", "Autumn 2026", "Q4 2025/26")
    read = (
        ("Q3 25/26", "2025-12"),
        ("March 2026", "2026-03"),
        ("Ongoing", None),
        ("Autumn 2026", None),
        ("Q4 2025/26", "2026-03"),
    )
    status = ("On track", "Superseded", "Part implemented", "Risk accepted", "Implemented - awaiting verification")
    outcomes = (None, "superseded", "partly_implemented", "risk_accepted", "implemented")
    rows: list[list[Any]] = [
        ["Ref", "Audit", "Agreed action", "Priority", "Responsible", "Timescale", "Current status", "Notes"]
    ]
    rows += [
        [one.reference, one.audit, one.text, one.priority, " and ".join(one.owners), day, word, one.updates[-1][1]]
        for one, day, word in zip(KNOWN, days, status, strict=True)
    ]
    records = [
        expect(one, "reference audit text priority owners told", targets=[target], status=word, outcome=outcome)
        for one, target, word, outcome in zip(KNOWN, read, status, outcomes, strict=True)
    ]
    return Stranger(
        "office-words-for-days.csv", _csv(rows).encode("utf-8-sig"), records, findings=("target-in-words",) * 2
    )  # fmt: skip


PAPERS = (sheet_to_each_audit, quarters_across, rows_beneath, wide_headings, words_for_days)
