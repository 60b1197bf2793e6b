"""Where a heading can mean two things its cells say which; where they do not, a person is asked and nothing is taken for it."""

import pytest

from candour.kernel.intake.commands import read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.performance.intake.cells import read_period
from candour.risks.intake.periods import graded, period_of


def reading(*rows: str, kind: str | None = None) -> Reading:
    return read(read_document("\n".join(rows).encode(), "paper.csv"), kind)


def asks(found: Reading) -> bool:
    return any(one["ask"] for one in found.meta["columns"])


RISKS = ("R1,Loss of the control room,Head of Fleet,{}", "R2,Savings are not made,Head of Stores,{}",
         "R3,Data are sent astray,Head of News,{}")  # fmt: skip


def register(heads: str, *cells: str) -> Reading:
    rows = (row.format(cell) for row, cell in zip(RISKS, cells, strict=True))
    return reading(f"Ref,Risk title,Owner,{heads}", *rows, kind="risk-register")


def test_of_two_columns_of_scores_that_nothing_tells_apart_neither_is_the_score() -> None:
    found = register("Before the panel,After the panel", "12,9", "8,8", "16,4")
    assert asks(found)
    assert [record["score"] for record in found.records] == [None, None, None]


def test_the_newest_quarter_that_is_filled_in_is_the_score_and_the_one_before_it_was_the_last() -> None:
    found = register("Q3 24/25,Q4 24/25,Q1 25/26,Q2 25/26", "12,9,6,", "8,8,4,", "16,12,12,")
    assert not asks(found)
    assert [(record["score"], record["previous_score"]) for record in found.records] == [(6, 9), (4, 8), (12, 12)]


def test_a_column_called_current_is_the_score_whatever_months_stand_beside_it() -> None:
    found = register("Dec 24,Mar 25,Current score", "12,9,6", "8,8,4", "16,12,12")
    assert [record["score"] for record in found.records] == [6, 4, 12]


def test_figures_under_a_level_of_risk_are_its_score_and_words_its_band() -> None:
    figures = register("Residual risk level", "12", "8", "16")
    words = register("Residual risk level", "High", "Low", "High")
    assert [(record["score"], record["band"]) for record in figures.records] == [(12, None), (8, None), (16, None)]
    assert [(record["score"], record["band"]) for record in words.records] == [
        (None, "High"), (None, "Low"), (None, "High"),
    ]  # fmt: skip


def test_a_letter_beside_a_figure_is_a_place_in_a_matrix_unless_its_letters_can_be_colours() -> None:
    assert graded(["C2", "B1", "D4"])
    assert not graded(["A12", "R16", "G4"])
    assert not graded(["12", "8"])


@pytest.mark.parametrize(
    ("heading", "first"),
    [("Dec 24", "2024-12-01"), ("Score at March 2025", "2025-03-01"), ("Q4 24/25", "2025-01-01"), ("2025-26 Q1", "2025-04-01"),
     ("Q1 24/26", None), ("Target", None), ("Score", None)],
)  # fmt: skip
def test_headings_of_scores_name_months_and_quarters(heading: str, first: str | None) -> None:
    found = period_of(heading)
    assert (found.isoformat() if found else None) == first


@pytest.mark.parametrize(
    ("heading", "above", "first"),
    [("Q3 24/25", "", "2024-10-01"), ("2025/26 Q2", "", "2025-07-01"), ("Quarter 1 2024/25", "", "2024-04-01"),
     ("Q4", "2024/25", "2025-01-01"), ("Q4", "2024", None), ("Q1 2024/25 (Apr–Jun)", "", "2024-04-01"),
     ("Latest (Sep 25)", "", "2025-09-01"), ("A year ago (Sep 24)", "", "2024-09-01"), ("Target (Mar 26)", "", None),
     ("Change (Sep 24)", "", None)],
)  # fmt: skip
def test_headings_of_figures_name_periods_and_no_targets(heading: str, above: str, first: str | None) -> None:
    found = read_period(heading, above)
    assert (found[0].isoformat() if found else None) == first


