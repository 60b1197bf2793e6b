"""Finance workbooks read, held against themselves, shown before they are saved, saved, and written back."""

from datetime import date
from typing import Any

import pytest

from candour.finance import rules
from candour.finance.intake.words import Heading, part_of, read_heading, read_position, read_times, read_year
from candour.finance.models import Budget, Figure, Load, Scheme
from candour.finance.papers.workbook import FINANCE_EXPORT
from candour.finance.queries.budgets import budget_in_full
from candour.finance.queries.schemes import scheme_in_full
from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.intake.commands import confirm, decide, matched, read, stage
from candour.kernel.intake.document import Reading
from candour.kernel.intake.kinds import Match
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import read_document
from candour.kernel.rules import Refused
from tests.factories import NOW, TODAY, House
from tests.finance.factories import GREEN, MAY, RED, Y25, Y26, Y27, K, rated_in, workbook

BOOK: dict[str, Any] = {
    "Revenue": [
        ["Mereford: revenue budget monitoring 2026/27. Position as at 31 May 2026"],
        ["All figures £000"],
        ["Heading", "Budget", "Forecast", "Variance", "Actual to date"],
        ["Police officer pay", "61,200", "62,450", "1,250", "10,310"],
        ["Income from fees", "(3,400)", "(3,500)", "(100)", "-"],
        ["Total", "57,800", "58,950", "1,150", "10,310"],
    ],
    "Reserves": [
        ["Reserves 2026/27", "£m"],
        ["Reserve", "Opening balance", "Planned movement", "Closing balance", "Minimum"],
        ["General reserve", "5.0", "(1.2)", "3.8", "4.5"],
        ["Insurance", "2.25", "0", "2.25", ""],
        ["Total reserves", "7.25", "(1.2)", "6.05", ""],
    ],
    "MTFP": [
        ["Medium-term financial plan", "", "£000"],
        ["Line", "Type", "2026/27", "2027/28"],
        ["Council tax", "Income", 30_000, 31_000],
        ["Grants", "Income", 27_800, 27_900],
        ["Net spending", "Spending", 57_800, 61_000],
        ["Gap", "", 0, 2_100],
        ["Cumulative gap", "", 0, 2_100],
    ],
    "Savings plan": [
        ["", "", "", "", "", ("2026/27", 2), ("2027/28", 2)],
        [
            "Ref",
            "Scheme",
            "Owner",
            "RAG",
            "Cashable",
            "Planned £000",
            "Delivered £000",
            "Planned £000",
            "Delivered £000",
        ],
        ["SAV-01", "Fewer vehicles", "Chief Executive", "Red", "Yes", 400, 90, 600, ""],
        ["SAV-02", "Less overtime", "Nobody at all", "Purple", "No", 100, 50, "", ""],
        ["Total", "", "", "", "", 500, 140, 600, ""],
    ],
    "Capital programme": [
        ["Reference", "Capital scheme", "RAG", "Budget 2026/27 £000", "Forecast 2026/27 £000", "Budget 2027/28 £000"],
        ["CAP-01", "Custody suite", "Green", 500, 300, 500],
    ],
    "Capital funding": [
        ["Ref", "Scheme", "Source of funding", "2026/27 £000", "2027/28 £000"],
        ["CAP-01", "Custody suite", "Grant", 300, 400],
        ["CAP-01", "Custody suite", "Borrowing", 200, 50],
    ],
}


def reading(sheets: Any = BOOK) -> Reading:
    return read(read_document(workbook(sheets), "finance.xlsx"))


def matches(staged: Staged, house: House) -> list[Match]:
    """What the page shows before a workbook is saved."""
    said = {name: value for name, value in staged.reading.items() if name in ("kind", "source", "meta", "records")}
    return matched(Reading(**said), organisation=house.office, actor=CANDOUR, effective=TODAY)


def codes(found: Reading) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in found.findings if each.severity != "note"]


