"""The page of an auditor: what was promised, what became of it, and the audits that make each count."""

from datetime import date
from typing import Any

import pytest

from candour.audits import commands
from candour.audits.models import Promise
from candour.audits.queries import record_of
from candour.kernel.people.models import Organisation
from candour.kernel.records.commands import share
from tests.audits.factories import AGREED, BY, YEAR, an_audit, an_auditor, reached
from tests.factories import TODAY, House
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/audits/auditors/partners/"
PROMISED = {"brief": 10, "draft": 10, "final": 5, "progress": 7, "satisfaction": 85}


@pytest.fixture
def auditor(house: House) -> Organisation:
    """An auditor that promised the office what audit charters usually say, from April."""
    provider = an_auditor()
    for measure, allowed in PROMISED.items():
        promise(house, measure, allowed)
    return provider


def promise(house: House, measure: str, allowed: int, **values: Any) -> Promise:
    given: dict[str, Any] = {"organisation": house.office, "provider": an_auditor(), "starts": date(2026, 4, 1)}
    return commands.set_promise(measure=measure, allowed=allowed, **(given | values), **BY)


def tallies(house: House, provider: Organisation, name: str = "policy") -> dict[str, tuple[int, int, int, int, str]]:
    record = record_of(house.actors[name], provider.pk, YEAR, today=TODAY)
    return {
        row.measure.name: (row.tally.met, row.tally.missed, row.tally.not_yet, row.tally.unknown, row.result)
        for row in record.measures
    }


def a_year(house: House) -> None:
    """Audits in which each promise was kept, broken, is not due yet, and cannot be told."""
    kept = reached(
        an_audit(house, reference="A1", title="Payroll", planned={}),
        brief=date(2026, 4, 1),
        fieldwork=date(2026, 4, 17),
        exit=date(2026, 5, 1),
        draft=date(2026, 5, 18),
        responses=date(2026, 5, 20),
        final=date(2026, 5, 28),
    )
    commands.answer_survey(kept, satisfaction=1, on=TODAY, **BY)
    broken = reached(
        an_audit(house, reference="A2", title="Fleet", planned={}),
        brief=date(2026, 4, 1),
        fieldwork=date(2026, 4, 16),
        exit=date(2026, 5, 1),
        draft=date(2026, 5, 19),
        responses=date(2026, 5, 20),
        final=date(2026, 5, 29),
    )
    commands.answer_survey(broken, satisfaction=5, on=TODAY, **BY)
    an_audit(house, reference="A3", title="Estates", planned={"fieldwork": date(2026, 9, 1)})
    reached(
        an_audit(house, reference="A4", title="Vetting", planned={}),
        fieldwork=date(2026, 4, 20),
        final=date(2026, 6, 1),
    )
    reached(an_audit(house, reference="A5", title="Custody", planned={}), exit=date(2026, 5, 1))


def test_each_promise_is_told_by_its_four_outcomes(house: House, auditor: Organisation) -> None:
    a_year(house)
    assert tallies(house, auditor) == {
        "brief": (1, 1, 1, 2, "Not met"),
        "draft": (1, 2, 1, 1, "Not met"),
        "final": (1, 1, 2, 1, "Not met"),
        "progress": (0, 0, 0, 0, "Not yet due"),
        "satisfaction": (1, 1, 2, 1, "Not met"),
    }


def test_every_count_leads_to_as_many_cases_as_it_says(house: House, auditor: Organisation) -> None:
    a_year(house)
    client = signed_in(house, "policy")
    shown = client.get(HERE)
    led = 0
    for each in shown.context["measures"]:
        for name, _, count, href in each.counts:
            cases = client.get(HERE + href.removesuffix("#cases")).context["cases"]
            assert [item.case.measured.outcome for item in cases] == [name] * count
            led += count
    assert led == 20


def test_a_case_says_from_when_and_until_when_it_counts(house: House, auditor: Organisation) -> None:
    a_year(house)
    words = said(signed_in(house, "policy").get(f"{HERE}?measure=draft&outcome=missed"))
    assert "Draft after the exit meeting: missed 2 cases." in words
    assert "A2 Fleet Office of Mereford 1 May 2026 18 May 2026 19 May 2026 11 Missed" in words
    assert "A5 Custody Office of Mereford 1 May 2026 18 May 2026 not yet none Missed" in words


def test_the_worst_case_is_named(house: House, auditor: Organisation) -> None:
    a_year(house)
    shown = signed_in(house, "policy").get(HERE)
    worst = {each.row.measure.name: each.row.worst for each in shown.context["measures"]}
    assert {name: case and (case.title, case.measured.days) for name, case in worst.items()} == {
        "brief": ("Fleet", 9),
        "draft": ("Fleet", 11),
        "final": ("Fleet", 6),
        "progress": None,
        "satisfaction": None,
    }
    assert "50% satisfied Not met" in said(shown)


def test_what_is_due_is_measured_by_the_promise_of_its_day(house: House, auditor: Organisation) -> None:
    a_year(house)
    promise(house, "draft", 11, starts=date(2026, 5, 2))
    assert tallies(house, auditor)["draft"] == (1, 2, 1, 1, "Not met")
    late = an_audit(house, reference="A6", planned={})
    reached(late, exit=date(2026, 5, 5), draft=date(2026, 5, 20))
    assert tallies(house, auditor)["draft"] == (2, 2, 1, 1, "Not met")


