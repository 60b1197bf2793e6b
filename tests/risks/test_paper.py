"""The risk register paper of a register made by hand: every figure, every section, every audience."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import Detail, Document, Heading, Paragraph, Row, Table, plain, texts
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.render import render
from candour.risks import commands
from candour.risks.intake import propose
from candour.risks.papers import Stock, copy_of, for_audience, risk_paper
from candour.risks.papers.checks import checks
from candour.risks.papers.kind import gather
from candour.risks.papers.leaks import document_text, leaks
from candour.risks.papers.recount import figures_against_tables, words_of, wrong_scores
from tests.factories import NOW, House, a_risk
from tests.risks.register_for_papers import AS_AT, SECRET, SINCE, build, said
from tests.standing import standing

SLIPPED, TRAINED = "Two tenders slipped to the autumn.", "Training is complete and the register is mapped."
JOINED = "Eight volunteers have joined"


@standing
def stock(house: House) -> Stock:
    build(house)
    return gather(house.actors["policy"], organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)


def numbered(document: Document) -> list[str]:
    blocks = document.blocks
    return [plain(block.words) for block in blocks if isinstance(block, Paragraph) and block.number is not None]


def rows_of(document: Document, caption: str) -> list[list[str]]:
    tables = [block for block in document.blocks if isinstance(block, Table) and block.caption.startswith(caption)]
    return [
        [" ".join(filter(None, (cell.badge, words_of(cell)))).replace("\xa0", " ") for cell in row.cells]
        for table in tables
        for row in table.rows
        if isinstance(row, Row)
    ]


def in_full(document: Document) -> list[tuple[str, str]]:
    """(appendix, reference) of each risk printed in full."""
    found, place = [], ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            place = block.number
        elif isinstance(block, Detail):
            found.append((place, words_of(block.cells[1])))
    return found


def test_the_panel_copy_states_every_figure(stock: Stock) -> None:
    assert numbered(risk_paper(stock, "panel"))[:12] == [
        "To show the panel the strategic risks as they stood on 15 June 2026, and what has changed since 15 March 2026.",
        "The panel is asked to note the register; to agree the new scores of MPC002 and MPC003; to agree that MPC009 is "
        "managed at operational level; and to agree that MPC008 is closed.",
        "There are 8 live strategic risks (Appendix A): 4 high, 2 medium and 2 low.",
        "There are 3 live operational risks. They are reported elsewhere.",
        "4 risks are rated high (Appendix B).",
        "3 risks are new since 15 March 2026 (Appendix C).",
        "The score of 2 risks changed since 15 March 2026 (Appendix D): 1 rose and 1 fell.",
        "1 risk was escalated from operational level (Appendix D).",
        "1 risk closed and 1 risk moved to operational level since 15 March 2026 (Appendix E).",
        "1 control of 1 risk is past its date. The oldest, of MPC001, is 47 days late.",
        "1 risk was not reviewed in time: MPC007 (14 days late).",
        "Panel members alone may see 1 risk (Appendix G). In the public copy a live one has one line, REDACTED, and is "
        "counted nowhere else.",
    ]


def test_the_public_copy_counts_what_it_may_show_and_nothing_else(stock: Stock) -> None:
    document = risk_paper(stock, "public")
    assert numbered(document)[2:11] == [
        "There are 6 live strategic risks in this copy (Appendix A): 3 high, 1 medium and 2 low.",
        "There are 3 live operational risks. They are reported elsewhere.",
        "3 risks are rated high (Appendix B).",
        "2 risks are new since 15 March 2026 (Appendix C).",
        "The score of 2 risks changed since 15 March 2026 (Appendix D): 1 rose and 1 fell.",
        "1 risk closed and 1 risk moved to operational level since 15 March 2026 (Appendix E).",
        "1 control of 1 risk is past its date. The oldest, of MPC001, is 47 days late.",
        "1 risk was not reviewed in time: MPC007 (14 days late).",
        "1 risk may not be published. It has one line, REDACTED, after the table of Appendix A, and is counted nowhere else.",
    ]
    every = document_text(document)
    assert every.count("MPC006") == 1
    assert "REDACTED: MPC006" in every.splitlines()
    assert [hidden for hidden in ("MPC010", SECRET, "Panel papers are late") if hidden in every] == []
    assert document.marking == "OFFICIAL"


def test_a_body_that_admits_nothing_says_nothing(stock: Stock) -> None:
    every = document_text(risk_paper(replace(stock, admit_redacted=False), "public"))
    assert "MPC006" not in every
    assert "REDACTED" not in every


def test_the_overview_shows_a_risk_with_its_words_and_numbers(stock: Stock) -> None:
    rows = rows_of(risk_paper(stock, "panel"), "Live strategic risks")
    assert [row[0] for row in rows] == [f"MPC{n:03}" for n in (1, 6, 2, 4, 3, 10, 5, 7)]
    assert rows[2] == [
        "MPC002",
        "Services run on without a contract",
        "Chief Executive",
        "Very high (4)",
        "Likely (3)",
        "8",
        "12 High",
        "↑ Up from 8",
        "Managed",
        "3 November 2025",
        "21 May 2026",
        "Public",
    ]
    assert [(row[7], row[8], row[11]) for row in rows[:2]] == [
        ("→ No change", "Overdue Control", "Public"),
        ("New", "Controls Tasked", "Panel only"),
    ]


def test_no_risk_is_printed_in_full_twice(stock: Stock) -> None:
    assert in_full(risk_paper(stock, "panel")) == [
        ("Appendix B", "MPC001"),
        ("Appendix B", "MPC002"),
        ("Appendix B", "MPC004"),
        ("Appendix C", "MPC005"),
        ("Appendix D", "MPC003"),
        ("Appendix D", "MPC010"),
        ("Appendix E", "MPC008"),
        ("Appendix E", "MPC009"),
        ("Appendix G", "MPC006"),
    ]
    assert "MPC006 is set out in full in Appendix G." in list(texts(risk_paper(stock, "panel")))


def test_what_changed_carries_its_reason(stock: Stock) -> None:
    document = risk_paper(stock, "public")
    assert rows_of(document, "Scores that changed") == [
        ["MPC002", "Services run on without a contract", "8", "12 High", "↑ Up from 8", "21 May 2026", SLIPPED],
        ["MPC003", "Personal data is mishandled", "12", "6 Medium", "↓ Down from 12", "22 May 2026", TRAINED],
    ]
    assert rows_of(document, "Risks that closed") == [
        ["MPC008", "Website fails accessibility rules", "Closed", "30 April 2026", "The new site passed its audit"],
        ["MPC009", "Visitors scheme lacks volunteers", "Managed at operational level", "5 May 2026", JOINED],
    ]


def test_controls_are_printed_one_by_one_with_their_state(stock: Stock) -> None:
    first = next(block for block in risk_paper(stock, "public").blocks if isinstance(block, Detail))
    said_of = {
        one.label: [plain(item.words) for part in one.value.blocks for item in getattr(part, "items", ())]
        for one in first.facts
    }
    assert said_of["Controls"] == [
        "Freeze on travel (removed 1 April 2026)",
        "Monthly budget meeting (in place since 3 November 2025, works in part)",
    ]
    assert said_of["Further controls"] == [
        "Review the fees with the force (due 29 April 2026, 47 days late, Chief Finance Officer)",
        "New: Zero-based budget for the estate (due 31 August 2026)",
    ]


def test_an_empty_register_says_so_in_every_section(house: House) -> None:
    stock = gather(house.actors["policy"], organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    document = risk_paper(stock, "panel")
    every = list(texts(document))
    for sentence in (
        "No strategic risk is live.",
        "No risk is rated high.",
        "No risk is new since 15 March 2026.",
        "No score changed since 15 March 2026.",
        "No risk closed or moved to another level since 15 March 2026.",
        "There is no live strategic risk (Appendix A).",
    ):
        assert sentence in every
    assert figures_against_tables(document)[1] == []


@pytest.mark.parametrize("audience", ["panel", "public", "office"])
def test_every_copy_passes_its_own_recount(stock: Stock, audience: str) -> None:
    document = risk_paper(stock, audience)
    agree, differ = figures_against_tables(document)
    assert differ == []
    assert agree >= 14
    assert wrong_scores(document) == []


def test_the_recount_finds_a_figure_and_a_score_that_are_wrong(stock: Stock) -> None:
    document = risk_paper(stock, "panel")
    dropped = tuple(
        replace(block, rows=block.rows[1:]) if isinstance(block, Table) and block.caption.startswith("Live") else block
        for block in document.blocks
    )
    assert (
        "‘There are 8 live strategic risks’: the tables have 7"
        in figures_against_tables(replace(document, blocks=dropped))[1]
    )
    wrong = tuple(_with_a_wrong_score(block) for block in document.blocks)
    assert wrong_scores(replace(document, blocks=wrong)) == ["MPC001: 15 is not 16"]


def _with_a_wrong_score(block):
    if not (isinstance(block, Table) and block.caption.startswith("Live")):
        return block
    cells = block.rows[0].cells
    first = Row((*cells[:6], replace(cells[6], badge="15"), *cells[7:]))
    return replace(block, rows=(first, *block.rows[1:]))


def test_the_checks_say_what_is_late(stock: Stock) -> None:
    found = checks(stock, "public", risk_paper(stock, "public"))
    assert [(check.passed, check.words, check.detail) for check in found] == [
        (True, "Figures agree with the tables", "16 of 16"),
        (True, "Every score is impact times likelihood", ""),
        (True, "Leak check: references, titles and links", ""),
        (True, "Leak check: sentences of hidden risks", ""),
        (False, "1 risk not reviewed in time", "MPC007 (14 days late)"),
        (True, "Every risk has an owner", ""),
        (True, "Every risk is scored", ""),
    ]


def test_a_public_risk_that_names_a_hidden_one_is_a_leak_that_stops_the_issue(house: House) -> None:
    risks = build(house)
    commands.record_update(risks["MPC001"], text="See also mpc 006 for the claim.", **said(date(2026, 6, 1)))
    stock = gather(house.actors["policy"], organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    found = [check for check in checks(stock, "public", risk_paper(stock, "public")) if check.stops]
    assert [(check.passed, check.detail) for check in found] == [
        (False, "The reference MPC006. Take it out of the other risk’s texts first")
    ]


def test_leaks_are_references_titles_and_long_sentences(stock: Stock) -> None:
    hidden = copy_of(stock, "public").hidden
    assert leaks("REDACTED: MPC006", hidden, admitted=["MPC006"]) == []
    assert leaks("REDACTED: MPC006\nREDACTED: MPC006", hidden, admitted=["MPC006"]) == ["the reference MPC006"]
    assert leaks("/risks/office/MPC-006/", hidden) == ["the reference MPC006"]
    assert leaks("MPC0061 and XMPC006", hidden) == []
    assert leaks("the zephyrine CLAIM goes  to court", hidden) == ["the title of MPC006"]
    assert leaks("Nothing", hidden) == []


def test_an_audience_that_does_not_exist_is_refused(stock: Stock) -> None:
    with pytest.raises(ValueError, match="a paper is written for panel, public, office, not for 'press'"):
        for_audience(stock.rows, "press", admit_redacted=True)


def test_a_risk_restricted_today_is_not_public_in_a_paper_of_a_day_when_it_was(house: House) -> None:
    risks = build(house)
    commands.restrict(risks["MPC001"], sensitivity="restricted", **said(date(2026, 6, 12), "Advice of counsel"))
    document = paper(
        "risk-register", actor=CANDOUR, organisation=house.office, as_at=date(2026, 6, 1), audience="public", at=NOW
    )
    assert document_text(document).count("MPC001") == 1


def test_a_reason_given_while_a_risk_was_restricted_stays_so(house: House) -> None:
    risk = build(house)["MPC006"]
    commands.rescore(risk, impact=4, likelihood=2, **said(date(2026, 6, 2), "Counsel thinks it weak"))
    commands.restrict(risk, sensitivity="public", **said(date(2026, 6, 3), "The claim is public"))
    document = paper(
        "risk-register", actor=CANDOUR, organisation=house.office, since=date(2026, 5, 30), audience="public", at=NOW
    )
    changed = rows_of(document, "Scores that changed")
    assert [(row[0], row[-1]) for row in changed] == [("MPC006", "Not stated")]


def test_the_paper_of_a_past_day_shows_that_day(house: House) -> None:
    build(house)
    document = paper(
        "risk-register", actor=CANDOUR, organisation=house.office, as_at=date(2026, 4, 10), audience="panel", at=NOW
    )
    assert numbered(document)[2] == "There are 6 live strategic risks (Appendix A): 3 high, 1 medium and 2 low."
    assert [row[0] for row in rows_of(document, "Live")] == [f"MPC{n:03}" for n in (1, 3, 2, 9, 8, 7)]


@pytest.mark.parametrize(("as_at", "since"), [(date(2027, 1, 1), None), (AS_AT, AS_AT)])
def test_days_that_cannot_be_are_refused(house: House, as_at: date, since: date | None) -> None:
    with pytest.raises(ValueError, match=r"to come|must be before"):
        paper("risk-register", actor=CANDOUR, organisation=house.office, as_at=as_at, since=since, at=NOW)


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".html"])
def test_a_paper_reads_back_to_the_same_rows_without_a_finding(stock: Stock, tmp_path, suffix: str) -> None:
    file = tmp_path / f"paper{suffix}"
    file.write_bytes(render(risk_paper(stock, "panel"), suffix))
    reading = propose(read_document(file))
    assert [finding.message for finding in reading.findings] == []
    rows = {record["reference"]: record for record in reading.records}
    copy = copy_of(stock, "panel")
    assert sorted(rows) == sorted(row.reference for row in (*copy.live, *copy.closed, *copy.left))
    for row in copy.live:
        read = rows[row.reference]
        assert (read["title"], read["owner"], read["status"]) == (row.title, row.owner, row.status)
        assert (read["score"], read["previous_score"]) == (row.line.score, row.previous_score)
        assert (read["impact"], read["likelihood"]) == (row.impact_word, row.likelihood_word)
        assert read["direction"] == row.direction
        assert read["first_recorded"] == row.line.first_recorded.isoformat()
        if row.reference != "MPC007":  # neither high nor new nor changed: in the overview alone
            assert sorted(control["text"] for control in read["controls"]) == sorted(one.text for one in row.controls)
            assert [(one["date"], one["text"]) for one in read["updates"]] == [
                (one.dated.isoformat(), one.text) for one in reversed(row.updates)
            ]
    first = {control["text"]: (control["new"], control["removed"]) for control in rows["MPC001"]["controls"]}
    assert first == {
        "Freeze on travel": (False, True),
        "Monthly budget meeting": (False, False),
        "Review the fees with the force": (False, False),
        "Zero-based budget for the estate": (True, False),
    }


def test_a_paper_asks_the_database_the_same_number_of_questions_for_any_number_of_risks(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            paper("risk-register", actor=house.actors["policy"], organisation=house.office, audience="panel", at=NOW)
        return len(captured)

    for _ in range(3):
        a_risk(house)
    few = asked()
    for _ in range(30):
        a_risk(house)
    assert asked() == few
    assert few <= 14
