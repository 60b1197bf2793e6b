"""What Candour writes of registers made by chance it reads back whole, without a finding; and what is hidden stands nowhere.

Inputs: 24 registers, each as three copies in one of three forms by turn (72 files), every sixth in all of them (36) and as a
PDF (12); for leaks both papers of each register in four forms (192) and as text for each audience (144); 24 workbooks, each
with its rows as CSV and JSON (72). 552 files in all.
"""

import io
import zipfile
from typing import Any

import pytest

from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import Document
from candour.kernel.papers.render import render
from candour.recommendations.intake import propose
from candour.recommendations.papers.changes.paper import changes_paper
from candour.recommendations.papers.flat import csv_lines, json_of
from candour.recommendations.papers.paper import tracker_paper
from candour.recommendations.papers.stock import Copy, copy_of, said_since
from candour.recommendations.papers.workbook.write import workbook_of
from candour.recommendations.queries.export import Part, Stock
from candour.recommendations.queries.rows import RecommendationRow, TargetRow
from candour.recommendations.rules import read_target

from .registers import AS_AT, MARK, changed, register

SEEDS = range(24)
FORMS = (".docx", ".html", ".txt")
AUDIENCES = ("panel", "office", "public")
OUTCOMES = {"closed": "closed", "superseded": "superseded", "": None}


def read(document: Document, form: str) -> Reading:
    return propose(read_document(render(document, form), f"paper{form}"))


def flat(text: str) -> str:
    return " ".join(text.split())


def target_of(target: TargetRow) -> str | None:
    return target.due.isoformat() if target.due else None


def expected(row: RecommendationRow, copy: Copy) -> dict[str, Any]:
    """What a reading of its card says of a recommendation."""
    told = said_since(row, copy.stock.since) or row.updates[-1:]
    proposed = row.line.proposed_on is not None and row.line.closed_on is None
    return {
        "reference": row.reference, "heading": flat(row.title), "priority": row.line.priority, "audit": flat(row.audit),
        "text": flat(row.text), "finding": flat(row.finding), "risk": flat(row.risk), "response_text": flat(row.response_text),
        "owners": [owner.owner for owner in row.owners if owner.owner],
        "targets": [target_of(target) for owner in row.owners for target in owner.targets],
        "updates": [(one.dated.isoformat(), flat(one.achieved), flat(one.left), flat(one.evidence)) for one in told],
        "proposed_closed": proposed, "outcome": OUTCOMES[row.line.outcome], "status": row.status,
    }  # fmt: skip


def told(record: Any) -> dict[str, Any]:
    names = ("reference", "heading", "priority", "audit", "text", "finding", "risk", "response_text", "status")
    found = {name: flat(record[name]) for name in names}
    updates = [
        (one["dated"], flat(one["achieved"]), flat(one["left"]), flat(one["evidence"])) for one in record["updates"]
    ]
    owners = [one["role"] for one in record["owners"]]
    ends = {name: record[name] for name in ("proposed_closed", "outcome")}
    return found | ends | {"owners": owners, "targets": [one["date"] for one in record["targets"]], "updates": updates}


def whole(seed: int, audience: str, form: str) -> None:
    copy = copy_of(register(seed), audience)
    reading = read(tracker_paper(register(seed), audience), form)
    held = {row.reference: expected(row, copy) for row in copy.shown}
    assert {record["reference"]: told(record) for record in reading.records} == held
    assert [(one.code, one.reference, one.says) for one in reading.findings] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_tracker_of_any_register_reads_back_whole_and_without_a_finding(audience: str) -> None:
    for seed in SEEDS:
        for form in FORMS if seed % 6 == 0 else (FORMS[(seed + len(audience)) % 3],):
            whole(seed, audience, form)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_as_a_pdf_it_reads_back_whole_too(audience: str) -> None:
    for seed in SEEDS[::6]:
        whole(seed, audience, ".pdf")


def words_in(content: bytes) -> str:
    """Every word of a file; of one that is packed, of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    parts = zipfile.ZipFile(io.BytesIO(content))
    return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def hidden_in(document: Document) -> dict[str, int]:
    return {form: words_in(render(document, form)).count(MARK) for form in (".docx", ".html", ".txt", ".json")}


def test_no_word_of_what_the_public_may_not_read_stands_in_a_public_paper() -> None:
    nothing = dict.fromkeys((".docx", ".html", ".txt", ".json"), 0)
    marked = 0
    for seed in SEEDS:
        marked += any(row.sensitivity != "public" for row in register(seed).rows)
        assert hidden_in(tracker_paper(register(seed), "public")) == nothing
        assert hidden_in(changes_paper(changed(seed), "public")) == nothing
    assert marked > len(SEEDS) // 2


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_restricted_one_stands_in_the_panels_copy_alone(audience: str) -> None:
    for seed in SEEDS:
        rows = register(seed).rows
        secret = [f"{MARK}{row.pk} " for row in rows if row.restricted]
        office = [f"{MARK}{row.pk} " for row in rows if row.sensitivity == "office"]
        papers = (tracker_paper(register(seed), audience), changes_paper(changed(seed), audience))
        texts = "".join(render(one, ".txt").decode() for one in papers)
        assert [mark in texts for mark in secret] == [audience == "panel"] * len(secret)
        assert [mark in texts for mark in office] == [audience != "public"] * len(office)


def test_the_owners_workbook_and_the_rows_as_files_hold_what_was_asked_for_and_read_back_as_a_tracker() -> None:
    for seed in SEEDS:
        rows = tuple(row for row in register(seed).rows if row.sensitivity == "public" and row.line.closed_on is None)
        stock = Stock(rows, tuple(Part(row, owner) for row in rows for owner in row.owners or (None,)), AS_AT, False)
        content = workbook_of(stock)
        files = [words_in(content), "".join(csv_lines(rows, AS_AT)), json_of(rows, AS_AT)]
        assert [MARK in text for text in files] == [False] * 3
        assert [all(row.reference in text for row in rows) for text in files] == [True] * 3
        reading = propose(read_document(content, "tracker.xlsx"))
        assert [record["reference"] for record in reading.records] == [row.reference for row in rows]
        assert [flat(record["text"]) for record in reading.records] == [flat(row.text) for row in rows]


def test_a_target_in_words_that_hold_a_day_is_kept_as_words() -> None:
    assert (read_target("By 31 March 2026, or later"), say_date(AS_AT)) == (None, "15 June 2026")
