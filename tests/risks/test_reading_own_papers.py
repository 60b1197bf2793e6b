"""Papers that Candour wrote say nothing against themselves: each form reads back to the same records, and no finding."""

from datetime import date
from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import paper_date
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.render import render
from candour.risks import commands
from candour.risks.intake import propose
from tests.factories import NOW, House
from tests.risks.register_for_papers import AS_AT, SINCE, build, said
from tests.standing import standing

FORMS = (".docx", ".pdf", ".html", ".txt")
NOTHING: dict[str, list[str]] = {form: [] for form in FORMS}
PLACED = {"printed", "place", "places"}  # where each value stands, which is another place in each form


@standing
def register(house: House) -> House:
    """The register for papers, with what a careless rule takes for a fault in it."""
    risks = build(house)
    commands.record_update(
        risks["MPC002"], text="Bids are in and prices are what we had hoped for", **said(date(2026, 6, 2))
    )
    commands.add_control(
        risks["MPC003"], text="Index of what is kept where", in_place_since=date(2026, 5, 2), **said(date(2026, 5, 2))
    )
    return house


def readings(house: House, *, as_at: date, since: date, audience: str) -> dict[str, Reading]:
    written = paper(
        "risk-register", actor=CANDOUR, organisation=house.office, as_at=as_at, since=since, audience=audience, at=NOW
    )
    return {form: propose(read_document(render(written, form), f"paper{form}")) for form in FORMS}


def content(reading: Reading) -> list[dict[str, Any]]:
    return [{name: value for name, value in record.items() if name not in PLACED} for record in reading.records]


@pytest.mark.parametrize(("audience", "risks"), [("panel", 10), ("office", 9), ("public", 8)])
def test_a_paper_reads_back_to_equal_records_and_no_findings_in_every_form(
    register: House, audience: str, risks: int
) -> None:
    found = readings(register, as_at=AS_AT, since=SINCE, audience=audience)
    assert {form: [one.message for one in reading.findings] for form, reading in found.items()} == NOTHING
    assert [content(reading) == content(found[".docx"]) for reading in found.values()] == [True] * len(FORMS)
    assert len(found[".docx"].records) == risks


def test_a_paper_of_a_past_day_is_judged_by_that_day(register: House) -> None:
    """Issued in the summer of the register of April: what fell due between was not late then."""
    found = readings(register, as_at=date(2026, 4, 10), since=date(2026, 1, 10), audience="panel")
    assert {form: [one.message for one in reading.findings] for form, reading in found.items()} == NOTHING
    assert [paper_date(reading) for reading in found.values()] == [date(2026, 4, 10)] * len(FORMS)
    assert [content(reading) == content(found[".docx"]) for reading in found.values()] == [True] * len(FORMS)


def cover(
    facts: str, *, status: str = "Controls Tasked", control: str = "A second pump (due 30 April 2026)"
) -> Reading:
    text = (
        f"Risk register\n\n{facts}\n\nAppendix A: Overview\n\n"
        "Reference\tTitle\tOwner\tScore\tStatus\n"
        f"A01\tThe pump fails\tHead of Estates\t6\t{status}\n\n"
        "Appendix B: Details\n\n"
        f"Reference\tA01\nTitle\tThe pump fails\nStatus\t{status}\nControls\t• {control}\n"
    )
    return propose(read_document(text.encode(), "a.txt"))


def codes(reading: Reading) -> set[str]:
    return {one.code for one in reading.findings}


def test_a_control_is_late_by_the_day_the_register_stands_at_and_else_by_the_paper() -> None:
    dated = "Report of\tHead of Estates\nDate\t4 June 2026"
    assert "control-overdue" in codes(cover(dated))
    assert "control-overdue" in codes(cover(f"{dated}\nRegister as at\t1 May 2026"))
    assert "control-overdue" not in codes(cover(f"{dated}\nRegister as at\t10 April 2026"))


def test_a_day_to_come_is_not_one_that_a_register_stood_at() -> None:
    reading = cover("Report of\tHead of Estates\nDate\t4 June 2026\nRegister as at\t1 May 2027")
    assert reading.meta["as_at"] == "2026-06-04"


def test_a_new_control_is_to_do_unless_it_says_that_it_is_in_place() -> None:
    dated = "Report of\tHead of Estates\nDate\t4 June 2026"
    new = {"status": "Managed", "control": "NEW CONTROL - a second pump"}
    assert "status-new-control" in codes(cover(dated, **new))
    in_place = {"status": "Managed", "control": "New: a second pump (in place since 3 May 2026)"}
    assert "status-new-control" not in codes(cover(dated, **in_place))
