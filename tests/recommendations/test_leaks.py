"""A restricted recommendation changes nothing for whoever may not see it: not a word, a count, an order or a query."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from candour.kernel.access import CANDOUR
from candour.kernel.actions.commands import add_action
from candour.kernel.records.commands import link, share
from candour.recommendations import commands
from candour.recommendations.commands import Due, Owner, Said
from candour.recommendations.models import Recommendation
from candour.recommendations.queries.conditions import HAPPENED
from candour.recommendations.queries.orders import SORTS
from candour.recommendations.rules import PAST_WORDS, STATUS_WORDS
from candour.recommendations.views.listing import VIEWS
from tests.everywhere.asking import ask
from tests.factories import NOW, House
from tests.recommendations.factories import a_recommendation
from tests.risks.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("priorities", "moment")]
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
MARKED = re.compile(rb"\bzq\w*", re.IGNORECASE)
LIST = "/recommendations/"
OUTSIDE = ["reader", "owner", "force_reader", ""]


def opened(house: House, reference: str, **more: Any) -> Recommendation:
    owner = Owner(house.posts["owner"], [Due("31 March 2026", date(2026, 3, 31)), Due("TBC")])
    held = {"reference": reference, "response": "accepted", "priority": "High", "owners": [owner]}
    return a_recommendation(house, **(held | more))


def addresses(house: House) -> list[str]:
    """The list with every filter, order, view and day; the pages of an open one; search, history and one's own page."""
    queries = ["", "?q=zq", "?q=something", "?body=all", "?as_at=1 May 2026", "?as_at=1 May 2026&status=ended"]
    queries += [f"?status={name}" for name in (*STATUS_WORDS, "ended")]
    queries += [f"?past={name}" for name in ("past", *PAST_WORDS)] + ["?slips=1", "?slips=2", "?sensitivity=restricted"]
    queries += [f"?priority={word}" for word in ("High", "Zqpriority")] + ["?source=ico", "?audit=Zqaudit"]
    queries += [f"?sort={sign}{name}" for name in SORTS for sign in ("", "-")]
    queries += [f"?owner={post.pk}" for post in house.posts.values()]
    queries += ["?owner=none", "?slips=unapproved", "?status=any", "?age=5 or more"]
    queries += [f"?status=any&happened={name}" for name in HAPPENED]
    one = f"{LIST}office/A1/"
    ends = ("", "update/", "history/", "history.json", "?as_at=1 May 2026")
    found = [LIST + query for query in queries] + [one + end for end in ends]
    files = ("", "?q=zq", "?body=all&sort=-due", "?as_at=1 May 2026", "?status=ended")
    found += [f"{LIST}download.{end}{query}" for end in ("xlsx", "csv") for query in files]
    found += [
        f"{LIST}{page}/{day}" for page in ("age", "slips", "closures", "dates") for day in ("", "?as_at=1 May 2026")
    ]
    return [
        *found,
        f"{LIST}mine/",
        f"{LIST}dates-asked/",
        f"{LIST}new/",
        "/search?q=zqtitle",
        "/search?q=something",
        "/history/",
        "/actions/",
    ]


def secret(house: House, beside: Recommendation) -> Recommendation:
    """A restricted one whose every word is marked, with all that hangs on it, the highest in every order."""
    words = {name: f"zq{name}" for name in ("title", "audit", "text", "finding", "risk", "response_text", "printed")}
    dues = [Due("1 May 2018", date(2018, 5, 1)), Due("1 May 2019", date(2019, 5, 1), "zqwhy", "zqapprover")]
    dues += [Due("zqwords", None), Due("1 May 2020", date(2020, 5, 1))]
    it = opened(
        house,
        "A0",
        source="ico",
        sensitivity="restricted",
        priority="zqpriority",
        reported_on=date(2017, 5, 1),
        owners=[Owner(house.posts["policy"], dues), Owner(house.posts["finance"], dues)],
        updates=[Said(date(2026, 4, 1), "zqperiod", "zqachieved", "zqleft", "zqbarriers", evidence="zqevidence")],
        **words,
    )
    add_action(it.record, text="zqaction", owner=house.posts["owner"], due=date(2026, 12, 1), **BY)
    link(it.record, to=beside.record, how="zqhow", reason="zqlinked", **BY)
    share(it.record, organisation=house.force, reason="zqshared", **BY)
    (part,) = it.assignments.filter(owner=house.posts["policy"])
    commands.ask_date(part, text="zqasked", reason="zqaskedwhy", **BY)
    commands.propose_closure(it, case="zqcase", **BY)
    meeting = {"board": "Audit Panel", "met_on": NOW.date(), "minute": "1", "resolved": "To close it"}
    commands.decide_closure(it, answer="agreed", reason="zqanswer", **meeting, **BY)
    commands.verify_closure(it, verdict="not", reason="zqfound", **BY)
    commands.reopen(it, reason="zqreopened", **BY)
    return it


