"""The commissioning report and the value-for-money sheets: each audience's copy from the same rows."""

from datetime import date, timedelta
from typing import Any

import pytest

from candour.commissioning import commands as of_agreements
from candour.commissioning.commands import follow
from candour.commissioning.papers.follow.kind import COMMISSIONING, VALUE, checks, gather
from candour.commissioning.papers.follow.report import commissioning_report
from candour.commissioning.papers.follow.stock import Stock
from candour.commissioning.papers.follow.value import value_sheets
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import Cell, Document, Heading, Row, Table
from candour.kernel.papers.render import render
from tests.commissioning.factories import BY, a_stream, whole
from tests.commissioning.follow.factories import a_measure, asked, brings, paid, received
from tests.factories import NOW, TODAY, House
from tests.risks.pages import questions, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def stock(house: House, actor: Any = CANDOUR, **more: Any) -> Stock:
    return gather(actor, organisation=house.office, as_at=TODAY, since=TODAY, at=NOW, **more)


def text(document: Document) -> str:
    return render(document, ".txt").decode()


def rows_of(document: Document, caption: str) -> list[list[str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table) and block.caption.startswith(caption)]
    return [[said(one) for one in row.cells] for row in table.rows if isinstance(row, Row)]


def said(one: Cell) -> str:
    return "".join(run.text for part in one.blocks for run in part.words)  # type: ignore[union-attr]


def three(house: House) -> None:
    """Two of one stream that bring about the same, one of another that is hidden; one with a late return and a KPI."""
    it = asked(house)
    received(it, spent=5_000_00)
    paid(it, 60_000_00)
    kpi = of_agreements.add_indicator(it, name="Seen in two days", target="90%", **BY)
    of_agreements.rate(kpi, on=TODAY, rating="improvement", said="", **BY)
    brings(it, 40, share=60)
    other = whole(house, service="Refuge", sensitivity="public")
    paid(other, 30_000_00)
    brings(other, 40, share=40)
    brings(other, what="Nothing yet")
    hidden = whole(
        house, service="Safe house", sensitivity="restricted", stream=a_stream(house, code="X", name="Hidden")
    )
    paid(hidden, 99_000_00)
    brings(hidden, 10)


def test_the_report_adds_up_by_stream_and_counts_each_outcome_once(house: House) -> None:
    three(house)
    panel = commissioning_report(stock(house), "panel")
    assert rows_of(panel, "Agreements by funding stream") == [
        ["Services for victims 2026/27", "£500,000", "2", "£240,000", "£90,000", "£90,000", "£0", "1", "2"],
        ["Hidden 2026/27", "£500,000", "1", "£120,000", "£99,000", "£99,000", "£0", "0", "1"],
    ]
    # Of three that bring about the same, the shares of 60, 40 and 100 are cut down to the whole: 12 + 8 + 5.
    assert rows_of(panel, "What agreements bring about") == [["Victims", "People made safe", "3", "none", "25 people"]]
    assert rows_of(panel, "KPIs by") == [["Requires improvement", "1"]]
    public = commissioning_report(stock(house), "public")
    assert rows_of(public, "What agreements bring about") == [["Victims", "People made safe", "1", "none", "16 people"]]
    assert "Safe house" in text(panel)
    assert [word for word in ("Safe house", "Hidden", "99,000", "VS-2026-01") if word in text(public)] == []
    of_agreements.withhold(stock_row(house), part="value", ground="law", **BY)
    assert "There is no agreement to report on" in text(commissioning_report(stock(house), "public"))


def stock_row(house: House) -> Any:
    from candour.commissioning.models import Agreement

    return Agreement.objects.select_related("record__organisation").get(record__reference="VS-2026-02")


def test_a_sheet_says_what_one_cost_and_what_others_of_the_stream_cost(house: House) -> None:
    three(house)
    sheets = value_sheets(stock(house), "panel")
    came = rows_of(sheets, "What came about under each agreement")
    assert came[0][0] == "VS-2026-01"
    assert came[0][2:] == ["People made safe", "none", "40 people", "£1,500", "£750, of one other"]
    assert came[2][5] == "nothing to divide by"
    one = value_sheets(stock(house, only=stock_row(house).pk), "panel")
    assert rows_of(one, "What came about under VS-2026-02")[0] == next(
        row[2:] for row in came if row[0] == "VS-2026-02"
    )
    assert ("VS-2026-02" in text(one), "VS-2026-01" in text(one), "Safe house" in text(one)) == (True, False, False)
    assert "no verdict" in text(one)
    rate = a_measure(house.office, "Who felt heard", unit="%", adds_up=False)
    brings(stock_row(house), 80, measure=rate, what="Felt heard")
    came = rows_of(value_sheets(stock(house), "panel"), "What came about under each agreement")
    assert came[3][5:] == ["does not add up", "Not compared"]
    assert "There is no agreement to tell of" in text(value_sheets(stock(house, house.actors["force_reader"]), "panel"))


