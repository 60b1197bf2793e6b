"""A register of ten strategic risks, made by hand so that every section of the paper has something to say.

As it stands on 15 June 2026, compared with 15 March 2026:
MPC001 16 High, no change, an overdue control, restricted in nothing; MPC002 12 High, up from 8; MPC003 6 Medium, down from 12;
MPC004 9 High, new; MPC005 4 Low, new; MPC006 16 High, restricted, new; MPC007 3 Low, no change, reviewed late; MPC008 closed
since; MPC009 managed at operational level since; MPC010 6 Medium, for the office and the panel, escalated since;
MPC011 and MPC012 operational; MPC013 closed before.
"""

from datetime import date
from typing import Any

from candour.kernel.access import CANDOUR
from candour.risks import commands
from candour.risks.models import Risk
from tests.factories import NOW, House, a_risk

SINCE = date(2026, 3, 15)
AS_AT = date(2026, 6, 15)
SECRET = "Zephyrine"  # stands in every text of the restricted risk and in no other


def said(day: date, why: str = "Agreed by the senior team") -> dict[str, Any]:
    return {"actor": CANDOUR, "at": NOW, "effective": day, "reason": why}


def build(house: House) -> dict[str, Risk]:
    """The register; gives the risks by reference."""
    finance = house.posts["finance"]
    old = date(2025, 11, 3)

    def raised(number: int, title: str, impact: int, likelihood: int, day: date = old, **values: Any) -> Risk:
        return a_risk(
            house,
            reference=f"MPC{number:03}",
            title=title,
            impact=impact,
            likelihood=likelihood,
            effective=day,
            source="Costs rise faster than income",
            event="The plan does not balance",
            effect="Services are cut in the year",
            **values,
        )

    risks = [
        raised(1, "Savings plan leaves a gap", 4, 4, owner=finance),
        raised(2, "Services run on without a contract", 4, 2, context="Eleven agreements end this year."),
        raised(3, "Personal data is mishandled", 4, 3),
        raised(4, "Small team loses its specialist", 3, 3, date(2026, 4, 20)),
        raised(5, "Office move overruns", 4, 1, date(2026, 5, 4)),
        raised(6, f"{SECRET} claim goes to court", 4, 4, date(2026, 5, 11), sensitivity="restricted"),
        raised(7, "Regional work ends early", 3, 1),
        raised(8, "Website fails accessibility rules", 2, 2),
        raised(9, "Visitors scheme lacks volunteers", 2, 3),
        raised(10, "Panel papers are late", 3, 2, level="operational", sensitivity="office"),
        raised(11, "Printer lease ends", 1, 2, level="operational"),
        raised(12, "Desk booking fails", 1, 1, level="operational"),
        raised(13, "Old grant scheme is unspent", 2, 2),
    ]
    found = {risk.record.reference: risk for risk in risks}
    _since_then(house, found)
    return found


def _since_then(house: House, found: dict[str, Risk]) -> None:
    def reviewed(reference: str, day: date, narrative: str, impact: int, likelihood: int) -> None:
        commands.review(
            found[reference],
            impact=impact,
            likelihood=likelihood,
            narrative=narrative,
            answers={},
            actor=CANDOUR,
            at=NOW,
            effective=day,
        )

    commands.close(found["MPC013"], **said(date(2026, 2, 2)))
    late = {"owner": house.posts["finance"], "due": date(2026, 4, 29)}
    commands.add_control(found["MPC001"], text="Review the fees with the force", **late, **said(date(2026, 1, 20)))
    commands.add_control(
        found["MPC001"], text="Zero-based budget for the estate", due=date(2026, 8, 31), **said(date(2026, 5, 20))
    )
    old = commands.add_control(
        found["MPC001"], text="Freeze on travel", in_place_since=date(2025, 12, 1), **said(date(2025, 12, 1))
    )
    commands.settle_control(old, answer="removed", **said(date(2026, 4, 1), "It saved too little"))
    standing = commands.add_control(
        found["MPC001"], text="Monthly budget meeting", in_place_since=date(2025, 11, 3), **said(date(2025, 11, 3))
    )
    commands.settle_control(standing, answer="in part", **said(date(2026, 4, 1), "Two meetings were missed"))
    reviewed("MPC001", date(2026, 5, 20), "The settlement is not yet known.", 4, 4)
    reviewed("MPC002", date(2026, 5, 21), "Two tenders slipped to the autumn.", 4, 3)
    reviewed("MPC003", date(2026, 5, 22), "Training is complete and the register is mapped.", 3, 2)
    reviewed("MPC004", date(2026, 5, 23), "Cover is being sought in the region.", 3, 3)
    reviewed("MPC005", date(2026, 5, 24), "The lease is signed.", 4, 1)
    reviewed("MPC006", date(2026, 5, 25), f"{SECRET} has instructed counsel.", 4, 4)
    reviewed("MPC007", date(2025, 12, 1), "Nothing moved.", 3, 1)
    reviewed("MPC010", date(2026, 5, 26), "Three papers of nine were late.", 3, 2)
    commands.add_control(
        found["MPC006"],
        text=f"{SECRET} is settled before trial",
        due=date(2026, 7, 1),
        **said(date(2026, 5, 25), "Advice"),
    )
    commands.close(found["MPC008"], **said(date(2026, 4, 30), "The new site passed its audit"))
    commands.change_level(
        found["MPC009"], level="operational", **said(date(2026, 5, 5), "Eight volunteers have joined")
    )
    commands.change_level(found["MPC010"], level="strategic", **said(date(2026, 5, 6), "The panel has asked for it"))