def rendered(house: House, where: list[str]) -> dict[tuple[str, str], Any]:
    found = {}
    for actor in OUTSIDE:
        client = signed_in(house, actor) if actor else Client()
        for address in where if actor == "reader" else where[::4]:
            found[actor, address] = ask(client, "GET", address)
    return found


def test_nothing_changes_for_one_who_may_not_see_and_everything_for_one_who_may(house: House) -> None:
    beside = opened(house, "A1")
    opened(house, "A2", response="", owners=[])
    opened(house, "A3", response="not accepted")
    where = addresses(house)
    before = rendered(house, where)
    assert {answer.status for answer in before.values()} <= {200, 302, 403, 404}
    it = secret(house, beside)
    after = rendered(house, where)
    assert [key for key, answer in before.items() if answer != after[key]] == []
    # The packed bytes of a workbook could spell anything; that they are the same bytes is seen above.
    texts = {key: answer.body for key, answer in after.items() if not answer.body.startswith(b"PK")}
    leaks = [key for key, body in texts.items() if MARKED.findall(body) and b"zq" not in key[1].encode().lower()]
    assert leaks == []
    chief = signed_in(house, "chief")
    page = ask(chief, "GET", f"{LIST}office/A0/").body + ask(chief, "GET", f"{LIST}office/A0/history.json").body
    seen = {word.decode().lower() for word in MARKED.findall(page)}
    assert len(seen) >= 20
    assert it.record.reference.encode() in ask(chief, "GET", LIST).body


@pytest.mark.parametrize("end", ["", "update/", "decide/", "wording/", "history/", "history.json"])
def test_a_hidden_one_answers_like_one_that_never_was(house: House, end: str) -> None:
    opened(house, "A0", sensitivity="restricted")
    client = signed_in(house, "reader")
    one, other = (ask(client, "GET", f"{LIST}office/{name}/{end}") for name in ("A0", "A9"))
    assert (one.status, one.queries) == (other.status, other.queries) == (404, one.queries)
    assert one.body.replace(b"A0", b"*") == other.body.replace(b"A9", b"*")


def test_a_repeat_does_not_name_a_hidden_first_one(house: House) -> None:
    first = opened(house, "A0", title="Zqtitle", sensitivity="restricted", reported_on=date(2018, 1, 1))
    opened(house, "A1", repeat_of=first.record)
    client = signed_in(house, "reader")
    for end in ("", "history/", "history.json"):
        assert MARKED.findall(ask(client, "GET", f"{LIST}office/A1/{end}").body) == []
    assert b"another record" in ask(client, "GET", f"{LIST}office/A1/history/").body


def test_an_owner_sees_the_forecast_of_what_they_may_see_alone(house: House) -> None:
    days = [Due(str(day), day) for day in (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1))]
    opened(house, "A1", owners=[Owner(house.posts["chief"], days[:1])])
    opened(house, "A0", sensitivity="restricted", owners=[Owner(house.posts["chief"], days)])
    assert b"If its date slips" not in ask(signed_in(house, "reader"), "GET", f"{LIST}office/A1/").body
    assert b"If its date slips" in ask(signed_in(house, "chief"), "GET", f"{LIST}office/A1/").body


def test_views_are_those_that_everybody_has(house: House) -> None:
    opened(house, "A0", sensitivity="restricted")
    shown = ask(signed_in(house, "reader"), "GET", LIST).body.decode()
    assert [label for label, _ in VIEWS.values() if f">{label}" in shown] == [
        label for label, _ in VIEWS.values() if label != "Restricted"
    ]
