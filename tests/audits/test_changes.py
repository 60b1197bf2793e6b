"""What changed in the audit plan between two days, as page and as paper: each kind in words, nothing of what is hidden."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from candour.audits import commands
from candour.audits.models import Audit
from candour.audits.papers.changes.kind import checks, gather
from candour.audits.papers.changes.paper import changes_paper, copy_of
from candour.config.cli import main
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import texts
from tests.audits.factories import an_audit, an_auditor
from tests.factories import NOW, House
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SINCE, AS_AT = date(2026, 4, 16), date(2026, 6, 14)
HERE = "/audits/changes/?since=2026-04-16"
MAY = date(2026, 5, 5)


def by(day: date, reason: str = "Agreed") -> dict[str, Any]:
    """Who, when and why: entered on the day itself."""
    return {"actor": CANDOUR, "at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC), "reason": reason}


def agreed(day: date, reason: str) -> dict[str, Any]:
    return by(day, reason) | {"approver": "The panel"}


def old(house: House, reference: str, **values: Any) -> Audit:
    """An audit that stood in the plan before the first day."""
    at = {"at": datetime(2026, 4, 1, 9, tzinfo=UTC)}
    return an_audit(
        house, **{"reference": reference, "title": f"Audit {reference}", "sensitivity": "public"} | at | values
    )


@standing
def moved(house: House) -> dict[str, Audit]:
    """An audit for each kind of change, and one of which nothing changed."""
    found = {name: old(house, name) for name in ("A1", "A2", "A3", "A4", "A5", "A6", "A7")}
    commands.cancel(found["A3"], **agreed(date(2026, 4, 2), "Not needed"))
    found["B1"] = an_audit(
        house, reference="B1", title="A new one", effective=MAY, sensitivity="public", **agreed(MAY, "A gap was seen")
    )
    commands.defer(found["A1"], year="2027/28", reference="C1", **agreed(MAY, "The service moves"))
    commands.cancel(found["A2"], **agreed(MAY, "Done by another"))
    commands.reinstate(found["A3"], **agreed(MAY, "Needed after all"))
    commands.record_stage(found["A4"], stage="brief", on=date(2026, 4, 20), **by(date(2026, 4, 20), ""))
    commands.record_stage(found["A4"], stage="draft", on=date(2026, 6, 1), **by(date(2026, 6, 1), ""))
    commands.issue_report(found["A4"], on=date(2026, 6, 10), opinion=2, **by(date(2026, 6, 10), ""))
    later = {"fieldwork": date(2026, 5, 11), "exit": date(2026, 5, 22)}
    commands.plan_stages(found["A5"], planned=later, **agreed(MAY, "The team was away"))
    commands.plan_stages(found["A5"], planned={"panel": date(2026, 10, 15)}, **agreed(MAY, "The July panel is full"))
    same = {"purpose": "", "scope": "Stores and vans"}
    commands.change_audit(
        found["A6"], title="Stores", owner=house.posts["policy"], days=12, **same, **by(MAY, "Wider now")
    )
    return found


EXPECTED: list[tuple[str, str, tuple[str, ...], date | None, str, str]] = [
    (
        "added", "B1", ("Plan of 2026/27, Assurance Partners, 10 planned days, fieldwork from 27 April 2026",), MAY,
        "A gap was seen", "The panel",
    ),
    ("added", "C1", ("Plan of 2027/28, Assurance Partners, 10 planned days",), MAY, "The service moves", "The panel"),
    ("deferred", "A1", ("Carried to the plan of 2027/28",), MAY, "The service moves", "The panel"),
    ("cancelled", "A2", ("Taken out",), MAY, "Done by another", "The panel"),
    ("reinstated", "A3", ("It had been cancelled on 2 April 2026",), MAY, "Needed after all", "The panel"),
    ("reported", "A4", ("Fair (Opinions of 2026)",), date(2026, 6, 10), "", ""),
    (
        "stages", "A4", ("Brief, planned for 7 April 2026, 9 working days after the day planned",), date(2026, 4, 20),
        "", "",
    ),
    ("stages", "A4", ("Draft report, planned for 1 June 2026",), date(2026, 6, 1), "", ""),
    (
        "moved", "A5",
        ("Fieldwork, 27 April 2026 before, now 11 May 2026", "Exit meeting, 15 May 2026 before, now 22 May 2026"),
        MAY, "The team was away", "The panel",
    ),
    (
        "moved", "A5", ("Panel, 16 July 2026 before, now 15 October 2026",), MAY, "The July panel is full", "The panel",
    ),
    (
        "changed", "A6",
        (
            "Title: ‘Audit A6’ before", "Owner: Chief Executive before, now Policy and Compliance Officer",
            "Planned days: 10 before, now 12", "Scope reworded",
        ),
        MAY, "Wider now", "",
    ),
]  # fmt: skip


def told(response: Any) -> list[tuple[str, str, tuple[str, ...], date | None, str, str]]:
    changes = [item.change for group in response.context["groups"] for item in group.rows]
    return [(each.kind, each.row.reference, each.said, each.day, each.why, each.approver) for each in changes]


@pytest.mark.parametrize("as_at", ["", "&as_at=2026-06-14"])
def test_the_page_says_each_kind_of_change_with_its_day_reason_and_approver(
    house: House, moved: dict[str, Audit], as_at: str
) -> None:
    response = signed_in(house, "policy").get(HERE + as_at)
    assert told(response) == EXPECTED
    assert f'href="/audits/office/A4/{"?as_at=2026-06-14" if as_at else ""}"' in response.content.decode()
    assert "Most of it works." in said(response)  # an opinion stands with its definition


def test_what_changed_before_or_after_the_days_is_not_told(house: House, moved: dict[str, Audit]) -> None:
    client = signed_in(house, "policy")
    assert "Nothing changed between these days" in said(client.get("/audits/changes/?since=2026-06-10"))
    assert told(client.get("/audits/changes/?since=2026-04-16&as_at=2026-04-19")) == []
    early = told(client.get("/audits/changes/?since=2026-03-31&as_at=2026-04-02"))
    assert [each[:2] for each in early if each[0] != "added"] == [("cancelled", "A3")]


def test_filters_and_kinds_narrow_what_is_told(house: House, moved: dict[str, Audit]) -> None:
    client = signed_in(house, "policy")
    for query, expected in (
        ("year=2027/28", ["C1"]),
        ("what=reported", ["A4"]),
        ("body=office&what=cancelled", ["A2"]),
    ):
        assert [each[1] for each in told(client.get(f"{HERE}&{query}"))] == expected
    wrong = client.get(f"{HERE}&year=1999/00")
    assert ("groups" in wrong.context, bool(wrong.context["problems"])) == (False, True)


def test_a_report_recorded_anew_says_what_it_was_and_on_which_scale(house: House) -> None:
    audit = old(house, "A1")
    commands.issue_report(audit, on=date(2026, 4, 10), opinion=2, **by(date(2026, 4, 10)))
    commands.issue_report(audit, on=date(2026, 4, 9), opinion=3, **by(MAY, "The auditor wrote again"))
    (only,) = told(signed_in(house, "policy").get(HERE))
    words = ("Fair (Opinions of 2026) before, now Weak (Opinions of 2026)", "Issued on 9 April 2026, not 10 April 2026")
    assert only == ("reported", "A1", words, MAY, "The auditor wrote again", "")


def test_the_page_compares_with_the_last_panel_and_offers_earlier_ones(house: House, moved: dict[str, Audit]) -> None:
    for day in (date(2026, 1, 15), SINCE, date(2026, 7, 16)):
        given = {"organisation": house.office, "provider": an_auditor(), "panel_on": day, "issued_on": None}
        commands.record_progress(**given, actor=CANDOUR, at=NOW, reason="")
    response = signed_in(house, "policy").get("/audits/changes/")
    assert (response.context["since"], told(response)) == (SINCE, EXPECTED)
    offered = [(each.label, each.day) for each in response.context["since_days"]]
    assert offered == [("Panel", SINCE), ("Panel", date(2026, 1, 15))]
    assert 'href="/audits/changes/' in signed_in(house, "policy").get("/audits/").content.decode()


def test_days_that_cannot_be_read_are_named(house: House) -> None:
    client = signed_in(house, "policy")
    assert "‘soon’ is not a date" in said(client.get("/audits/changes/?since=soon"))
    assert "before 15 June 2026" in said(client.get("/audits/changes/?since=2026-06-15"))
    assert "‘soon’ is not a date" in said(client.get("/audits/changes/?as_at=soon"))


def test_the_page_asks_as_much_at_any_size(house: House, moved: dict[str, Audit]) -> None:
    client = signed_in(house, "policy")
    addresses = [HERE, HERE + "&as_at=2026-06-14", HERE + "&year=2026/27"]
    before = [questions(client, address) for address in addresses]
    for number in range(3):
        an_audit(house, reference=f"N{number}", effective=MAY)
    assert [questions(client, address) for address in addresses] == before
    assert max(before) <= 12


# --- what is hidden


@pytest.fixture
def hidden(house: House, moved: dict[str, Audit]) -> None:
    """Restricted on both days, on the later one, on the earlier one, and only in between."""
    secret = old(house, "Z1", title="A secret enquiry", sensitivity="restricted")
    made, lifted, between = (old(house, name, title=f"Audit {name}") for name in ("Z2", "Z3", "Z4"))
    commands.restrict(lifted, sensitivity="restricted", **by(date(2026, 4, 2)))
    commands.restrict(between, sensitivity="restricted", **by(date(2026, 4, 20)))
    for audit, reason in ((secret, "A secret reason"), (made, "A made reason"), (lifted, "A held reason")):
        commands.plan_stages(audit, planned={"exit": date(2026, 5, 22)}, **agreed(MAY, reason))
    commands.plan_stages(between, planned={"exit": date(2026, 5, 21)}, **agreed(date(2026, 4, 18), "An open reason"))
    commands.plan_stages(between, planned={"exit": date(2026, 5, 22)}, **agreed(MAY, "A middle reason"))
    commands.restrict(made, sensitivity="restricted", **by(date(2026, 5, 6)))
    for audit in (lifted, between):
        commands.restrict(audit, sensitivity="public", **by(date(2026, 5, 7)))


SECRET = ("Z1", "Z2", "Z3", "secret", "made reason", "held", "middle", "open reason")
BETWEEN = ("moved", "Z4", ("Exit meeting, 15 May 2026 before, now 22 May 2026",), None, "", "")


@pytest.mark.parametrize("as_at", ["", "&as_at=2026-06-14"])
def test_the_page_tells_nothing_of_an_audit_restricted_on_either_day(house: House, hidden: None, as_at: str) -> None:
    page = signed_in(house, "reader").get(HERE + as_at)
    rows = told(page)
    assert [row for row in rows if row not in EXPECTED] == [BETWEEN]  # what it is now, and no reason that was secret
    assert [row for row in rows if row in EXPECTED] == EXPECTED
    assert [word for word in SECRET if word in said(page)] == []
    seen = signed_in(house, "policy").get(HERE + as_at)
    assert [row[1] for row in told(seen) if row[1].startswith("Z")] == ["Z1", "Z2", "Z3", "Z4"]
    assert "A middle reason" in said(seen)


def words(house: House, audience: str) -> str:
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    document = changes_paper(stock, audience)
    assert [check.words for check in checks(stock, audience, document) if not check.passed] == []
    return "\n".join(texts(document))


def test_the_paper_says_the_same_as_the_page(house: House, moved: dict[str, Audit]) -> None:
    printed = words(house, "panel").splitlines()
    for _, reference, lines, _, why, approver in EXPECTED:
        for line in (reference, *lines, *filter(None, (why, approver))):
            assert line in printed, line
    assert "8 audits changed between 16 April 2026 and 14 June 2026." in " ".join(printed)
    assert "Most of it works." in printed
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=date(2026, 6, 10), at=NOW)
    assert "Nothing changed." in list(texts(changes_paper(stock, "panel")))


@pytest.mark.parametrize("audience", ["panel", "office", "public"])
def test_each_copy_holds_what_its_audience_may_read_on_both_days(house: House, hidden: None, audience: str) -> None:
    printed = words(house, audience)
    assert [word for word in SECRET if word in printed] == (
        [word for word in SECRET if word != "open reason"] if audience == "panel" else []
    )
    assert ("Z4" in printed, "Audit A4" in printed) == (True, True)
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    kept_back = [row.reference for row in copy_of(stock, audience).hidden]
    assert sorted(kept_back) == ([] if audience == "panel" else ["Z1", "Z2", "Z3"])


def test_a_value_that_only_the_earlier_day_hid_is_not_printed(house: House) -> None:
    audit = old(house, "A1", title="The name of a suspect", sensitivity="restricted")
    same = {"owner": house.posts["chief"], "days": 10, "purpose": "", "scope": ""}
    commands.change_audit(audit, title="Handling of cash", **same, **by(MAY))
    commands.restrict(audit, sensitivity="public", **by(MAY))
    assert "suspect" not in words(house, "public")
    assert "Handling of cash" not in words(house, "public")
    assert "suspect" not in said(signed_in(house, "reader").get(HERE))


def test_a_leak_in_anothers_words_stops_the_copy(house: House, hidden: None, moved: dict[str, Audit]) -> None:
    commands.plan_stages(
        moved["A7"], planned={"exit": date(2026, 5, 20)}, **agreed(date(2026, 5, 8), "It waits for Z1")
    )
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    failed = [check for check in checks(stock, "public", changes_paper(stock, "public")) if not check.passed]
    assert [(check.stops, check.words) for check in failed] == [(True, "Leak check: references, titles and links")]


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt", ".json"])
def test_the_command_writes_the_paper(house: House, moved: dict[str, Audit], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"changes{suffix}"
    days = ["--since", SINCE.isoformat(), "--as-at", AS_AT.isoformat()]
    assert main(["paper", "audit-plan-changes", *days, "--to", str(file)]) == 0
    content = file.read_bytes()
    if suffix == ".txt":
        assert "Panel, 16 July 2026 before, now 15 October 2026" in " ".join(content.decode().split())
    elif suffix == ".json":
        assert json.loads(content)["title"] == "Changes to the audit plan"
    else:
        assert content.startswith({".docx": b"PK", ".pdf": b"%PDF", ".html": b"<!"}[suffix])


def test_the_paper_asks_the_same_at_any_size(
    house: House, moved: dict[str, Audit], django_assert_num_queries: Any
) -> None:
    given: dict[str, Any] = {"organisation": house.office, "as_at": AS_AT, "since": SINCE, "at": NOW}
    with django_assert_num_queries(6):
        gather(house.actors["policy"], **given)
    for number in range(3):
        an_audit(house, reference=f"N{number}", effective=MAY)
    with django_assert_num_queries(6):
        gather(house.actors["policy"], **given)


def test_the_paper_can_be_drafted_by_who_sees_audits(house: House, moved: dict[str, Audit]) -> None:
    page = signed_in(house, "policy").get(f"/papers/audit-plan-changes/draft?as_at={AS_AT}&since={SINCE}")
    assert (page.status_code, "The July panel is full" in said(page)) == (200, True)
