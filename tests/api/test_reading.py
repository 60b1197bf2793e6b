"""What scripts read: what their post may see, in every register, and nothing besides."""

import json

import pytest

from candour.kernel.service.scopes import scopes
from candour.risks.models import Risk
from tests.api.factories import Script, said, script
from tests.api.walk import HISTORIES, LISTS, OF_TARGETS, ONES, WRITES, path_of, read, scope_of, scripts_of
from tests.everywhere.asking import API, without
from tests.everywhere.world import World
from tests.factories import ROLES

pytestmark = pytest.mark.django_db
TARGETS = ["seen", "hidden", "force", "shared", "proposed"]


def test_every_address_is_walked_here() -> None:
    assert sorted(set(API) - {*LISTS, *ONES, *HISTORIES, *WRITES}) == ["api-decisions-one", "api-nothing", "api-root"]
    assert (len(LISTS), len(ONES), len(HISTORIES), len(WRITES)) == (19, 15, 15, 6)


def test_without_a_token_nothing_is_answered(world: World) -> None:
    wrong = []
    for name in API:
        for asking in (Script(""), Script("candour_never"), Script("ἄ")):
            path = path_of(name, world.targets["seen"])
            answer = asking.post(path) if name in WRITES else asking.get(path)
            wanted = 404 if name in {"api-nothing", "api-root"} else 401
            if (answer.status_code, answer.headers["Content-Type"]) != (wanted, "application/problem+json"):
                wrong.append((name, answer.status_code))
    assert wrong == []


def test_each_scope_opens_its_own_addresses_and_no_other(world: World) -> None:
    wrong = []
    target = world.targets["seen"]
    for scope in scopes():
        asking = script(world.house.posts["policy"], scope)
        for name in {*LISTS, *OF_TARGETS, *HISTORIES, *WRITES} - {"api-meetings-history"}:
            path, wanted = path_of(name, target), scope_of(name)
            answer = asking.post(path) if name in WRITES else asking.get(path)
            opens = scope == wanted or (scope.removesuffix(":write") == wanted.removesuffix(":read"))
            shut = answer.status_code == 403
            if name == "api-board-actions":
                opens = False  # it asks for actions:read too
            if name in WRITES:
                continue
            if shut == opens:
                wrong.append((scope, name, answer.status_code))
    assert wrong == []


def test_a_token_that_only_reads_writes_nothing(world: World) -> None:
    reading = [scope for scope in scopes() if scope.endswith(":read")]
    asking, target = script(world.house.posts["policy"], *reading), world.targets["seen"]
    bodies = {
        "api-risk-update": {"text": "Said"},
        "api-risk-review": {"narrative": "Nothing moved"},
        "api-recommendation-answer": {"achieved": "Done"},
        "api-figures": {"organisation": "office", "reason": "R", "figures": [{"measure": "A", "period": "2026-05-01"}]},
        "api-action-done": {"outcome": "Done"},
        "api-action-moved": {"due": "2027-01-01", "reason": "Late"},
    }
    assert sorted(bodies) == WRITES
    answers = {
        name: asking.post(path_of(name, target, target.action), body).status_code for name, body in bodies.items()
    }
    assert answers == dict.fromkeys(WRITES, 403)


@pytest.mark.parametrize("target", TARGETS)
def test_a_record_is_there_for_those_who_may_see_it_and_for_nobody_else(world: World, target: str) -> None:
    to, wrong = world.targets[target], []
    for actor, asking in scripts_of(world, *ROLES).items():
        for name in OF_TARGETS:
            status = asking.get(path_of(name, to)).status_code
            wanted = 200 if actor in to.seen_by else 404
            if name in {"api-savings-one", "api-capital-one"}:
                sort = {"api-savings-one": "saving", "api-capital-one": "capital"}[name]
                wanted = wanted if world.schemes[target].sort == sort else 404
            if status != wanted:
                wrong.append((actor, name, status, wanted))
    assert wrong == []


