"""When letters come to oneself."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.notices.models import Wishes
from candour.kernel.notices.rules import HOURS, PACE_WORDS, WEEKDAYS, offered, pace_of
from candour.kernel.notices.sources import Kind
from candour.kernel.web.forms import ChoiceField, Form


class WishesForm(Form):
    """A choice for each kind that leaves one, then the hour and the day of letters that gather others."""

    hour = ChoiceField(
        "Hour",
        [(str(hour), f"{hour:02}:00") for hour in HOURS],
        kind="select",
        hint="At which a letter that gathers others comes",
        missing="Choose an hour",
    )
    weekday = ChoiceField("Day of the weekly letter", list(enumerate(WEEKDAYS)), kind="select", missing="Choose a day")

    def __init__(self, *args: Any, kinds: Mapping[str, Kind], wishes: Wishes, **kwargs: Any) -> None:
        free = {name: kind for name, kind in kinds.items() if len(offered(kind.slowest)) > 1}
        begin = {name: str(pace_of(wishes.paces.get(name, ""), kind.slowest)) for name, kind in free.items()}
        begin |= {"hour": str(wishes.hour), "weekday": str(wishes.weekday)}
        super().__init__(*args, initial=begin, **kwargs)
        for name, kind in free.items():
            choices = [(str(pace), PACE_WORDS[pace]) for pace in offered(kind.slowest)]
            missing = f"Choose when letters come about: {kind.words.lower()}"
            self.fields[name] = ChoiceField(kind.words, choices, kind="select", hint=kind.why, missing=missing)
        self.order_fields([*free, "hour", "weekday"])
        self.kinds = tuple(free)

    def wished(self) -> dict[str, Any]:
        """What a valid form says, as commands.wish takes it."""
        given = self.cleaned_data
        paces = {name: given[name] for name in self.kinds}
        return {"paces": paces, "hour": int(given["hour"]), "weekday": int(given["weekday"])}
