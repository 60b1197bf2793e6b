"""What the two bodies tolerate in each category of risk, and one change of mind."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """An appetite. week: when it was set, counted back; None for the week after the scale."""

    body: str
    category: str
    word: str
    highest: int
    why: str
    week: int | None = None


FIRST = "Agreed with the plan for the year"

APPETITES = (
    Said("office", "Finance", "Cautious", 6, FIRST),
    Said("office", "Commissioning", "Cautious", 6, FIRST),
    Said("office", "Information", "Averse", 4, "Victims’ details are held: nothing is worth losing them"),
    Said("office", "Governance", "Minimal", 4, FIRST),
    Said("office", "People", "Cautious", 6, FIRST),
    Said("office", "Partnerships", "Open", 9, "Joint work gains more than it risks"),
    Said("office", "Estates", "Open", 8, FIRST),
    Said("office", "Legal", "Averse", 3, FIRST),
    Said("office", "Engagement", "Eager", 12, "New ways of hearing from the public are worth some failures"),
    Said("office", "Finance", "Minimal", 4, "Reserves are at their floor until the settlement is known", week=30),
    Said("force", "Finance", "Cautious", 10, FIRST),
    Said("force", "Technology", "Open", 12, "Old systems cost more than new ones put at risk"),
    Said("force", "Standards", "Averse", 4, FIRST),
    Said("force", "Workforce", "Cautious", 9, FIRST),
    Said("force", "Information", "Minimal", 6, FIRST),
    Said("force", "Investigation", "Minimal", 8, FIRST),
    Said("force", "Estates", "Open", 12, FIRST),
)