def test_a_hidden_record_answers_as_one_that_never_was(world: World) -> None:
    hidden, never, wrong = world.targets["hidden"], world.targets["never"], []
    for actor, asking in scripts_of(world, "owner", "reader", "force_reader").items():
        for name in {*OF_TARGETS, *HISTORIES}:
            one = read(asking, path_of(name, hidden))
            other = read(asking, path_of(name, never))
            if one.status != 404 or without(one, hidden.reference) != without(other, never.reference):
                wrong.append((actor, name, one.status))
    assert wrong == []


def test_lists_hold_what_the_pages_do(world: World) -> None:
    for actor, asking in scripts_of(world, "policy", "reader", "force_reader").items():
        wanted = {
            (risk.record.organisation.code, risk.record.reference)
            for name, risk in world.risks.items()
            if actor in world.targets[name].seen_by
        }
        for level in ("strategic", "operational", "project"):
            found = said(asking.get("risks", level=level, limit=200))
            told = {(row["organisation"], row["reference"]) for row in found["items"]}
            assert told == {key for key in wanted if level_of(*key) == level}
            assert found["total"] == len(found["items"])


def level_of(organisation: str, reference: str) -> str:
    return Risk.objects.get(record__organisation__code=organisation, record__reference=reference).level


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_cut_into_parts(world: World, name: str) -> None:
    asking = scripts_of(world, "policy")["policy"]
    whole = said(asking.get(path_of(name), limit=200))
    first, second = (said(asking.get(path_of(name), limit=1, offset=offset)) for offset in (0, 1))
    assert [*first["items"], *second["items"]] == whole["items"][:2]
    assert (first["total"], first["limit"], second["offset"]) == (whole["total"], 1, 1)
    assert said(asking.get(path_of(name), offset=10**6))["items"] == []


@pytest.mark.parametrize("name", LISTS)
def test_what_is_no_filter_is_refused(world: World, name: str) -> None:
    answer = scripts_of(world, "policy")["policy"].get(path_of(name), colour="red")
    assert (answer.status_code, said(answer)["errors"]) == (422, [{"field": "colour", "message": "This is no filter"}])


def test_a_filter_that_cannot_be_read_names_itself(world: World) -> None:
    asking = scripts_of(world, "policy")["policy"]
    for field, value in {"as_at": "soon", "limit": "0", "organisation": "nowhere"}.items():
        answer = asking.get("risks", **{field: value})
        assert (answer.status_code, said(answer)["errors"][0]["field"]) == (422, field)
    answer = asking.get("risks", status="Splendid")
    assert "status: choose one of" in said(answer)["errors"][0]["message"]
    assert said(asking.get("risks", as_at="2101-01-01"))["errors"][0]["field"] == "as_at"


@pytest.mark.parametrize("name", [*LISTS, *OF_TARGETS])
def test_everything_is_read_as_at_a_past_day_that_can_be(world: World, name: str) -> None:
    asking, path = scripts_of(world, "policy")["policy"], path_of(name, world.targets["seen"])
    answer = asking.get(path, as_at="2026-06-14")
    known = {"api-providers", "api-rounds", "api-meetings", "api-decisions", "api-board-actions", "api-actions"}
    known |= {"api-plans", "api-budgets", "api-rounds-one"}
    assert answer.status_code in ({422} if name in known else {200, 404})


def test_every_shape_of_an_answer_is_filled(world: World) -> None:
    asking = scripts_of(world, "policy")["policy"]
    target = world.targets["seen"]
    risk = said(asking.get(path_of("api-risks-one", target)))
    assert (risk["reference"], risk["organisation"], risk["score"], risk["band"]) == (
        target.reference,
        "office",
        9,
        "High",
    )
    assert [control["text"] for control in risk["controls"]] == ["A control"]
    assert [update["text"] for update in risk["updates"]] == ["An update"]
    assert [action["number"] for action in risk["actions"]] == [target.action]
    measure = said(asking.get(path_of("api-measures-one", target)))
    assert (len(measure["figures"]) > 0, measure["figures"][-1]["area"]) == (True, "")
    history = said(asking.get(path_of("api-risks-history", target)))
    assert [entry["holds"] for entry in history["items"]] == [True] * history["total"]
    assert json.dumps(history).count("risk.raised") == 1
