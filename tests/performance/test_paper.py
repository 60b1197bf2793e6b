"""The performance report and the files of measures."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import read
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import Document, Figure, Heading, Table, texts
from candour.kernel.papers.render import render
from candour.performance import commands
from candour.performance.papers.export import MEASURE_EXPORT
from candour.performance.papers.kind import PERFORMANCE, checks, gather
from candour.performance.papers.paper import performance_paper
from tests.factories import NOW, TODAY, House
from tests.performance.factories import BY, LAST, STEADY, WORSE, a_measure, loaded

pytestmark = pytest.mark.django_db
HIDDEN = "Secret counts of everything"
OTHER = (*STEADY, 60)


def stock(house: House, as_at: date = TODAY) -> Any:
    return gather(CANDOUR, organisation=house.office, as_at=as_at, since=date(2026, 4, 1), at=NOW)


def said(document: Document) -> str:
    return " ".join(" ".join(texts(document)).split())


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def a_list(house: House) -> None:
    """One worse and explained, one steady and public, one restricted, one without figures, one ended."""
    worse = a_measure(house, title="Calls answered", sensitivity="public")
    loaded(worse, WORSE)
    given = {"period": LAST, "signal": "Outside", "post": house.posts["owner"], "asked": "Why?", "due": TODAY}
    one = commands.ask_explanation(worse, **given, **BY)
    commands.answer_explanation(one, answer="Nineteen left", actor=CANDOUR, at=NOW)
    loaded(a_measure(house, title="Victims helped", sensitivity="public"), STEADY)
    loaded(
        a_measure(house, title=HIDDEN, sensitivity="restricted", counts="Counted in secret, every month, by two."),
        OTHER,
    )
    a_measure(house, title="Not yet counted")
    commands.end_measure(a_measure(house, title="Old one", sensitivity="public"), on=TODAY, **BY)


def test_exceptions_come_first_with_chart_words_and_explanation(house: House) -> None:
    a_list(house)
    paper = performance_paper(stock(house), "panel")
    assert headings(paper) == [
        "Summary", "What must be explained", "M-001 Calls answered", f"M-003 {HIDDEN}",
        "Appendix A: the other measures", "Appendix B: every figure", "Appendix C: what each measure counts",
    ]  # fmt: skip
    words = said(paper)
    assert "4 measures are reported. 2 must be explained." in words
    assert "2 got worse by more than noise, and 0 got better." in words
    assert "by Head of Communications, 15 June 2026. Nineteen left" in words
    assert "Nobody has been asked to explain it yet." in words
    charts = [block for block in paper.blocks if isinstance(block, Figure)]
    assert len(charts) == 2
    assert charts[0].description.startswith("13 figures from May 2025 to May 2026. The last is 70.")
    assert "M-002 Victims helped Steady none 12 figures from June 2025 to May 2026." in words


@pytest.mark.parametrize(("audience", "shown"), [("panel", 4), ("office", 3), ("public", 2)])
def test_each_copy_holds_what_its_readers_may_see_and_counts_that_alone(
    house: House, audience: str, shown: int
) -> None:
    a_list(house)
    paper = performance_paper(stock(house), audience)
    summary = next(block for block in paper.blocks if isinstance(block, Table))
    assert len(summary.rows) == shown
    assert (HIDDEN in said(paper)) == (audience == "panel")
    assert paper.marking == ("OFFICIAL-SENSITIVE" if audience == "panel" else "OFFICIAL")
    found = {each.words: each.passed for each in checks(stock(house), audience, paper)}
    assert all(found.values()) == (audience != "panel")


@pytest.mark.parametrize(("audience", "measures"), [("panel", 2), ("public", 1)])
def test_sets_stand_in_the_report_with_their_gaps_and_the_statement(house: House, audience: str, measures: int) -> None:
    headings_ = "Serious violence\nNeighbourhood crime\nCyber crime"
    given: dict[str, Any] = {"source": "The law", "starts": date(2021, 5, 31), **BY}
    of = commands.begin_set(organisation=house.office, name="National priorities", headings=headings_, **given)
    commands.begin_set(organisation=house.office, name="Ended", headings="One", ends=date(2026, 6, 1), **given)
    commands.begin_set(organisation=house.office, name="Empty", headings="One", **given)
    said_ = {name: value for name, value in BY.items() if name != "reason"}
    commands.state_contribution(of, text="All apply.\n\nWe cut burglary.", on=TODAY, **said_)
    for sensitivity, heading in (("public", "Serious violence"), ("restricted", "Neighbourhood crime")):
        it = a_measure(house, title=f"Counts of {sensitivity}", sensitivity=sensitivity)
        loaded(it, STEADY)
        commands.put_in_sets(it, wanted=[(of, heading)], on=date(2026, 1, 1), **said_)
    paper = performance_paper(stock(house), audience)
    assert headings(paper)[1:3] == ["Sets of measures", "National priorities"]
    table = next(block for block in paper.blocks if isinstance(block, Table) and block.caption.startswith("National"))
    assert len(table.rows) == 3
    words = said(paper)
    assert words.count("No measure is reported") == 3 - measures
    assert ("Counts of restricted" in words) == (audience == "panel")
    assert "What the force contributes, as stated on 15 June 2026. All apply. We cut burglary. Source: The law" in words
    assert "Ended" not in words
    assert "Empty" not in words


def test_a_hidden_title_in_another_measure_stops_the_public_copy(house: House) -> None:
    a_measure(house, title=HIDDEN, sensitivity="restricted")
    a_measure(house, title="Open", counts=f"All but {HIDDEN}", sensitivity="public")
    found = stock(house)
    first = checks(found, "public", performance_paper(found, "public"))[0]
    assert (first.passed, first.stops) == (False, True)


def test_the_paper_of_a_past_day_shows_what_had_been_loaded_by_then(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    loaded(it, WORSE)
    assert "82 number April 2026 none Steady" in said(performance_paper(stock(house, date(2026, 6, 1)), "panel"))
    assert "There is no measure to report." in said(performance_paper(stock(house, date(2026, 1, 1)), "panel"))


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".json", ".pdf"])
def test_every_format_is_written_with_and_without_rows(house: House, suffix: str) -> None:
    assert render(PERFORMANCE.write(stock(house), "panel"), suffix)
    a_list(house)
    assert render(PERFORMANCE.write(stock(house), "panel"), suffix)


def test_charts_stand_in_word_as_pictures_with_their_words(house: House) -> None:
    a_list(house)
    with ZipFile(BytesIO(render(PERFORMANCE.write(stock(house), "panel"), ".docx"))) as parts:
        pictures = [name for name in parts.namelist() if name.startswith("word/media/")]
        body = parts.read("word/document.xml").decode()
    assert len(pictures) == 2
    assert 'descr="13 figures from May 2025 to May 2026.' in body or "13 figures from May 2025 to May 2026." in body


def test_measures_are_exported_with_every_figure(house: House) -> None:
    a_list(house)
    given: dict[str, Any] = {"organisation": house.office, "at": NOW}
    live = MEASURE_EXPORT.write(CANDOUR, as_at=None, suffix=".csv", **given).decode()
    assert [line.split(",")[0] for line in live.splitlines()[1:]] == [f"M-00{n}" for n in range(1, 6)]
    assert HIDDEN not in MEASURE_EXPORT.write(house.actors["reader"], as_at=None, suffix=".csv", **given).decode()
    book = load_workbook(BytesIO(MEASURE_EXPORT.write(CANDOUR, as_at=None, suffix=".xlsx", **given)))
    assert book["Figures"].max_row == 1 + 13 + 12 + 13
    past = MEASURE_EXPORT.write(CANDOUR, as_at=date(2026, 1, 1), suffix=".csv", **given).decode()
    assert len(past.splitlines()) == 1


@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf"])
def test_every_figure_of_the_paper_reads_back_from_it(house: House, suffix: str) -> None:
    loaded(a_measure(house, title="Calls answered"), range(60, 90), provisional=True)
    loaded(a_measure(house, title="Minutes to arrive", unit="minutes", places=1), STEADY)
    loaded(a_measure(house, title="Few of them", smallest=5), (*STEADY, 3))
    stood = stock(house)
    found = read(read_document(render(performance_paper(stood, "panel"), suffix), f"paper{suffix}"), "measures")
    assert [one.message for one in found.findings] == ["1 figure is hidden in the file, and kept as hidden"]
    back = {
        (record["reference"], each["period"]): (each["value"], each["provisional"], each["suppressed"])
        for record in found.records
        for each in record["observations"]
    }
    assert back == {
        (one.row.reference, each.period.isoformat()): (
            None if each.hidden else f"{each.value:.{one.row.places}f}", each.provisional, each.hidden
        )
        for one in stood.wholes
        for each in one.series
    }  # fmt: skip
    assert len(back) == 30 + 12 + 13
