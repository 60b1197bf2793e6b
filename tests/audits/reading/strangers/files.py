"""The same things as a PDF, a page, a workbook and text."""

from html import escape
from typing import Any

import typst

from tests.intake.typeset import untagged
from tests.intake_quality.strangers.sheets import book, put

from .bank import AUDITS, ISSUED, KPIS, LEVELS, PRIORITIES, Stranger, told_of


def _cells(rows: list[list[str]]) -> str:
    return ", ".join(f"[{cell}]" for row in rows for cell in row)


def _typeset(*, tagged: bool) -> bytes:
    plan = [["Audit", "Fieldwork", "Final report", "Status"]] + [
        [one.title, f"{one.fieldwork:%d %b %Y}", f"{one.final:%d %b %Y}", one.status] for one in AUDITS
    ]
    out = [
        '#set page(paper: "a4")\n#set text(size: 10pt, hyphenate: false)\n= Internal audit progress report 2025/26\n',
        f"== Plan 2025/26\n#table(columns: (1fr, auto, auto, auto), {_cells(plan)})",
        f"== Performance\n#table(columns: (1fr, auto, auto), {_cells([['Indicator', 'Target', 'Result'], *map(list, KPIS)])})",
    ]
    for one in ISSUED:
        rows = [["Ref", "Finding", "Recommendation", "Grade", "Owner and due date"]] + [
            [rec.reference, "Forms were late.", rec.text, rec.priority, f"{rec.owner}, {rec.due:%d %B %Y}"]
            for rec in one.recs
        ]
        out.append(
            f"== {one.title}: {one.opinion} Assurance\n#table(columns: (8%, 20%, 37%, 12%, 23%), {_cells(rows)})"
        )
    content = typst.compile("\n\n".join(out).encode(), format="pdf", ignore_system_fonts=True)
    return content if tagged else untagged(content)


def set_with_tags() -> Stranger:
    """By typst with its tags: who and when in one cell."""
    return Stranger("set-with-tags.pdf", _typeset(tagged=True), told_of("reports recs plan stages kpis"))


def page_of_a_council() -> Stranger:
    """A page: opinions in headings, recommendations in tables with their grades in words of the firm."""
    out = ["<h1>Internal audit progress report</h1><h2>Performance of internal "
        "audit</h2><table><tr><th>Measure</th><th>Target</th>"
           "<th>Q1</th><th>Q2</th></tr>"]  # fmt: skip
    out += [
        f"<tr><td>{escape(name)}</td><td>{target}</td><td>80%</td><td>{told}</td></tr>" for name, target, told in KPIS
    ]
    out.append("</table><h2>Definitions</h2><table><tr><th>Opinion</th><th>Meaning</th></tr>")
    out += [f"<tr><td>{level}</td><td>Controls are {level.lower()}</td></tr>" for level in LEVELS]
    out.append("</table>")
    for one in ISSUED:
        out.append(f"<h2>{one.title} ({one.opinion} Assurance)</h2><p>Issued {one.final:%d %B %Y}</p><table><tr><th>No.</th>"
                   "<th>Agreed action</th><th>Priority</th><th>Response</th><th>Lead "
                       "officer</th><th>Due</th></tr>")  # fmt: skip
        for rec in one.recs:
            cells = (rec.reference, rec.text, rec.priority, rec.response, rec.owner, f"{rec.due:%d/%m/%y}")
            out.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
        out.append("</table>")
    page = f"<html><head><meta charset=utf-8></head><body>{''.join(out)}</body></html>"
    return Stranger("page-of-a-council.html", page.encode(), told_of("reports recs responses kpis scale"))


def workbook() -> Stranger:
    """Sheets: the plan, the reports, the actions by audit, the indicators."""

    def write(made: Any) -> None:
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        plan = made.add_worksheet("Plan 2025-26")
        put(plan, 0, ["Internal audit progress report"])
        put(
            plan,
            2,
            ["Ref", "Audit", "Days planned", "Days used", "Fieldwork start date", "Final report date", "Status"],
        )
        for n, one in enumerate(AUDITS, 3):
            put(plan, n, [f"NS{n}", one.title, one.days, one.days - 1, one.fieldwork, one.final, one.status], days)
        reports = made.add_worksheet("Reports issued")
        put(reports, 0, ["Report", "Opinion", *PRIORITIES])
        for n, one in enumerate(ISSUED, 1):
            put(reports, n, [one.title, one.opinion, *(one.count(word) for word in PRIORITIES)])
        actions = made.add_worksheet("Actions")
        put(actions, 0, ["Report", "Ref", "Recommendation", "Priority", "Response", "Responsible manager", "Deadline"])
        at = 1
        for one in ISSUED:
            for rec in one.recs:
                put(
                    actions,
                    at,
                    [one.title, rec.reference, rec.text, rec.priority, rec.response, rec.owner, rec.due],
                    days,
                )
                at += 1
        measures = made.add_worksheet("KPIs")
        put(measures, 0, ["KPI", "Target", "Actual"])
        for n, row in enumerate(KPIS, 1):
            put(measures, n, row)

    return Stranger("workbook.xlsx", book(write), told_of("reports counts recs responses plan days stages kpis"))


PAPERS = (set_with_tags, page_of_a_council, workbook)
