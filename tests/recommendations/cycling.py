"""A cycle for tests: three owners of the office who are asked about five recommendations."""

from datetime import date
from typing import Any

from candour.kernel.access import CANDOUR
from candour.kernel.history.recording import recording_many
from candour.recommendations.commands import Due, Owner, open_cycle
from candour.recommendations.models import AnswerLink, Cycle
from candour.recommendations.queries.links import token_of
from tests.factories import NOW, House
from tests.recommendations.factories import a_recommendation

DUE = date(2026, 6, 30)
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}


def with_addresses(house: House) -> House:
    with recording_many("person.added", list(house.people.values()), **BY):
        for name, person in house.people.items():
            person.email = f"{name}@mereford.example"
            person.save()
    return house


def asked_about(house: House, reference: str, *owners: str, **more: Any) -> Any:
    due = [Due("31 March 2026", date(2026, 3, 31))]
    parts = [Owner(house.posts[name], due) for name in owners]
    return a_recommendation(house, reference=reference, response="accepted", owners=parts, **more)


def april(house: House) -> Cycle:
    """Head of Communications on A1 and A2, the finance officer on A2 and the restricted A3, the chief on A4."""
    with_addresses(house)
    asked_about(house, "A1", "owner", title="Service the fleet", source="internal audit")
    asked_about(house, "A2", "owner", "finance", title="Map the key posts")
    asked_about(house, "A3", "finance", title="Guard the vetting files", sensitivity="restricted")
    asked_about(house, "A4", "chief", title="Test the plan")
    return open_cycle(organisation=house.office, name="April 2026", due=DUE, **BY)


def token(cycle: Cycle, house: House, post: str, to: str = "") -> str:
    link = AnswerLink.objects.get(cycle=cycle, post=house.posts[post], to=house.posts[to or post], revoked_on=None)
    return token_of(link.seed)
