"""Every owner of a restricted recommendation sees it, and nobody else who may not: today, on past days, wherever it is told."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.access.queries import actor_for
from candour.kernel.actions.commands import add_action
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.commands import add_file
from candour.kernel.evidence.queries import files_of
from candour.kernel.papers.document import texts
from candour.kernel.papers.kinds import paper
from candour.kernel.records.happened import entries_seen, entries_told
from candour.kernel.records.models import Record, visible
from candour.kernel.records.queries import visible_records
from candour.kernel.records.search import search
from candour.recommendations import commands
from candour.recommendations.commands import Due, Owner
from candour.recommendations.models import Recommendation, RecommendationLine
from candour.recommendations.queries import register
from candour.recommendations.queries.figures import table
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.one import owners_of
from candour.recommendations.queries.sources import open_tracker
from tests.evidence.samples import PDF
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("priorities", "moment")]
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
DUE = [Due("31 March 2026", date(2026, 3, 31))]
LIST = "/recommendations/"
SEE = "recommendations.see"


@pytest.fixture
def shared(house: House) -> Recommendation:
    """A restricted one that the policy officer leads and the head of communications answers for too, since January."""
    a_recommendation(house, reference="A1", response="accepted")
    a_recommendation(house, reference="A2", response="accepted", sensitivity="restricted", owners=[
        Owner(house.posts["policy"], DUE)
    ])  # fmt: skip
    return a_recommendation(
        house, reference="A0", title="Guard the zephyr files", response="accepted", sensitivity="restricted",
        owners=[Owner(house.posts["policy"], DUE), Owner(house.posts["owner"], DUE)],
    )  # fmt: skip


def told(house: House, name: str, *, as_at: date | None = None) -> dict[str, list[str]]:
    """The references that each way of asking gives somebody; for a past day those that know of past days."""
    actor = house.actors[name]
    rows = register(actor, today=TODAY, as_at=as_at)
    source = open_tracker(actor, organisation=house.office.pk, today=TODAY, as_at=as_at)
    wanted = RecommendationFilter(organisation=house.office.pk)
    (count,) = source.counts({"": wanted}).values()
    page = source.page(wanted, sort="reference", offset=0, size=50, total=count)
    counted = table(source, {"": wanted}, by="priority")
    assert (count, sum(each[""] for each in counted.values())) == (len(page.rows), len(page.rows))
    found = {"register": [row.reference for row in rows], "list": [row.reference for row in page.rows]}
    if as_at is None:
        for path, model in (("", Record), ("", RecommendationLine), ("record__", RecommendationLine)):
            seen = model._default_manager.filter(visible(actor, SEE, path))
            found[f"{model.__name__} {path}"] = list(seen.values_list("reference", flat=True))
        found["records"] = list(Record.objects.filter(visible_records(actor)).values_list("reference", flat=True))
        found["search"] = [row.reference for row in search("a0", actor=actor)] + ["A1"]
        entries = entries_told(actor).values_list("record_label", flat=True)
        found["history"] = [label for label in entries if label.startswith("A")]
    return {way: sorted(set(references)) for way, references in found.items()}


def ways(house: House, name: str, **day: Any) -> list[str]:
    """What every way of asking agrees on."""
    found = told(house, name, **day)
    agreed = next(iter(found.values()))
    assert found == dict.fromkeys(found, agreed)
    return agreed


def test_each_owner_sees_it_by_every_way_and_nothing_else_that_is_restricted(
    house: House, shared: Recommendation
) -> None:
    assert ways(house, "owner") == ["A0", "A1"]
    assert ways(house, "owner", as_at=date(2026, 5, 1)) == ["A0", "A1"]
    assert ways(house, "reader") == ways(house, "reader", as_at=date(2026, 5, 1)) == ["A1"]


def test_an_owner_opens_its_pages_and_they_ask_what_they_ask_of_others(house: House, shared: Recommendation) -> None:
    owner, policy = (signed_in(house, name) for name in ("owner", "policy"))
    for address in (LIST, f"{LIST}?as_at=1 May 2026", f"{LIST}mine/", "/search?q=zephyr", f"{LIST}download.csv"):
        page = owner.get(address)
        assert (address, page.status_code, b"zephyr" in b"".join(page)) == (address, 200, True)
    for end in ("", "history/", "?as_at=1 May 2026"):
        assert (end, owner.get(f"{LIST}office/A0/{end}").status_code) == (end, 200)
        assert signed_in(house, "reader").get(f"{LIST}office/A0/{end}").status_code == 404
    for address in (LIST, f"{LIST}office/A0/", f"{LIST}age/"):
        assert questions(owner, address) <= max(12, questions(policy, address))
    assert "zephyr" not in said(signed_in(house, "reader").get("/search?q=zephyr"))


def test_the_list_asks_as_much_of_an_owner_of_many_as_of_one(house: House, shared: Recommendation) -> None:
    owner = signed_in(house, "owner")
    addresses = [LIST, f"{LIST}?as_at=1 May 2026", "/search?q=zephyr"]
    before = [questions(owner, address) for address in addresses]
    for _ in range(3):
        a_recommendation(house, sensitivity="restricted", response="accepted", title="Guard the zephyr files too",
                         owners=[Owner(house.posts["policy"], DUE), Owner(house.posts["owner"], DUE)])  # fmt: skip
    assert [questions(owner, address) for address in addresses] == before
    assert max(before) <= 12


def test_who_owns_it_no_more_sees_nothing_of_it_on_any_day(house: House, shared: Recommendation) -> None:
    commands.hand_over(owners_of(shared)[1], owner=None, **BY)
    assert ways(house, "owner") == ways(house, "owner", as_at=date(2026, 5, 1)) == ["A1"]
    assert list(entries_seen(shared.record, house.actors["owner"])) == []


def test_who_takes_a_part_over_sees_it_from_then_and_who_gave_it_sees_it_no_more(
    house: House, shared: Recommendation
) -> None:
    commands.hand_over(owners_of(shared)[1], owner=house.posts["reader"], effective=date(2026, 5, 1), **BY)
    assert (ways(house, "owner"), ways(house, "reader")) == (["A1"], ["A0", "A1"])
    assert ways(house, "reader", as_at=date(2026, 5, 2)) == ["A0", "A1"]
    # Restricted on a day on which the post did not answer for it: that day stays shut.
    assert ways(house, "reader", as_at=date(2026, 4, 30)) == ["A1"]


def test_what_is_restricted_since_is_seen_on_an_open_day_only_by_who_answered_then(house: House) -> None:
    it = a_recommendation(house, reference="A0", response="accepted", owners=[Owner(house.posts["policy"], DUE)])
    a_recommendation(house, reference="A1", response="accepted")
    commands.restrict(it, sensitivity="restricted", effective=date(2026, 4, 1), **BY)
    commands.add_owner(it, owner=house.posts["owner"], text="", effective=date(2026, 5, 1), **BY)
    assert ways(house, "owner") == ways(house, "owner", as_at=date(2026, 5, 1)) == ["A0", "A1"]
    assert ways(house, "owner", as_at=date(2026, 4, 15)) == ["A1"]
    assert ways(house, "owner", as_at=date(2026, 3, 1)) == ["A1"]  # open then, restricted today: the stricter counts


def test_an_owner_reads_its_history_actions_and_files_on_a_past_day_too(house: House, shared: Recommendation) -> None:
    record, owner = Record.objects.get(pk=shared.pk), house.actors["owner"]
    add_action(record, text="Lock the room", owner=house.posts["policy"], due=date(2026, 12, 1), actor=CANDOUR, at=NOW)
    add_file(record, name="plan.pdf", content=BytesIO(PDF), actor=CANDOUR, at=NOW)
    for actor, there in ((owner, 1), (house.actors["reader"], 0)):
        found = [actions_of(record, actor=actor, today=TODAY, as_at=day).rows for day in (None, TODAY)]
        found += [files_of(record, actor=actor, as_at=day).rows for day in (None, TODAY)]
        assert [len(rows) for rows in found] == [there] * 4
        assert entries_seen(record, actor).count() == 3 * there


def test_a_post_that_is_still_to_be_named_lets_nobody_in(house: House) -> None:
    a_recommendation(house, reference="A0", sensitivity="restricted", response="accepted", owners=[Owner(None, DUE)])
    a_recommendation(house, reference="A1", response="accepted")
    assert ways(house, "owner") == ways(house, "reader") == ["A1"]


@pytest.mark.parametrize("kind", ["recommendations", "recommendation-changes"])
def test_a_paper_that_an_owner_drafts_holds_what_its_audience_may_read(
    house: House, shared: Recommendation, kind: str
) -> None:
    actor = actor_for(house.people["owner"], TODAY)
    said: dict[str, Any] = {"organisation": house.office, "as_at": TODAY, "since": date(2026, 1, 1), "at": NOW}
    drafts = {
        (name, audience): "zephyr" in "\n".join(texts(paper(kind, actor=one, audience=audience, **said)))
        for name, one in (("owner", actor), ("reader", house.actors["reader"]))
        for audience in ("office", "public", "panel")
    }
    assert actor.audience == "office"
    assert drafts == {(name, audience): name == "owner" and audience == "panel" for name, audience in drafts}
