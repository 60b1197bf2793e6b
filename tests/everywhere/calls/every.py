"""Something good for whatever a command takes, by the names of its parameters, and the call itself."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from io import BytesIO
from typing import Any

import candour
from candour.kernel.access import Actor
from candour.kernel.actions.models import Action
from candour.kernel.evidence.models import File
from candour.kernel.intake.models import Staged
from candour.kernel.records.models import Link, Record, Share
from candour.kernel.scales.models import Appetite, Draft, Scale
from candour.risks import commands as risk_commands
from candour.risks.commands import Answer, NewRisk, RiskChange
from candour.risks.models import Control, Risk
from tests.audits.factories import OPINIONS
from tests.everywhere.calls.agreements import of_agreements, of_rounds
from tests.everywhere.calls.boards import of_boards, of_room
from tests.everywhere.calls.finance import of_finance
from tests.everywhere.calls.inspections import of_inspections
from tests.everywhere.calls.measures import of_measures
from tests.everywhere.calls.people import of_people, of_publication, of_scripts
from tests.everywhere.calls.plans import of_plans
from tests.everywhere.calls.recommendations import of_audits, of_recommendations
from tests.everywhere.doors import of_the_door, of_the_system
from tests.everywhere.keeping import of_keeping
from tests.everywhere.world import World
from tests.factories import NOW, TODAY

OF_A_PROPOSAL = (".agree_score", ".refuse_score", ".withdraw_score")


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(candour.__path__, "candour."):
        if ".commands" in found.name and ".migrations" not in found.name:
            yield found.name


def commands() -> dict[str, Callable[..., Any]]:
    """Every public function of a room of commands that somebody does: it takes an actor and a moment."""
    found = {}
    for name in modules():
        for _, function in inspect.getmembers(import_module(name), inspect.isfunction):
            public = function.__module__ == name and not function.__name__.startswith("_")
            if public and {"actor", "at"} <= set(inspect.signature(function).parameters):
                found[f"{name}.{function.__name__}"] = function
    return found


COMMANDS = commands()


def answers(world: World, name: str) -> dict[str, Any]:
    """Something good for every parameter that any command has."""
    house, target = world.house, world.targets["seen"]
    waiting = Risk.objects.get(pk=world.risks["proposed"].pk)
    risk = waiting if name.endswith(OF_A_PROPOSAL) else Risk.objects.get(pk=world.risks["seen"].pk)
    closes = name.endswith(".reopen")
    risk.record.closed_on = TODAY if closes else None
    new = Record(kind="risk", reference="Z1", title="Another", organisation=house.office, owner=house.posts["chief"])
    return (
        {
            "risk": risk,
            "control": Control.objects.get(pk=target.control),
            "record": risk.record,
            "risks": [risk],
            "into": waiting,
            "controls": {},
            "actions": {} if name.endswith(".merge") else [Action.objects.get(pk=target.action)],
            "to": waiting.record if name.endswith(".carry_over") else world.risks["shared"].record,
            "how": "bears on",
            "link": Link.objects.get(),
            "share": Share.objects.get(record=world.risks["shared"].record),
            "action": Action.objects.get(pk=target.action),
            "file": File.objects.get(pk=target.file),
            "staged": Staged.objects.get(pk=world.staged_right.pk),
            "organisation": house.force if name.endswith(".share") else house.office,
            "owner": house.posts["chief"],
            "responsible_officer": house.posts["finance"],
            "reference": "Z1",
            "title": "Something else could happen",
            "found": [NewRisk(new, Risk(record=new, first_recorded=TODAY))],
            "impact": 2,
            "likelihood": 2,
            "level": "operational",
            "sensitivity": "office",
            "answer": "in place",
            "answers": {risk.pk: Answer()} if name.endswith(".review_many") else {},
            "response": "share",
            "joint_with": house.force,
            "joint_reference": "F1",
            "approver": "The panel",
            "narrative": "It moved",
            "text": "Words",
            "outcome": "It was done",
            "name": "note.txt",
            "content": BytesIO(b"A note"),
            "due": date(2027, 3, 1),
            "effective": None,
            "kind": "opinion" if name.endswith(".bring_in_words") else "risk-register",
            "reading": world.reading,
            "decisions": {},
            "draft": Draft.objects.get(pk=world.draft.pk),
            "matrix": world.draft.matrix(),
            "starts": TODAY,
            "scale": Scale.objects.get(pk=world.scale_to_come.pk),
            "appetite": Appetite.objects.get(),
            "ends": TODAY,
            "said": [risk_commands.Said(risk, TODAY, "For a test", reviewed=True)],
            "changes": [RiskChange(risk.pk, risk.record.head_sequence, wording={"title": "Other words"})],
            "category": "Legal",
            "word": "Open",
            "highest": 9,
            "words": OPINIONS if name.endswith(".bring_in_words") else [("Low", ""), ("High", "")],
            "reason": "For a test",
        }
        | dict.fromkeys(("source", "event", "effect", "context", "purpose"), "Words")
        | of_recommendations(world, name)
        | of_audits(world, name)
        | of_agreements(world, name)
        | of_measures(world, name)
        | of_plans(world, name)
        | of_inspections(world, name)
        | of_finance(world, name)
        | of_rounds(world, name)
        | of_boards(world, name)
        | of_room(world, name)
        | of_publication(world, name)
        | of_people(world, name)
        | of_scripts(world, name)
        | of_the_door(world, name)
        | of_keeping(world, name)
        | of_the_system(world, name)
    )


def call(world: World, name: str, actor: Actor, known: dict[str, Any] | None = None) -> None:
    """known: what `answers` gave, where it was asked before."""
    function = COMMANDS[name]
    known = (known or answers(world, name)) | {"actor": actor, "at": NOW}
    named = inspect.signature(function).parameters.values()
    wanted = [each for each in named if each.kind is not inspect.Parameter.VAR_KEYWORD]
    needed = [
        each for each in wanted if each.default is inspect.Parameter.empty or each.name in {"reason", "effective"}
    ]
    first, *rest = needed
    given = {each.name: known[each.name] for each in rest}
    if first.kind is inspect.Parameter.KEYWORD_ONLY:
        function(**{first.name: known[first.name]}, **given)
    else:
        function(known[first.name], **given)
