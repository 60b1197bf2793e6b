"""Registers of contracts, lists of grants and files of spend of others, each messy in its own way."""

from datetime import date

import pytest

from candour.kernel.papers.document import Column, Document, Row, Table, cell
from candour.kernel.papers.render import render
from tests.commissioning.reading.makers import reading, rows_of, told, word, workbook

TIDY = """Contract ref,Contract title,Supplier,Start date,End date,Contract value,Status
C-001,Advocacy for victims,Northgate Support,01/04/2022,31/03/2024,"£120,000.00",Live
C-002,Refuge places,Hillcrest Refuge,1 April 2022,31 March 2023,"£84,500",Live
"""


def test_a_tidy_register_raises_nothing() -> None:
    found = reading(TIDY)
    assert (found.kind, told(found), list(found.set_aside)) == ("contracts", [], [])
    assert rows_of(found, "reference", "title", "supplier", "value", "start", "end", "status") == [
        ("C-001", "Advocacy for victims", "Northgate Support", 120000, "2022-04-01", "2024-03-31", "Live"),
        ("C-002", "Refuge places", "Hillcrest Refuge", 84500, "2022-04-01", "2023-03-31", "Live"),
    ]
    assert (found.records[0]["value_text"], found.records[0]["start_text"]) == ("£120,000.00", "01/04/2022")
    assert "maximum_end_text" not in found.records[0]


MESSY = """Contracts register,,,,,,,
As at 30 September 2022,,,,,,,
Ref,Contract title,Supplier,Start date,End date,Value,Status,Fund
C-001,Advocacy for victims,Northgate Support,01/04/2022,31/03/2024,"c. £12k",Live,Core
C-002,Refuge places,Hillcrest,1 April 2022,31/06/2023,£1.2m,Live,Core
C-003,Counselling,Elmwood,1 Apr 22,31 Mar 22,TBC,Live,Core
C-003,Counselling for men,Elmwood,1 Apr 2021,31 Mar 2022,"£10,000",Active,Core
X4,Mediation,,2022/23,,£5k - £6k,,Core
Total,,,,,"£1,222,000",,
"""


def test_a_register_with_its_headings_in_the_third_row_is_held_against_itself() -> None:
    found = reading(MESSY)
    assert (found.meta["as_at"], found.meta["title"]) == ("2022-09-30", "Contracts register")
    assert rows_of(found, "reference", "value", "start", "end", "stream") == [
        ("C-001", 12000, "2022-04-01", "2024-03-31", "Core"),
        ("C-002", 1200000, "2022-04-01", None, "Core"),
        ("C-003", None, "2022-04-01", "2022-03-31", "Core"),
        ("C-003", 10000, "2021-04-01", "2022-03-31", "Core"),
        ("X4", None, "2022-04-01", None, "Core"),
    ]
    assert told(found) == [
        ("date-impossible", "C-002"),
        ("ends-before-start", "C-003"),
        ("expired-running", "C-003"),
        ("expired-running", "C-003 (Row 7)"),
        ("reference-malformed", "X4"),
        ("reference-repeated", "C-003 (Row 7)"),
        ("supplier-missing", "X4"),
        ("value-approximate", "C-001"),
        ("value-missing", "C-003"),
        ("value-unclear", "X4"),
    ]


def test_each_finding_says_where_what_is_printed_and_what_it_should_say() -> None:
    found = {one.code: one for one in reading(MESSY).findings}
    assert (found["date-impossible"].says, str(found["date-impossible"].place)) == ("31/06/2023", "Row 5")
    assert (found["value-approximate"].says, found["value-approximate"].should) == ("c. £12k", "£12,000")
    assert found["ends-before-start"].should == "1 April 2022 or later"
    assert found["reference-malformed"].should == "a reference of the shape A-9"


def test_headings_in_two_rows_with_merged_cells_and_columns_of_years() -> None:
    rows = [
        ["Grants awarded 2022 to 2024", None, None, None, None, None, None],
        ["Grant ref", "Recipient", "Project", "Award", None, None, "Date of award"],
        [None, None, None, "2022/23", "2023/24", "Total", None],
        ["G1", "Brightwater Youth", "Football on Fridays", 4000, 4500, 8500, date(2022, 3, 1)],
        ["G2", "Calm Water Mediation", "Mediation", 6000, None, 6500, date(2022, 3, 1)],
    ]
    found = reading(workbook(rows, ("A1:G1", "D2:F2")), "grants.xlsx")
    assert found.kind == "grants"
    assert rows_of(found, "reference", "recipient", "value", "date", "years") == [
        ("G1", "Brightwater Youth", 8500, "2022-03-01", {"2022/23": 4000, "2023/24": 4500}),
        ("G2", "Calm Water Mediation", 6500, "2022-03-01", {"2022/23": 6000}),
    ]
    assert told(found) == [("years-differ", "G2")]
    assert (found.findings[0].says, found.findings[0].should) == ("6500", "£6,000")


