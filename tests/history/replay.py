"""The simple oracle for backdating: the dated facts about one row, replayed day by day."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

EMPTY = (None, "")


@dataclass
class Replay:
    """Facts in the order in which they were learnt, each (day, values by field)."""

    facts: list[tuple[date, dict[str, Any]]] = field(default_factory=list)

    def learn(self, day: date, values: dict[str, Any]) -> None:
        """Learn a fact. One of a day before all others brings forward what was first said of the other fields."""
        first = min((known for known, _ in self.facts), default=day)
        if day < first:
            rest = {name: value for name, value in (self.on(first) or {}).items() if name not in values}
            self.facts = [
                (known, said if known != first else {name: said[name] for name in said if name in values})
                for known, said in self.facts
            ]
            values = rest | values
        self.facts.append((day, {name: value for name, value in values.items() if value not in EMPTY}))

    def on(self, day: date) -> dict[str, Any] | None:
        """The row at the end of a day: of each field the last thing said; None before the first fact."""
        said = [(known, values) for known, values in self.facts if known <= day]
        state: dict[str, Any] = {}
        for _, values in sorted(said, key=lambda fact: fact[0]):  # stable: of one day, the last learnt
            state |= values
        return state if said else None
