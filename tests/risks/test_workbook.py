"""The register as a workbook and as CSV and JSON: what it says, what may be edited, what runs as a formula, what is hidden."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from candour.config.cli import main
from candour.kernel.access import CANDOUR
from candour.kernel.intake.csvfile import read_csv
from candour.kernel.papers.cells import FORMULA, harmless, unharmed
from candour.kernel.papers.workbook.shape import HIDDEN, LONGEST
from candour.kernel.people.models import Organisation
from candour.risks import commands
from candour.risks.papers.export import RISK_EXPORT
from candour.risks.papers.workbook.columns import MARK
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import questions, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


@standing
def two(house: House) -> None:
    """A high risk that rose, with a control and two updates; a restricted low one of another level."""
    high = a_risk(house, reference="A1", title="Fleet is too old", impact=3, likelihood=2, source="Budget cuts")
    commands.rescore(high, impact=4, likelihood=4, effective=date(2026, 5, 1), **SAID)
    commands.add_control(high, text="Buy vans", due=date(2026, 6, 2), owner=house.posts["owner"], **SAID)
    gone = commands.add_control(high, text="Hire vans", due=date(2026, 6, 3), **SAID)
    commands.settle_control(gone, answer="removed", **SAID)
    commands.record_update(high, text="Tender out", effective=date(2026, 5, 2), **SAID)
    commands.record_update(high, text="Tender back", effective=date(2026, 6, 1), **SAID)
    a_risk(house, reference="A2", title="A claim", impact=1, likelihood=2, sensitivity="restricted")


def book_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def download(house: House, name: str = "policy", query: str = "") -> Any:
    return book_of(signed_in(house, name).get(f"/risks/download.xlsx{query}").content)


def by_heading(sheet: Any, row: int) -> dict[str, Any]:
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


def texts(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_register_holds_what_the_list_shows_in_its_order(house: House, two: None) -> None:
    cells = by_heading(download(house)["Register"], 2)
    values = {head: cell.value for head, cell in cells.items()}
    expected = {"Reference": "A1", "Title": "Fleet is too old", "Register": "Strategic", "Owner": "Chief Executive"}
    expected |= {"Impact": "4 Very high", "Likelihood": "4 Very likely", "Band": "High", "Movement": "Up"}
    expected |= {"Source": "Budget cuts", "Seen by": "May be published", "Status": "Overdue Control"}
    assert {head: values[head] for head in expected} == expected
    assert (values["Score"], values["Score before"], values["Controls pending"]) == (16, 6, 1)
    assert (values["First recorded"].date(), values["Next control due"].date()) == (date(2026, 1, 10), date(2026, 6, 2))
    assert cells["First recorded"].number_format == "d mmmm yyyy"
    assert [row[1] for row in texts(download(house)["Register"])] == ["Reference", "A1", "A2"]
    assert [row[1] for row in texts(download(house, query="?sort=score")["Register"])] == ["Reference", "A2", "A1"]
    assert [row[1] for row in texts(download(house, query="?q=fleet")["Register"])] == ["Reference", "A1"]


def test_controls_and_updates_have_their_sheets(house: House, two: None) -> None:
    book = download(house)
    assert [row[:4] for row in texts(book["Controls"])] == [
        ["Reference", "Control", "Owner", "State"],
        ["A1", "Buy vans", "Head of Communications", "Pending"],
    ]
    assert [(row[0], row[2]) for row in texts(book["Updates"])[1:]] == [("A1", "Tender back"), ("A1", "Tender out")]
    about = dict(texts(book["How to use this"]))
    assert about["Scale"] == "Office of Mereford: Scale of 2018. High 8 to 16, Medium 5 to 7, Low 1 to 4"
    assert about["1. Change"] == "Change the yellow cells of Register. Where a cell has a list, choose from it."
    assert about["Risk register"] == "as it stood on 15 June 2026"
    assert (about["Of"], about["Risks"]) == ("Office of Mereford", "2")
    assert about["OFFICIAL-SENSITIVE"] == "Holds 1 restricted risk"


def test_only_what_people_decide_may_be_edited(house: House, two: None) -> None:
    book = download(house)
    opened = {head for head, cell in by_heading(book["Register"], 2).items() if not cell.protection.locked}
    assert opened == {
        *("Title", "Register", "Owner", "Responsible officer", "Impact", "Likelihood"),
        *("Source", "Event", "Effect", "Context"),
    }
    assert [sheet.title for sheet in book if sheet.protection.sheet] == [
        "Register",
        "Controls",
        "Updates",
        "How to use this",
    ]
    assert [cell for row in book["Controls"].iter_rows() for cell in row if not cell.protection.locked] == []
    past = download(house, query="?as_at=2026-06-14")
    assert [cell for row in past["Register"].iter_rows() for cell in row if not cell.protection.locked] == []
    assert past["Register"].data_validations.dataValidation == []


def test_what_a_post_may_not_change_is_locked(house: House, two: None) -> None:
    for name, query in (("reader", ""), ("force_policy", "?body=all")):
        book = download(house, name, query)
        assert [cell for row in book["Register"].iter_rows() for cell in row if not cell.protection.locked] == []
    about = dict(texts(download(house, "reader")["How to use this"]))
    assert about["Every cell is locked"] == "Your post may read these risks, and not change them."


def test_levels_and_posts_are_chosen_from_lists_of_the_body(house: House, two: None) -> None:
    book = download(house)
    offered = {}
    for rule in book["Register"].data_validations.dataValidation:
        sheet, cells = rule.formula1.replace("$", "").split("!")
        (area,) = rule.sqref.ranges
        offered[book["Register"].cell(1, area.min_col).value] = [cell.value for (cell,) in book[sheet][cells]]
        assert (area.min_row, area.max_row) == (2, 3)
    assert offered["Impact"] == ["1 Low", "2 Medium", "3 High", "4 Very high"]
    assert offered["Likelihood"] == ["1 Rare", "2 Possible", "3 Likely", "4 Very likely"]
    assert offered["Register"] == ["Strategic", "Operational", "Project"]
    assert offered["Owner"][:2] == ["No post", "Assistant"]
    assert "Force Analyst" not in offered["Owner"]


def test_the_heads_stay_in_sight_and_can_be_filtered(house: House, two: None) -> None:
    book = download(house)
    assert [book[name].freeze_panes for name in ("Register", "Controls", "Updates")] == ["C2", "B2", "A2"]
    assert [book[name].auto_filter.ref for name in ("Register", "Controls", "Updates")] == ["A1:Z3", "A1:E2", "A1:C3"]
    assert book["Register"].column_dimensions["A"].hidden
    assert book["Register"].column_dimensions["D"].width > 40


def test_what_was_exported_is_kept_beside_it(house: House, two: None) -> None:
    book = download(house)
    kept = book[HIDDEN]
    assert (kept.sheet_state, [cell.value for cell in kept[1][:3]]) == ("veryHidden", [MARK, "2026-06-15", "live"])
    held = [json.loads(row[2].value) for row in kept.iter_rows(min_row=2)]
    assert [(reference, cells["impact"]) for reference, cells in held] == [("A1", "4 Very high"), ("A2", "1 Low")]
    assert book.custom_doc_props["Candour"].value == MARK


def test_no_cell_is_a_formula_or_a_link(house: House) -> None:
    for number, text in enumerate(["=1+1", "+44", "-1", "@SUM(A1)", "http://x.example/", "12"]):
        a_risk(house, title=text, reference=f"Z{number}", source=text)
    book = download(house, query="?sort=reference")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    assert [row[3] for row in texts(book["Register"])[1:]] == [
        "=1+1",
        "+44",
        "-1",
        "@SUM(A1)",
        "http://x.example/",
        "12",
    ]


def test_a_text_longer_than_a_cell_says_that_it_is_cut(house: House) -> None:
    a_risk(house, source="x" * (LONGEST + 10))
    source = by_heading(download(house)["Register"], 2)["Source"].value
    assert source == "x" * LONGEST + " … (the rest is in Candour)"


def test_a_restricted_risk_is_in_no_sheet_of_a_reader(house: House, two: None) -> None:
    book = download(house, "reader")
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [text for text in said if text == "A2" or "claim" in text or "SENSITIVE" in text] == []
    assert dict(texts(book["How to use this"]))["Risks"] == "1"


def test_the_same_rows_give_the_same_bytes(house: House, two: None) -> None:
    client = signed_in(house, "policy")
    assert client.get("/risks/download.xlsx").content == client.get("/risks/download.xlsx").content


def test_the_list_leads_to_the_workbook_with_its_filters(house: House, two: None) -> None:
    client = signed_in(house, "policy")
    assert 'href="/risks/download.xlsx?q=fleet"' in client.get("/risks/?q=fleet").content.decode()
    response = client.get("/risks/download.xlsx?q=fleet")
    assert response["Content-Disposition"] == 'attachment; filename="strategic-risks-2026-06-15.xlsx"'
    wrong = client.get("/risks/download.xlsx?band=Odd")
    assert (wrong.status_code, wrong["Location"]) == (302, "/risks/?band=Odd")


def test_a_past_day_is_written_as_it_stood(house: House, two: None) -> None:
    book = download(house, query="?as_at=2026-04-30")
    assert [(row[1], row[7]) for row in texts(book["Register"])[1:]] == [("A1", "3 High"), ("A2", "1 Low")]
    assert [len(texts(book[name])) for name in ("Controls", "Updates")] == [1, 1]


def test_the_workbook_asks_as_much_at_any_size(house: House, two: None) -> None:
    client = signed_in(house, "policy")
    addresses = [f"/risks/download.xlsx{query}" for query in ("", "?body=all", "?as_at=2026-06-14", "?q=x")]
    before = [questions(client, address) for address in addresses]
    a_risk(house)
    a_risk(house)
    assert [questions(client, address) for address in addresses] == before
    assert max(before) <= 12


# --- CSV and JSON, and the command line


@given(st.text(alphabet=st.sampled_from([*FORMULA, "'", "a", " ", "1"]), max_size=6))
def test_a_cell_that_was_made_harmless_reads_back_as_it_was(text: str) -> None:
    assert not harmless(text).startswith(FORMULA)
    assert unharmed(harmless(text)) == text


def written(house: House, suffix: str) -> bytes:
    return RISK_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=suffix)


def test_csv_reads_back_without_loss(house: House) -> None:
    titles = ["=1+1", "'=1", "-5 degrees", "Plain, with a comma", 'A "quote"', "'quoted'"]
    for number, text in enumerate(titles):
        a_risk(house, title=text, reference=f"Z{number}")
    content = written(house, ".csv")
    assert [row[1] for row in csv.reader(StringIO(content.decode("utf-8-sig")))][1:3] == ["'=1+1", "''=1"]
    (table,) = read_csv(content).blocks
    assert [row.cells[1].text for row in table.rows[1:]] == titles


def test_json_holds_a_risk_in_full(house: House, two: None) -> None:
    said = json.loads(written(house, ".json"))
    assert said["as_at"] == TODAY.isoformat()
    first = said["risks"][0]
    assert (first["reference"], first["score"], first["source"]) == ("A1", 16, "Budget cuts")
    assert [(one["text"], one["state"]) for one in first["controls"]] == [
        ("Buy vans", "Pending"),
        ("Hire vans", "Removed"),
    ]
    assert [one["text"] for one in first["updates"]] == ["Tender out", "Tender back"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_an_export_holds_only_what_its_reader_may_see(house: House, two: None, suffix: str) -> None:
    def said(name: str) -> str:
        content = RISK_EXPORT.write(
            house.actors[name], organisation=house.office, as_at=date(2026, 6, 14), at=NOW, suffix=suffix
        )
        if suffix != ".xlsx":
            return str(content.decode())
        return " ".join(str(cell.value) for sheet in book_of(content) for row in sheet.iter_rows() for cell in row)

    assert [("A1" in said(name), "A2" in said(name), "A claim" in said(name)) for name in ("policy", "reader")] == [
        (True, True, True),
        (True, False, False),
    ]


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(
    house: House, two: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken.csv").mkdir()
    for name in ("nowhere/register.csv", "taken.csv"):
        assert main(["export", "risk-register", "--to", str(tmp_path / name)]) == 2
        assert f"{tmp_path / name} cannot be written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["taken.csv"]


def test_an_export_takes_the_place_of_the_file_before_and_may_be_read_by_others(
    house: House, two: None, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    file.write_text("old")
    assert main(["export", "risk-register", "--to", str(file)]) == 0
    assert file.read_text("utf-8-sig").splitlines()[0].startswith("Reference,Title")
    beside = tmp_path / "beside"
    beside.touch()
    assert file.stat().st_mode == beside.stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside", "register.csv"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_the_command_writes_the_register_of_a_body(house: House, two: None, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"register{suffix}"
    assert main(["export", "risk-register", "--as-at", "2026-06-14", "--to", str(file)]) == 0
    content = file.read_bytes()
    if suffix == ".xlsx":
        assert [row[1] for row in texts(book_of(content)["Register"])] == ["Reference", "A1", "A2"]
    elif suffix == ".json":
        assert [row["reference"] for row in json.loads(content)["risks"]] == ["A1", "A2"]
    else:
        assert [line.split(",")[0] for line in content.decode("utf-8-sig").splitlines()] == ["Reference", "A1", "A2"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ["odd"],
            "there is no export 'odd'; there are: 360giving, activities, agreements, finance, inspections, measures, ocds, "
            "ocds-records, recommendations, risk-register, spend",
        ),
        (["risk-register", "--to", "x.docx"], "risk-register is written as .xlsx, .csv, .json, not as .docx"),
        (
            ["risk-register", "--to", "x"],
            "risk-register is written as .xlsx, .csv, .json, not as a file without an ending",
        ),
        (["risk-register", "--organisation", "moon"], "there is no organisation 'moon'; there are: force, office"),
        (["risk-register", "--as-at", "2190-01-01"], "1 January 2190 is still to come"),
    ],
)
def test_what_cannot_be_exported_says_what_can(
    house: House, capsys: pytest.CaptureFixture[str], words: list[str], expected: str
) -> None:
    assert Organisation.objects.count() == 2
    assert main(["export", *words]) == 2
    assert expected in capsys.readouterr().err
