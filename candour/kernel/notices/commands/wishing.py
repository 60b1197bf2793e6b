"""When letters come to one person, as that person chooses."""

from collections.abc import Mapping
from datetime import datetime

from candour.kernel.access import Actor
from candour.kernel.notices import sources
from candour.kernel.notices.models import Wishes
from candour.kernel.notices.rules import HOURS, WEEKDAYS, Pace, offered
from candour.kernel.rules import Refused


def wish(*, paces: Mapping[str, str], hour: int, weekday: int, actor: Actor, at: datetime) -> Wishes:
    """One's own wishes. What is gathered already comes when it was due.

    Raises Refused for nobody in particular, for an hour or a day that is none, and for a pace that a kind does not allow.
    """
    if not actor.signed_in:
        raise Refused("", "Sign in to choose when letters come to you")
    if hour not in HOURS:
        raise Refused("hour", "Choose an hour")
    if weekday not in range(len(WEEKDAYS)):
        raise Refused("weekday", "Choose a day")
    known = sources.kinds()
    for name, pace in paces.items():
        if name not in known or pace not in offered(known[name].slowest):
            raise Refused(name, f"Choose when letters come: {known[name].why}" if name in known else "Choose again")
    kept = {name: str(Pace(pace)) for name, pace in paces.items()}
    return Wishes.objects.update_or_create(
        person_id=actor.id, defaults={"paces": kept, "hour": hour, "weekday": weekday}
    )[0]
