"""Recommendations of the demo: what was asked of each body, and all that came of it. Weeks count back from this one."""

from dataclasses import dataclass, field

from candour.kernel.scales.rules import Step, Words

PRIORITIES = Words(
    id=0,
    name="Priorities of recommendations",
    steps=(
        Step(1, "High", "Something the body must not go without: done within three months.", "high"),
        Step(2, "Medium", "A weakness that could do harm: done within six months.", "medium"),
        Step(3, "Low", "Good practice that is missing: done within a year.", "low"),
    ),
)

Due = int | str  # the week whose Friday is meant, or words


@dataclass(frozen=True)
class Slip:
    week: int
    post: str
    due: Due
    why: str
    approver: str = "Audit Panel"


@dataclass(frozen=True)
class Said:
    week: int
    achieved: str
    left: str
    barriers: str = "None"
    evidence: str = ""  # with it, closure is proposed


@dataclass(frozen=True)
class Panel:
    """What the panel decided, at its meeting so many weeks ago."""

    week: int
    agreed: bool
    why: str
    minute: str


@dataclass(frozen=True)
class Found:
    week: int
    verdict: str
    words: str


@dataclass(frozen=True)
class Ended:
    week: int
    outcome: str
    why: str


StepOfAsk = Slip | Said | Panel | Found | Ended


@dataclass(frozen=True)
class Ask:
    """A recommendation. owners: (post, first date); answered: (week, response, words), None while it waits."""

    ref: str
    body: str
    title: str
    audit: str
    raised: int
    finding: str
    text: str
    owners: tuple[tuple[str, Due], ...]
    priority: str = "Medium"
    source: str = "internal audit"
    risk: str = ""
    printed: str = ""
    answered: tuple[int, str, str] | None = None
    steps: tuple[StepOfAsk, ...] = field(default=())
    sensitivity: str = "office"
    repeat_of: str = ""
    bears_on: str = ""  # the reference of a risk that it would make smaller
    reported: int | None = None  # week of the report, where it is older than the tracker


