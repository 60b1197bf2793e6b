"""How many activities of each state there are, and the one word that an objective or a priority stands under."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# An objective is on course where anything of it is and nothing is worse, and done once all of it is.
WORST = (
    *("Off course", "Past its date", "At risk", "On course", "Not rated yet", "Not started"),
    *("Done, to be agreed", "Done"),
)
RED, AMBER = frozenset({"Off course", "Past its date"}), frozenset({"At risk"})
# The parts of a bar, in its order: what each is called, its tone, and the states that make it up.
PARTS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Off course or past its date", "red", RED),
    ("At risk", "amber", AMBER),
    ("On course", "green", frozenset({"On course"})),
    ("Done", "blue", frozenset({"Done", "Done, to be agreed"})),
    ("Not started or not rated", "line", frozenset({"Not started", "Not rated yet"})),
)


@dataclass(frozen=True)
class Tally:
    """How many activities have each state. Stopped ones count nowhere."""

    states: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return sum(self.parts)

    @property
    def parts(self) -> tuple[int, ...]:
        """How many of each of PARTS."""
        return tuple(sum(self.states.get(state, 0) for state in states) for _, _, states in PARTS)

    @property
    def worst(self) -> str:
        """The worst state of any activity, as an objective stands; Done where all are; "" without any."""
        return next((state for state in WORST if self.states.get(state)), "")

    @property
    def at_risk(self) -> int:
        red, amber, *_ = self.parts
        return red + amber

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(dict(Counter(self.states) + Counter(other.states)))


def tally(states: Iterable[str]) -> Tally:
    return Tally(dict(Counter(states)))
