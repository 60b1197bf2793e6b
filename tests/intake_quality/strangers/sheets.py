"""Workbooks and CSV: headings anywhere, two rows of them, several sheets, merged cells, days as numbers, old encodings."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from .bank import Known, Stranger, expect, risks


def book(write: Callable[[Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        write(made)
    return out.getvalue()


def put(sheet: Any, at: int, values: Sequence[Any], form: Any = None) -> None:
    for column, value in enumerate(values):
        if isinstance(value, date):
            sheet.write_datetime(at, column, value, form)
        elif value not in ("", None):
            sheet.write(at, column, value)


def headings_low() -> Stranger:
    """A college: a title, a key and blank rows above the headings; scores by formula, days as numbers."""
    known = risks("C-")

    def write(made: Any) -> None:
        sheet, days = made.add_worksheet("Register"), made.add_format({"num_format": "dd-mmm-yy"})
        sheet.merge_range(0, 0, 0, 9, "College risk register 2025/26")
        put(sheet, 1, ["Version", 4])
        put(sheet, 3, ["Key:", "15 - 25 Red", "6 - 14 Amber", "1 - 5 Green"])
        put(sheet, 6, ["Risk ID", "Risk name", "Risk lead", "Impact (1-5)", "Likelihood (1-5)", "Risk rating",
                       "Mitigations in place", "Date identified", "Date last reviewed", "Next review due"])  # fmt: skip
        for n, one in enumerate(known, 7):
            put(sheet, n, [one.reference, one.title, one.owner, *one.now, "", "\n".join(one.controls), one.first, one.last,
                           one.next], days)  # fmt: skip
            sheet.write_formula(n, 5, f"=D{n + 1}*E{n + 1}", None, one.score)

    names = "reference title owner levels score controls first last next"
    return Stranger("college-headings-low.xlsx", book(write), [expect(one, names) for one in known])


def several_sheets() -> Stranger:
    """A council: a dashboard, the register, lists for drop-downs, an archive that is hidden."""
    known = risks("RK")

    def write(made: Any) -> None:
        front, sheet = made.add_worksheet("Dashboard"), made.add_worksheet("Live risks")
        put(front, 0, ["Risk dashboard"])
        put(front, 2, ["Band", "Number"])
        for n, (band, number) in enumerate((("Red", 2), ("Amber", 2), ("Green", 1)), 3):
            put(front, n, [band, number])
        put(sheet, 0, ["Ref", "Risk title", "Risk owner", "Risk score", "", "", "Direction of travel", "Action plan"])
        put(sheet, 1, ["", "", "", "Impact", "Likelihood", "Total", "", ""])
        sheet.merge_range(0, 3, 0, 5, "Risk score")
        for n, one in enumerate(known, 2):
            put(sheet, n, [one.reference, one.title, one.owner, *one.now, one.score, one.arrow, one.actions[0]])
        lists = made.add_worksheet("Lookups")
        put(lists, 0, ["Impact", "Likelihood", "Status"])
        for n in range(5):
            put(lists, n + 1, [n + 1, n + 1, ("Open", "Closed", "Draft", "", "")[n]])
        hidden = made.add_worksheet("Archive 2023")
        put(hidden, 0, ["Ref", "Risk title", "Risk owner", "Score"])
        put(hidden, 1, ["RK88", "An old risk", "Nobody's", 4])
        hidden.hide()

    records = [
        {**expect(one, "reference title owner levels score direction"), "actions": [one.actions[0]]} for one in known
    ]
    return Stranger("council-several-sheets.xlsx", book(write), records)


def triples_by_words() -> Stranger:
    """A housing body: gross, net and target under merged headings, levels as "4 - Major"; likelihood first; six by six."""
    known = risks("HA/")
    impacts = ("", "1 - Negligible", "2 - Slight", "3 - Moderate", "4 - Major", "5 - Severe")
    chances = ("", "1 - Remote", "2 - Unlikely", "3 - Possible", "4 - Probable", "5 - Very likely")

    def write(made: Any) -> None:
        sheet = made.add_worksheet("Risks")
        put(sheet, 0, ["Risk Reference", "Risk Description", "Risk Owner"])
        for n, name in enumerate(("Gross Risk", "Net Risk", "Target Risk")):
            sheet.merge_range(0, 3 + 3 * n, 0, 5 + 3 * n, name)
        put(sheet, 1, ["", "", "", *["Likelihood", "Impact", "Rating"] * 3, "Date of Next Review"])
        for n, one in enumerate(known, 2):
            levels = [
                cell
                for pair in (one.inherent, one.now, one.target)
                for cell in (chances[pair[1]], impacts[pair[0]], pair[0] * pair[1])
            ]
            put(sheet, n, [one.reference, one.title, one.owner, *levels, f"{one.next:%B %-d, %Y}"])

    names = "reference title owner inherent levels score target next"
    return Stranger("housing-triples-by-words.xlsx", book(write), [expect(one, names) for one in known])


def merged_down() -> Stranger:
    """A trust: each action has a row, the cells of its risk are merged down; "4x3=12" in a cell."""
    known = risks("T", 4)

    def write(made: Any) -> None:
        sheet = made.add_worksheet("Sheet1")
        put(
            sheet, 0, ["ID", "Risk", "Executive lead", "Current rating (CxL)", "Planned actions", "Action owner", "Due"]
        )
        at = 1
        for one in known:
            facts = [one.reference, one.title, one.owner, f"{one.now[0]}x{one.now[1]}={one.score}"]
            for n, text in enumerate(one.actions):
                put(sheet, at + n, [*(facts if n == 0 else [""] * 4), text, "Programme Manager"])
            if len(one.actions) > 1:
                for column, fact in enumerate(facts):
                    sheet.merge_range(at, column, at + len(one.actions) - 1, column, fact)
            at += len(one.actions)

    names = "reference title owner levels score actions"
    return Stranger("trust-merged-down.xlsx", book(write), [expect(one, names) for one in known])


def sheet_for_each() -> Stranger:
    """A force: a sheet for each risk, its facts as label and answer, a list of contents in front."""
    known = risks("OP")

    def write(made: Any) -> None:
        front = made.add_worksheet("Contents")
        put(front, 0, ["Sheet", "About"])
        for n, one in enumerate(known, 1):
            put(front, n, [f"See sheet {n}", one.title])
        for one in known:
            sheet = made.add_worksheet(one.reference)
            facts = {
                "Risk reference": one.reference, "Risk title": one.title, "Risk owner": one.owner, "Impact": one.now[0],
                "Likelihood": one.now[1], "Score": one.score, "Controls": "\n".join(f"• {text}" for text in one.controls),
                "Date raised": f"{one.first:%d/%m/%Y}",
            }  # fmt: skip
            for n, (label, answer) in enumerate(facts.items()):
                put(sheet, n + 1, ["", label, answer])

    names = "reference title owner levels score controls first"
    return Stranger("force-sheet-for-each.xlsx", book(write), [expect(one, names) for one in known])


def _csv(rows: Sequence[Sequence[Any]], separator: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def old_semicolons() -> Stranger:
    """Windows-1252 with semicolons, pounds and dashes, line breaks inside quotes, a line of title above."""
    known = risks("£R")
    known = [_renamed(one) for one in known]
    rows: list[list[Any]] = [
        ["Risk register – Q2 2025/26", *[""] * 6],
        ["Ref", "Risk", "Owner", "I", "L", "Score", "Controls"],
    ]
    rows += [[one.reference, one.title, one.owner, *one.now, one.score, "\n".join(f"– {text}" for text in one.controls)]
             for one in known]  # fmt: skip
    names = "reference title owner levels score controls"
    return Stranger("fire-old-semicolons.csv", _csv(rows, ";").encode("cp1252"), [expect(one, names) for one in known])


def _renamed(one: Known) -> Known:
    from dataclasses import replace

    return replace(one, reference=one.reference.strip("£"), title=f"{one.title} – £2m")


def wide_characters() -> Stranger:
    """UTF-16 with tabs, as Excel's "Unicode text"; rating out of 25; days as 2025-08-20."""
    known = risks("EX")
    rows: list[list[Any]] = [["Unique ref", "Risk event", "Accountable officer", "Rating", "Last updated", "Raised"]]
    rows += [
        [one.reference, one.title, one.owner, f"{one.score}/25", one.last.isoformat(), one.first.isoformat()]
        for one in known
    ]
    records = [{**expect(one, "reference title owner score last first")} for one in known]
    return Stranger("exams-wide-characters.csv", _csv(rows, "\t").encode("utf-16"), records)


PAPERS = (headings_low, several_sheets, triples_by_words, merged_down, sheet_for_each, old_semicolons, wide_characters)
