"""The real tracker, where it is at hand beside the repository: recommendations, figures, contradictions, in each form."""

import re
from collections import Counter
from html import escape
from pathlib import Path

import pytest

from candour.kernel.intake.document import Document
from candour.kernel.intake.readers import read_document
from candour.kernel.intake.sniff import read_here
from candour.recommendations.intake import propose, recognises
from candour.recommendations.intake.labels import ANCHOR, HEADING
from tests.intake import makers, typeset

PAPER = Path(__file__).parents[3] / ".." / "shared" / "papers" / "audit-recommendations-tracker-2025-05.txt"
pytestmark = pytest.mark.skipif(not PAPER.exists(), reason="the real paper is not beside this repository")

# (references, opinion, month) of each audit in its order
AUDITS = [
    (["4.2"], "Satisfactory", "2018-09"), (["4.3"], "Satisfactory", "2021-02"), (["4.1", "4.2"], "Satisfactory", "2021-02"),
    (["4.1"], "Satisfactory", "2021-05"), (["4.2", "4.4", "4.5"], "Satisfactory", "2021-11"),
    (["4.1", "4.3"], "Limited", "2022-11"), (["4.1", "4.3", "4.4"], "Limited", "2023-06"),
    (["4.1"], "Satisfactory", "2023-07"), (["4", "5", "6"], "Limited", "2024-05"), (["1", "2"], "Substantial", "2024-05"),
    (["1", "2"], "Substantial", "2024-06"), (["1", "2", "3", "4"], "Substantial", "2024-06"), (["1"], "Substantial", "2024-08"),
    (["1", "2"], "Moderate", "2024-09"), (["1", "2", "3", "4"], "Limited", "2024-10"), (["1", "2", "3"], "Moderate", "2024-10"),
    (["1", "2", "3", "4", "5"], "Moderate", "2024-12"), (["1"], "Substantial", "2025-03"),
    (["1", "2", "3", "4"], "Limited", "2025-04"),
]  # fmt: skip
PRIORITIES = "MMLMMMMLLHHMMMMMLLLLLHMMMLMLHMMLMLLMMLLLLHMML"
CLOSED = {1, 2, 3, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 24, 25, 27, 28, 29, 32, 33, 34, 35, 36, 38, 39, 40, 41}
FINDINGS = {
    "page-range": 1, "exceeded-unknown": 1, "closed-work-left": 3, "closed-on-condition": 2, "target-differs": 4,
    "exceeded-missing": 6, "target-before-audit": 4, "target-passed": 6, "owner-missing": 1, "update-missing": 3,
    "answer-copied": 1, "reference-unknown": 1, "threshold-gap": 1, "audit-name": 1, "page-order": 1,
    "target-not-printed": 5, "target-in-words": 2, "owner-without-post": 2, "update-none": 7, "update-without-year": 4,
    "answer-shared": 3,
}  # fmt: skip


def cells_of(text: str) -> list[list[str]]:
    """The cells of the tracker's own table, each with its lines: a line that begins with a tab begins a cell."""
    lines = [re.sub(r"\[bookmark: [^\]]*\]", "", line) for line in text.split("\n")]
    start = next(n for n, line in enumerate(lines) if line.startswith("\tBusiness Owner"))
    end = next(n for n, line in enumerate(lines) if line.strip() == "End")
    cells: list[list[str]] = []
    for line in lines[start + 1 : end]:
        if line.startswith("\t"):
            cells.append([])
        cells[-1:] or cells.append([])
        cells[-1].append(line.strip())
    return [[line for line in cell if line] for cell in cells]


def rows_of(text: str) -> list[list[list[str]]]:
    """The rows of that table: audit, colour, heading, story. Cells of a table inside a story are its lines."""
    cells = cells_of(text)
    heads = [
        n for n in range(len(cells) - 1)
        if HEADING.match(" ".join(cells[n])) and cells[n + 1] and ANCHOR.match(cells[n + 1][0])
    ]  # fmt: skip
    ends = [*(n - 2 for n in heads[1:]), len(cells)]
    return [
        [cells[n - 2], cells[n - 1], cells[n], [line for cell in cells[n + 1 : end] for line in cell]]
        for n, end in zip(heads, ends, strict=True)
    ]