@pytest.mark.parametrize(
    ("text", "above", "read"),
    [
        ("Budget 2026/27 £000", "", Heading("", "budget", "", Y26, 1_000)),
        ("Delivered", "2026/27 £m", Heading("", "actual", "", Y26, 1_000_000)),
        ("2026-27", "Forecast", Heading("", "forecast", "", Y26)),
        ("2026/2027", "", Heading("", "budget", "", Y26)),
        ("Over / (under) spend", "", Heading("", "", "variance")),
        ("Balance at 31 March", "", Heading("", "", "closing")),
        ("Lead officer", "2026/27", Heading("owner")),
        ("Comments", "", Heading()),
        ("2026/29", "", Heading()),
    ],
)
def test_a_heading_says_what_a_column_holds_its_year_and_its_unit(text: str, above: str, read: Heading) -> None:
    assert read_heading(text, above) == read


def test_titles_say_the_part_the_unit_the_year_and_the_month() -> None:
    assert [part_of(each) for each in ("Capital funding", "MTFP", "Notes", "Usable reserves")] == [
        "funding", "plan", "", "reserve",
    ]  # fmt: skip
    assert [read_times(each) for each in ("£'000", "All figures in £m", "£", "£ millions")] == [1000, 10**6, 0, 10**6]
    assert [read_year(each) for each in ("Budget 2026/27", "FY 2025-2026", "2026/29")] == [Y26, Y25, None]
    said = (
        "As at 31 May 2026",
        "Month 2 2026/27",
        "Period 12 2025/26",
        "Quarter 1 2026/27",
        "To the end of May 2026",
        "x",
    )
    assert [read_position([each]) for each in said] == [MAY, MAY, date(2026, 3, 1), date(2026, 6, 1), MAY, None]


def test_the_month_is_put_together_from_the_lines_that_tell_the_year_and_the_period() -> None:
    assert read_position(["Revenue monitoring 2026/27", "Period 2"]) == MAY
    assert read_position(["Period 8 (to 30 November 2026)"]) == date(2026, 11, 1)
    assert (
        read_position(
            ["Revenue monitoring 2026/27", "The chair thanked officers for a hard period 2 years on, and more"]
        )
        is None
    )


def test_the_unit_of_one_heading_holds_for_those_beside_it_that_say_none() -> None:
    sheets = {"Reserves": [["Reserves 2026/27"],
                           ["Reserve", "Opening balance £000", "Contributions to", "Use of", "Closing balance £000"],
                           ["Insurance", "3,200", "250", "(600)", "2,850"]]}  # fmt: skip
    found = read(read_document(workbook(sheets), "reserves.xlsx"))
    assert [(one["what"], one["pence"]) for one in found.records[0]["amounts"]] == [
        ("movement", -350 * K),
        ("opening", 3_200 * K),
    ]
    assert "closing-differs" not in {one.code for one in found.findings}


def test_funding_printed_below_nought_is_turned_though_the_gap_stands_above_it() -> None:
    sheets = {"MTFP": [["Medium-term financial plan", "£000"], ["Line", "2026/27"], ["Expenditure", ""], ["Pay", 58_000],
                       ["Funding", ""], ["Grant", -30_000], ["Council tax", -27_000], ["Budget gap", 1_000]]}  # fmt: skip
    found = read(read_document(workbook(sheets), "plan.xlsx"))
    assert [(one["title"], one["part"], one["amounts"][0]["pence"]) for one in found.records] == [
        ("Pay", "spending", 58_000 * K),
        ("Grant", "income", 30_000 * K),
        ("Council tax", "income", 27_000 * K),
    ]
    assert "gap-differs" not in {one.code for one in found.findings}


def test_a_workbook_is_read_whole_with_units_brackets_and_years_and_agrees_with_itself() -> None:
    found = reading()
    assert (found.kind, found.meta["position"], found.meta["stands"]) == ("finance", "2026-05-01", "2026-05-31")
    assert codes(found) == [("funding-differs", "Sheet Capital programme, row 2")]
    assert [each.says for each in found.findings if each.severity == "note"] == [
        "thousands", "millions", "thousands", "thousands", "thousands", "thousands",
    ]  # fmt: skip
    assert (
        found.findings[-1].message == "The funding of CAP-01 in 2027/28 comes to £450,000, and its budget to £500,000"
    )
    amounts = {
        (one["reference"], each["year"], each["what"]): each["pence"]
        for one in found.records
        for each in one["amounts"]
    }
    assert amounts["Revenue: Income from fees", "2026-04-01", "forecast"] == -3_500 * K
    assert amounts["Revenue: Income from fees", "2026-04-01", "actual"] == 0
    assert amounts["Reserve: General reserve", "2026-04-01", "movement"] == -1_200 * K
    assert amounts["Income: Council tax", "2027-04-01", "budget"] == 31_000 * K
    assert amounts["SAV-01", "2027-04-01", "budget"] == 600 * K
    assert amounts["CAP-01 from Borrowing", "2026-04-01", "budget"] == 200 * K
    assert ("SAV-02", "2027-04-01", "budget") not in amounts
    assert sum(one.why.startswith("A total") for one in found.set_aside) == 5