def test_the_paper_begins_with_what_falls_short_and_ends_with_every_agreement_and_kpi(house: House) -> None:
    three(house)
    kept = whole(house, service="Helpline", sensitivity="public")
    sheets = value_sheets(stock(house), "panel")
    assert [block.text for block in sheets.blocks if isinstance(block, Heading)] == [
        "Summary", "What falls short", "What came about, and what one cost", "Appendix A: every agreement",
        "Appendix B: every KPI",
    ]  # fmt: skip
    words = " ".join(text(sheets).split())
    for said in ("4 agreements run or ended", "3 have outcomes", "1 has none", "1 has a KPI that falls short"):
        assert said in words
    assert rows_of(sheets, "KPIs that fall short")[0][2:] == ["Seen in two days", "90%", "Requires improvement"]
    every = rows_of(sheets, "Every agreement")
    assert {row[0]: row[-1] for row in every} == {
        "VS-2026-01": "1", "VS-2026-02": "2", "X-2026-01": "1", kept.record.reference: "none set"
    }  # fmt: skip
    assert (every[0][4], every[0][6]) == ("£60,000", "12 asked for, 1 late, 1 to be assessed")
    assert [row[0] for row in rows_of(value_sheets(stock(house), "public"), "Every agreement")] == [
        row[0] for row in every if row[0] in ("VS-2026-02", kept.record.reference)
    ]


def test_a_sheet_is_marked_for_a_restricted_agreement_that_it_compares_with(house: House) -> None:
    three(house)
    one = stock_row(house).pk
    here, marked = "/agreements/office/VS-2026-02/value/", "Compares with restricted records"
    assert value_sheets(stock(house, only=one), "panel").marking == "OFFICIAL"
    secret = whole(house, service="Hostel", sensitivity="restricted")
    brings(secret, 10)
    assert value_sheets(stock(house, only=one), "panel").marking == "OFFICIAL-SENSITIVE"
    assert value_sheets(stock(house, only=one), "public").marking == "OFFICIAL"
    assert marked in signed_in(house, "policy").get(here).content.decode()
    reader = signed_in(house, "reader").get(here).content.decode()
    assert ("OFFICIAL-SENSITIVE" in reader, "Hostel" in reader) == (False, False)


@pytest.mark.parametrize("kind", [COMMISSIONING, VALUE])
def test_every_copy_passes_its_checks_and_a_past_day_is_as_it_stood(house: House, kind: Any) -> None:
    three(house)
    found = stock(house)
    for audience in ("panel", "office", "public"):
        document = kind.write(found, audience)
        told = {check.words: check.passed for check in checks(found, audience, document)}
        assert told.pop("Returns are late" if audience != "public" else "Every return has come in time") == (
            audience == "public"
        )
        assert all(told.values())
    before = gather(CANDOUR, organisation=house.office, as_at=date(2026, 3, 1), since=TODAY, at=NOW)
    assert before.rows == ()
    assert render(kind.write(before, "panel"), ".txt")


def test_what_is_recorded_later_changes_no_report_of_a_day(house: House) -> None:
    three(house)
    known = stock(house)
    later = {"actor": CANDOUR, "at": NOW + timedelta(hours=1), "reason": "Later"}
    of_agreements.pay(stock_row(house), number="V9", on=TODAY, value=1_00, **later)
    follow.raise_issue(
        stock_row(house), on=TODAY, text="Words", severity="low", owner=house.posts["policy"], due=TODAY, **later
    )
    assert stock(house) == known


def test_the_sheet_of_one_opens_as_a_page_and_as_word_to_who_sees_it(house: House) -> None:
    three(house)
    here = "/agreements/office/VS-2026-01/value/"
    client = signed_in(house, "policy")
    shown = client.get(here).content.decode()
    assert ("Value for money" in shown, "<style" in shown, "OFFICIAL-SENSITIVE" in shown) == (True, False, False)
    assert client.get(here + "?as=html")["Content-Disposition"] == 'attachment; filename="value-VS-2026-01.html"'
    assert client.get(here + "?as=docx").content[:2] == b"PK"
    assert client.get(here + "?as=odd").status_code == 404
    assert signed_in(house, "reader").get("/agreements/office/X-2026-01/value/").status_code == 404
    assert "£99,000" not in signed_in(house, "reader").get(here).content.decode()
    first = questions(client, here)
    whole(house, service="Last")
    assert questions(client, here) == first
    assert first <= 12
