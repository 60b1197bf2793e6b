"""Every command refuses whoever lacks the permission, and then leaves no trace."""

import inspect
import pkgutil
import re
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import candour
from candour.kernel.access import CANDOUR, PUBLIC, Actor, Forbidden
from candour.kernel.scales.commands import drop_draft
from candour.kernel.scales.models import Draft
from tests.everywhere.calls.every import COMMANDS, answers, call
from tests.everywhere.world import World
from tests.factories import NOW

# Below access, or for whoever runs the installation: called from the command line, the demo, and commands that did ask.
# No page leads to any of them.
UNGUARDED = {
    "candour.kernel.history.commands.redact",
    "candour.kernel.history.commands.redact_reason",
    "candour.kernel.history.commands.remove_words",
    "candour.kernel.scales.commands.keep_printed_matrix",
    # Letters are written by commands that did ask.
    "candour.recommendations.commands.letters.links_for",
    "candour.recommendations.commands.letters.tell",
    "candour.recommendations.commands.letters.tell_pairs",
    # The commands of the directory that call it did ask, and the appointing that it does asks again.
    "candour.kernel.signin.commands.settling.settle",
    # The publication that calls them did ask.
    "candour.inspections.commands.answering.told_of_publication",
    "candour.inspections.commands.answering.response_published",
}
OF_THE_FORCE = (
    ".stop_sharing",
    "scales.commands.call_off",
)
OF_ROLES = ("set_up_organisation", ".grant", ".end_grant")  # for who may give roles
OF_ADMINISTRATORS = (
    "candour.kernel.service.",
    "candour.kernel.signin.",
    "candour.kernel.retention.commands.set_period",
    "candour.kernel.notices.",
    "candour.config.system.",
)
# Of no body in particular: who may do it in one may do it, tests/establishment/test_commands.py.
OF_ANY_BODY = (".add_person", ".provision")  # the share and the scale to come in this world are the force's
WRITES = re.compile(r"(INSERT|UPDATE|DELETE|REPLACE|COPY|MERGE|TRUNCATE)\b", re.IGNORECASE)
# One's own saved views, refused to all others by whose they are: tests/risks/test_pages_saved_views.py.
OWN = {f"candour.kernel.records.commands.{name}" for name in ("save_view", "change_view", "remove_view", "open_with")}
# One's own calendar feeds, refused to all others in the same way: tests/boards/test_feeds.py.
OWN |= {f"candour.boards.commands.feeds.{name}" for name in ("make_feed", "end_feed")}
# One’s own scores, refused to all others by whose they are: tests/commissioning/rounds/test_commands.py.
OWN |= {f"candour.commissioning.commands.rounds.scoring.{name}" for name in ("declare_conflict", "save_scores", "own")}
# When letters come to oneself: tests/notices/test_gathering.py.
OWN.add("candour.kernel.notices.commands.wishing.wish")
GUARDED = sorted(set(COMMANDS) - UNGUARDED - OWN)


@pytest.mark.once
@pytest.mark.parametrize("name", GUARDED)
def test_without_the_permission_a_command_is_forbidden_and_leaves_no_trace(world: World, name: str) -> None:
    known, told = answers(world, name), []  # made once: whoever is refused spoils nothing of it
    with CaptureQueriesContext(connection) as asked:
        for actor in (
            PUBLIC,
            world.house.actors["reader"],
            world.house.actors["force_reader"],
            other_body(world, name),
        ):
            try:
                call(world, name, actor, known)
                told.append(f"{actor.label} did it")
            except Forbidden:
                pass
    assert told == []
    assert [each["sql"] for each in asked if WRITES.match(each["sql"])] == []


def other_body(world: World, name: str) -> Actor:
    """One who may do it in the other body: what is the force's in this world, else the office's."""
    if name.endswith(OF_ANY_BODY):
        return world.house.actors["panel"]
    return world.house.actors["policy" if name.endswith(OF_THE_FORCE) else "force_policy"]


@pytest.mark.parametrize("name", GUARDED)
def test_the_same_call_by_one_who_may_is_not_forbidden(world: World, name: str) -> None:
    """So that the test above is known to be refused for the actor and not for the call."""
    actor = world.house.actors["force_policy" if name.endswith(OF_THE_FORCE) else "chief"]
    if (name.endswith(OF_ROLES) and ".establishment." in name) or name.startswith(OF_ADMINISTRATORS):
        actor = world.house.actors["admin"]
    if ".intake." in name:
        actor = world.house.actors["policy"]
    if name.endswith(".begin_draft"):  # one at a time
        drop_draft(Draft.objects.get(), actor=CANDOUR, at=NOW, reason="For another")
    call(world, name, actor)


def test_what_asks_for_no_permission_is_known() -> None:
    assert sorted(UNGUARDED - set(COMMANDS)) == []


def test_no_page_calls_what_asks_for_no_permission() -> None:
    names = {name.rpartition(".")[2] for name in UNGUARDED}
    told = []
    for found in pkgutil.walk_packages(candour.__path__, "candour."):
        if ".views" in found.name or found.name.endswith(".urls"):
            held = [each for each in vars(import_module(found.name)).values() if inspect.isfunction(each)]
            led = [each for each in held if each.__name__ in names and ".commands" in each.__module__]
            told += [f"{found.name}: {each.__name__}" for each in led]
    assert told == []