def test_what_a_workbook_gets_wrong_of_itself_is_told_with_its_place() -> None:
    wrong = {
        "Revenue": [
            ["Revenue budget £000"],
            ["Heading", "Budget 2026/27", "Forecast 2026/27", "Variance 2026/27"],
            ["Pay", "100", "120", "30"],
            ["Estates", "5o", "40", ""],
            ["Pay", "1", "1", ""],
            ["Total", "900", "190", ""],
        ],
        "Reserves": [
            ["Reserve", "Opening 2026/27", "Movement 2026/27", "Closing 2026/27"],
            ["General", "500", "(100)", "450"],
        ],
        "MTFP": [["Line", "Type", "2026/27"], ["Tax", "Income", "90"], ["Pay", "Spending", "100"], ["Gap", "", "30"]],
    }
    found = reading(wrong)
    assert codes(found) == [
        ("position-missing", "the whole paper"),
        ("amount-unreadable", "Sheet Revenue, row 4"),
        ("row-twice", "Sheet Revenue, row 5"),
        ("variance-differs", "Sheet Revenue, row 3"),
        ("closing-differs", "Sheet Reserves, row 2"),
        ("total-differs", "Sheet Revenue, row 6"),
        ("gap-differs", "Sheet MTFP, row 4"),
    ]
    said = [each.message for each in found.findings if each.severity != "note"]
    assert "Revenue: Estates, budget 2026/27 cannot be read: ‘5o’" in said[1]
    assert "printed as 30, and comes to £20,000" in said[3]
    assert "printed as 450, and comes to £400" in said[4]
    assert said[5] == "Total, forecast 2026/27, is printed as 190, and comes to £161,000"
    assert "printed as 30, and comes to £10" in said[6]


def test_amounts_of_no_year_are_an_error_that_a_person_decides() -> None:
    found = reading({"Reserves": [["Reserve", "Opening", "Minimum"], ["General", "500", "100"], ["Other", "1", ""]]})
    assert [each.code for each in found.findings] == ["position-missing", "year-missing", "year-missing"]
    assert [one["amounts"] for one in found.records] == [[], []]


@pytest.mark.django_db
def test_nothing_is_saved_while_a_cell_is_bad_and_the_preview_says_every_amount(house: House) -> None:
    rated_in(house)
    bad = BOOK | {"Reserves": [*BOOK["Reserves"][:2], ["General reserve", "5.0", "lots", "", "4.5"]]}
    staged = stage(reading(bad), organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY)
    with pytest.raises(Refused, match="lots"):
        confirm(staged, actor=CANDOUR, at=NOW)
    assert (Figure.objects.count(), Scheme.objects.count(), Budget.objects.count()) == (0, 0, 0)
    plans = {one.reference: one for one in matches(staged, house)}
    assert plans["Revenue: Police officer pay"].plan == (
        "Actual to date 2026/27: £10,310,000", "Budget 2026/27: £61,200,000", "Forecast 2026/27: £62,450,000",
    )  # fmt: skip
    assert plans["SAV-01"].plan[:2] == ("Add it to the savings plan", "Rate it Red")
    assert plans["SAV-02"].conflicts == (
        "SAV-02: there is no post ‘Nobody at all’. It is loaded without an owner",
        "SAV-02: the scale of ratings has no word ‘Purple’. It is left as it is rated",
    )
    decide(
        staged,
        decisions={
            str(number): "0" for number, each in enumerate(staged.reading["findings"]) if each["severity"] == "error"
        },
        effective=TODAY,
        actor=CANDOUR,
        at=NOW,
    )
    saved = confirm(staged, actor=CANDOUR, at=NOW)
    assert saved.made == ("SAV-01", "SAV-02", "CAP-01")
    assert Entry.objects.filter(event="finance.loaded").count() == 1


