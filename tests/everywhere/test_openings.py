"""Whoever is shown or given a restricted record is noted, by whatever address; nobody else, and nothing that is open, is."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from candour.kernel.opened.models import Opening
from candour.kernel.records.kinds import kinds
from candour.kernel.records.models import Record
from tests.api.walk import HISTORIES, LISTS, OF_TARGETS, path_of, read, scripts_of
from tests.everywhere.asking import PATTERNS, address_of, ask, names_a_record
from tests.everywhere.world import World

OF_RECORDS = [name for name in PATTERNS if names_a_record(name)]
OF_ANOTHER = ("meeting", "item")  # addresses that name a meeting or an item, which are open here
EXPORTS = [
    "/risks/download.csv",
    "/risks/download.xlsx",
    "/recommendations/download.csv",
    "/recommendations/download.xlsx",
]
EXPORTS += ["/agreements/download.csv?view=all", "/inspections/download.csv?view=all"]
PAPERS = ["/papers/risk-register/draft?audience=panel", "/papers/risk-register/draft.json?audience=panel"]


def noted() -> list[dict[str, Any]]:
    """What was noted since it was last asked."""
    rows = list(Opening.objects.order_by("pk").values("record", "record__kind", "by", "way", "route", "person"))
    Opening.objects.all().delete()
    return rows


def hidden(world: World) -> dict[str, int]:
    """The restricted record of each kind that lies at the target's address."""
    target = world.targets["hidden"]
    rows = Record.objects.filter(reference=target.reference, organisation__code=target.organisation)
    return dict(rows.filter(sensitivity="restricted").values_list("kind", "pk"))


def test_every_address_of_a_restricted_record_notes_that_one_and_no_other(world: World) -> None:
    target, client, wrong, seen = world.targets["hidden"], world.client("chief"), [], set()
    numbers = hidden(world)
    for name in OF_RECORDS:
        if name.startswith(OF_ANOTHER):
            continue
        address = address_of(name, target)
        answer = ask(client, "GET", address)
        rows = noted()
        if answer.status != 200:
            wrong += [(name, answer.status)] if rows else []
            continue
        given = resolve(address.split("?")[0]).kwargs.get("kind")
        begun = [
            each.name for each in kinds() if address.startswith(each.address(target.organisation, target.reference))
        ]
        wanted = [numbers[kind] for kind in ([given] if given else begun) if kind in numbers]
        seen |= {row["record__kind"] for row in rows}
        if [row["record"] for row in rows] != wanted or {row["route"] for row in rows} != {name}:
            wrong.append((name, rows, wanted))
    assert wrong == []
    assert seen == set(numbers)


def test_nothing_is_noted_of_a_record_that_is_open(world: World) -> None:
    target, client, told = world.targets["seen"], world.client("chief"), []
    for name in OF_RECORDS:
        address = address_of(name, target)
        ask(client, "GET", address)
        told += [(name, row) for row in noted() if row["record__kind"] in hidden(world)]
    assert told == []


def test_nothing_is_noted_of_one_who_may_not_see_it(world: World) -> None:
    client = world.client("reader")
    for name in OF_RECORDS:
        ask(client, "GET", address_of(name, world.targets["hidden"]))
    assert noted() == []


@pytest.mark.parametrize("place", EXPORTS)
def test_every_register_that_is_taken_away_notes_each_restricted_record_in_it(world: World, place: str) -> None:
    kind = {"ri": "risk", "re": "recommendation", "ag": "agreement", "in": "inspection"}[place[1:3]]
    answer = ask(world.client("chief"), "GET", place)
    rows = noted()
    assert answer.status == 200
    assert hidden(world)[kind] in {row["record"] for row in rows}
    assert {(row["record__kind"], row["way"]) for row in rows} == {(kind, "file")}
    assert set(Record.objects.filter(pk__in=[row["record"] for row in rows]).values_list("sensitivity")) == {
        ("restricted",)
    }
    assert ask(world.client("reader"), "GET", place).status == 200
    assert noted() == []


@pytest.mark.parametrize("place", PAPERS)
def test_a_paper_notes_the_restricted_records_that_it_prints(world: World, place: str) -> None:
    assert ask(world.client("chief"), "GET", place).status == 200
    rows = noted()
    assert hidden(world)["risk"] in {row["record"] for row in rows}
    assert {row["way"] for row in rows} == {"paper"}
    assert ask(world.client("chief"), "GET", place.replace("panel", "public")).status == 200
    assert noted() == []


def test_a_script_is_noted_by_its_token(world: World) -> None:
    target, asking = world.targets["hidden"], scripts_of(world, "policy")["policy"]
    kinds_read = set()
    for name in [*OF_TARGETS, *HISTORIES]:
        answer = read(asking, path_of(name, target))
        rows = noted()
        if answer.status == 200:
            assert [(row["way"], row["by"], row["person"]) for row in rows] == [("api", "Monthly script", None)], name
            kinds_read |= {row["record__kind"] for row in rows}
    assert {"risk", "recommendation", "audit", "agreement", "measure", "inspection"} <= kinds_read


def test_a_list_for_scripts_notes_each_restricted_record_that_it_gives(world: World) -> None:
    asking, given = scripts_of(world, "policy")["policy"], set()
    for name in LISTS:
        given_out = len(re.findall(rb'"sensitivity": ?"restricted"', read(asking, path_of(name)).body))
        rows = noted()
        if name not in {
            "api-actions",
            "api-board-actions",
            "api-decisions",
        }:  # lines of records, each of which is opened at its own address
            assert len({row["record"] for row in rows}) == given_out, name
        given |= {row["record__kind"] for row in rows}
    assert "risk" in given


def test_a_list_and_a_search_note_nothing_and_are_kept_by_no_browser(world: World) -> None:
    client = world.client("chief")
    for place in ("/risks/?register=strategic", f"/search?q={world.targets['hidden'].reference}"):
        headers = dict(ask(client, "GET", place).headers)
        assert "no-store" in headers["Cache-Control"], place
    assert noted() == []
    assert "no-store" not in dict(ask(world.client("reader"), "GET", "/risks/").headers)["Cache-Control"]


def test_a_restricted_page_costs_one_write_and_an_open_one_none(world: World) -> None:
    client = world.client("chief")

    def asked(name: str) -> list[str]:
        target = world.targets[name]
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/risks/{target.organisation}/{target.reference}/")
        return [query["sql"] for query in captured if "opened_opening" in query["sql"]]

    assert len(asked("hidden")) == 1
    assert asked("seen") == []