OFFICE = (
    Ask(
        "IA-24-02/1",
        "office",
        "Keep one register of grant agreements",
        "Commissioning and grants",
        raised=88,
        printed="4.1",
        priority="High",
        finding="Agreements are kept in four places, and three of those tested could not be found.",
        risk="Money is paid without an agreement in force.",
        text="Keep every agreement in one register with its dates, value and signatures.",
        owners=(("commissioning", 74),),
        answered=(86, "accepted", "The register will be built in the new year and checked each month."),
        steps=(
            Said(76, "A list of all agreements is drawn up.", "Dates and signatures of the older ones."),
            Slip(75, "commissioning", 50, "The post was vacant, and the older agreements are on paper."),
            Said(52, "Nine in ten agreements are in the register.", "Those of the violence reduction unit."),
            Slip(51, "commissioning", 20, "The unit’s agreements turned out to be held by its partners."),
            Said(
                22,
                "Every agreement is in the register.",
                "Nothing",
                evidence="The register, as at the end of the month",
            ),
            Panel(19, True, "The panel saw the register.", "19"),
            Found(9, "in part", "Two of twenty agreements tested had no end date in the register."),
        ),
        bears_on="MPC006",
    ),
    Ask(
        "IA-24-02/2",
        "office",
        "Check the accounts of providers before renewal",
        "Commissioning and grants",
        raised=88,
        printed="4.2",
        finding="Six of ten renewals were agreed before the provider’s accounts were seen.",
        text="Make the check of accounts a step that no renewal can pass without.",
        owners=(("commissioning", 62), ("cfo", 62)),
        answered=(86, "accepted", "The check becomes part of the renewal form."),
        steps=(
            Said(64, "The form is changed and in use.", "Nothing", evidence="Three renewals on the new form"),
            Panel(58, True, "Three renewals were shown to the panel.", "12"),
            Found(40, "implemented", "All eight renewals tested held the check."),
        ),
    ),
    Ask(
        "IA-25-01/1",
        "office",
        "Write down who may approve what",
        "Scheme of delegation",
        raised=46,
        printed="1",
        priority="High",
        finding="The scheme names posts that no longer exist, and two approvals tested were above the limit.",
        risk="Decisions are taken by those who may not take them.",
        text="Bring the scheme up to date and publish it.",
        owners=(("ce", 28),),
        answered=(44, "accepted", "A new scheme goes to the panel before the summer."),
        steps=(
            Said(33, "A draft is with both finance officers.", "Agreement on the limits for grants."),
            Slip(29, "ce", 5, "Both bodies asked for one set of limits, which took a joint meeting."),
            Said(20, "The limits are agreed in principle.", "Publication, once the panel has seen it."),
            Said(7, "The limits are agreed in principle.", "Publication, once the panel has seen it."),
        ),
    ),
    Ask(
        "IA-25-03/2",
        "office",
        "Test the plan for losing the building",
        "Business continuity",
        raised=33,
        printed="2.1",
        finding="The plan was last tested four years ago, with two people who have since left.",
        text="Hold an exercise, write up what it shows, and change the plan.",
        owners=(("estates", -8),),
        answered=(31, "accepted", "An exercise is held this year."),
        steps=(
            Said(19, "The exercise is prepared.", "Holding it."),
            Said(8, "The exercise was held and written up.", "Nothing", evidence="The report of the exercise"),
            Panel(6, False, "Show the plan as it was changed after the exercise.", "27"),
        ),
    ),
    Ask(
        "IA-25-03/3",
        "office",
        "Keep a paper copy of contacts off site",
        "Business continuity",
        raised=33,
        printed="2.2",
        priority="Low",
        finding="The only list of contacts is on the network that the plan assumes is lost.",
        text="Keep a copy elsewhere, and replace it each quarter.",
        owners=(("estates", 26),),
        answered=(31, "accepted", "The volunteers’ office keeps a copy."),
        steps=(
            Said(27, "A copy is kept and was replaced once.", "Nothing", evidence="The dated copy"),
            Panel(19, True, "A simple measure, done.", "20"),
        ),
    ),
    Ask(
        "ICO-25/1",
        "office",
        "Answer requests for information in time",
        "Letter after a complaint",
        raised=24,
        source="ico",
        finding="Four of nine requests in a quarter were answered after the twenty working days.",
        text="Log every request on the day it comes, and report the times to the board each quarter.",
        owners=(("policy", 4),),
        answered=(23, "accepted", "A log was opened the week the letter came."),
        steps=(
            Said(12, "Every request is logged; one of seven was late.", "A second reader while the first is away."),
            Slip(5, "policy", -6, "The second reader starts in the new quarter.", "Chief Executive"),
            Said(3, "A second reader has started; none was late.", "Nothing", evidence="The log of two quarters"),
        ),
    ),
    Ask(
        "EA-25/1",
        "office",
        "Reconcile the pooled budget each month",
        "Annual report on the accounts",
        raised=15,
        source="external audit",
        priority="High",
        finding="The pooled budget was reconciled twice in the year, and a balance of £41,000 is unexplained.",
        text="Reconcile it each month, and explain the balance before the accounts close.",
        owners=(("cfo", -2), ("director", "When the partner’s ledger is open to us")),
        answered=(14, "in part", "Each month from now on; the balance is for the partner to explain."),
        steps=(Said(7, "Two months are reconciled.", "The old balance.", "The partner has not answered two letters."),),
    ),
    Ask(
        "IA-26-01/1",
        "office",
        "Show the effect of each grant, not its activity",
        "Victims’ services",
        raised=4,
        reported=5,
        printed="1.1",
        finding="Returns count meetings and calls; two of fifteen say what changed for victims.",
        text="Agree an outcome with each provider, and ask for it in every return.",
        owners=(("commissioning", -22),),
    ),
    Ask(
        "PR-25/1",
        "office",
        "Move the office’s papers to a public site of its own",
        "Peer review of the office",
        raised=40,
        source="peer review",
        priority="Low",
        finding="The public finds the office’s papers among those of the force.",
        text="Give the office a site of its own.",
        owners=(("comms", 10),),
        answered=(
            39,
            "not accepted",
            "Two sites would cost more than either body can carry; links will be made plainer.",
        ),
    ),
    Ask(
        "IA-25-04/1",
        "office",
        "Look again at who can open the complaints file",
        "Handling of complaints",
        raised=21,
        printed="3",
        priority="High",
        finding="Nine posts can open the file, of which five have no part in it.",
        text="Take the right away from the five, and review the list each quarter.",
        owners=(("policy", 9),),
        answered=(20, "accepted", "Done within the quarter."),
        steps=(Said(10, "Three of five rights are taken away.", "Two, which the supplier must change."),),
        sensitivity="restricted",
    ),
)

