"""Who changed what: every entry, field by field, and the file that proves it."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from candour.kernel.history.commands import redact, seal
from candour.risks import commands
from candour.risks.models import Risk
from tests.factories import NOW, House, a_risk
from tests.risks.pages import said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/risks/office/A1/history/"


@pytest.fixture
def risk(house: House) -> Risk:
    """Raised on 10 January, scored up by the chief on 1 May as entered on 2 May, a control by the policy officer today."""
    risk = a_risk(house, reference="A1", impact=4, likelihood=2, at=datetime(2026, 1, 10, 9, tzinfo=UTC))
    commands.rescore(
        risk,
        impact=4,
        likelihood=3,
        reason="Two lost",
        effective=date(2026, 5, 1),
        actor=house.actors["chief"],
        at=datetime(2026, 5, 2, 15, 40, tzinfo=UTC),
    )
    commands.add_control(
        risk, text="Lease", due=date(2026, 7, 1), reason="Agreed", actor=house.actors["policy"], at=NOW
    )
    return risk


def titles(response) -> list[str]:  # type: ignore[no-untyped-def]
    return [entry.told.title for entry in response.context["entries"]]


def test_each_entry_shows_old_beside_new(house: House, risk: Risk) -> None:
    response = signed_in(house, "policy").get(HERE)
    entries = response.context["entries"]
    assert titles(response) == ["Control added", "Score raised from 8 to 12", "Risk raised"]
    assert [(diff.field, diff.old, diff.new) for group in entries[1].groups for diff in group.diffs] == [
        ("Likelihood", "2 Possible", "3 Likely"),
        ("Score", "8", "12, worked out"),
    ]
    assert [(diff.field, diff.old, diff.new) for group in entries[0].groups for diff in group.diffs] == [
        ("Control", "", "Lease"),
        ("State", "", "Pending"),
        ("Due", "", "1 July 2026"),
    ]
    words = said(response)
    assert "2 May 2026 16:40, entry 2" in words
    assert "Chief Executive . Effective 1 May 2026" in words or "Chief Executive. Effective 1 May 2026" in words
    assert "Every one shown holds" in words


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("kind=score", ["Score raised from 8 to 12", "Risk raised"]),
        ("kind=control", ["Control added"]),
        ("post=Chief+Executive", ["Score raised from 8 to 12"]),
        ("first=2+May+2026", ["Control added", "Score raised from 8 to 12"]),
        ("last=10/1/26", ["Risk raised"]),
        ("first=2+May+2026&last=2+May+2026", ["Score raised from 8 to 12"]),
        ("last=1+May+2026&order=effective", ["Score raised from 8 to 12", "Risk raised"]),
        ("kind=links", []),
    ],
)
def test_entries_are_filtered(house: House, risk: Risk, asked: str, expected: list[str]) -> None:
    assert titles(signed_in(house, "policy").get(f"{HERE}?{asked}")) == expected


@pytest.mark.parametrize("asked", ["first=someday", "post=Nobody", "kind=odd", "first=2+May+2026&last=1+May+2026"])
def test_a_filter_that_cannot_be_read_shows_an_error_and_no_entries(house: House, risk: Risk, asked: str) -> None:
    response = signed_in(house, "policy").get(f"{HERE}?{asked}")
    assert titles(response) == []
    assert "There is 1 problem" in said(response)


def test_twenty_five_entries_make_a_page(house: House, risk: Risk) -> None:
    for number in range(25):
        commands.record_update(risk, text=f"Said {number}", reason="", actor=house.actors["policy"], at=NOW)
    client = signed_in(house, "policy")
    assert len(titles(client.get(HERE))) == 25
    assert titles(client.get(f"{HERE}?page=2")) == ["Control added", "Score raised from 8 to 12", "Risk raised"]


def test_the_page_says_up_to_when_it_is_sealed(house: House, risk: Risk) -> None:
    assert "Sealed up to not yet" in said(signed_in(house, "policy").get(HERE))
    seal(at=NOW)
    assert "Sealed up to 15 June 2026, 11:30" in said(signed_in(house, "policy").get(HERE))


def test_removed_words_are_gone_from_the_page(house: House, risk: Risk) -> None:
    control = risk.controls.get()
    redact(risk.record, control, "text", actor=house.actors["chief"], at=NOW, reason="A name stood here")
    response = signed_in(house, "policy").get(HERE)
    assert "Lease" not in response.content.decode()
    assert "[removed]" in said(response)
    assert titles(response)[0] == "Words removed from the record and its history"
    assert "Lease" not in signed_in(house, "policy").get("/risks/office/A1/history.json").content.decode()


def test_the_file_holds_what_anyone_needs_to_check_it(house: House, risk: Risk) -> None:
    response = signed_in(house, "auditor").get("/risks/office/A1/history.json")
    assert response["Content-Disposition"] == 'attachment; filename="A1-history.json"'
    held = json.loads(response.content)
    previous = ""
    for number, entry in enumerate(held["entries"], start=1):
        body = json.loads(entry["canonical"])
        assert sha256(entry["canonical"].encode()).hexdigest() == entry["hash"]
        assert (entry["sequence"], body["previous"]) == (number, previous)
        previous = entry["hash"]
    assert held["head"] == {"sequence": 3, "hash": previous}
    assert len(held["snapshots"]) == sum(len(json.loads(entry["canonical"])["snapshots"]) for entry in held["entries"])


def test_every_role_that_reads_history_reads_this(house: House, risk: Risk) -> None:
    names = ("policy", "chief", "owner", "reader", "panel", "auditor")
    assert [signed_in(house, name).get(HERE).status_code for name in names] == [200] * 6
    assert signed_in(house, "force_reader").get(HERE).status_code == 404
