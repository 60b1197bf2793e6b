"""The forms of a tracker: text with a line a cell, Word, HTML, PDF, and the sheet that others keep (workbook, CSV)."""

import csv
import io
from collections.abc import Callable, Iterator
from html import escape

from candour.kernel.intake.document import Document
from candour.kernel.intake.readers import read_document
from candour.kernel.intake.sniff import read_here
from tests.intake import makers, typeset

from .trackers import PERIODS, Rec, Tracker

Cells = list[list[str]]  # a row: each cell with its lines
Piece = tuple[str, str | list[Cells]]


def pieces(tracker: Tracker) -> Iterator[Piece]:
    """Paragraphs and tables in the order printed."""
    yield "paragraph", "1. This paper tells the panel how the recommendations of the auditors stand."
    yield (
        "table",
        rows(
            [
                ["Priority", "Total reported", "Proposed closed"],
                *([name, *values] for name, values in tracker.totals.items()),
            ]
        ),
    )
    yield "paragraph", f"2. {tracker.count}"
    yield (
        "table",
        rows([["Audit Title", "Priority", "Recommendation Reference", "Proposed Closed", "Page"], *tracker.listed]),
    )
    yield "paragraph", "3. These have gone beyond the day that was first set for them:"
    head = ["Recommendation", "Original Target", "Current Target", "Context"]
    yield "table", rows([head, *([*row, *[""] * (4 - len(row))] for row in tracker.exceeded)])
    yield (
        "paragraph",
        "4. The panel is asked to note the paper and to agree the closures that it finds to be evidenced in full.",
    )
    yield "table", [*rows([["Audit Title", "Risk", "Recommendation Reference", "Action Plan Updates"]]), *body(tracker)]
    yield "paragraph", "End of tracker"
    yield "paragraph", "Procedure for the keeping of stores"
    yield (
        "paragraph",
        "High Street stores are counted by two people on the first Monday, and what is found is written into the book.",
    )


def rows(lines: list[list[str]]) -> list[Cells]:
    return [[[text] for text in line] for line in lines]


def body(tracker: Tracker) -> Iterator[Cells]:
    last = ""
    for rec in tracker.recs:
        audit = [rec.audit, rec.opinion, rec.month] if rec.audit != last else ["“"]
        last = rec.audit
        yield [audit, [""], [f"{rec.reference} {rec.heading}"], story(rec)]


def story(rec: Rec) -> list[str]:
    lines = [f"{rec.priority} Priority Recommendation: {rec.text}", f"Initial Management Response: {rec.response}"]
    lines += [f"Responsible Person: {rec.owner}"] if rec.owner else []
    target = f"{rec.target} Revised to {rec.revised}" if rec.revised else rec.target
    lines += [f"Target Date: {target}"] if target else []
    for period, answers in rec.updates.items():
        lines.append(f"UPDATE {period}:" + (f" {answers['text']}" if "text" in answers else ""))
        asked = {
            "achieved": "What has been achieved?",
            "left": "What is left to complete?",
            "barriers": "Any barriers to completion?",
        }
        for name, question in asked.items():
            lines += [question, *answers[name].split("\n")] if name in answers else []
        if "proposed" in answers:
            lines.append(f"Is the recommendation ‘proposed closed’? {answers['proposed']}")
    return [*lines, "PROPOSED CLOSED"] if rec.closed and rec.marked else lines


def as_text(tracker: Tracker) -> Document:
    out: list[str] = []
    for kind, what in pieces(tracker):
        if isinstance(what, str):
            out += ["", what, ""] if kind == "paragraph" else ["", what]
            continue
        for cells in what:
            out += [""] + ["\t" + "\n".join(cell) for cell in cells]
        out.append("")
    return read_document("\n".join(out).encode(), "tracker.txt")


def as_word(tracker: Tracker) -> Document:
    made = []
    for _kind, what in pieces(tracker):
        if isinstance(what, str):
            made.append(makers.p(escape(what)))
        else:
            made.append(makers.tbl(*(makers.tr(*(makers.tc(*map(escape, cell)) for cell in cells)) for cells in what)))
    return read_here(makers.word("".join(made)), "tracker.docx")


def as_page(tracker: Tracker) -> Document:
    made = []
    for _kind, what in pieces(tracker):
        if isinstance(what, str):
            made.append(f"<p>{escape(what)}</p>")
            continue
        lines = (
            "".join(f"<td>{''.join(f'<p>{escape(line)}</p>' for line in cell)}</td>" for cell in cells)
            for cells in what
        )
        made.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return read_here(f"<html><meta charset=utf-8><body>{''.join(made)}</body></html>".encode(), "tracker.html")


def as_pdf(tracker: Tracker, *, tagged: bool = False) -> Document:
    """Set by typst, each table in a grid of lines. Tagged, as most office programs write it; or bare."""
    made = []
    for _kind, what in pieces(tracker):
        if isinstance(what, str):
            made.append(f"{_typst(what)}\n\n")
            continue
        widths = {3: "(1fr, 1fr, 1fr)", 4: "(30%, 8%, 20%, 42%)", 5: "(24%, 14%, 32%, 16%, 14%)"}[max(map(len, what))]
        cells = ",\n".join(
            f"[{' #parbreak() '.join(_typst(line) for line in cell if line)}]" for row in what for cell in row
        )
        made.append(f"#table(columns: {widths}, {cells})\n\n")
    return typeset.read("".join(made), tagged=tagged)


def _typst(text: str) -> str:
    return f'#"{text.replace(chr(34), "")}"'


def as_tagged_pdf(tracker: Tracker) -> Document:
    return as_pdf(tracker, tagged=True)


def sheet(tracker: Tracker) -> list[list[str]]:
    """The same as a sheet: one row a recommendation."""
    questions = [f"Update {period}" for period in PERIODS]
    head = [
        "Audit",
        "Opinion",
        "Report date",
        "Ref",
        "Title",
        "Recommendation",
        "Priority",
        "Management response",
        "Owner",
    ]
    head += ["Target date", "Revised date", *questions, "Proposed closed"]
    lines = [head]
    for rec in tracker.recs:
        told = [_told(rec.updates.get(period, {})) for period in PERIODS]
        lines.append([
            rec.audit, rec.opinion, rec.month, rec.reference, rec.heading, rec.text, rec.priority, rec.response, rec.owner,
            rec.target, rec.revised, *told, "Yes" if rec.closed and rec.marked else "No",
        ])  # fmt: skip
    return lines


def _told(answers: dict[str, str]) -> str:
    asked = {
        "achieved": "What has been achieved?",
        "left": "What is left to complete?",
        "barriers": "Any barriers to completion?",
    }
    lines = [f"{question} {answers[name]}" for name, question in asked.items() if name in answers]
    lines += [f"Is the recommendation ‘proposed closed’? {answers['proposed']}"] if "proposed" in answers else []
    return "\n".join([*([answers["text"]] if "text" in answers else []), *lines])


def as_workbook(tracker: Tracker) -> Document:
    return read_here(makers.as_workbook(sheet(tracker)), "tracker.xlsx")


def as_csv(tracker: Tracker) -> Document:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(sheet(tracker))
    return read_document(out.getvalue().encode("utf-8-sig"), "tracker.csv")


PAPERS: dict[str, Callable[[Tracker], Document]] = {
    "text": as_text, "word": as_word, "html": as_page, "tagged pdf": as_tagged_pdf, "bare pdf": as_pdf,
}  # fmt: skip
SHEETS: dict[str, Callable[[Tracker], Document]] = {"workbook": as_workbook, "csv": as_csv}
