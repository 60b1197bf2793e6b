"""The demo's inspections as data: six years of grades on two scales, three thematic reports, one national, one statement."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.scales.rules import Step, Words

INSPECTORATE = (
    "hmicfrs", "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services", "HMICFRS", "inspectorate",
)  # fmt: skip
OLD_FROM, NEW_FROM = date(2014, 11, 1), date(2021, 4, 1)


def _words(name: str, *steps: tuple[str, str, str]) -> Words:
    return Words(0, name, tuple(Step(n, word, said, tone) for n, (word, said, tone) in enumerate(steps, 1)))  # type: ignore[arg-type]


FOUR = _words(
    "PEEL grades until 2020/21",
    ("Outstanding", "Well above what was expected.", "low"),
    ("Good", "As was expected.", "low"),
    ("Requires improvement", "Below what was expected.", "medium"),
    ("Inadequate", "Failing to do what was expected.", "high"),
)
FIVE = _words(
    "PEEL grades since 2021/22",
    ("Outstanding", "Exceeds the characteristics of good.", "low"),
    ("Good", "Shows substantially all characteristics of good.", "low"),
    ("Adequate", "Shows some characteristics of good, with areas to improve.", "medium"),
    (
        "Requires improvement",
        "Shows few characteristics of good, with a substantial number of areas to improve.",
        "high",
    ),
    ("Inadequate", "There are causes of concern.", "high"),
)
PORTAL = _words(
    "Statuses on the portal",
    ("Not started", "", "high"),
    ("In progress", "", "medium"),
    ("Complete, to be verified", "", "low"),
    ("Closed", "", "low"),
)
LEVELS = _words(
    "Levels of closure",
    ("Level 1", "Closed on the force’s own word.", "low"),
    ("Level 2", "Closed on evidence read at a desk.", "low"),
    ("Level 3", "Closed after inspectors have come again.", "low"),
)


@dataclass(frozen=True)
class Asked:
    """Something that a report asks for. sort: "cause", "rec", "afi"; under: place of the cause before; week: due weeks ahead.

    answer: what the response says is done; notes: status and words of the last two reviews, newest last; None for no answer.
    """

    sort: str
    title: str
    owner: str
    week: int
    answer: str = ""
    under: bool = False
    closed: bool = False
    notes: tuple[tuple[int, str] | None, ...] = (None, None)


@dataclass(frozen=True)
class InspectionTale:
    """An inspection. out: the day of its report, or so many days back. reached: the last step that is done.

    answered: days after publication on which its response was published, outside Candour ("elsewhere") or here.
    """

    title: str
    kind: str
    out: date | int | None
    grades: tuple[tuple[str, int | None], ...] = ()
    about: str = ""
    elsewhere: int = 0
    reached: str = ""
    asks: tuple[Asked, ...] = ()
    fieldwork: int = 0
    closed: bool = False
    statutory: bool = True


WELCOME = (
    "We welcome the report and accept its findings. The force has told us how each recommendation will be met, and we hold the "
    "Chief Constable to account for it at the governance board each quarter."
)
COMMENTS = (
    "I accept the findings. The actions below are funded in this year’s budget, and I report on them each quarter."
)

INSPECTIONS = (
    InspectionTale(
        "PEEL 2017/18",
        "peel",
        date(2018, 3, 22),
        (
            ("Investigating crime", 3), ("Protecting vulnerable people", 3), ("Preventing crime", 2),
            ("Tackling serious and organised crime", 2), ("Treating the public fairly", 2),
        ),
        elsewhere=52,
        closed=True,
    ),
    InspectionTale(
        "PEEL 2018/19",
        "peel",
        date(2019, 5, 2),
        (
            ("Investigating crime", 2), ("Protecting vulnerable people", 3), ("Preventing crime", 2),
            ("Tackling serious and organised crime", 2), ("Treating the public fairly", 2),
        ),
        elsewhere=54,
        closed=True,
    ),
    InspectionTale(
        "PEEL 2021/22",
        "peel",
        date(2022, 3, 10),
        (
            ("Preventing crime", 3), ("Responding to the public", 5), ("Investigating crime", 3),
            ("Protecting vulnerable people", 4), ("Managing offenders", 3), ("Developing a positive workplace", 3),
            ("Leadership and force management", 4),
        ),
        elsewhere=55,
        closed=True,
    ),
    InspectionTale(
        "PEEL 2023–25",
        "peel",
        date(2024, 10, 17),
        (
            ("Preventing crime", 2), ("Responding to the public", 4), ("Investigating crime", 4),
            ("Protecting vulnerable people", 3), ("Managing offenders", 3), ("Developing a positive workplace", None),
            ("Leadership and force management", 3),
        ),
        elsewhere=50,
        asks=(
            Asked(
                "cause", "The force does not answer calls of vulnerable people soon enough", "contact", 20,
                notes=((2, "New rota agreed"), (2, "Two of three months within the standard")),
            ),
            Asked(
                "rec", "Set out by when calls graded as prompt are attended, and hold teams to it", "contact", 12, under=True,
                notes=((2, "Drafted"), (3, "In force since the first of the month")),
            ),
            Asked(
                "rec", "Give every call handler the vulnerability assessment in their first month", "people", 4, under=True,
                notes=((2, "Half are trained"), None),
            ),
            Asked(
                "afi", "The force should record supervisors’ reviews of investigations", "ops", -5,
                notes=((1, "Not begun"), None),
            ),
            Asked(
                "afi", "The force should tell victims when an investigation ends", "ops", 16,
                notes=((2, "Letters rewritten"), (2, "Letters in use in two districts")),
            ),
            Asked("afi", "The force should know the skills of its workforce", "people", -30, closed=True),
        ),
    ),
    InspectionTale(
        "Custody services in Mereford",
        "thematic",
        150,
        about="Treatment and conditions in both custody suites.",
        reached="copies",
        asks=(
            Asked(
                "rec", "Record each use of force in custody on the day", "standards", 10,
                "Sergeants check the record before each handover, and a sample is looked at each week.",
                notes=((2, "Checks begun"), (3, "Ninety-eight in a hundred recorded on the day")),
            ),
        ),
    ),
    InspectionTale(
        "Vetting, misconduct and misogyny: a joint look at four forces",
        "joint",
        300,
        elsewhere=49,
        statutory=True,
        asks=(
            Asked(
                "rec", "Vet again every transferee before their first day", "standards", 2,
                notes=((3, "Done, evidence sent"), None),
            ),
        ),
    ),
    InspectionTale(
        "Serious youth violence",
        "thematic",
        47,
        about="How the force and its partners keep children from violence.",
        reached="comments",
        asks=(
            Asked("rec", "Agree with each school how children at risk are told of", "ops", 30),
            Asked("rec", "Measure what diversion achieves, and publish it", "ops", 40),
        ),
    ),
    InspectionTale(
        "The police response to rural crime: a national inspection",
        "national",
        18,
        about="What all forces know of rural crime and do about it.",
        reached="invite",
        asks=(Asked("rec", "Give each rural area a named officer", "ops", 40),),
    ),
    InspectionTale(
        "PEEL 2025–27",
        "peel",
        None,
        (
            ("Preventing crime", None), ("Responding to the public", None), ("Investigating crime", None),
            ("Protecting vulnerable people", None), ("Managing offenders", None), ("Leadership and force management", None),
        ),
        fieldwork=25,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class StatedTale:
    """An item of the statement. week: its day, in weeks ahead. said: weeks back, how it stands, what moved."""

    section: str
    title: str
    owner: str
    week: int
    said: tuple[tuple[int, str, str], ...] = ()
    done: bool = False


STATED = (
    StatedTale(
        "Responding to the public", "Answer nine in ten 999 calls within ten seconds", "contact", 18,
        ((14, "at risk", "Four posts are empty."), (3, "on track", "All posts are filled since the spring.")),
    ),
    StatedTale(
        "Investigation", "Hold a week’s stock of digital examinations, no more", "digital", -3,
        ((6, "at risk", "The new laboratory opens late."),),
    ),
    StatedTale(
        "Knowledge management and ICT", "Retire the old custody system", "digital", 30,
        ((5, "on track", "Tested in one suite."),),
    ),
    StatedTale("Wellbeing", "See every officer after a serious incident", "people", 8),
    StatedTale("Preventing and deterring crime", "Name a problem-solving lead in each district", "ops", -10, (), True),
)  # fmt: skip
