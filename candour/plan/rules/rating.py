"""How an activity is rated: the words of a body's scale, and what each stands for, which is all that rules know of it."""

from collections.abc import Mapping

from candour.kernel.scales.rules import Step, Words

# By what a word stands for.
TONES: Mapping[str, str] = {
    "off": "red",
    "risk": "amber",
    "on": "green",
    "done": "blue",
    "unstarted": "line",
    "": "line",
}
REASONED = frozenset({"off", "risk"})  # say what is in the way

# Where a body has brought in no scale of its own.
BRAG = Words(
    id=0,
    name="Blue, red, amber, green",
    steps=(
        Step(1, "Blue", "Done", "low", "done"),
        Step(2, "Red", "Will not be delivered as things are", "high", "off"),
        Step(3, "Amber", "At risk, with a plan to bring it back", "medium", "risk"),
        Step(4, "Green", "On course", "low", "on"),
        Step(5, "Not started", "Its work has not begun", "low", "unstarted"),
    ),
)


def scale_named(scales: Mapping[int, Words], number: int | None) -> Words:
    """The scale of a number; Candour's own for none."""
    return scales.get(number or 0, BRAG)


def step_of(scales: Mapping[int, Words], number: int | None, rating: int | None) -> Step | None:
    """The step that a rating stands on; None where it is not rated."""
    return scale_named(scales, number).step(rating) if rating else None
