"""The demo's Police and Crime Plan: four priorities with objectives and activities, and how each goes. All invented."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["on", "risk", "off", "late", "done", "proposed", "new", "unstarted", "stopped", "slipped"]
SHAPES: dict[str, Shape] = {
    "+": "on", "~": "risk", "!": "off", "<": "late", "=": "done", "?": "proposed", "*": "new", "-": "unstarted",
    "x": "stopped", ">": "slipped",
}  # fmt: skip


@dataclass(frozen=True)
class ActivityTale:
    title: str
    owner: str
    shape: Shape
    sensitivity: str = ""


@dataclass(frozen=True)
class ObjectiveTale:
    """measures: titles; risks: references. success: what good looks like, "" where nobody has said."""

    title: str
    outcome: str
    owner: str
    success: str
    measures: tuple[str, ...]
    risks: tuple[str, ...]
    activities: tuple[ActivityTale, ...]


@dataclass(frozen=True)
class PriorityTale:
    title: str
    lead: str
    objectives: tuple[ObjectiveTale, ...]


def done_by(lines: str) -> tuple[ActivityTale, ...]:
    """Activities from lines of a sign, a post and the words: "+ comms: Ask every victim"."""
    found = []
    for line in filter(None, map(str.strip, lines.strip().splitlines())):
        sign, owner, title = line[0], line[2 : line.index(":")], line[line.index(":") + 2 :]
        restricted = title.startswith("(restricted) ")
        words = title.removeprefix("(restricted) ")
        found.append(ActivityTale(words, owner, SHAPES[sign], "restricted" if restricted else ""))
    return tuple(found)


T = ObjectiveTale
PLAN = (
    PriorityTale("Putting victims first", "ce", (
        T("Every victim is offered support within 48 hours", "Victims hear from somebody who can help before they give up.",
          "commissioning", "Nine of ten victims are offered support within 48 hours, in each district",
          ("Victims offered support within 48 hours", "Days until first contact with a victim"), ("MPC007",), done_by("""
            + commissioning: Pass referrals on the day the crime is recorded
            = commissioning: Agree one form of referral with every provider
            ~ commissioning: Open the support line at weekends
            + comms: Tell victims of their rights in six languages
            > performance: Ask victims after three months what helped
            """)),
        T("A single victim service, easy to find", "One door for support, whoever referred.", "commissioning",
          "Take-up reaches 55 per cent by the end of the plan", ("Referrals to services taken up",), ("MPC003", "MPC006"),
          done_by("""
            ! commissioning: Let the contract for one service
            < commissioning: Move cases of the four old services
            ~ comms: Give the service one name and one number
            - commissioning: Place advisers in both hospitals
            + cfo: Fund the service for three years
            """)),
        T("Compensation reaches victims", "Courts’ awards are paid, and victims know how to claim.", "", "", (), (), ()),
    )),
    PriorityTale("Visible and responsive", "deputy", (
        T("Calls are answered", "Whoever calls in an emergency is heard at once.", "performance",
          "86 per cent of emergency calls are answered within ten seconds",
          ("Emergency calls answered within 10 seconds", "Calls to 101 given up"), ("ST0203",), done_by("""
            ! performance: Fill the forty empty places in the control room
            ~ performance: Route calls about property online
            < performance: Bring in call-back for 101
            + performance: Publish waiting times each month
            = comms: Tell the public when to call which number
            """)),
        T("A named officer for every ward", "People know who looks after their ward.", "comms",
          "Every ward has a named officer, and seven hours of ten are on the beat",
          ("Wards with a named officer", "Time of ward officers on the beat"), (), done_by("""
            = performance: Name an officer for each of 128 wards
            + comms: Publish each officer’s name, picture and surgery
            + comms: Hold a street meeting in each ward once a year
            ? comms: Let residents choose their ward’s priorities online
            > performance: Protect ward officers from being moved
            """)),
        T("Help comes in time in the country", "Rural victims do not wait longer than they must.", "performance",
          "Twenty minutes on average in the country", ("Minutes to reach an emergency in the country",), ("MPC015",),
          done_by("""
            + performance: Base two response cars in the north
            ~ performance: Agree cover across the county border
            * comms: Walk the farms with the rural crime team
            - performance: Trial first responders from the fire service
            + comms: Meet the rural forum each quarter
            """)),
    )),
    PriorityTale("Less violence, fewer victims", "violence", (
        T("Serious violence falls", "Fewer people are hurt, above all the young.", "violence",
          "1.25 offences for each 1,000 people by the end of the plan",
          ("Serious violence for each 1,000 people", "Young people who offend again"), ("MPC008",), done_by("""
            + violence: Mentor 200 young people a year
            + violence: Place navigators in emergency care
            ~ violence: Train every school’s safeguarding lead
            = violence: Agree a common definition with partners
            + performance: Share hospital data each week
            """)),
        T("Work goes on past the grant", "What works is paid for when the grant ends.", "violence",
          "Every post that works is funded for three years", (), ("MPC008",), done_by("""
            ! violence: Find £1.2m a year from partners
            < violence: Evaluate the four programmes
            ~ cfo: Put the posts that work into the base budget
            + commissioning: Let three-year grants where one-year grants end
            x violence: Apply for the regional innovation fund
            """)),
        T("Knife crime hot spots are patrolled", "Places where most happens are watched most.", "violence",
          "1,800 hours of patrol in each month", ("Hours of patrol in hot spots", "Knife crime"), (), done_by("""
            = violence: Agree twelve hot spots from the data
            + violence: Patrol each for fifteen minutes a day
            + performance: Show where patrols went, each week
            ? violence: Set up six amnesty bins
            * violence: (restricted) Test purchases of knives in shops
            """)),
    )),
    PriorityTale("A force that is well run", "cfo", (
        T("A balanced budget for three years", "Nobody has to cut in haste.", "cfo",
          "No gap in any of three years, and reserves above five per cent", ("Savings delivered",), ("MPC001", "MPC019"),
          done_by("""
            ! cfo: Close the gap of £6.4m in two years’ time
            ~ cfo: Deliver the savings plan scheme by scheme
            + cfo: Report the position to the board each month
            > estates: Sell three buildings that stand empty
            = cfo: Agree a policy for reserves
            """)),
        T("Agreements in good order", "Every pound of commissioning has a paper behind it.", "commissioning",
          "No agreement fails a check", (), ("MPC006", "MPC029"), done_by("""
            + commissioning: Mend every agreement that fails a check
            ~ commissioning: Sign before work begins
            = policy: Bring the register up to date
            + policy: Publish contracts as open data
            + commissioning: Visit each provider once a year
            """)),
        T("Complaints are handled in time", "Whoever complains hears soon and clearly.", "policy",
          "95 per cent within 20 working days", ("Complaints handled within 20 working days", "Complaints received"),
          ("MPC023",), done_by("""
            = policy: Write to every complainant in plain words
            = policy: Review complaints within twenty days
            + policy: Publish what was learnt each quarter
            ? policy: Train every supervisor who answers
            + performance: Show timeliness by district
            """)),
    )),
)  # fmt: skip

# What was said, by shape: achieved, left, in the way.
SAID: dict[str, tuple[str, str, str]] = {
    "on": (
        "The work of the quarter is done as planned, and partners take part.",
        "What is planned for the next two quarters.",
        "",
    ),
    "risk": (
        "A first part is done and shown to the board.",
        "The larger part, which depends on two partners.",
        "One of the partners has not confirmed its share. The lead meets them this month.",
    ),
    "off": (
        "Little moved this quarter: the work was begun twice and stopped.",
        "Nearly all of it.",
        "There is no money for it this year, and nobody has been found who takes it on. It needs a decision of the board.",
    ),
    "late": (
        "Most of it is in place; the last part was held up.",
        "The last part, which is with the supplier.",
        "",
    ),
    "slipped": ("A new start was agreed, and the first step is taken.", "The rest, by the new date.", ""),
    "unstarted": ("Nothing yet: it is planned to begin next quarter.", "All of it.", ""),
    "done": ("It is done, and is in use everywhere.", "Nothing", ""),
}
