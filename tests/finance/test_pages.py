"""The pages of finance and change, as their readers meet them."""

from datetime import date
from typing import Any

import pytest

from candour.finance import commands
from candour.finance.commands import NewAmount
from candour.finance.models import Budget, Collaboration, Project, Scheme
from candour.finance.queries import desk
from candour.kernel.records.models import Record
from tests.factories import TODAY, House
from tests.finance.factories import (
    BY,
    GREEN,
    JUNE,
    RED,
    Y26,
    Y27,
    K,
    a_benefit,
    a_budget,
    a_collaboration,
    a_project,
    a_scheme,
    funding,
    headings,
    limits,
    load,
    rated_in,
    reported,
    shared_out,
    years,
)
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, it: Any, page: str, answers: dict[str, Any], *, name: str = "policy") -> Any:
    record = Record.objects.get(pk=it.pk)
    place = {"budget": "budgets", "finance-scheme": "schemes"}.get(record.kind, f"{record.kind}s")
    address = f"/finance/{place}/office/{record.reference}/{page}"
    return signed_in(house, name).post(address, {"seen": record.head_sequence} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def references(response: Any) -> list[str]:
    return [each.row.reference for each in response.context.get("rows", [])]


def a_year(house: House) -> Budget:
    """A budget with a heading over and one under, reserves of which one is short, a plan with a gap, a saving, a scheme."""
    rated_in(house)
    it, saving, builds = a_budget(house), a_scheme(house), a_scheme(house, "capital", title="Custody suite")
    amounts = headings(it, {"Estates": (50, 40, 10), "Pay": (100, 115, 20)})
    for what, pounds in (("opening", 5_000), ("movement", -2_500), ("minimum", 3_000)):
        amounts.append(NewAmount(it.record, "reserve", Y26, what, pounds * K, "General"))
    for side, first, second in (("income", 150, 150), ("spending", 150, 180)):
        amounts.append(NewAmount(it.record, side, Y26, "budget", first * K, "Line"))
        amounts.append(NewAmount(it.record, side, Y27, "budget", second * K, "Line"))
    amounts += [*years(saving, {Y26: (100, 80, 30)}), *years(builds, {Y26: (500, 300, 90), Y27: (500, 700)})]
    load(house.office, [*amounts, *funding(builds, {"Grant": {Y26: 500, Y27: 500}})], effective=date(2026, 6, 2))
    return it


def test_without_a_budget_the_first_page_teaches(house: House) -> None:
    assert "No budget is open yet" in said(get(house, "/finance/"))
    assert "No budget that you can see" in said(get(house, "/finance/", "reader"))
    for name, words in (
        ("savings", "No saving is planned"), ("capital", "No capital scheme"), ("projects", "No project has begun"),
        ("collaborations", "No collaboration is entered"),
    ):  # fmt: skip
        assert words in said(get(house, f"/finance/{name}/"))
        assert "Nothing that you can see" in said(get(house, f"/finance/{name}/", "reader"))


def test_finance_on_one_screen_is_worst_first_with_every_total_computed(house: House) -> None:
    it = a_year(house)
    shown = get(house, "/finance/")
    assert [one["value"] for one in shown.context["figures"]] == [
        "£5k over", "£2.5m", "£30k short", "£30k", "£200k to later years",
    ]  # fmt: skip
    assert [(name, words) for name, _, words in shown.context["headings"]] == [
        ("Pay", "£15,000 over"), ("Estates", "£10,000 under"),
    ]  # fmt: skip
    words = said(shown)
    assert "Reserves open at £5.0m and close at £2.5m. Below their advised minimum: General by £500k." in words
    assert "Month 2, May 2026 finance.xlsx, loaded 2 June 2026" in words
    assert shown.context["budget_chart"].table.rows[-1] == (
        "All headings", "£150,000", "£155,000", "£5k over", "£30,000",
    )  # fmt: skip
    load(house.office, headings(it, {"Pay": (100, 99, 40)}), JUNE)
    assert "Month 3, June 2026" in said(get(house, "/finance/"))
    then = get(house, "/finance/budgets/office/2026/27/?as_at=2026-06-10")
    assert [one["value"] for one in then.context["figures"]] == [one["value"] for one in shown.context["figures"]]
    assert "cannot be shown" in said(get(house, "/finance/?as_at=2026-01-01"))
    assert {questions(signed_in(house, "policy"), "/finance/"), questions(signed_in(house, "reader"), "/finance/")} == {
        11
    }


def test_each_list_is_worst_first_and_each_view_holds_as_many_as_it_says(house: House) -> None:
    a_year(house)
    red, done = a_scheme(house, title="Red one"), a_scheme(house, title="Done one")
    commands.rate_scheme(red, rating=RED, **BY)
    commands.finish_scheme(done, on=TODAY, **BY)
    hidden = a_scheme(house, title="Hidden one", sensitivity="restricted", owner=None)
    load(house.office, years(hidden, {Y26: (900, 900, 900)}))
    shown = get(house, "/finance/savings/")
    assert [(each.row.title, each.row.state) for each in shown.context["rows"]] == [
        ("Fewer vehicles", "Short of its plan"), ("Red one", "No figures yet"), ("Hidden one", "On track"),
    ]  # fmt: skip
    for view in shown.context["views"]:
        assert len(references(get(house, f"/finance/savings/{view.href}"))) == view.count
    assert shown.context["said"].startswith("2 schemes plan to save £1.0m in 2026/27. £930k is delivered so far")
    own = get(house, "/finance/savings/", "reader")
    assert "Hidden one" not in [each.row.title for each in own.context["rows"]]
    assert own.context["said"].startswith("1 scheme plans to save £100k in 2026/27. £30k is delivered so far, 30%")
    assert references(get(house, "/finance/capital/?view=slipping")) == ["CAP-01"]
    assert references(get(house, "/finance/savings/?q=red")) == ["SAV-02"]
    assert references(get(house, "/finance/savings/?as_at=2026-01-04")) == []
    assert "Nothing is shown until this is mended" in said(get(house, "/finance/savings/?state=Odd"))


def test_a_scheme_is_rated_on_its_page_and_a_refusal_keeps_the_answer(house: House) -> None:
    a_year(house)
    it = Scheme.objects.get(sort="capital")
    assert "£200k to later years" in said(get(house, "/finance/schemes/office/CAP-01/"))
    empty = send(house, it, "rate/", {"rating": str(GREEN)}, name="owner")
    assert (empty.status_code, list(problems(empty).values())) == (422, ["Say what the rating rests on"])
    done = send(house, it, "rate/", {"rating": str(RED), "reason": "The builder left"}, name="owner")
    assert "Off track" in said(done)
    assert get(house, "/finance/schemes/office/CAP-01/rate/", "reader").status_code == 404
    assert get(house, "/finance/schemes/office/CAP-01/rate/", "secretary").status_code == 403


def test_a_project_goes_from_case_to_report_on_its_pages_and_stands_on_the_desk_of_its_lead(house: House) -> None:
    rated_in(house)
    limits(house)
    answers = {
        "title": "Records",
        "every": "1",
        "sensitivity": "office",
        "reason": "Agreed",
        "owner": house.posts["owner"].pk,
    }
    made = signed_in(house, "policy").post("/finance/projects/begin/", answers, follow=True)
    assert "Records" in said(made)
    it = Project.objects.get()
    send(house, it, "case/", {"kind": "full", "value": "200,000", "summary": "One system"})
    assert "Awaits approval" in said(get(house, "/finance/projects/"))
    send(
        house, it, "case/answer/", {"answer": "approved", "answered_by": "The board", "decision": "", "reason": "Sound"}
    )
    assert Project.objects.get().budget == 200 * K
    steps = {"time": "1", "cost": "2", "benefits": "1"}
    wrong = send(house, it, "report/", steps | {"period": "2026-05-01", "progress": "", "spent": "5x"}, name="owner")
    assert len(problems(wrong)) == 2
    assert "5x" in wrong.content.decode()
    done = send(
        house, it, "report/", steps | {"period": "2026-05-01", "progress": "Live", "forecast": "250,000"}, name="owner"
    )
    assert "Over its budget" in said(done)
    assert get(house, "/finance/projects/office/PRJ-01/report/", "secretary").status_code == 403
    Record.objects.get(pk=it.pk).project_line.__class__.objects.update(report_due=date(2026, 6, 30))
    part = desk.reports(house.refreshed("owner"), today=TODAY)
    assert part is not None
    assert part.rows.count() == 1
    assert desk.reports(house.refreshed("panel"), today=TODAY) is None


def test_shares_that_do_not_come_to_100_say_how_to_mend_it_and_keep_what_was_typed(house: House) -> None:
    it = a_collaboration(house)
    answers = {
        "year": "2026-04-01",
        "cost": "900,000",
        "reason": "As agreed",
        "shares": "The office 40%*\nNorthshire 35%",
    }
    wrong = send(house, it, "shares/", answers)
    assert list(problems(wrong).values()) == [
        "The shares come to 75%: 25% is missing. Change them until they come to 100%"
    ]
    assert "Northshire 35%" in wrong.content.decode()
    odd = send(house, it, "shares/", answers | {"shares": "Northshire much"})
    assert list(problems(odd).values()) == ["‘Northshire much’ has no share. Write it as Mereford Police 40%"]
    done = send(house, it, "shares/", answers | {"shares": "The office 40%*\nNorthshire 35%\nSouthshire: 25.00 %"})
    assert "The office Our body 40% £360,000" in said(done)
    assert Collaboration.objects.get().record.collaboration_line.own_cost == 360 * K


def test_every_page_of_one_change_opens_and_the_history_tells_it(house: House) -> None:
    a_year(house)
    project, joint = a_project(house, approved=True), a_collaboration(house)
    reported(project)
    a_benefit(project)
    a_benefit(joint)
    shared_out(joint)
    client = signed_in(house, "policy")
    usual = ("restrict", "share", "history", "change")
    pages = {
        "budgets/office/2026/27": usual,
        "schemes/office/SAV-01": (*usual, "rate", "finish"),
        "projects/office/PRJ-01": (*usual, "report", "case", "ask", "close", "benefit", "measure"),
        "collaborations/office/COL-01": (*usual, "shares", "review", "end", "benefit", "measure"),
    }
    told = {
        (place, page): client.get(f"/finance/{place}/{page}/").status_code for place in pages for page in pages[place]
    }
    assert set(told.values()) == {200}
    words = said(client.get("/finance/projects/office/PRJ-01/history/"))
    assert "Business case answered" in words
    assert "Budget: £200,000." in words
    measured = {"found": "Counted", "measured": "30,000", "which": project.record.benefits.get().pk}
    assert "£30,000" in said(send(house, project, "measure/", measured))
