"""Issuing a paper: both copies at once, frozen, sealed, verified, and open to those who may read them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import PUBLIC, Forbidden
from candour.kernel.history.models import Entry, Seal
from candour.kernel.history.verify import verify
from candour.kernel.papers.commands import issue, prepare
from candour.kernel.papers.document import texts
from candour.kernel.papers.kinds import UnknownPaper, paper
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.papers.queries import document_of, issued_papers, last_as_at
from candour.kernel.papers.render import RENDERERS, render
from candour.kernel.rules import Refused
from candour.risks import commands as risks
from tests.factories import NOW, House, a_risk
from tests.risks.register_for_papers import AS_AT, SECRET, SINCE, build, said
from tests.standing import standing

KIND = "risk-register"
WHY = "The review of one risk waits for its new owner"


@standing
def copies(house: House) -> dict[str, IssuedPaper]:
    build(house)
    return {one.audience: one for one in issued(house)}


def issued(house: House, **values) -> list[IssuedPaper]:
    given = {"actor": house.actors["policy"], "organisation": house.office, "at": NOW, "since": SINCE, "reason": WHY}
    return issue(KIND, **(given | values))


def test_both_copies_are_issued_in_one_act_under_one_seal(copies: dict[str, IssuedPaper]) -> None:
    assert sorted(copies) == ["panel", "public"]
    root = Seal.objects.latest("pk").root
    assert {(one.seal_root, one.as_at, one.since, one.issued_by, one.edition) for one in copies.values()} == {
        (root, AS_AT, SINCE, "Policy and Compliance Officer", 1)
    }
    assert [one.marking for one in copies.values()] == ["OFFICIAL-SENSITIVE", "OFFICIAL"]
    entries = Entry.objects.filter(record_kind="papers.issuedpaper")
    assert sorted((entry.event, entry.record_label) for entry in entries) == [
        ("paper.issued", "risk-register 2026-06-15, panel copy"),
        ("paper.issued", "risk-register 2026-06-15, public copy"),
    ]


def test_the_fingerprint_and_the_root_are_printed_and_the_draft_line_is_gone(copies: dict[str, IssuedPaper]) -> None:
    for one in copies.values():
        document = document_of(one)
        assert not document.draft
        every = list(texts(document))
        assert {one.fingerprint, one.seal_root, "15 June 2026 at 11:30, Policy and Compliance Officer"} <= set(every)


def test_an_issued_paper_is_written_again_byte_for_byte_after_the_register_has_changed(
    house: House, copies: dict[str, IssuedPaper]
) -> None:
    suffixes = [suffix for suffix in RENDERERS if suffix != ".pdf"]
    before = {suffix: render(document_of(copies["public"]), suffix) for suffix in suffixes}
    a_risk(house, reference="MPC099")
    again = document_of(IssuedPaper.objects.get(pk=copies["public"].pk))
    assert {suffix: render(again, suffix) for suffix in suffixes} == before


def test_verify_finds_an_altered_frozen_paper(copies: dict[str, IssuedPaper]) -> None:
    assert verify().failure == ""
    one = copies["public"]
    altered = dict(one.document) | {"title": "Something else"}
    models.QuerySet(IssuedPaper).filter(pk=one.pk).update(document=altered)
    assert (
        verify().failure
        == "issued paper risk-register 2026-06-15, public copy: its text is not the one that was issued"
    )


def test_verify_finds_an_altered_fact_of_the_issue(copies: dict[str, IssuedPaper]) -> None:
    models.QuerySet(IssuedPaper).filter(pk=copies["panel"].pk).update(issued_by="Somebody else")
    assert "issued_by is not what was recorded" in verify().failure


def test_a_failing_check_asks_for_a_reason(house: House) -> None:
    build(house)
    with pytest.raises(Refused, match="Say why the paper is issued although a check fails"):
        issued(house, reason=" ")
    assert IssuedPaper.objects.count() == 0
    assert Seal.objects.count() == 0


def test_a_leak_cannot_be_excused(house: House) -> None:
    found = build(house)
    risks.record_update(found["MPC001"], text=f"{SECRET} claim goes to court in May", **said(date(2026, 6, 1)))
    with pytest.raises(Refused, match="Leak check: references, titles and links: The title of MPC006"):
        issued(house)
    assert IssuedPaper.objects.count() == 0


def test_a_register_that_changed_since_it_was_looked_at_is_refused(house: House) -> None:
    found = build(house)
    seen = prepare(KIND, actor=house.actors["policy"], organisation=house.office, at=NOW, since=SINCE).mark
    risks.rescore(found["MPC007"], impact=3, likelihood=2, **said(AS_AT, "It came closer"))
    with pytest.raises(Refused, match="The register has changed since you looked"):
        issued(house, seen=seen)


@pytest.mark.parametrize("name", ["owner", "reader", "panel", "auditor", "force_policy"])
def test_only_those_who_may_issue_do(house: House, name: str) -> None:
    build(house)
    with pytest.raises(Forbidden):
        issued(house, actor=house.actors[name])


def test_a_paper_that_no_app_writes_is_refused(house: House) -> None:
    with pytest.raises(UnknownPaper, match=r"there is no paper 'minutes'; there are: .*, risk-changes, risk-register"):
        issue("minutes", actor=house.actors["policy"], organisation=house.office, at=NOW)


def test_the_next_paper_is_compared_with_the_last_one_issued(house: House, copies: dict[str, IssuedPaper]) -> None:
    later = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
    assert last_as_at(KIND, house.office.pk) == AS_AT
    assert last_as_at(KIND, house.office.pk, before=AS_AT) is None
    assert last_as_at(KIND, house.force.pk) is None
    document = paper(KIND, actor=house.actors["policy"], organisation=house.office, at=later)
    assert "Compared with 15 June 2026" in [
        " ".join(texts_of) for texts_of in zip(*[iter(facts_of(document))] * 2, strict=True)
    ]


def facts_of(document) -> list[str]:
    return [
        text
        for fact in document.meta
        for text in (fact.label, " ".join(run.text for run in fact.value.blocks[0].words))
    ]


def test_issuing_the_same_day_again_is_another_edition(house: House, copies: dict[str, IssuedPaper]) -> None:
    again = issued(house, reason="A typing error in a title")
    assert [(one.audience, one.edition, one.slug) for one in again] == [
        ("panel", 2, "2026-06-15-2"),
        ("public", 2, "2026-06-15-2"),
    ]
    assert verify().failure == ""


def test_who_may_read_which_copy(house: House, copies: dict[str, IssuedPaper]) -> None:
    seen = {name: sorted(one.audience for one in issued_papers(actor)) for name, actor in house.actors.items()}
    both = ["panel", "public"]
    assert {name for name, found in seen.items() if found == both} == {
        "policy",
        "chief",
        "finance",
        "secretary",
        "panel",
        "auditor",
        "admin",
    }
    assert {tuple(found) for name, found in seen.items() if found != both} == {("public",)}
    assert [one.audience for one in issued_papers(PUBLIC)] == ["public"]


def signed_in(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


PUBLIC_COPY = "/papers/risk-register/office/2026-06-15/public/"
PANEL_COPY = "/papers/risk-register/office/2026-06-15/panel/"


def test_the_public_copy_is_open_to_anybody_and_the_panel_copy_is_not_there(copies: dict[str, IssuedPaper]) -> None:
    client = Client()
    page = client.get(PUBLIC_COPY)
    assert page.status_code == 200
    shown = page.content.decode()
    assert shown.count("MPC006") == 1
    assert [hidden for hidden in (SECRET, "MPC010", WHY) if hidden in shown] == []
    assert client.get(PANEL_COPY).status_code == client.get(PANEL_COPY.replace("15", "14")).status_code == 404
    with CaptureQueriesContext(connection) as hidden:
        client.get(PANEL_COPY)
    with CaptureQueriesContext(connection) as missing:
        client.get(PANEL_COPY.replace("2026", "2025"))
    assert len(hidden) == len(missing)


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt", ".json"])
def test_files_of_the_public_copy_are_open_to_anybody(copies: dict[str, IssuedPaper], suffix: str) -> None:
    name = f"risk-register-office-2026-06-15-public{suffix}"
    answer = Client().get(PUBLIC_COPY + name)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content == render(document_of(copies["public"]), suffix)
    assert Client().get(PUBLIC_COPY + f"other{suffix}").status_code == 404


def test_panel_members_read_what_is_issued_and_draft_nothing(house: House, copies: dict[str, IssuedPaper]) -> None:
    client = signed_in(house, "panel")
    assert client.get(PANEL_COPY).status_code == 200
    assert client.get("/papers/").status_code == 200
    assert client.get("/papers/risk-register/draft?organisation=office").status_code == 404


@pytest.fixture
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.mark.usefixtures("_on_the_day")
def test_a_reader_drafts_the_office_and_public_copies_without_what_is_restricted(house: House) -> None:
    build(house)
    client = signed_in(house, "reader")
    page = client.get("/papers/risk-register/draft")
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert "MPC006" not in page.content.decode()
    assert client.get("/papers/risk-register/draft?audience=panel").status_code == 404
    assert client.get("/papers/risk-register/draft?organisation=force").status_code == 404
    assert client.get("/papers/risk-register/issue").status_code == 404


@pytest.mark.usefixtures("_on_the_day")
def test_the_policy_officer_looks_gives_a_reason_and_issues(house: House) -> None:
    build(house)
    client = signed_in(house, "policy")
    address = f"/papers/risk-register/issue?as_at={AS_AT}&since={SINCE}"
    assert "OFFICIAL-SENSITIVE" in client.get(f"/papers/risk-register/draft?since={SINCE}").content.decode()
    mark = client.get(address).context["mark"]
    refused = client.post(address, {"seen": mark, "reason": ""})
    assert "Say why the paper is issued although a check fails" in refused.content.decode()
    done = client.post(address, {"seen": mark, "reason": WHY})
    assert (done.status_code, done.headers["Location"]) == (302, PANEL_COPY)
    shown = client.get(PANEL_COPY).content.decode()
    assert f"Reason given: {WHY}" in shown
    assert client.get("/papers/").status_code == 200


@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("as_at=2027-01-01", "1 January 2027 is still to come"),
        ("as_at=yesterday", "‘yesterday’ is not a date"),
        ("as_at=2026-06-01&since=2026-06-02", "The day to compare with must be before 1 June 2026"),
    ],
)
def test_days_that_cannot_be_are_explained(house: House, query: str, words: str) -> None:
    page = signed_in(house, "policy").get(f"/papers/risk-register/draft?{query}")
    assert page.status_code == 200
    assert words in page.content.decode()


@pytest.mark.usefixtures("_on_the_day")
def test_pages_of_papers_ask_the_same_number_of_questions_for_any_number_of_risks(house: House) -> None:
    client = signed_in(house, "policy")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/papers/risk-register/draft").status_code == 200
        return len(captured)

    a_risk(house)
    few = asked()
    for _ in range(20):
        a_risk(house)
    assert asked() == few
