"""The tracker paper: every count is what is listed, each audience has its own copy, and Candour reads back what it wrote."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import paper_date
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import Document, Table, plain, texts
from candour.kernel.papers.kinds import paper, paper_kind
from candour.kernel.papers.render import render
from candour.recommendations.commands import restrict
from candour.recommendations.intake import propose, recognises
from candour.recommendations.intake.save import compare
from candour.recommendations.papers.changes.kind import gather
from candour.recommendations.papers.changes.paper import copy_of
from candour.recommendations.papers.checks import figures_against_tables
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation
from tests.recommendations.tracker_for_papers import AS_AT, SECRET, SINCE, WORDS, build
from tests.standing import standing

FORMS = (".docx", ".pdf", ".html", ".txt")
PLACED = {"place"}


@standing
def tracker(house: House) -> House:
    build(house)
    return house


def written(house: House, audience: str = "panel", kind: str = "recommendations", **days: Any) -> Document:
    days = {"as_at": AS_AT, "since": SINCE} | days
    return paper(kind, actor=CANDOUR, organisation=house.office, audience=audience, at=NOW, **days)


def read(document: Document, form: str = ".docx") -> Reading:
    return propose(read_document(render(document, form), f"paper{form}"))


def flat(value: Any) -> Any:
    """Values with every run of white space as one space: in a text file a cell is a line."""
    if isinstance(value, dict):
        return {name: flat(one) for name, one in value.items() if name not in PLACED}
    if isinstance(value, list):
        return [flat(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def numbered(document: Document) -> list[str]:
    return [plain(one.words) for one in document.blocks if getattr(one, "number", None) and hasattr(one, "words")]


def table(document: Document, caption: str) -> list[list[str]]:
    found = next(one for one in document.blocks if isinstance(one, Table) and one.caption.startswith(caption))
    return [[_said(cell) for cell in row.cells] for row in found.rows]  # type: ignore[union-attr]


def _said(cell: Any) -> str:
    return " ".join(plain(part.words) for part in cell.blocks if hasattr(part, "words"))


def test_the_summary_counts_what_the_paper_lists(tracker: House) -> None:
    assert numbered(written(tracker))[2:] == [
        "There are 7 live recommendations, from 2 reports (Appendix F): 3 High, 3 Medium and 1 Low.",
        "Since 15 March 2026, 1 was raised or reopened and 2 left the tracker: 1 closed by the panel and 1 not "
        "accepted (Appendix E).",
        "1 is proposed closed, for the panel to decide (Appendix A). Of these 1 fails a check.",
        "3 are past their original date (Appendix B). The furthest, STOR-2025-09-1, is 166 days past it. Of these 3 are "
        "past the date that stands too.",
        "1 has given no update since 15 March 2026 (Appendix C).",
        "1 has had a date moved twice or more; 1 is a repeat (the oldest, STOR-2025-09-5, was first reported 7 years 9 months "
        "ago); "
        "1 has a date in words (Appendix D).",
        "The auditor looked again at 1 closure since 15 March 2026 (Appendix E). Of these 1 fell short.",
        "Panel members alone may see 1 of them (Appendix H).",
        "1 of those set out is for the office and the panel, and not in the public copy.",
    ]
    assert table(written(tracker), "Totals by priority") == [
        ["High", "2", "1", "0", "3", "0", "2"],
        ["Medium", "4", "0", "1", "3", "1", "1"],
        ["Low", "2", "0", "1", "1", "0", "0"],
        ["Total", "8", "1", "2", "7", "1", "3"],
    ]


@pytest.mark.parametrize(("audience", "live"), [("panel", 7), ("office", 6), ("public", 5)])
def test_a_paper_reads_back_equal_in_every_form_and_without_a_finding(tracker: House, audience: str, live: int) -> None:
    document = written(tracker, audience)
    found = {form: read(document, form) for form in FORMS}
    assert {form: [one.message for one in reading.findings] for form, reading in found.items()} == {
        form: [] for form in FORMS
    }
    assert [flat(one.records) == flat(found[".docx"].records) for one in found.values()] == [True] * len(FORMS)
    assert [one.meta["summary"]["totals"]["Total"]["live"] for one in found.values()] == [live] * len(FORMS)
    assert [paper_date(one) for one in found.values()] == [AS_AT] * len(FORMS)
    assert [recognises(read_document(render(document, form), f"a{form}")) for form in FORMS] == [1.0] * len(FORMS)
    agree, differ = figures_against_tables(document)
    assert (agree > 20, differ) == (True, [])


def test_what_is_read_back_is_what_the_register_holds(tracker: House) -> None:
    records = {one["reference"]: one for one in read(written(tracker)).records}
    one = records["STOR-2025-09-1"]
    names = (
        "audit",
        "audit_date",
        "number",
        "heading",
        "priority",
        "text",
        "response_text",
        "original_target",
        "current_target",
    )
    assert [one[name] for name in names] == [
        "STORES", "2025-09", "4.1", "Count the stores, part 1", "High", WORDS, "It is agreed.\nThe store will be counted.",
        "2025-12-31", "2026-05-31",
    ]  # fmt: skip
    assert one["owners"] == [{"role": str(tracker.posts["finance"]), "name": ""}]
    assert [target["date"] for target in one["targets"]] == ["2025-12-31", "2026-03-31", "2026-05-31"]
    assert one["updates"] == [
        {
            "label": "May 2026", "period": "2026-05", "achieved": "The plan of R1 is agreed.\nThe room is clear.",
            "left": "To count it", "barriers": "One member of staff for three stores", "proposed_text": "No", "text": "",
            "dated": "2026-05-04", "evidence": "",
        }
    ]  # fmt: skip
    assert records["STOR-2025-09-4"]["targets"] == [{"text": "When the supplier can", "date": None}]
    assert [ref for ref, it in records.items() if it["proposed_closed"]] == ["STOR-2025-09-2"]
    outcomes = {ref: it["outcome"] for ref, it in records.items() if it["outcome"]}
    assert outcomes == {"STOR-2025-09-6": "closed", "STOR-2025-09-7": "closed", "STOR-2025-09-8": "not_accepted"}
    assert records["STOR-2025-09-5"]["repeat_of"] == "STOR-2025-09-6"
    summary = read(written(tracker)).meta["summary"]
    assert [it["reference"] for it in summary["proposed_closed"]] == ["STOR-2025-09-2"]
    assert [it["reference"] for it in summary["exceeded"]] == ["STOR-2025-09-1", "STOR-2025-09-3", "STOR-2025-09-2"]


def test_loaded_again_a_paper_would_change_nothing(tracker: House) -> None:
    records = read(written(tracker)).records
    found = compare(records, organisation=tracker.office, effective=AS_AT, actor=CANDOUR)
    assert [(one.reference, one.plan) for one in found if one.plan] == []
    assert {one.match for one in found} == {"Same record", "Restricted match"}


def test_a_paper_that_was_altered_is_found_out(tracker: House) -> None:
    text = render(written(tracker), ".txt").decode()
    total = next(line for line in text.splitlines() if line.startswith("Total\t"))
    listed = next(
        line for line in text.splitlines() if line.startswith("STOR-2025-09-2\t") and "as good as done" in line
    )

    def codes(altered: str) -> set[str]:
        return {one.code for one in propose(read_document(altered.encode(), "a.txt")).findings}

    assert codes(text.replace(total, total.replace("\t7\t", "\t6\t"))) == {"total-differs", "total-sum"}
    assert codes(text.replace(f"{listed}\n", "")) == {"closed-not-listed", "count-differs"}
    assert codes(text.replace("• No update since 15 March 2026", "•")) == {"update-missing"}


def test_a_copy_holds_nothing_that_its_audience_may_not_read(tracker: House) -> None:
    for audience, secret, office in (("panel", True, True), ("office", False, True), ("public", False, False)):
        said = "\n".join(texts(written(tracker, audience)))
        assert (SECRET in said, "STOR-2025-09-5" in said) == (secret, office), audience
    said = [one for one in texts(written(tracker, "public")) if "STOR-2025-09-3" in one]
    assert said == ["REDACTED: STOR-2025-09-3"]
    assert written(tracker, "panel").marking == "OFFICIAL-SENSITIVE"


def test_a_hidden_reference_in_another_text_stops_the_issue(tracker: House) -> None:
    kind = paper_kind("recommendations")
    stock = kind.gather(CANDOUR, organisation=tracker.office, as_at=AS_AT, since=SINCE, at=NOW)
    document = kind.write(stock, "public")
    assert [check.words for check in kind.check(stock, "public", document) if check.stops and not check.passed] == []
    leaking = kind.write(stock, "panel")
    stopped = [check for check in kind.check(stock, "public", leaking) if check.stops and not check.passed]
    assert [check.words for check in stopped] == ["Leak check: references, titles and links"]


def test_a_paper_of_a_past_day_shows_that_day(tracker: House) -> None:
    document = written(tracker, as_at=date(2026, 2, 1), since=date(2025, 11, 1))
    assert (
        numbered(document)[2]
        == "There are 9 live recommendations, from 2 reports (Appendix F): 2 High, 4 Medium and 3 Low."
    )
    assert [one.message for one in read(document, ".pdf").findings] == []
    assert read(document).meta["as_at"] == "2026-02-01"


def test_the_paper_of_changes_says_what_happened_and_why(tracker: House) -> None:
    document = written(tracker, kind="recommendation-changes")
    counts = {row[0]: row[1] for row in table(document, "Changes by kind") if row[1] != "0"}
    assert counts == {
        "Raised": "1", "Answered by the body": "1", "Proposed closed": "1", "Sent back": "1", "Left the tracker": "2",
        "Looked at again by the auditor": "1", "Given a new date": "1", "Updated": "6",
    }  # fmt: skip
    (slip,) = table(document, "Given a new date")
    assert slip[3:] == [
        "31 March 2026 before, now 31 May 2026: slip 2", "20\N{NO-BREAK SPACE}March 2026",
        "The supplier is late. Agreed by Audit Panel",
    ]  # fmt: skip
    assert SECRET not in "\n".join(texts(written(tracker, "public", kind="recommendation-changes")))


def test_a_tracker_asks_the_same_number_of_questions_whatever_it_holds(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            written(house)
        return len(found)

    empty = asked()
    build(house)
    assert (empty <= asked() <= 26, verify().holds) == (True, True)


def test_what_was_hidden_on_the_earlier_day_counts_as_hidden_in_the_paper_of_changes(house: House) -> None:
    it = a_recommendation(house, reference="R9", sensitivity="restricted", response="accepted")
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "It is known now"}
    restrict(it, sensitivity="public", effective=date(2026, 6, 10), **said)
    stock = gather(CANDOUR, organisation=house.office, as_at=TODAY, since=date(2026, 6, 1), at=NOW)
    copy = copy_of(stock, "public")
    assert ([row.reference for row in copy.hidden], copy.shown, copy.changes) == (["R9"], (), ())