def test_awarded_heads_an_amount_or_a_day_by_what_stands_below_it() -> None:
    amounts = reading("Group,Project,Awarded", "Elmwood,Counselling,£500", "Hillcrest,Refuge,£900", kind="grants")
    days = reading("Group,Project,Amount,Awarded", "Elmwood,Counselling,£500,01/04/2025", "Hillcrest,Refuge,£900,02/04/2025",
                   kind="grants")  # fmt: skip
    assert [(record["value"], record["date"]) for record in amounts.records] == [(500, None), (900, None)]
    assert [(record["value"], record["date"]) for record in days.records] == [(500, "2025-04-01"), (900, "2025-04-02")]


def test_who_publishes_a_register_is_not_who_is_paid() -> None:
    found = reading(
        "Organisation name,Ref,Title,Supplier,Value,Start,End", "Mereford,C1,Cleaning,Elmwood,500,01/04/2025,31/03/2026"
    )
    assert [record["supplier"] for record in found.records] == ["Elmwood"]
    assert not asks(found)


def test_a_day_on_which_something_was_updated_is_no_target() -> None:
    found = reading("Ref,Audit,Recommendation,Priority,Owner,Target date,Status,Date last updated",
                    "1,Payroll,Count the stock,High,Head of Fleet,31/12/2025,Open,01/10/2025",
                    "2,Payroll,Lock the press,Low,Head of Stores,31/01/2026,Open,02/10/2025")  # fmt: skip
    assert [[one["date"] for one in record["targets"]] for record in found.records] == [["2025-12-31"], ["2026-01-31"]]


def test_two_registers_that_count_alike_are_told_and_one_printed_twice_is_one() -> None:
    head = "Ref,Risk title,Owner,Score"
    other = ["1,Engines fail at sea,Head of Fleet,4", "2,Flood in the archive,Head of Stores,6"]
    first = ["1,Loss of the control room,Head of News,12", "2,Savings are not made,Head of People,9"]
    two = read(read_document(_page(head, first, other), "two.html"), "risk-register")
    again = read(read_document(_page(head, first, first), "again.html"), "risk-register")
    assert [record["title"] for record in two.records] == [
        "Loss of the control room", "Savings are not made", "Engines fail at sea", "Flood in the archive",
    ]  # fmt: skip
    assert [one.code for one in two.findings] == ["reference-duplicate"] * 4
    assert (len(again.records), list(again.findings)) == (2, [])


def test_a_withheld_title_is_of_the_risk_that_another_section_names() -> None:
    head = "Ref,Risk title,Owner,Score"
    hidden = ["1,REDACTED,,", "2,REDACTED,,", "3,Engines fail at sea,Head of Fleet,4"]
    told = ["1,Loss of the control room,Head of News,12", "2,Savings are not made,Head of People,9"]
    found = read(read_document(_page(head, hidden, told), "withheld.html"), "risk-register")
    assert [record["reference"] for record in found.records] == ["1", "2", "3"]
    assert "reference-duplicate" not in {one.code for one in found.findings}


def _page(head: str, *registers: list[str]) -> bytes:
    def cells(row: str, tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in row.split(','))}</tr>"

    parts = [
        f"<h2>Register {n}</h2><table>{cells(head, 'th')}{''.join(cells(row, 'td') for row in rows)}</table>"
        for n, rows in enumerate(registers, 1)
    ]
    return f"<html><body>{''.join(parts)}</body></html>".encode()


def test_headings_of_which_every_second_is_known_are_no_labels_beside_their_answers() -> None:
    rows = ("R1,The boiler fails in winter,Chief Executive,warm", "R2,The tender is late,Chief Executive,cool")
    found = reading("Code,What worries us,Who,Zeal", *rows, kind="risk-register")
    assert asks(found)
    assert [(record["reference"], record["owner"]) for record in found.records] == [
        ("R1", "Chief Executive"), ("R2", "Chief Executive"),
    ]  # fmt: skip
