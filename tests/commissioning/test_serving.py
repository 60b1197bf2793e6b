"""Which priorities of the plan agreements serve: said, listed, filtered by, totalled, and as it stood on a past day."""

from datetime import date, timedelta
from typing import Any

import pytest

from candour.commissioning import commands
from candour.commissioning.models import Agreement, Serving
from candour.commissioning.papers.follow.kind import gather
from candour.commissioning.papers.follow.report import commissioning_report
from candour.commissioning.papers.follow.stock import Stock
from candour.kernel.access import Actor
from candour.kernel.papers.document import Document, Table
from candour.kernel.papers.render import render
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.plan import commands as plans
from candour.plan.models import Plan, Priority
from tests.commissioning.factories import BY, whole
from tests.factories import NOW, TODAY, House
from tests.plan.factories import a_plan, a_priority
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/agreements/office/VS-2026-01/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, answers: dict[str, Any], *, name: str = "policy") -> Any:
    seen = Record.objects.get(kind="agreement", reference="VS-2026-01").head_sequence
    return signed_in(house, name).post(f"{HERE}serves/", {"seen": seen} | answers, follow=True)


def two(house: House) -> tuple[Priority, Priority]:
    """The two priorities of a published plan."""
    plan = a_plan(house)
    return plan.priorities.get(number="1"), a_priority(plan, house, number="2", title="Safer streets")


def serves(agreement: Agreement, *priorities: Priority, **said: Any) -> list[Serving]:
    return commands.serve(agreement, serves=[one.pk for one in priorities], **(BY | said))


def address(priority: Priority) -> str:
    return f"/plan/plans/office/PCP25/priorities/{priority.pk}/"


def references(response: Any) -> list[str]:
    return [each.row.reference for each in response.context.get("rows", [])]


def stock(house: House, actor: Actor | None = None, as_at: date = TODAY) -> Stock:
    actor = actor or house.actors["policy"]
    return gather(actor, organisation=house.office, as_at=as_at, since=as_at, at=NOW)


def rows_of(document: Document, caption: str) -> list[list[str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table) and block.caption.startswith(caption)]
    return [["".join(run.text for part in one.blocks for run in part.words) for one in row.cells] for row in table.rows]  # type: ignore[union-attr]


def text(document: Document) -> str:
    return render(document, ".txt").decode()


def test_an_agreement_says_which_priorities_it_serves_and_each_page_shows_the_other(house: House) -> None:
    first, second = two(house)
    whole(house)
    assert "It is not said which priorities of the plan it serves." in said(get(house, HERE))
    done = send(house, {"serves": [str(first.pk), str(second.pk)], "reason": "Agreed with the board"})
    assert done.context["serves"] == [
        (address(first), "1. Putting victims first"),
        (address(second), "2. Safer streets"),
    ]
    entry = done.context["timeline"][0]
    assert (entry.title, entry.texts, entry.why) == (
        "Priorities of the plan chosen",
        ("Serves: 1. Putting victims first.", "Serves: 2. Safer streets."),
        "Agreed with the board",
    )
    (served,) = get(house, address(first)).context["served"]
    assert (served.label, served.count, served.said) == ("Agreements", 1, "together worth £120,000")
    assert [(row.reference, row.worth, row.state) for row in served.rows] == [("VS-2026-01", "£120,000", "Running")]
    send(house, {"serves": [str(second.pk)], "reason": "The first was a slip"})
    assert get(house, address(first)).context["served"][0].count == 0
    told = get(house, f"{HERE}history/").context["entries"][0]
    assert told.texts == ("Serves no more: 1. Putting victims first.",)