def load(house: House, sheets: Any, effective: date = TODAY) -> Any:
    staged = stage(reading(sheets), organisation=house.office, actor=CANDOUR, at=NOW, effective=effective)
    return confirm(staged, actor=CANDOUR, at=NOW)


@pytest.mark.django_db
def test_a_load_makes_budget_and_schemes_and_a_later_one_stands_beside_it(house: House) -> None:
    rated_in(house)
    load(house, BOOK, effective=date(2026, 6, 1))
    it = Budget.objects.select_related("record__organisation", "record__owner").get()
    whole, together = budget_in_full(it, actor=CANDOUR) or pytest.fail("it is there")
    assert [(name, one.variance) for name, one in whole.headings] == [
        ("Police officer pay", 1_250 * K), ("Income from fees", -100 * K),
    ]  # fmt: skip
    assert whole.whole == rules.Amounts(57_800 * K, 58_950 * K, 10_310 * K)
    assert [(one.name, one.closing, one.short) for one in whole.reserves] == [
        ("General reserve", 3_800 * K, 700 * K), ("Insurance", 2_250 * K, 0),
    ]  # fmt: skip
    assert [(one.gap, one.whole_gap) for one in whole.plan] == [(0, 0), (3_200 * K - 1_100 * K, 2_100 * K)]
    assert (together["saving"].amounts.actual, together["capital"].slipped) == (140 * K, 0)
    red = Scheme.objects.select_related("record__organisation", "record__owner").get(record__reference="SAV-01")
    assert (red.rating, red.cashable, str(red.record.owner)) == (RED, True, "Chief Executive")
    assert Scheme.objects.get(record__reference="CAP-01").rating == GREEN
    later = {"Revenue": [["Revenue 2026/27 £000: as at 15 June 2026"], *BOOK["Revenue"][2:4]]}
    later["Revenue"][2] = ["Police officer pay", "61,200", "61,900", "700", "15,000"]
    saved = load(house, later)
    assert (saved.made, saved.changed) == ((), ("Revenue: Police officer pay",))
    now, _ = budget_in_full(it, actor=CANDOUR) or pytest.fail("it is there")
    assert [name for name, _ in now.headings] == ["Police officer pay"]  # a position is whole
    assert [(one.month.month, one.amounts.forecast) for one in now.trail] == [(5, 58_950 * K), (6, 61_900 * K)]
    then, _ = budget_in_full(it, actor=CANDOUR, as_at=date(2026, 6, 10)) or pytest.fail("it stood")
    assert (then.whole, then.closing) == (whole.whole, 6_050 * K)
    assert load(house, BOOK).changed == ()  # the same again changes nothing
    assert Load.objects.count() == 2


@pytest.mark.django_db
def test_what_candour_wrote_reads_back_without_a_finding_and_changes_nothing(house: House) -> None:
    rated_in(house)
    load(house, BOOK)
    before = set(Figure.objects.values_list("record", "part", "line", "year", "what", "position", "pence"))
    file = FINANCE_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=".xlsx")
    found = read(read_document(file, "own.xlsx"))
    assert [one.message for one in found.findings if one.code != "funding-differs"] == []
    staged = stage(found, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY)
    assert [one.plan for one in matches(staged, house) if one.plan] == []
    saved = confirm(staged, actor=CANDOUR, at=NOW)
    assert (saved.made, saved.changed) == ((), ())
    other = stage(found, organisation=house.force, actor=CANDOUR, at=NOW, effective=TODAY)
    confirm(other, actor=CANDOUR, at=NOW)
    assert set(
        Figure.objects.filter(record__organisation=house.force).values_list("part", "line", "year", "pence")
    ) == {(part, line, year, pence) for _, part, line, year, _, _, pence in before}
    it = scheme_in_full(
        Scheme.objects.get(record__reference="CAP-01", record__organisation=house.office), actor=CANDOUR, today=TODAY
    )
    assert it is not None
    assert [(one.year, one.unfunded) for one in it.years] == [(Y26, 0), (Y27, 50 * K)]
