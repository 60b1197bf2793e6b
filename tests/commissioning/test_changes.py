"""What changed in agreements between two days, as page and as paper: each kind in words, nothing of what is hidden."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from candour.commissioning import commands
from candour.commissioning.models import Agreement
from candour.commissioning.papers.changes.kind import checks, gather
from candour.commissioning.papers.changes.paper import changes_paper, copy_of
from candour.config.cli import main
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import texts
from tests.boards.factories import a_board, a_meeting
from tests.commissioning.factories import a_stream, an_agreement
from tests.factories import NOW, House
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SINCE, AS_AT = date(2026, 4, 16), date(2026, 6, 14)
HERE = "/agreements/changes/?since=2026-04-16"
MAY = date(2026, 5, 5)


def by(day: date, reason: str = "Agreed") -> dict[str, Any]:
    """Who, when and why: entered on the day itself."""
    return {"actor": CANDOUR, "at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC), "reason": reason}


def agreed(day: date, reason: str) -> dict[str, Any]:
    return by(day, reason) | {"approver": "The board"}


def old(house: House, reference: str, *, signed: bool = True, **values: Any) -> Agreement:
    """An agreement that stood before the first day."""
    given = {"reference": reference, "sensitivity": "public", "service": f"Service {reference[-1]}"} | values
    at = {"at": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    made = an_agreement(house, **(at | given))
    if signed:
        for side in ("office", "provider"):
            commands.sign(made, side=side, by="Chief Executive", on=date(2026, 3, 20), **by(date(2026, 3, 20)))
    return made


@pytest.fixture
def moved(house: House) -> dict[str, Agreement]:
    """An agreement for each kind of change, and one of which nothing changed."""
    a_stream(house)
    found = {name: old(house, name) for name in ("VS-1", "VS-2", "VS-3", "VS-4", "VS-5", "VS-6")}
    found["VS-7"] = old(house, "VS-7", signed=False)
    found["VS-8"] = an_agreement(
        house, reference="VS-8", service="Another", sensitivity="public", effective=MAY, **by(MAY, "A gap was seen")
    )
    commands.sign(found["VS-7"], side="office", by="Chief Executive", on=date(2026, 5, 4), **by(MAY, ""))
    commands.sign(found["VS-7"], side="provider", by="Director", on=MAY, **by(MAY, ""))
    commands.vary(
        found["VS-1"],
        on=MAY,
        ground="provided",
        change=10_000_00,
        new_end=date(2027, 9, 30),
        **agreed(MAY, "More victims"),
    )
    commands.order(found["VS-2"], number="PO1", on=MAY, value=5_000_00, **by(MAY, ""))
    commands.decide_next(found["VS-3"], follows="recommission", **agreed(MAY, "It works"))
    commands.end(found["VS-4"], on=MAY, **by(MAY, "The provider closed"))
    it = found["VS-5"]
    facts = {"kpis": "", "project_code": "VS-2699"}
    commands.change_agreement(
        it, service="Service 5", area="Northern", owner=house.posts["policy"], **facts, **by(MAY, "Narrower now")
    )
    return found


EXPECTED: list[tuple[str, str, tuple[str, ...], date | None, str, str]] = [
    ("raised", "VS-8", ("Contract, Services for victims 2026/27, Northgate Support, £120,000",), MAY, "A gap was seen", ""),
    ("signed", "VS-7", ("The office signed on 4 May 2026", "The provider signed on 5 May 2026"), MAY, "", ""),
    (
        "varied", "VS-1",
        ("Value: £120,000 before, now £130,000", "Last day: 31 March 2027 before, now 30 September 2027"), MAY,
        "More victims", "The board",
    ),
    ("ordered", "VS-2", ("£5,000, £5,000 in all",), MAY, "", ""),
    ("next", "VS-3", ("Commission it anew, nothing before",), MAY, "It works", "The board"),
    ("ended", "VS-4", ("On 5 May 2026, £120,000 agreed, £0 ordered",), MAY, "The provider closed", ""),
    ("health", "VS-5", ("Fails now: No KPIs",), None, "", ""),
    ("health", "VS-7", ("Fails now: The agreement is not on file", "Mended: Not signed by both"), None, "", ""),
    (
        "changed", "VS-5",
        (
            "Title: ‘Service 5, Countywide, Northgate Support, 2026/27’ before",
            "Lead: Chief Executive before, now Policy and Compliance Officer",
            "Project code: VS-2601 before, now VS-2699", "KPIs reworded",
        ),
        MAY, "Narrower now", "",
    ),
]  # fmt: skip


def told(response: Any) -> list[tuple[str, str, tuple[str, ...], date | None, str, str]]:
    changes = [item.change for group in response.context["groups"] for item in group.rows]
    return [(each.kind, each.row.reference, each.said, each.day, each.why, each.approver) for each in changes]


@pytest.mark.parametrize("as_at", ["", "&as_at=2026-06-14"])
def test_the_page_says_each_kind_of_change_with_its_day_reason_and_approver(
    house: House, moved: dict[str, Agreement], as_at: str
) -> None:
    response = signed_in(house, "policy").get(HERE + as_at)
    assert told(response) == EXPECTED
    assert f'href="/agreements/office/VS-1/{"?as_at=2026-06-14" if as_at else ""}"' in response.content.decode()


def test_what_changed_before_or_after_the_days_is_not_told(house: House, moved: dict[str, Agreement]) -> None:
    client = signed_in(house, "policy")
    assert "Nothing changed between these days" in said(client.get("/agreements/changes/?since=2026-06-10"))
    assert "Mend" not in said(client.get(f"{HERE}&what=ended"))
    assert [one[1] for one in told(client.get(f"{HERE}&what=ended"))] == ["VS-4"]
    assert client.get("/agreements/changes/?since=tomorrow").context["has_errors"] is True


def test_what_expired_between_the_days_is_told_though_nobody_touched_it(house: House) -> None:
    old(house, "VS-1", ends=date(2026, 5, 31), last_end=None)
    response = signed_in(house, "policy").get(f"{HERE}&what=health")
    assert told(response)[0][2] == ("Fails now: Expired but running",)


def test_a_restricted_agreement_is_in_no_copy_but_the_panels(house: House, moved: dict[str, Agreement]) -> None:
    commands.restrict(moved["VS-1"], sensitivity="restricted", **by(date(2026, 6, 1), "A claim"))
    for name in ("reader", "owner"):
        assert "VS-1" not in signed_in(house, name).get(HERE).content.decode()
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    for audience, there in (("panel", True), ("office", False), ("public", False)):
        document = changes_paper(stock, audience)
        assert ("VS-1" in " ".join(texts(document)), document.marking == "OFFICIAL-SENSITIVE") == (there, there)
        assert [check for check in checks(stock, audience, document) if not check.passed] == []
    assert [row.reference for row in copy_of(stock, "public").hidden] == ["VS-1"]


def test_the_paper_says_what_the_page_says(house: House, moved: dict[str, Agreement], tmp_path: Path) -> None:
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    words = " ".join(texts(changes_paper(stock, "panel")))
    for _, reference, lines, _, why, approver in EXPECTED:
        assert [one for one in (reference, *lines, why, approver) if one and one not in words] == []
    given = ["--since", "2026-04-16", "--as-at", "2026-06-14"]
    assert main(["paper", "agreement-changes", "--to", str(tmp_path / "changes.json"), *given]) == 0
    assert json.loads((tmp_path / "changes.json").read_text())["title"] == "Changes to agreements"


def test_a_meeting_leads_to_the_register_as_it_saw_it_and_to_what_changed_since_the_last(house: House) -> None:
    board = a_board(house, code="b")
    a_meeting(board, date(2026, 4, 16))
    meeting = a_meeting(board, date(2026, 6, 11))
    page = signed_in(house, "secretary").get(f"/boards/meetings/office/{meeting.record.reference}/").content.decode()
    assert 'href="/agreements/?as_at=2026-06-11"' in page
    assert 'href="/agreements/changes/?since=2026-04-16&amp;as_at=2026-06-11"' in page


def test_the_page_asks_as_often_however_many_changed(house: House, moved: dict[str, Agreement]) -> None:
    client = signed_in(house, "policy")
    few = questions(client, f"{HERE}&what=raised")
    for number in range(6):
        an_agreement(house, reference=f"VT-{number}", service="More", effective=MAY, **by(MAY, "More"))
    assert (questions(client, HERE), few <= 12) == (few, True)