FORCE = (
    Ask(
        "IA-23-07/4",
        "force",
        "Service vehicles when they are due",
        "Fleet management",
        raised=95,
        reported=104,
        printed="4.2",
        finding="Of twenty vehicles tested, three were serviced late and four gave no mileage.",
        risk="Vehicles are unsafe, or taken off the road at short notice.",
        text="Replace units that fail, and write a procedure for servicing with its exceptions.",
        owners=(("resources", 80),),
        answered=(94, "accepted", "Failed units are replaced within ten working days; a procedure follows."),
        steps=(
            Slip(81, "resources", 60, "The supplier of the units changed, and every vehicle is fitted again."),
            Said(72, "Half the vehicles report.", "The other half, and the procedure."),
            Slip(61, "resources", "When the new fleet system is in", "The procedure waits for the system."),
            Said(45, "All but twelve vehicles report.", "The procedure.", "The system is late."),
            Slip(32, "resources", 2, "A procedure is written without waiting for the system."),
            Said(19, "The procedure is drafted.", "Consultation."),
            Said(
                7, "The procedure is signed off.", "Twelve vehicles, by another route.", evidence="The signed procedure"
            ),
        ),
    ),
    Ask(
        "IA-25-06/1",
        "force",
        "Service vehicles when they are due (follow-up)",
        "Fleet management, follow-up",
        raised=18,
        printed="1",
        priority="High",
        finding="Two of twenty vehicles were serviced late, as two years before.",
        text="Let no vehicle be allotted that is overdue for service.",
        owners=(("resources", -1), ("ops", -1)),
        answered=(17, "accepted", "The allotting desk sees the due date from now on."),
        steps=(Said(8, "The desk sees the date.", "A block in the system."),),
        repeat_of="IA-23-07/4",
    ),
    Ask(
        "HMI-25/1",
        "force",
        "Record crimes when they are reported",
        "Crime data integrity",
        raised=60,
        source="cause of concern",
        priority="High",
        finding="Of violent crimes reported to the force, one in nine was not recorded.",
        text="Within three months, record them; within six, show how it is known.",
        owners=(("contact", 47), ("ops", 47)),
        answered=(59, "accepted", "A desk checks every incident within a day."),
        steps=(
            Said(50, "The desk is staffed by day.", "Nights and weekends."),
            Slip(48, "contact", 34, "Night staff had to be trained first."),
            Said(
                33,
                "The desk works at all hours; one in thirty is missed.",
                "Nothing",
                evidence="Audit of 200 incidents",
            ),
            Panel(32, False, "Show a second audit before it is closed.", "31"),
            Said(20, "A second audit found one in forty missed.", "Nothing", evidence="The second audit"),
            Panel(19, True, "Two audits agree.", "33"),
        ),
        bears_on="ST0204",
    ),
    Ask(
        "HMI-25/2",
        "force",
        "Answer non-emergency calls before the caller gives up",
        "Crime data integrity",
        raised=60,
        source="afi",
        finding="One caller in five hangs up before an answer.",
        text="Bring the share below one in ten and keep it there.",
        owners=(("contact", 30),),
        answered=(59, "accepted", "Rosters follow the hours of demand from spring."),
        steps=(
            Said(34, "The share is one in eight.", "Weekends."),
            Slip(31, "contact", 12, "The new rosters began a quarter late."),
            Said(14, "The share is one in nine.", "Weekends."),
            Slip(13, "contact", -9, "Two courses of call takers fell through."),
        ),
    ),
    Ask(
        "HMI-26/3",
        "force",
        "Supervise investigations of stalking from the first day",
        "Protecting vulnerable people",
        raised=9,
        source="inspection",
        priority="High",
        finding="A supervisor’s plan was missing in eleven of thirty cases.",
        text="Let a supervisor set a plan within a day, and show that it was followed.",
        owners=(("ops", 1),),
        answered=(8, "accepted", "A plan is part of the first handover."),
    ),
    Ask(
        "IA-25-02/5",
        "force",
        "Close the accounts of leavers on their last day",
        "Access to systems",
        raised=42,
        printed="5",
        priority="High",
        finding="Of forty leavers, seven could still sign in a month later.",
        text="Let the record of a leaver close every account that night.",
        owners=(("digital", 30), ("people", 30)),
        answered=(41, "accepted", "The two systems are joined this year."),
        steps=(
            Said(31, "The two systems are joined.", "Nothing", evidence="A test with six leavers"),
            Panel(19, True, "The test was shown.", "34"),
            Found(5, "implemented", "None of thirty leavers could sign in."),
        ),
    ),
    Ask(
        "IA-24-09/2",
        "force",
        "Buy a second site for stored evidence",
        "Property stores",
        raised=70,
        printed="2",
        finding="One store holds nine tenths of what the courts may ask for.",
        text="Find a second site.",
        owners=(("resources", 40),),
        answered=(69, "accepted", "A site is sought with the estate plan."),
        steps=(
            Said(45, "Three sites were looked at.", "A decision on money."),
            Ended(36, "risk accepted", "A second site costs more than the loss would; sprinklers are put in instead."),
        ),
    ),
    Ask(
        "IA-26-02/1",
        "force",
        "Say who owns each risk of a joint project",
        "Project management",
        raised=3,
        printed="1",
        finding="Four of seven projects name a team, not a post.",
        text="Name one post for each risk.",
        owners=(("risk", "Ongoing"),),
        answered=(2, "accepted", "Each project names a post when it next reports."),
    ),
)

ASKS = (*OFFICE, *FORCE)
