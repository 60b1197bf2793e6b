"""What changed between two days, as page and as paper: each kind with its words, nothing of what is hidden."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from candour.config.cli import main
from candour.kernel.access import CANDOUR
from candour.kernel.papers.document import texts
from candour.kernel.papers.kinds import paper, paper_kind
from candour.kernel.records.models import Record
from candour.kernel.scales.queries import scale_book
from candour.risks import commands
from candour.risks.models import Assessment, Risk
from candour.risks.papers.changes.kind import checks, gather
from candour.risks.papers.changes.paper import changes_paper
from candour.risks.queries.changes import compare, two_days
from tests.factories import NOW, House, a_risk
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SINCE, AS_AT = date(2026, 3, 1), date(2026, 6, 14)
HERE = "/risks/changes/?since=2026-03-01"


def by(day: date, reason: str = "Agreed") -> dict[str, Any]:
    """Who, when and why: entered on the day itself."""
    return {"actor": CANDOUR, "at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC), "reason": reason}


def old(house: House, reference: str, **values: Any) -> Risk:
    """A risk that stood before the first day."""
    return a_risk(house, reference=reference, at=datetime(2026, 1, 10, 9, tzinfo=UTC), **values)


@standing
def moved(house: House) -> dict[str, Risk]:
    """One risk for each kind of change, and one of which nothing changed."""
    may = date(2026, 5, 4)
    found = {name: old(house, name, title=f"Risk {name}") for name in ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8")}
    commands.close(found["A7"], **by(date(2026, 2, 1)))
    found["B1"] = a_risk(house, reference="B1", title="A new one", effective=may, at=by(may)["at"])
    control = commands.add_control(found["A5"], text="Buy vans", due=date(2026, 6, 2), **by(date(2026, 2, 2)))
    gone = commands.add_control(found["A5"], text="Hire vans", due=date(2026, 6, 2), **by(date(2026, 2, 2)))
    late = commands.add_control(found["A5"], text="Sell vans", due=date(2026, 6, 2), **by(date(2026, 2, 2)))
    commands.close(found["A1"], **by(may, "Gone for good"))
    commands.change_level(found["A2"], level="operational", **by(may, "Smaller now"))
    commands.rescore(found["A3"], impact=4, likelihood=4, **by(may, "Worse than thought"))
    commands.hand_over(
        found["A4"], owner=house.posts["policy"], responsible_officer=house.posts["finance"], **by(may, "New in post")
    )
    commands.settle_control(control, answer="in place", **by(may))
    commands.settle_control(gone, answer="removed", **by(may))
    commands.settle_control(late, answer="still to do", new_due=date(2026, 9, 1), **by(may))
    commands.add_control(found["A5"], text="Mend vans", due=date(2026, 7, 1), **by(may))
    commands.review(
        found["A6"], impact=3, likelihood=3, narrative="As it was", answers={}, actor=CANDOUR, at=by(may)["at"]
    )
    commands.reopen(found["A7"], **by(may, "Back again"))
    return found


EXPECTED = [
    ("raised", "B1", "Scored 9 High (3 × 3)", date(2026, 5, 4), ""),
    ("closed", "A1", "Closed", date(2026, 5, 4), "Gone for good"),
    ("reopened", "A7", "Reopened. It closed on 1 February 2026", date(2026, 5, 4), "Back again"),
    ("moved", "A2", "Moved down from the strategic to the operational register", date(2026, 5, 4), "Smaller now"),
    ("scored", "A3", "Up: 9 High (3 × 3), now 16 High (4 × 4)", date(2026, 5, 4), "Worse than thought"),
    ("hands", "A4", "Owner: Chief Executive, now Policy and Compliance Officer", date(2026, 5, 4), "New in post"),
    ("controls", "A5", "Put in place: Buy vans", date(2026, 5, 4), ""),
    ("controls", "A5", "Removed: Hire vans", date(2026, 5, 4), ""),
    ("controls", "A5", "New date, 2 June 2026 before, due 1 September 2026: Sell vans", None, ""),
    ("controls", "A5", "Added, due 1 July 2026: Mend vans", date(2026, 5, 4), ""),
    ("reviewed", "A6", "Reviewed for the first time", date(2026, 5, 4), ""),
]


def told(response: Any) -> list[tuple[str, str, str, date | None, str]]:
    changes = [item.change for group in response.context["groups"] for item in group.rows]
    return [(each.kind, each.risk.reference, each.words, each.day, each.why) for each in changes]


@pytest.mark.parametrize("as_at", ["", "&as_at=2026-06-14"])
def test_the_page_says_each_kind_of_change_with_its_day_and_reason(
    house: House, moved: dict[str, Risk], as_at: str
) -> None:
    response = signed_in(house, "policy").get(HERE + as_at)
    assert told(response) == EXPECTED
    assert f'href="/risks/office/A3/{"?as_at=2026-06-14" if as_at else ""}"' in response.content.decode()


def test_what_changed_before_or_after_the_days_is_not_told(house: House, moved: dict[str, Risk]) -> None:
    client = signed_in(house, "policy")
    assert told(client.get("/risks/changes/?since=2026-05-04")) == []
    assert told(client.get("/risks/changes/?since=2026-03-01&as_at=2026-05-03")) == []
    assert "Nothing changed between these days" in said(client.get("/risks/changes/?since=2026-05-04"))


def test_a_register_tells_what_came_and_what_left(house: House, moved: dict[str, Risk]) -> None:
    response = signed_in(house, "policy").get(HERE + "&register=operational")
    assert [(kind, reference) for kind, reference, *_ in told(response)] == [("moved", "A2")]


def test_one_kind_is_a_link_away(house: House, moved: dict[str, Risk]) -> None:
    client = signed_in(house, "policy")
    assert "?since=2026-03-01&amp;what=controls" in client.get(HERE).content.decode()
    response = client.get(HERE + "&what=controls")
    assert [each[:3] for each in told(response)] == [each[:3] for each in EXPECTED if each[0] == "controls"]
    assert "Only controls is shown" in said(response)


def test_a_score_in_another_band_is_marked(house: House) -> None:
    risk = old(house, "A1")
    commands.rescore(risk, impact=1, likelihood=2, **by(date(2026, 5, 4)))
    response = signed_in(house, "policy").get(HERE)
    assert told(response)[0][2] == "Down: 9 High (3 × 3), now 2 Low (1 × 2)"
    assert "1 risk in another band" in said(response)
    assert "Another band" in said(response)


def test_days_that_cannot_be_read_are_named(house: House) -> None:
    client = signed_in(house, "policy")
    assert "‘soon’ is not a date" in said(client.get("/risks/changes/?since=soon"))
    assert "before 15 June 2026" in said(client.get("/risks/changes/?since=2026-06-15"))
    assert "‘soon’ is not a date" in said(client.get("/risks/changes/?as_at=soon"))


def test_the_page_asks_as_much_at_any_size(house: House, moved: dict[str, Risk]) -> None:
    client = signed_in(house, "policy")
    addresses = [HERE, HERE + "&as_at=2026-06-14", HERE + "&body=all"]
    before = [questions(client, address) for address in addresses]
    for number in range(3):
        a_risk(house, reference=f"N{number}", effective=date(2026, 5, 5))
    assert [questions(client, address) for address in addresses] == before
    assert max(before) <= 12


# --- what is hidden


@pytest.fixture
def hidden(house: House, moved: dict[str, Risk]) -> Risk:
    """A restricted risk that moved, one restricted in between, and one whose restriction was lifted in between."""
    secret = old(house, "Z1", title="A secret claim", sensitivity="restricted")
    commands.rescore(secret, impact=4, likelihood=4, **by(date(2026, 5, 4), "A secret reason"))
    made = old(house, "Z2", title="Made secret")
    commands.rescore(made, impact=4, likelihood=4, **by(date(2026, 5, 4)))
    commands.restrict(made, sensitivity="restricted", **by(date(2026, 5, 5)))
    lifted = old(house, "Z3", title="Lifted", sensitivity="restricted")
    commands.rescore(lifted, impact=4, likelihood=4, **by(date(2026, 5, 4), "A held reason"))
    commands.restrict(lifted, sensitivity="public", **by(date(2026, 5, 6)))
    return secret


def test_the_page_tells_nothing_of_a_restricted_risk(house: House, hidden: Risk) -> None:
    for query in ("", "&as_at=2026-06-14"):
        page = signed_in(house, "reader").get(HERE + query)
        assert told(page) == EXPECTED
        assert [word for word in ("Z1", "Z2", "Z3", "secret", "held") if word in said(page)] == []
        seen = signed_in(house, "policy").get(HERE + query)
        assert [each[1] for each in told(seen) if each[1].startswith("Z")] == ["Z1", "Z2", "Z3"]
        assert "A held reason" in said(seen)


def words(house: House, audience: str) -> str:
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    document = changes_paper(stock, audience)
    assert [check.words for check in checks(stock, audience, document) if not check.passed] == []
    return "\n".join(texts(document))


def test_the_paper_says_the_same_as_the_page(house: House, moved: dict[str, Risk]) -> None:
    printed = words(house, "panel").splitlines()
    for kind, reference, sentence, _, why in EXPECTED:
        assert (kind, reference, sentence in printed) == (kind, reference, True)
        assert not why or why in printed
    assert "No reason is recorded" not in printed
    assert "8 risks changed between 1 March 2026 and 14 June 2026." in " ".join(printed)
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=date(2026, 5, 4), at=NOW)
    assert "Nothing changed." in list(texts(changes_paper(stock, "panel")))


@pytest.mark.parametrize(
    ("audience", "expected"), [("panel", ["Z1", "Z2", "Z3"]), ("office", []), ("public", [])]
)  # fmt: skip
def test_each_copy_holds_what_its_audience_may_read(
    house: House, hidden: Risk, audience: str, expected: list[str]
) -> None:
    printed = words(house, audience)
    assert [reference for reference in ("Z1", "Z2", "Z3") if reference in printed] == expected
    assert ("secret" in printed, "A held reason" in printed) == (audience == "panel", audience == "panel")
    assert "Risk A3" in printed


def test_a_leak_in_anothers_words_stops_the_copy(house: House, hidden: Risk, moved: dict[str, Risk]) -> None:
    commands.add_control(moved["A4"], text="See Z1", due=date(2026, 7, 1), **by(date(2026, 5, 7)))
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    failed = [check for check in checks(stock, "public", changes_paper(stock, "public")) if not check.passed]
    assert [(check.stops, check.words) for check in failed] == [(True, "Leak check: references, titles and links")]


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt", ".json"])
def test_the_command_writes_the_paper(house: House, moved: dict[str, Risk], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"changes{suffix}"
    days = ["--since", SINCE.isoformat(), "--as-at", AS_AT.isoformat()]
    assert main(["paper", "risk-changes", *days, "--to", str(file)]) == 0
    content = file.read_bytes()
    if suffix == ".txt":
        assert "Up: 9 High (3 × 3), now 16 High (4 × 4)" in " ".join(content.decode().split())
    elif suffix == ".json":
        assert json.loads(content)["title"] == "Changes to the risk register"
    else:
        assert content.startswith({".docx": b"PK", ".pdf": b"%PDF", ".html": b"<!"}[suffix])


def test_the_paper_can_be_drafted_by_who_sees_risks(house: House, moved: dict[str, Risk]) -> None:
    page = signed_in(house, "policy").get(f"/papers/risk-changes/draft?as_at={AS_AT}&since={SINCE}")
    assert page.status_code == 200
    assert "Risk A3" in said(page)
    assert paper_kind("risk-changes").label == "Changes to the risk register"
    draft = paper("risk-changes", actor=CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    assert draft.draft


@pytest.mark.parametrize(
    ("since", "until"),
    [(SINCE, AS_AT), (date(2026, 5, 4), AS_AT), (date(2026, 1, 1), date(2026, 5, 4)), (SINCE, date(2026, 5, 3))],
)  # fmt: skip
@pytest.mark.parametrize("name", ["policy", "reader"])
@pytest.mark.usefixtures("hidden")
def test_what_changed_is_the_same_without_the_risks_of_which_nothing_took_effect(
    house: House, since: date, until: date, name: str
) -> None:
    asked: dict[str, Any] = {"organisation": house.office.pk, "since": since, "as_at": until}
    scales = scale_book().matrices
    whole, touched = (two_days(house.actors[name], **asked, scales=scales, whole=which) for which in (True, False))
    assert compare(touched) == compare(whole)
    unchanged = {"A8"} if since >= date(2026, 1, 10) else set()
    assert {row.reference for row in whole.after} - {row.reference for row in touched.after} >= unchanged


def test_a_score_is_told_of_the_day_it_was_scored_on_whenever_its_risk_was_raised(house: House) -> None:
    record = Record(kind="risk", reference="L1", title="Loaded", organisation=house.office)
    risk = Risk(record=record, first_recorded=date(2026, 1, 10))
    scores = [
        Assessment(risk=risk, scale=house.scale, impact=level, likelihood=level, scored_on=day)
        for level, day in ((2, date(2026, 1, 10)), (4, date(2026, 5, 4)))
    ]
    said = by(date(2026, 6, 1))
    new = commands.NewRisk(record, risk, scores)
    commands.raise_many([new], organisation=house.office, effective=date(2026, 1, 10), **said)
    response = signed_in(house, "policy").get(HERE)
    assert [each[:4] for each in told(response)] == [
        ("scored", "L1", "Up: 4 Low (2 × 2), now 16 High (4 × 4)", date(2026, 5, 4))
    ]
