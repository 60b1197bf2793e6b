"""The demo's grant rounds: what they ask and are scored by, and who applies for what (pure). Every group is invented."""

from dataclasses import dataclass
from zlib import crc32

CRITERIA = (
    # name, weight, pass mark, what scorers look for
    ("Need shown, with local evidence", 25, 1, "Figures of the ward, and partners who refer people."),
    ("What will change for people", 30, 2, "An outcome that can be checked, not a count of sessions."),
    ("Able to deliver, on time", 20, 1, "Who does it, and what they have done before."),
    ("Value for money", 15, 0, "Costs that can be followed, and what others give."),
    ("Reach into rural communities", 10, 0, "Places and people outside the towns."),
)
QUESTIONS = (
    # words, kind, most words, has to be yes
    ("Is your group constituted, with a bank account in its name?", "yes or no", 0, True),
    ("Do you have a safeguarding policy reviewed in the last year?", "yes or no", 0, True),
    ("What is the need, and how do you know?", "text", 150, False),
    ("What will change for people, and how will you check it?", "text", 150, False),
    ("Who will do it, and by when?", "text", 120, False),
    ("What do others give towards it?", "money", 0, False),
)
CONDITIONS = (
    "A return by the tenth working day after each quarter, with what was spent and what changed.",
    "What is not spent by the last day is paid back.",
    "The safeguarding policy is sent before the first instalment.",
)
PLACES = ("Northgate", "Hillfoot", "Canal Side", "Old Market", "Elm Park", "Westfield", "Station Road", "Riverside", "Meredale",
          "Thornley", "Ashby Green", "Little Mere")  # fmt: skip
GROUPS = ("Youth Trust", "Neighbours", "Sports Club", "Community Hall", "Women’s Centre")
PROJECTS = ("Evening boxing for teenagers", "Street pastors at weekends", "Safe walks home", "Mentors for school leavers",
            "A repair shed for young adults")  # fmt: skip
NEEDS = (
    "Calls about disorder rose by a third in two years, and the last youth club closed.",
    "Our survey of 140 households named the walk from the bus as what people fear most.",
    "Two schools and the food bank ask us for somewhere to send people each week.",
)
CHANGES = (
    "Eight in ten finish the course, and half join a club within six months, which we check by telephone with consent.",
    "Forty sessions are held, with twenty people at each.",
    "Six in ten say that they feel safer after three months, on the same questions as before.",
)
SAID = (
    # by mark, for every criterion
    "Nothing is said of this.",
    "It is named, and little is shown for it.",
    "It is shown in part; what is missing could be asked for.",
    "It is well shown, with figures that can be checked.",
    "It is shown in full, and better than most.",
)


@dataclass(frozen=True)
class Applicant:
    """An application of the demo. asked: pounds. quality: what scorers think of it, from 0 to 4."""

    name: str
    title: str
    asked: int
    quality: int
    number: int

    def marks(self, scorer: int) -> tuple[int, ...]:
        """The marks of one scorer, within one of each other but where they are far apart: see FAR."""
        if self.number in TIED:
            return (3, 3, 3, 2, 3)
        found = []
        for place, _ in enumerate(CRITERIA):
            common = crc32(f"{self.number} {place}".encode()) % 3 - 1
            own = crc32(f"{self.number} {place} {scorer}".encode()) % 4 == 0
            found.append(min(max(self.quality + common + (1 if own and scorer else 0), 0), 4))
        if self.number in FAR and scorer:
            found[1] = 4 if found[1] <= 2 else 1
        return tuple(found)


TIED = frozenset({13, 29})  # equal in everything
FAR = frozenset({4, 22, 41})  # scorers are too far apart in the second criterion
LATE, LET_IN = frozenset({57, 58}), 58
WITHDRAWN = frozenset({36, 51})
NOT_ELIGIBLE = 47
INTEREST = 9  # of the first scorer


def applicants(count: int, key: str) -> list[Applicant]:
    """So many different applications, the same each time."""
    found = []
    for number in range(count):
        place, group = PLACES[number % len(PLACES)], GROUPS[(number // len(PLACES)) % len(GROUPS)]
        project = PROJECTS[(number * 7 + number // len(PLACES)) % len(PROJECTS)]
        draw = crc32(f"{key} {number}".encode())
        asked = 2_400 + draw % 90 * 100
        found.append(Applicant(f"{place} {group}", f"{project} in {place}, {group}", asked, 1 + draw // 90 % 3, number))
    return found


def answers_of(one: Applicant, *, eligible: bool = True) -> dict[int, str]:
    """What an application says, by the number of the question."""
    return {
        1: "Yes",
        2: "Yes" if eligible else "No",
        3: NEEDS[one.number % len(NEEDS)],
        4: CHANGES[one.number % len(CHANGES)],
        5: "Two part-time workers and six volunteers, from the first month; the hall is booked.",
        6: str(one.asked // 4),
    }