def test_years_alone_make_the_value() -> None:
    found = reading('Recipient,Grant title,2022-23 (£),2023-24 (£)\nCalm Water,Mediation,"6,000","6,500"\n', "g.csv")
    assert rows_of(found, "value", "years") == [(12500, {"2022/23": 6000, "2023/24": 6500})]
    assert told(found) == []


def test_a_merged_supplier_is_that_of_each_row_and_a_merged_value_counts_once() -> None:
    rows = [
        ["Contract no", "Supplier", "Contract title", "Value", "Start", "End"],
        ["C1", "Northgate Support", "Advocacy", 90000, date(2022, 4, 1), date(2023, 3, 31)],
        ["C2", None, "Support in court", None, date(2022, 4, 1), date(2023, 3, 31)],
        ["Total", None, None, 90000, None, None],
    ]
    found = reading(workbook(rows, ("B2:B3", "D2:D3")), "contracts.xlsx")
    assert rows_of(found, "reference", "supplier", "value") == [
        ("C1", "Northgate Support", 90000),
        ("C2", "Northgate Support", None),
    ]
    assert told(found) == [("value-shared", "C2")]


SECTIONS = """Commissioning register as at 1 June 2023
"Community Safety Fund budget: £30,000"
Reference,Provider,Service,Amount,Start,End
Community Safety Fund,,,,,
SF1,Safer Streets,Bike marking,"£20,000",01/04/2023,31/03/2024
SF2,Young Voices,Mentors,"£15,000",01/04/2023,31/03/2024
Sub-total,,,"£35,000",,
Violence reduction,,,,,
VR1,Brightwater,Outreach,"£148,000",01/04/2023,31/03/2024
Sub-total,,,"£147,000",,
Grand total,,,"£183,000",,
"""


def test_sections_are_streams_and_are_held_against_their_budgets_and_totals() -> None:
    found = reading(SECTIONS)
    assert rows_of(found, "reference", "stream") == [
        ("SF1", "Community Safety Fund"), ("SF2", "Community Safety Fund"), ("VR1", "Violence reduction"),
    ]  # fmt: skip
    assert told(found) == [("over-allocated", ""), ("total-differs", "")]
    over, total = (
        next(one for one in found.findings if one.code == code) for code in ("over-allocated", "total-differs")
    )
    assert over.message == ("The budget of Community Safety Fund is £30,000, and £35,000 is awarded: £5,000 too much")
    assert (total.says, total.should, str(total.place)) == ("£147,000", "£148,000", "Row 10")


DOUBLE = """Ref,Supplier,Contract title,Value,Start,End
C1,Northgate Support,Advocacy,"90,000",01/04/2022,31/03/2023
C2,Lantern House,Refuge,"50,000",01/04/2022,31/03/2023
C1,Northgate Support,Advocacy,"90,000",01/04/2022,31/03/2023
C4,Lantern House,Refuge,"55,000",01/04/2022,31/03/2023
"""


def test_a_row_that_stands_twice_and_an_award_that_is_repeated() -> None:
    found = reading(DOUBLE)
    assert told(found) == [("award-repeated", "C4"), ("double-listing", "C1 (Row 4)")]
    assert [one.message for one in found.findings] == [
        "C1 stands twice: Row 2 and Row 4 say the same",
        "C4: Lantern House is awarded the same from the same day as in Row 3, otherwise",
    ]


WORDY = """There are 3 contracts in the register, together worth £250,000.
Contract reference;Supplier name;Description;Contract period;Annual value;Contract value (£000)
A/1;Elmwood;Counselling;1 April 2022 to 31 March 2025;;142.5
A/2;Restore Together;Restorative meetings;3 years from 1 April 2022;"£20,000 p.a.";
"""


def test_terms_thousands_and_yearly_values_are_read_and_sentences_are_counted() -> None:
    found = reading(WORDY, "contracts.csv")
    assert rows_of(found, "reference", "start", "end", "value", "value_a_year") == [
        ("A/1", "2022-04-01", "2025-03-31", 142500, None),
        ("A/2", "2022-04-01", "2025-03-31", None, 20000),
    ]
    assert told(found) == [("count-differs", ""), ("total-differs", ""), ("value-a-year", "A/2")]


NUMBERS = """Ref,Provider,Charity number,Company number,Contract title,Value,Start date,End date,Date signed,Last possible end
C1,Northgate Support,9990011,,Advocacy,1000,01/04/2022,31/03/2023,20/03/2022,31/03/2024
C2,Northgate Support,9990012,,Refuge,2000,01/04/2022,31/03/2023,15/05/2022,31/03/2022
C3,Lantern House,12,99 900 281,Peer groups,3000,44652,45016,,
C4,Elmwood,,ABC,Counselling,4000,01/04/2022,sometime,,
"""


def test_numbers_of_suppliers_signatures_and_the_days_that_a_spreadsheet_keeps() -> None:
    found = reading(NUMBERS)
    assert rows_of(found, "reference", "start", "end")[2:] == [
        ("C3", "2022-04-01", "2023-03-31"),
        ("C4", "2022-04-01", None),
    ]
    assert told(found) == [
        ("date-unread", "C4"),
        ("maximum-before-end", "C2"),
        ("number-differs", "C2"),
        ("number-malformed", "C3"),
        ("number-malformed", "C4"),
        ("signed-after-start", "C2"),
    ]


