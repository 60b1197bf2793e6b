"""What covers an objective, and what nothing covers: each gap says how it is mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cover:
    """What stands under an objective or is linked to it, as far as one may see. owned: risks that have an owner."""

    activities: int = 0
    measures: int = 0
    risks: int = 0
    owned: int = 0
    audits: int = 0
    agreements: int = 0
    decisions: int = 0
    evidence: bool = False


@dataclass(frozen=True)
class Gap:
    """name: a key of GAPS; words: what is missing; mend: what to do about it."""

    name: str
    words: str
    mend: str


GAPS: Mapping[str, tuple[str, str]] = {
    "activity": ("No activity", "Add an activity that works towards it, or take the objective out of the plan."),
    "measure": ("No measure", "Link the measure that shows whether it is reached; define one first if there is none."),
    "risk": ("No risk", "Link the risk that could stop it; raise one first if nobody has."),
    "owner": ("No owner of its risk", "Give the risk that is linked to it an owner."),
    "evidence": ("No evidence", "Add a file that shows what was done, to the objective or to one of its activities."),
}


def gaps(cover: Cover) -> tuple[Gap, ...]:
    """The gaps of an objective, in the order in which they matter."""
    missing = {
        "activity": not cover.activities,
        "measure": not cover.measures,
        "risk": not cover.risks,
        "owner": bool(cover.risks) and not cover.owned,
        "evidence": not cover.evidence,
    }
    return tuple(Gap(name, *GAPS[name]) for name, there in missing.items() if there)


def said(found: Iterable[Gap]) -> str:
    """The gaps in a phrase: "No activity, no measure"; "" for none."""
    words = [gap.words for gap in found]
    return ", ".join([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])
