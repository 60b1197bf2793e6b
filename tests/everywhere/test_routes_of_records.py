"""Every address of a record, and what is hidden answers like what never was."""

import pytest

from candour.recommendations.models import Ask
from candour.recommendations.rules import Verb, may
from tests.everywhere.asking import PATTERNS, Answer, address_of, ask, parameters, without
from tests.everywhere.walking import (
    ACTORS,
    METHODS,
    OF_RECORDS,
    let_in,
    let_in_to,
    wrong_among,
    wrong_at_closed_doors,
)
from tests.everywhere.world import NEVER, World

LOOKED_AT = (".see", "history.verify")
NO_DATE_IS_ASKED_FOR = {"recommendation-answer-date", "recommendation-withdraw-date"}  # in this world: they lead back
# Of who answers for a scheme, a project or a collaboration, or manages finance: others that may report on their own may not.
OF_OWNERS = {"finance-scheme-rate", "project-report", "project-ask-change", "project-measure"}
OF_OWNERS |= {"collaboration-review", "collaboration-measure"}
NOTHING_WAITS = {
    "project-case-answer",
    "project-answer-change",
}  # of the approved project of this world: they lead back
NO_PACK_YET = {"meeting-pack-draft", "meeting-pack-supplement", "meeting-pack-matches"}  # in this world: they lead back
# What the stage of a recommendation must allow; its page leads back to the record where it does not.
OF_STAGES: dict[str, Verb] = {
    f"recommendation-{verb}": verb  # type: ignore[misc]
    for verb in ("respond", "update", "propose", "withdraw", "decide", "verify", "end", "reopen", "slip")
}
OF_STAGES["recommendation-ask-date"] = "slip"
OF_STAGES |= dict.fromkeys(
    (f"recommendation-{name}" for name in ("add-owner", "hand-over", "repeat", "wording")), "change"
)


@pytest.mark.parametrize("target", ["seen", "hidden", "shared", "proposed"])
def test_pages_of_a_record_to_those_who_see_it(world: World, target: str) -> None:
    to, nothing_proposed = world.targets[target], target != "proposed"

    owner = world.projects[target].record.owner_id

    def inside(name: str, actor: str, method: str) -> set[int]:
        who, mine = PATTERNS[name].callback.page.who, owner in world.house.actors[actor].posts
        if name in OF_OWNERS and not (mine or world.house.actors[actor].holds("finance.manage", to.organisation_pk)):
            return {403}
        if name == "record-keeping" and not world.house.actors[actor].holds(who, to.organisation_pk):
            return {403}  # how the other body keeps what it shares is its own affair
        if world.house.actors[actor].holds(who, to.organisation_pk) or who.endswith(LOOKED_AT):
            leads_back = (nothing_proposed and name == "risk-proposed") or name in NO_DATE_IS_ASKED_FOR
            leads_back |= name in OF_STAGES and not may(OF_STAGES[name], "open" if nothing_proposed else "proposed")
            # Who owes an answer to a cycle is led to it.
            leads_on = name == "recommendation-update" and method == "GET" and (world.house.posts[actor].pk in asked)
            leads_back |= name in NO_PACK_YET or (name in NOTHING_WAITS and not nothing_proposed)
            return {302} if leads_back or leads_on else let_in(name, method)
        return {403}  # it is seen, and this may not be done to it

    asked = set(Ask.objects.filter(recommendation=world.recommendations[target]).values_list("post", flat=True))
    seeing = [actor for actor in ACTORS if actor in to.seen_by]
    names = OF_RECORDS
    if target == "hidden":  # but meetings: who sees a board sees its meetings, whatever is said there
        names = [name for name in OF_RECORDS if not name.startswith("meeting")]
    if target == "proposed":  # only these tell a score, a closure or a case that is proposed from others
        names = [name for name in OF_RECORDS if name.startswith(("risk", "recommendation", "project"))]
    assert wrong_among(world, names, lambda name: address_of(name, to), inside, seeing) == []


def test_a_place_on_a_record_that_belongs_to_another_record_is_not_there(world: World) -> None:
    to, other = world.targets["seen"], world.targets["hidden"]
    part = {"action": other.action, "file": other.file}
    names = [name for name in OF_RECORDS if {"number", "control", "assignment"} & parameters(name)]
    assert len(names) >= 9

    def place(name: str) -> str:
        number = part.get(name.split("-", maxsplit=1)[0], NEVER)
        return address_of(name, to, number=number, control=other.control, assignment=other.assignment)

    assert wrong_among(world, names, place, lambda *_: {404}) == []


def test_a_closed_door_stays_closed_and_looks_for_nothing(world: World) -> None:
    """So that the test below need ask only where the door lets somebody in."""
    assert wrong_at_closed_doors(world, OF_RECORDS, lambda name: address_of(name, world.targets["hidden"])) == []
    assert len(world.tried) > len(OF_RECORDS)


HIDDEN_AND_NEVER = [("hidden", "never"), ("force", "never of the force"), ("force hidden", "never of the force")]


@pytest.mark.parametrize("method", METHODS)
def test_a_hidden_record_answers_exactly_like_one_that_never_was(world: World, method: str) -> None:
    told = []
    for name in OF_RECORDS:
        never_was: dict[tuple[str, str], Answer] = {}
        for hidden, never in HIDDEN_AND_NEVER:
            to, nothing = world.targets[hidden], world.targets[never]
            for actor in let_in_to(world, name, method, [actor for actor in ACTORS if actor not in to.seen_by]):
                client, one, other = world.client(actor), address_of(name, to), address_of(name, nothing)
                there = ask(client, method, one)
                if (actor, never) not in never_was:
                    never_was[actor, never] = without(ask(client, method, other), other, nothing.reference)
                not_there = never_was[actor, never]
                if there.status != 404 or without(there, one, to.reference) != not_there:
                    told.append(f"{method} {one} as {actor or 'nobody'}: {there} is not {not_there}")
    assert told == []