def test_a_register_in_a_word_table_with_a_heading_over_two_columns() -> None:
    rows = [
        ["Ref", "Provider", "Contract title", "Contract dates", "", "Value"],
        ["", "", "", "Start", "End", ""],
        ["W1", "Elmwood", "Counselling", "Apr 2022", "Mar 2023", "£9,000"],
        ["W2", "Calm Water", "Mediation", "01.04.22", "31.03.23", "(£50)"],
    ]
    found = reading(word(["Contracts register, 1 May 2022"], rows, ((0, 3, 0, 4),)), "register.docx")
    assert rows_of(found, "reference", "start", "end", "value") == [
        ("W1", "2022-04-01", "2023-03-31", 9000),
        ("W2", "2022-04-01", "2023-03-31", -50),
    ]
    assert told(found) == []


def test_a_register_in_the_table_of_a_pdf() -> None:
    heads = ("Ref", "Supplier", "Contract title", "Start date", "End date", "Contract value")
    rows = (
        ("P-01", "Northgate Support", "Advocacy for victims", "1 April 2022", "31 March 2024", "£120,000"),
        ("P-02", "Hillcrest Refuge", "Refuge places", "1 April 2022", "31 March 2021", "£84,500"),
    )
    table = Table(
        "Contracts", tuple(Column(head, 16) for head in heads), tuple(Row(tuple(map(cell, row))) for row in rows)
    )
    found = reading(render(Document("Contracts register", "Mereford", (table,)), ".pdf"), "contracts.pdf")
    assert rows_of(found, "reference", "supplier", "value", "end") == [
        ("P-01", "Northgate Support", 120000, "2024-03-31"),
        ("P-02", "Hillcrest Refuge", 84500, "2021-03-31"),
    ]
    assert told(found) == [("ends-before-start", "P-02")]


DITTO = """Grants list
Organisation,Purpose of grant,Amount awarded,Award date,Conditions
Safer Streets,Bike marking,"£4,800",12/02/2023,Report by June
",Street watch,"£2,000",",None
Young Voices,Drama,nil,13/02/2023,
Withheld,Safe house,withheld,13/02/2023,Not published
"""


def test_dittos_repeat_the_row_above_and_what_is_withheld_is_marked() -> None:
    found = reading(DITTO.replace('\n",Street', "\nditto,Street").replace(',",None', ",ditto,None"), "grants.csv")
    assert rows_of(found, "recipient", "value", "date", "conditions", "redacted") == [
        ("Safer Streets", 4800, "2023-02-12", "Report by June", False),
        ("Safer Streets", 2000, "2023-02-12", "", False),
        ("Young Voices", 0, "2023-02-13", "", False),
        ("Withheld", None, "2023-02-13", "Not published", True),
    ]
    assert (found.kind, told(found)) == ("grants", [])
    assert [record["key"] for record in found.records] == ["Row 3", "Row 4", "Row 5", "Row 6"]


SPEND = """Spend over £500: May 2023
Date,Transaction No,Supplier Name,Net Amount,Expense Type,Cost Centre
03/05/2023,5001,Northgate Support,"12,500.00",Victim services,Core
04/05/2023,5002,Lantern House,(£600.00),Refund,Core
04/06/2023,5003,Elmwood,900,Counselling,Core
31/05/2023,5001,Elmwood,700,Counselling,Core
31/05/2023,5001,Elmwood,700,Counselling,Core
,5005,REDACTED,650,Personal,Core
"""


def test_a_file_of_spend_is_read_and_held_against_its_month() -> None:
    found = reading(SPEND, "spend-may-2023.csv")
    assert found.kind == "spend"
    assert rows_of(found, "reference", "date", "supplier", "amount", "purpose")[:2] == [
        ("5001", "2023-05-03", "Northgate Support", 12500, "Victim services"),
        ("5002", "2023-05-04", "Lantern House", -600, "Refund"),
    ]
    assert told(found) == [
        ("double-listing", "5001 (Row 7)"),
        ("outside-month", "5003"),
        ("reference-repeated", "5001 (Row 6)"),
    ]


def test_a_paper_of_prose_gives_no_rows_and_says_so() -> None:
    text = "Report of\tThe office\nSubject\tReview of commissioned services\n\n1. The review took place in June.\n"
    found = reading(text, "review.txt")
    assert (found.kind, list(found.records), told(found)) == ("contracts", [], [("no-rows", "")])


@pytest.mark.parametrize(
    "headings",
    ["Risk ref,Title,Owner,Impact,Likelihood,Score", "Ref,Action,Owner,Due date,Status", "Name,Address,Telephone"],
)
def test_what_is_about_something_else_is_no_register(headings: str) -> None:
    from candour.commissioning.intake.registers import KINDS, recognises
    from candour.kernel.intake.readers import read_document

    document = read_document(f"{headings}\n1,a,b,3,3,9\n2,c,d,3,3,9\n".encode(), "list.csv")
    assert [recognises(kind)(document) for kind in KINDS] == [0.0, 0.0, 0.0]
