"""How findings say things. Pure."""

from collections.abc import Sequence

from candour.kernel.intake.printed import listed

from ..appearances import Section
from ..joined import Risk


def references(risks: Sequence[Risk]) -> str:
    return listed([risk.reference or "a risk without a reference" for risk in risks])


def section_name(section: Section | None) -> str:
    """Appendix B, or the whole heading where it has no short name."""
    if section is None or not section.heading:
        return "the register"
    words = section.heading.split()
    named = words[0].casefold() in ("appendix", "annex", "schedule", "section", "part") and len(words) > 1
    return " ".join(words[:2]).rstrip(":.-–") if named else section.heading