def test_nothing_is_measured_where_nothing_was_promised(house: House) -> None:
    provider = an_auditor()
    a_year(house)
    assert set(tallies(house, provider).values()) == {(0, 0, 0, 0, "Not agreed")}
    assert "not yet agreed" in said(signed_in(house, "policy").get(HERE))


def test_a_promise_that_ended_measures_nothing_after_it(house: House) -> None:
    provider = an_auditor()
    commands.end_promise(promise(house, "draft", 10), ends=date(2026, 4, 30), **BY)
    reached(an_audit(house, planned={}), exit=date(2026, 5, 1), draft=date(2026, 5, 2))
    reached(an_audit(house, planned={}), exit=date(2026, 4, 29), draft=date(2026, 5, 2))
    assert tallies(house, provider)["draft"] == (1, 0, 0, 0, "Met")


def test_progress_reports_are_told_meeting_by_meeting(house: House, auditor: Organisation) -> None:
    client = signed_in(house, "policy")
    for panel, issued in (("23/4/2026", "14/4/2026"), ("14/5/2026", "6/5/2026"), ("16/7/2026", ""), ("24/6/2026", "")):
        sent = {"panel_on": panel, "issued_on": issued, "body": house.office.pk, "reason": ""}
        assert client.post(HERE + "progress/", sent).status_code == 302
    assert tallies(house, auditor)["progress"] == (1, 1, 2, 0, "Not met")
    again = client.post(HERE + "progress/", {"panel_on": "14/5/2026", "issued_on": "1/5/2026", "body": house.office.pk})
    assert [problem.id for problem in again.context["form"].problems] == ["reason"]
    assert "14 May 2026 6 May 2026" in said(client.get(HERE))
    assert record_of(house.actors["force_reader"], auditor.pk, YEAR, today=TODAY).meetings == ()


def test_satisfied_is_the_share_that_was_promised(house: House, auditor: Organisation) -> None:
    for number in range(7):
        audit = reached(an_audit(house, planned={}), final=date(2026, 6, 1))
        commands.answer_survey(audit, satisfaction=3 if number else 4, on=TODAY, **BY)
    assert tallies(house, auditor)["satisfaction"] == (6, 1, 0, 0, "Met")


def test_a_promise_is_agreed_on_a_page(house: House) -> None:
    an_auditor()
    client = signed_in(house, "policy")
    given = {"measure": "draft", "allowed": "0", "body": house.office.pk, "starts": "1/4/2026", "reason": "The charter"}
    wrong = client.post(HERE + "promise/", given)
    assert [problem.message for problem in wrong.context["form"].problems] == ["Enter a number from 1 to 250"]
    assert client.post(HERE + "promise/", given | {"allowed": "12"}).status_code == 302
    assert "Draft after the exit meeting: 12 working days" in said(client.get(HERE))


def test_an_organisation_that_does_not_audit_has_no_such_page(house: House) -> None:
    client = signed_in(house, "policy")
    assert [client.get(f"/audits/auditors/{code}/").status_code for code in ("force", "nobody")] == [404, 404]


@pytest.mark.parametrize("query", ["measure=speed", "outcome=good", "year=1999"])
def test_an_answer_that_cannot_be_read_shows_no_measures(house: House, auditor: Organisation, query: str) -> None:
    shown = signed_in(house, "policy").get(f"{HERE}?{query}")
    assert (shown.status_code, "measures" in shown.context) == (422, False)


def test_a_hidden_audit_counts_for_nobody_who_may_not_see_it(house: House, auditor: Organisation) -> None:
    a_year(house)
    before, client = tallies(house, auditor, "reader"), signed_in(house, "reader")
    hidden = an_audit(house, reference="A9", title="Secretive", sensitivity="restricted", owner=house.posts["policy"])
    reached(hidden, brief=date(2026, 4, 24), fieldwork=date(2026, 4, 27), exit=date(2026, 5, 1))
    assert tallies(house, auditor, "reader") == before
    assert tallies(house, auditor)["brief"] == (1, 2, 1, 2, "Not met")
    for query in ("", "?measure=brief", "?measure=draft&outcome=missed"):
        assert "Secretive" not in client.get(HERE + query).content.decode()


def test_a_shared_audit_is_measured_by_what_its_own_body_was_promised(house: House, auditor: Organisation) -> None:
    promise(house, "draft", 12, organisation=house.force)
    audit = an_audit(house, organisation=house.force, owner=None, planned={}, reference="F1")
    share(audit.record, organisation=house.office, **BY)
    reached(audit, exit=date(2026, 5, 1), draft=date(2026, 5, 20))
    assert tallies(house, auditor)["draft"] == (1, 0, 0, 0, "Met")


def test_a_cancelled_audit_is_measured_only_by_what_was_done(house: House, auditor: Organisation) -> None:
    audit = reached(an_audit(house, planned={}), exit=date(2026, 5, 1), draft=date(2026, 5, 20))
    commands.cancel(audit, **AGREED)
    assert tallies(house, auditor)["draft"] == (0, 1, 0, 0, "Not met")
    assert tallies(house, auditor)["final"] == (0, 0, 0, 0, "Not yet due")


def test_the_page_asks_as_often_at_one_three_and_many_audits(house: House, auditor: Organisation) -> None:
    client, counts = signed_in(house, "policy"), []
    for number in range(30):
        reached(an_audit(house, planned={}), exit=date(2026, 5, 1))
        if number in {0, 2, 29}:
            counts.append(questions(client, f"{HERE}?measure=draft"))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12
