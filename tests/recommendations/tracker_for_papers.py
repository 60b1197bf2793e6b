"""A tracker made by hand so that every section of its paper has something to say, as it stands on 15 June 2026.

Compared with 15 March 2026: R1 High, overdue and slipped twice, with a barrier; R2 Medium, proposed closed with work left; R3
restricted; R4 Low, for everybody, silent and in words; R5 repeats R6 of 2018; R6 closed since, R7 verified since and closed
before; R8 not accepted since; R9 raised since, nobody named and no date; R10 two owners, sent back; R11 closed before.
"""

from datetime import date
from typing import Any

from candour.kernel.access import CANDOUR
from candour.recommendations import commands
from candour.recommendations.commands import Due, Owner
from candour.recommendations.models import Recommendation
from candour.recommendations.queries.one import owners_of
from tests.factories import NOW, House
from tests.recommendations.factories import a_recommendation, with_priorities

SINCE, AS_AT = date(2026, 3, 15), date(2026, 6, 15)
SECRET = "Zephyrine"  # stands in every text of the restricted one and in no other
WORDS = "Where stock is held:\n- count it each quarter\n1. sign the sheet\n• keep the sheet for 7 years."


def build(house: House) -> dict[str, Recommendation]:
    """The tracker; gives the recommendations by reference."""
    with_priorities(house)
    finance = house.posts["finance"]

    def raised(number: int, priority: str, due: date | None = date(2026, 3, 31), **more: Any) -> Recommendation:
        day = more.pop("effective", date(2025, 10, 6))
        owners = more.pop("owners", [Owner(finance, [Due("", due)] if due else [Due("When the supplier can")])])
        values: dict[str, Any] = {
            "reference": f"STOR-2025-09-{number}",
            "title": f"Count the stores, part {number}",
            "audit": "STORES",
            "printed": f"4.{number}",
            "text": WORDS,
            "finding": "Nobody counts what is kept in the store.",
            "priority": priority,
            "response": "accepted",
            "response_text": "It is agreed.\nThe store will be counted.",
            "reported_on": date(2025, 9, 1),
            "owners": owners,
            "sensitivity": "public",
        }
        return a_recommendation(house, effective=day, **(values | more))

    secret: dict[str, Any] = dict.fromkeys(
        ("title", "text", "finding", "response_text"), f"{SECRET} has the only key of the store"
    )
    two = [Owner(finance, [Due("30 June 2026", date(2026, 6, 30))]), Owner(house.posts["owner"], [Due("", AS_AT)])]
    found = [
        raised(1, "High", date(2025, 12, 31)),
        raised(2, "Medium", date(2026, 5, 31)),
        raised(3, "High", sensitivity="restricted", **secret),
        raised(4, "Low", None),
        raised(5, "Medium", date(2026, 9, 30), sensitivity="office"),
        raised(6, "Medium", reported_on=date(2018, 9, 1)),
        raised(7, "Low"),
        raised(8, "Low", response="", response_text=""),
        raised(9, "High", owners=[], effective=date(2026, 4, 2), reported_on=date(2026, 4, 1)),
        raised(10, "Medium", owners=two),
        raised(11, "Low"),
    ]
    by = {f"R{number}": one for number, one in enumerate(found, 1)}
    _since_then(house, by)
    return by


def said(day: date, why: str = "For the paper") -> dict[str, Any]:
    return {"actor": CANDOUR, "at": NOW, "effective": day, "reason": why}


def _since_then(house: House, by: dict[str, Recommendation]) -> None:
    def update(name: str, day: date, **more: Any) -> None:
        told = {
            "period": f"{day:%B %Y}",
            "achieved": f"The plan of {name} is agreed.\nThe room is clear.",
            "left": "To count it",
        }
        commands.record_update(by[name], by=house.posts["finance"], **(told | {"barriers": "None"} | more), **said(day))

    def close(name: str, day: date, answer: str = "agreed") -> None:
        update(
            name,
            date(day.year, day.month, 1),
            left="Nothing",
            evidence="Count sheet of the store",
            proposes_closure=True,
        )
        commands.decide_closure(
            by[name], answer=answer, board="Audit Panel", met_on=day, minute="41", resolved="As proposed.",
            actor=CANDOUR, at=NOW, reason="The sheets were seen",
        )  # fmt: skip

    (owner,) = owners_of(by["R1"])
    for day, due in ((date(2025, 12, 20), date(2026, 3, 31)), (date(2026, 3, 20), date(2026, 5, 31))):
        commands.slip(owner, text="", due=due, approver="Audit Panel", **said(day, "The supplier is late"))
    update("R1", date(2026, 5, 4), barriers="One member of staff for three stores")
    update("R2", date(2026, 5, 6), left="To train two people once the room is free")
    proposing = {"actor": CANDOUR, "at": NOW, "effective": date(2026, 6, 1)}
    commands.propose_closure(by["R2"], case="It is as good as done.", by=house.posts["finance"], **proposing)
    update("R3", date(2026, 5, 7), achieved=f"{SECRET} gave up the key of the store", left=SECRET, barriers=SECRET)
    update("R4", date(2026, 1, 8))
    update("R5", date(2026, 5, 8))
    close("R6", date(2026, 4, 20))
    close("R7", date(2026, 2, 20))
    commands.verify_closure(by["R7"], verdict="in part", **said(date(2026, 5, 20), "Two rooms of three are counted."))
    commands.respond(
        by["R8"], response="not accepted", response_text="It costs more than the store holds.", **said(date(2026, 5, 2))
    )
    close("R10", date(2026, 5, 20), "sent back")
    close("R11", date(2026, 1, 20))
    commands.mark_repeat(by["R5"], repeat_of=by["R6"].record, actor=CANDOUR, at=NOW, reason="It says so")
