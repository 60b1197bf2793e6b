"""The pages of the plan and of one audit, as their readers meet them."""

from datetime import date, timedelta
from typing import Any

import pytest

from candour.audits import commands
from candour.audits.models import Audit, Stage
from candour.kernel.history.queries import entries_of, events
from candour.kernel.records.commands import link, share
from candour.kernel.records.models import Record
from tests.audits.factories import AGREED, BY, DATES, an_audit, an_auditor, moment, reached
from tests.factories import TODAY, House, a_risk
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/audits/office/A1/"
PLAN = "/audits/?year=2026/27"


@pytest.fixture
def audit(house: House) -> Audit:
    return an_audit(house, reference="A1", title="Payroll", purpose="Whether pay is right")


def send(house: House, page: str, answers: dict[str, Any], *, name: str = "policy") -> Any:
    seen = Record.objects.get(reference="A1").head_sequence
    return signed_in(house, name).post(HERE + page, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def stage(audit: Audit, which: str) -> Stage:
    return Stage.objects.get(audit=audit, which=which)


# The plan


def test_a_plan_counts_its_audits_days_and_states(house: House) -> None:
    an_audit(house, title="Payroll", days=12, planned={"fieldwork": date(2026, 7, 6)})
    reached(an_audit(house, title="Fleet", days=8), brief=date(2026, 4, 7), fieldwork=date(2026, 4, 27))
    reached(an_audit(house, title="Estates", days=None), final=date(2026, 6, 1))
    commands.cancel(an_audit(house, title="Travel", days=5), **AGREED)
    shown = get(house, "/audits/")
    assert title(shown) == "Audit plan 2026/27 – Candour"
    assert [(each.label, each.count) for each in shown.context["states"]] == [
        ("All", 4),
        ("Planned", 1),
        ("Final", 1),
        ("Late", 1),
        ("Cancelled", 1),
    ]
    assert "4 audits, 20 planned days" in said(shown)
    load = shown.context["load"]
    assert [(month.first.month, month.audits, month.days) for month in load.months if month.audits] == [
        (4, 2, 8),
        (7, 1, 12),
    ]
    assert (load.elsewhere, load.elsewhere_days) == (0, 0)


def test_the_state_in_the_address_shows_its_audits_and_as_many_as_it_says(house: House) -> None:
    an_audit(house, title="Payroll", planned={})
    reached(an_audit(house, title="Fleet"), final=date(2026, 6, 1))
    every = get(house, PLAN)
    for choice in every.context["states"][1:]:
        shown = get(house, f"/audits/{choice.href}")
        assert [item.row.state for item in shown.context["rows"]] == [choice.label] * choice.count


def test_a_late_stage_says_how_many_working_days(house: House) -> None:
    audit = an_audit(house, planned={"exit": date(2026, 5, 15), "draft": date(2026, 6, 1)}, title="Vetting")
    reached(audit, exit=date(2026, 5, 15))
    assert "Late Draft report 10 working days late" in said(get(house, PLAN))


def test_planned_dates_are_shown_with_the_first_where_they_moved(house: House, audit: Audit) -> None:
    commands.plan_stages(audit, planned={"brief": date(2026, 4, 8)}, **AGREED)
    assert "8 April 2026 first 7 April 2026" in said(get(house, PLAN + "&dates=planned"))
    assert "first 7 April 2026" not in said(get(house, PLAN))


def test_plans_are_narrowed_by_year_auditor_body_and_words(house: House, audit: Audit) -> None:
    other = an_auditor("Others", "others", opinions=False)
    an_audit(house, title="Custody", organisation=house.force, owner=None, provider=other, reference="F1")
    an_audit(house, title="Next", year="2027/28", planned={}, reference="A2")
    found = {
        query: [item.row.reference for item in get(house, f"/audits/?{query}", "auditor").context["rows"]]
        for query in ("year=2026/27", "provider=others", "body=office", "year=2027/28", "q=custody", "q=payroll+right")
    }
    assert found == {
        "year=2026/27": ["A1", "F1"],
        "provider=others": ["F1"],
        "body=office": ["A1"],
        "year=2027/28": ["A2"],
        "q=custody": ["F1"],
        "q=payroll+right": ["A1"],
    }


@pytest.mark.parametrize("query", ["year=1999", "provider=nobody", "state=Odd", "body=x", "as_at=tomorrow"])
def test_an_answer_that_cannot_be_read_shows_no_rows(house: House, audit: Audit, query: str) -> None:
    shown = get(house, f"/audits/?{query}")
    assert (shown.status_code, "rows" in shown.context) == (422, False)
    assert "Nothing is shown until this is mended" in said(shown)


@pytest.mark.parametrize("sort", ["start", "-start", "reference", "-title", "state", "owner", "-panel"])
def test_a_plan_is_sorted(house: House, sort: str) -> None:
    for reference, what in (("S1", "Beta"), ("S2", "Alpha")):
        an_audit(house, reference=reference, title=what, planned={"fieldwork": date(2026, 7, int(reference[1]))})
    shown = [item.row.reference for item in get(house, f"{PLAN}&sort={sort}").context["rows"]]
    assert shown == (["S2", "S1"] if sort == "-start" else ["S1", "S2"])


def test_a_plan_as_it_stood_shows_what_was_known_to_be_so(house: House, audit: Audit) -> None:
    reached(audit, brief=date(2026, 4, 7), fieldwork=date(2026, 4, 27))
    commands.cancel(audit, **(AGREED | {"at": moment(6, 1)}))
    then = get(house, PLAN + "&as_at=2026-04-28")
    assert [(item.row.state, item.row.reached) for item in then.context["rows"]] == [("Under way", "fieldwork")]
    assert "as it stood on 28 April 2026" in said(then)
    assert "Add an audit" not in said(then)
    assert get(house, PLAN + "&as_at=2026-03-31").context["rows"] == []
    assert [item.row.state for item in get(house, PLAN).context["rows"]] == ["Cancelled"]


def test_a_plan_without_audits_says_what_a_plan_is(house: House) -> None:
    assert "No audit in the plan of 2026/27 yet" in said(get(house, "/audits/"))
    assert "No audits that you can see" in said(get(house, "/audits/", "reader"))


def test_the_opinions_shown_come_with_their_definitions(house: House, audit: Audit) -> None:
    commands.issue_report(audit, on=date(2026, 6, 1), opinion=3, **BY)
    for address in (PLAN, HERE):
        words = said(get(house, address))
        assert "Weak" in words
        assert "None Nothing can be relied on." in words


def test_the_plan_asks_as_often_at_one_three_and_many_audits(house: House) -> None:
    counts = []
    client = signed_in(house, "policy")
    for number in range(60):
        audit = an_audit(house, planned={"fieldwork": TODAY + timedelta(days=number)})
        if number in {0, 2, 59}:
            commands.issue_report(audit, on=TODAY, opinion=1, **BY)
            counts.append([questions(client, each) for each in (PLAN, PLAN + "&as_at=2026-05-01&state=Planned")])
    assert counts == [counts[0]] * 3
    assert max(counts[0]) <= 12


# One audit


def test_an_audit_is_added_on_a_page(house: House) -> None:
    provider = an_auditor()
    client = signed_in(house, "policy")
    form = client.get("/audits/new/").context["form"]
    assert (form["reference"].value(), form["year"].value(), form["provider"].value()) == (
        "IA26-01",
        "2026/27",
        provider.pk,
    )
    given = {"title": "Payroll", "provider": provider.pk, "year": "2026/27", "days": "12", "reference": "IA26-01"}
    given |= {"brief": "1/7/2026", "exit": "3 August 2026", "sensitivity": "office", "reason": "Agreed in March"}
    wrong = client.post("/audits/new/", given | {"year": "next", "days": "many"})
    assert (wrong.status_code, problems(wrong)) == (
        422,
        {"days": "Enter planned days as a whole number, for example 12"},
    )
    added = client.post("/audits/new/", given | {"approver": "The panel"}, follow=True)
    assert "IA26-01 is in the plan of 2026/27" in said(added)
    audit = Audit.objects.get()
    assert (audit.days, stage(audit, "exit").planned, stage(audit, "draft").planned) == (12, date(2026, 8, 3), None)


def test_without_an_auditor_the_page_says_who_sets_one_up(house: House) -> None:
    assert "No auditor is set up yet" in said(get(house, "/audits/new/"))


def test_an_audit_shows_its_stages_and_the_ledger_of_what_moved(house: House, audit: Audit) -> None:
    moved = {which: DATES[which].strftime("%d/%m/%Y") for which in DATES} | {"brief": "9/4/2026"}
    saved = send(house, "dates/", moved | {"reason": "The team was ill", "approver": "Joint Panel"})
    assert "The dates of A1 are saved" in said(saved)
    words = said(get(house, HERE))
    assert "How the dates moved, latest first 15 June 2026 Brief: 7 April 2026 9 April 2026 The team was ill" in words
    assert "agreed by Joint Panel" in words
    assert stage(audit, "brief").first_planned == date(2026, 4, 7)


def test_a_date_that_moves_without_an_approver_is_sent_back(house: House, audit: Audit) -> None:
    moved = {which: DATES[which].strftime("%d/%m/%Y") for which in DATES} | {"brief": "9/4/2026"}
    answer = send(house, "dates/", moved | {"reason": "The team was ill"})
    assert problems(answer) == {"approver": "Enter the board or post that agreed the new dates"}
    backwards = send(house, "dates/", moved | {"exit": "1/1/2027", "reason": "So", "approver": "Panel"})
    assert list(problems(backwards)) == ["draft"]


def test_the_form_of_dates_leaves_out_what_was_reached(house: House, audit: Audit) -> None:
    reached(audit, brief=date(2026, 4, 7))
    assert list(get(house, HERE + "dates/").context["form"].to_plan) == [
        *("fieldwork", "exit", "draft", "responses", "final", "panel")
    ]


def test_a_stage_is_recorded_and_corrected_on_a_page(house: House, audit: Audit) -> None:
    form = get(house, HERE + "stage/").context["form"]
    assert (form["stage"].value(), form["on"].value()) == ("brief", "15 June 2026")
    send(house, "stage/", {"stage": "brief", "on": "8/4/2026"})
    assert stage(audit, "brief").actual == date(2026, 4, 8)
    asked = get(house, HERE + "stage/?stage=brief").context["form"]
    assert asked["on"].value() == "8 April 2026"
    assert list(problems(send(house, "stage/", {"stage": "brief", "on": "9/4/2026"}))) == ["reason"]
    assert list(problems(send(house, "stage/", {"stage": "exit", "on": ""}))) == ["on"]
    send(house, "stage/", {"stage": "brief", "undo": "on", "on": "", "reason": "It was another audit"})
    assert stage(audit, "brief").actual is None
    assert "Brief: recorded date taken back" in said(get(house, HERE))


def test_a_report_brings_its_opinion(house: House, audit: Audit) -> None:
    form = get(house, HERE + "report/").context["form"]
    assert [option.text for option in form["opinion"].options] == [
        *("Strong", "Fair", "Weak", "None", "Advisory, without an opinion")
    ]
    shown = send(house, "report/", {"on": "1/6/2026", "opinion": "3"})
    assert "Final Opinion Weak" in said(shown)
    assert list(problems(send(house, "report/", {"on": "2/6/2026", "opinion": "advisory"}))) == ["reason"]
    advisory = send(house, "report/", {"on": "2/6/2026", "opinion": "advisory", "reason": "Misread"})
    assert "Final Advisory , without an opinion" in said(advisory)


def test_the_survey_is_answered_on_a_page(house: House, audit: Audit) -> None:
    early = send(house, "survey/", {"satisfaction": "2", "on": "10/6/2026"})
    assert list(problems(early)) == ["on"]
    reached(audit, final=date(2026, 6, 1))
    assert "Survey Good" in said(send(house, "survey/", {"satisfaction": "2", "on": "10/6/2026"}))


def test_an_audit_is_deferred_and_leads_to_the_later_one(house: House, audit: Audit) -> None:
    form = get(house, HERE + "defer/").context["form"]
    assert (form["year"].value(), form["reference"].value()) == ("2027/28", "IA27-01")
    given = {"year": "2027/28", "reference": "IA27-01", "reason": "No auditor free", "approver": "Joint Panel"}
    shown = send(house, "defer/", given)
    assert "Carried to the plan of 2027/28" in said(shown)
    assert "Stands now as IA27-01" in said(shown)
    later = said(get(house, "/audits/office/IA27-01/"))
    assert "Carried from A1" in later
    assert "Carried over from an earlier plan" in later
    assert list(problems(send(house, "put-back/", {"reason": "Back", "approver": "Panel"}))) == ["reason"]


def test_an_audit_is_cancelled_and_put_back(house: House, audit: Audit) -> None:
    assert list(problems(send(house, "cancel/", {"reason": "Not needed"}))) == ["approver"]
    gone = said(send(house, "cancel/", {"reason": "Not needed", "approver": "Joint Panel"}))
    assert "Put it back in the plan" in gone
    assert "Record a stage date" not in gone
    assert "Record a stage date" in said(send(house, "put-back/", {"reason": "Needed", "approver": "Joint Panel"}))


def test_an_audit_is_changed_on_a_page(house: House, audit: Audit) -> None:
    given = {
        "title": "Payroll and pensions",
        "owner": house.posts["finance"].pk,
        "days": "9",
        "purpose": "So",
        "scope": "",
    }
    shown = said(send(house, "change/", given | {"reason": "Pensions were added"}))
    assert "Payroll and pensions" in shown
    assert "Planned days from 10 to 9. Terms of reference changed." in shown


def test_scope_risks_lead_both_ways_and_are_taken_out(house: House, audit: Audit) -> None:
    risk = a_risk(house, reference="R1", title="Pay is wrong")
    assert list(problems(send(house, "scope/", {"reference": "R9", "reason": "So"}))) == ["reference"]
    assert list(problems(send(house, "scope/", {"reference": "", "reason": "So"}))) == ["reference"]
    assert "R1 Pay is wrong , in scope" in said(send(house, "scope/", {"reference": "R1", "reason": "It tests it"}))
    assert "A1 Payroll" in said(get(house, "/risks/office/R1/"))
    standing = audit.record.links.get().pk
    gone = said(send(house, "scope/", {"reference": "", "out": [str(standing)], "reason": "Not tested"}))
    assert "Gap: no risk is named" in gone
    assert risk.record.linked_from.get().ended == TODAY


def test_an_audit_is_shared_with_another_body_and_no_longer(house: House, audit: Audit) -> None:
    assert get(house, HERE, "force_reader").status_code == 404
    send(house, "share/", {"answer": f"share:{house.force.pk}", "reason": "A joint plan"})
    assert get(house, HERE, "force_reader").status_code == 200
    assert [item.row.reference for item in get(house, PLAN, "force_reader").context["rows"]] == ["A1"]
    standing = audit.record.shares.get().pk
    send(house, "share/", {"answer": f"stop:{standing}", "reason": "No longer joint"})
    assert get(house, HERE, "force_reader").status_code == 404


def test_who_may_see_an_audit_is_changed_on_a_page(house: House, audit: Audit) -> None:
    send(house, "restrict/", {"sensitivity": "restricted", "reason": "A grievance"})
    assert [get(house, HERE, name).status_code for name in ("reader", "owner", "panel")] == [404, 404, 200]


def test_the_history_holds_every_entry(house: House, audit: Audit) -> None:
    reached(audit, brief=date(2026, 4, 7))
    words = said(get(house, HERE + "history/"))
    assert "2 entries" in words
    assert "Brief reached" in words
    assert "holds" in words


def test_a_form_that_somebody_overtook_saves_nothing_and_says_what_they_did(house: House, audit: Audit) -> None:
    seen = audit.record.head_sequence
    commands.record_stage(audit, stage="brief", on=date(2026, 4, 7), **BY)
    client = signed_in(house, "policy")
    given = {"title": "Mine", "owner": "", "days": "3", "purpose": "", "scope": "", "reason": "Because", "seen": seen}
    answer = client.post(HERE + "change/", given)
    assert answer.status_code == 422
    assert "Nothing is saved yet: somebody changed this audit" in said(answer)
    assert "Brief reached" in said(answer)
    assert Record.objects.get(reference="A1").title == "Payroll"
    again = given | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(HERE + "change/", again).status_code == 302
    assert Record.objects.get(reference="A1").title == "Mine"
    (event,) = events([entries_of(audit.record)[0]])
    assert (event.event, event.reason) == ("audit.changed", "Because")


def test_an_audit_as_it_stood_on_a_past_day(house: House, audit: Audit) -> None:
    reached(audit, brief=date(2026, 4, 7))
    then = said(get(house, HERE + "?as_at=2026-04-03"))
    assert "Planned" in then
    assert "Record a stage date" not in then
    assert "cannot be shown as at 1 March 2026" in said(get(house, HERE + "?as_at=2026-03-01"))


def test_a_hidden_audit_is_absent_from_plan_counts_search_links_and_years(house: House, audit: Audit) -> None:
    risk = a_risk(house, reference="R1")
    hidden = an_audit(house, reference="A2", title="Secretive", sensitivity="restricted", owner=house.posts["policy"])
    later = an_audit(house, reference="A3", title="Secretive", sensitivity="restricted", year="2031/32", planned={})
    link(hidden.record, to=risk.record, how="in scope", **BY)
    client = signed_in(house, "reader")
    shown = client.get(PLAN)
    assert ([item.row.reference for item in shown.context["rows"]], shown.context["total"]) == (["A1"], 1)
    assert sum(month.audits for month in shown.context["load"].months) == 1
    assert [value for value, _ in shown.context["filters"].fields["year"].choices] == ["2026/27"]
    for address in (PLAN, "/audits/?year=2026/27&q=secretive", "/search?q=secretive", "/risks/office/R1/", "/history/"):
        assert "Secretive" not in client.get(address).content.decode()
        assert "A2" not in said(client.get(address))
    never = client.get("/audits/office/A9/").status_code
    assert [client.get(f"/audits/office/{each.record.reference}/").status_code for each in (hidden, later)] == [
        never
    ] * 2


def test_what_was_restricted_on_the_day_stays_hidden_as_it_stood(house: House) -> None:
    audit = an_audit(house, reference="A1", title="Secretive", sensitivity="restricted", owner=house.posts["policy"])
    commands.restrict(audit, sensitivity="office", **BY)
    client = signed_in(house, "reader")
    assert client.get(HERE).status_code == 200
    assert "cannot be shown" in said(client.get(HERE + "?as_at=2026-05-01"))
    assert client.get(PLAN + "&as_at=2026-05-01").context["rows"] == []


def test_the_page_of_an_audit_asks_as_often_whatever_hangs_on_it(house: House, audit: Audit) -> None:
    client, counts = signed_in(house, "policy"), []
    for number in range(12):
        risk = a_risk(house)
        link(audit.record, to=risk.record, how="in scope", **BY)
        day = date(2026, 7, 16) + timedelta(days=number + 1)
        commands.plan_stages(audit, planned={"panel": day}, **AGREED)
        if number in {0, 2, 11}:
            counts.append(questions(client, HERE))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 13


def test_an_audit_shared_by_the_force_shows_its_body(house: House) -> None:
    audit = an_audit(house, reference="F1", organisation=house.force, owner=None)
    share(audit.record, organisation=house.office, **BY)
    shown = said(get(house, "/audits/force/F1/"))
    assert "Mereford Police" in shown
    assert "Record a stage date" not in shown