def test_only_priorities_of_a_published_plan_that_runs_can_be_said_and_only_with_a_reason(house: House) -> None:
    first, second = two(house)
    draft = a_plan(house, reference="DRAFT", published_on=None)
    it = whole(house)
    hidden = draft.priorities.get()
    for wanted, reason, field in (
        ([hidden.pk], "Because", "serves"),
        ([10**9], "Because", "serves"),
        ([], "Because", "serves"),
        ([first.pk], " ", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            commands.serve(it, serves=wanted, **(BY | {"reason": reason}))
        assert refused.value.field == field
    serves(it, first)
    commands.end(it, on=TODAY, **BY)
    with pytest.raises(Refused):
        serves(it, second)
    assert list(Serving.objects.values_list("priority", "removed_on")) == [(first.pk, None)]


def test_what_the_actor_may_not_see_of_plans_is_not_there_and_stays_as_it_is(house: House) -> None:
    first, _ = two(house)
    it = whole(house)
    serves(it, first)
    plans.restrict(Plan.objects.get().record, sensitivity="restricted", **BY)
    shown = {name: get(house, HERE, name) for name in ("policy", "reader")}
    assert {name: len(page.context["serves"]) for name, page in shown.items()} == {"policy": 1, "reader": 0}
    assert "Putting victims first" not in said(shown["reader"])
    filtered = get(house, f"/agreements/?priority={first.pk}", "reader")
    never = get(house, f"/agreements/?priority={10**9}", "reader")
    assert (filtered.context["has_errors"], never.context["has_errors"]) == (True, True)
    assert (references(filtered), references(never)) == ([], [])
    assert [one.pk for one in stock(house, house.actors["reader"]).priorities] == []
    assert list(Serving.objects.filter(removed_on=None).values_list("priority", flat=True)) == [first.pk]


def test_the_register_is_filtered_by_priority_today_and_as_at_a_day(house: House) -> None:
    first, second = two(house)
    one, other = whole(house), whole(house, service="Refuge")
    whole(house, service="Training")
    serves(one, first, second)
    serves(other, second)
    for day in ("", f"&as_at={(TODAY - timedelta(1)).isoformat()}"):
        found = {
            words: references(get(house, f"/agreements/?priority={words}{day}"))
            for words in (str(first.pk), str(second.pk), "none")
        }
        if not day:
            assert found == {
                str(first.pk): ["VS-2026-01"],
                str(second.pk): ["VS-2026-01", "VS-2026-02"],
                "none": ["VS-2026-03"],
            }
        else:
            assert found == {
                str(first.pk): [],
                str(second.pk): [],
                "none": ["VS-2026-01", "VS-2026-02", "VS-2026-03"],
            }


def test_a_past_day_shows_what_was_served_then_under_the_words_of_then(house: House) -> None:
    first, second = two(house)
    it, then = whole(house), date(2026, 4, 1)
    serves(it, first, effective=then)
    serves(it, second)
    plans.change_priority(first, number="1", title="Victims come first", text="", lead=None, **BY)
    before = f"?as_at={(TODAY - timedelta(1)).isoformat()}"
    past = get(house, HERE + before)
    assert past.context["serves"] == [(address(first) + before, "1. Putting victims first")]
    assert [text for _, text in get(house, HERE).context["serves"]] == ["2. Safer streets"]
    of_priority = get(house, address(first) + before)
    assert of_priority.context["row"].title == "Putting victims first"
    assert [row.reference for row in of_priority.context["served"][0].rows] == ["VS-2026-01"]
    assert get(house, address(first)).context["served"][0].count == 0
    assert get(house, f"{address(first)}?as_at=2020-01-01").status_code == 200
    report = commissioning_report(stock(house, as_at=TODAY - timedelta(1)), "panel")
    assert rows_of(report, "Agreements by priority")[0][:3] == ["1. Putting victims first", "1", "£120,000"]


def test_the_report_totals_by_priority_each_agreement_once_under_each_and_lists_those_that_serve_none(
    house: House,
) -> None:
    first, second = two(house)
    a_priority(Plan.objects.get(), house, number="3", title="A force that listens")
    one, other = whole(house, sensitivity="public"), whole(house, service="Refuge", sensitivity="public")
    whole(house, service="Training", sensitivity="public")
    serves(one, first, second)
    serves(other, second)
    panel = commissioning_report(stock(house), "panel")
    assert [row[:3] for row in rows_of(panel, "Agreements by priority")] == [
        ["1. Putting victims first", "1", "£120,000"],
        ["2. Safer streets", "2", "£240,000"],
        ["None said", "1", "£120,000"],
        ["All agreements, each once", "3", "£360,000"],
    ]
    assert [row[0] for row in rows_of(panel, "Agreements of which no priority")] == ["VS-2026-03"]
    words = text(panel)
    assert "1 serves more than one, so the rows add up to more than there is." in words
    assert "No agreement is said to serve: 3. A force that listens." in words
    # The plan is for office and panel: a public copy does not name its priorities.
    assert "Safer streets" not in text(commissioning_report(stock(house), "public"))


def test_as_many_queries_whatever_is_served(house: House) -> None:
    first, second = two(house)
    it = whole(house)
    serves(it, first)
    pages = (HERE, "/agreements/", address(first), f"{HERE}?as_at={TODAY - timedelta(1)}")
    client = signed_in(house, "policy")
    few = {page: (client.get(page), questions(client, page))[1] for page in pages}
    serves(it, first, second)
    for number in range(4):
        serves(whole(house, service=f"Service of town {number}"), first)
    assert {page: questions(client, page) for page in pages} == few
    assert max(few.values()) <= 12
