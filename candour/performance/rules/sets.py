"""Sets of measures under headings, and two to begin with. Pure.

National: the national crime and policing measures of 2021; the statement of contribution is asked for by paragraph 7A of the
schedule to the Elected Local Policing Bodies (Specified Information) Order 2011 (SI 2011/3050), as SI 2021/547 put it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Begun:
    """A set to begin with, to be changed before it is saved. contributes: a statement of contribution goes with it."""

    name: str
    source: str
    headings: tuple[str, ...]
    starts: date | None = None


BEGUN: Mapping[str, Begun] = {
    "national": Begun(
        "National priorities for policing",
        "National crime and policing measures of 2021. The statement of contribution: Specified Information Order 2011, "
        "schedule, paragraph 7A (SI 2021/547)",
        (
            "Reduce murder and other homicide",
            "Reduce serious violence",
            "Disrupt drugs supply and county lines",
            "Reduce neighbourhood crime",
            "Tackle cyber crime",
            "Improve satisfaction among victims, with a focus on victims of domestic abuse",
        ),
        date(2021, 5, 31),
    ),
    "people": Begun(
        "People and complaints",
        "What the board asks of the force about its people and about complaints",
        (
            "Complaints: how many",
            "Complaints: of what type",
            "Complaints: how soon they are handled",
            "Referrals to the IOPC, mandatory and voluntary",
            "Themes of complaints",
            "Establishment and strength",
            "Sickness",
            "Vetting overdue",
        ),
    ),
    "own": Begun("", "", ()),
}


def headings_of(text: str) -> tuple[str, ...]:
    """The headings of a set from its text, one a line, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