def as_text() -> Document:
    return read_document(PAPER)


def as_word() -> Document:
    rows = rows_of(PAPER.read_text())
    table = makers.tbl(*(makers.tr(*(makers.tc(*map(escape, cell)) for cell in row)) for row in rows))
    return read_here(makers.word(makers.p("The tracker") + table + makers.p("Another document")), "tracker.docx")


def as_page() -> Document:
    lines = [
        f"<td>{'</td><td>'.join('<br>'.join(map(escape, cell)) for cell in row)}</td>"
        for row in rows_of(PAPER.read_text())
    ]
    table = f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    return read_here(
        f"<html><meta charset=utf-8><body><p>The tracker</p>{table}</body></html>".encode(), "tracker.html"
    )


def as_workbook() -> Document:
    return read_here(
        makers.as_workbook([["\n".join(cell) for cell in row] for row in rows_of(PAPER.read_text())]), "tracker.xlsx"
    )


def as_pdf() -> Document:
    def said(line: str) -> str:
        return f'#"{line.replace(chr(92), "").replace(chr(34), "")}"'

    cells = ",\n".join(
        f"[{' #parbreak() '.join(map(said, cell))}]" for row in rows_of(PAPER.read_text()) for cell in row
    )
    return typeset.read(f"#table(columns: (22%, 6%, 20%, 52%), {cells})", tagged=True)


FORMS = {"text": as_text, "word": as_word, "html": as_page, "workbook": as_workbook, "tagged pdf": as_pdf}


@pytest.mark.parametrize("form", FORMS)
def test_every_recommendation_is_read_with_its_audit_priority_and_closure(form: str) -> None:
    document = FORMS[form]()
    records = propose(document).as_json()["records"]
    assert recognises(document) > 0.9
    assert [record["reference"] for record in records] == [
        reference for references, *_ in AUDITS for reference in references
    ]
    audits = [(opinion, month) for references, opinion, month in AUDITS for _ in references]
    assert [(record["opinion"], record["audit_date"]) for record in records] == audits
    assert "".join(record["priority"][0] for record in records) == PRIORITIES
    assert {n for n, record in enumerate(records, 1) if record["proposed_closed"]} == CLOSED


@pytest.mark.parametrize("form", ["word", "html"])
def test_every_form_gives_the_same_stories(form: str) -> None:
    names = ("key", "heading", "text", "response_text", "owners", "updates")
    pairs = zip(propose(as_text()).records, propose(FORMS[form]()).records, strict=True)
    assert [first["key"] for first, second in pairs for name in names if told(first[name]) != told(second[name])] == []


def told(value: object) -> str:
    """The words of a value without numbers, bullets and spacing: lists are numbered in one form and plain in another."""
    return re.sub(r"[^A-Za-z]", "", str(value).replace("\\n", " "))


def test_what_the_paper_says_of_itself_is_read_and_agrees() -> None:
    reading = propose(as_text()).as_json()
    summary = reading["meta"]["summary"]
    assert {name: (row["total"], row["proposed_closed"]) for name, row in summary["totals"].items()} == {
        "High": (5, 2), "Medium": (22, 14), "Low": (18, 12), "Total": (45, 28),
    }  # fmt: skip
    assert (len(summary["proposed_closed"]), len(summary["exceeded"])) == (28, 11)
    assert [row["original_target"] for row in summary["exceeded"]][:4] == ["2019-03", "2019-03", "2022-05", "2021-12"]
    assert reading["meta"]["period"] == "2025-04"


def test_it_contradicts_itself_so_often_and_not_more() -> None:
    assert Counter(finding.code for finding in propose(as_text()).findings) == FINDINGS


def test_embedded_documents_are_set_aside_whole_and_named() -> None:
    aside = propose(as_text()).set_aside
    text = PAPER.read_text()
    behind = text[text.index("\tEnd\n") :]
    assert len(behind) > 100_000
    printed = re.sub(r"\W|\[bookmark: [^\]]*\]|_", "", behind)
    assert len(re.sub(r"\W|_", "", "".join(one.text for one in aside))) > 0.97 * len(printed)
    assert sum(".docx" in one.why or ".pdf" in one.why or ".xlsx" in one.why for one in aside) == 4
