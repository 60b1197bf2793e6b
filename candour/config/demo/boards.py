"""The boards of the demo: what they are for, who sits on them, what comes to them, and when they meet."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

Seats = tuple[tuple[str, str, str], ...]  # post, role, substitute or ""


@dataclass(frozen=True)
class Comes:
    """A standing item. closed: the ground. must: (month, day) of the year, and by which law. paper: that Candour writes."""

    title: str
    sort: Literal["business", "area", "duty"] = "area"
    purpose: Literal["decide", "discuss", "note"] = "discuss"
    lead: str = ""
    minutes: int = 10
    closed: str = ""
    every: int = 1
    month: int | None = None
    must: tuple[int, int] | None = None
    law: str = ""
    paper: str = ""


@dataclass(frozen=True)
class BoardTale:
    """A board. weeks: between its meetings; first: the week of the next one, counted back (below nought: ahead).

    weekday: 0 for Monday. terms: the text of each version with the week in which it was agreed.
    """

    code: str
    name: str
    body: str
    remit: str
    weeks: int
    first: int
    weekday: int
    starts_at: time
    lasts: int
    venue: str
    quorum: int
    seats: Seats
    comes: tuple[Comes, ...]
    terms: tuple[tuple[int, str, str], ...]
    in_public: bool = False
    reports: str = ""
    parent: str = ""
    pre_meeting: str = ""
    pre_minutes: int = 0
    secretary: str = "secretary"


APOLOGIES = Comes("Apologies and declarations of interest", "business", "note", minutes=5)
LAST_MINUTES = Comes("Minutes of the last meeting and actions", "business", "decide", minutes=10)
BUDGET_LAW = "Local Government Finance Act 1992, section 42A and 43"
ACCOUNTS_LAW = "Accounts and Audit Regulations 2015, regulation 6"
REPORT_LAW = "Police Reform and Social Responsibility Act 2011, section 12"
PRECEPT_LAW = "Police Reform and Social Responsibility Act 2011, schedule 5"

BOARDS = (
    BoardTale(
        code="cgb",
        name="Corporate Governance Board",
        body="office",
        remit="Holds the Chief Constable to account for an efficient and effective force, and for the police and crime "
        "plan. Meets every two months in an open and a closed part.",
        weeks=8,
        first=-3,
        weekday=1,
        starts_at=time(10),
        lasts=180,
        venue="Commissioner’s conference room and by video",
        quorum=4,
        in_public=True,
        reports="A summary of each meeting to the Police and Crime Panel",
        pre_meeting="Officers of the office and the force, on what will be asked",
        pre_minutes=45,
        seats=(
            ("commissioner", "chair", "deputy"),
            ("deputy", "vice", ""),
            ("cc", "member", "dcc"),
            ("dcc", "member", "acc"),
            ("acc", "attendee", ""),
            ("people", "attendee", ""),
            ("resources", "member", ""),
            ("cfo", "member", ""),
            ("ce", "member", ""),
            ("performance", "attendee", ""),
            ("engagement", "attendee", ""),
            ("comms", "attendee", ""),
        ),
        comes=(
            APOLOGIES,
            LAST_MINUTES,
            Comes("Finance: budget monitoring and value for money", lead="resources", minutes=25),
            Comes("Transformation and change", lead="dcc", minutes=15, every=2),
            Comes("Operational performance", lead="acc", minutes=25),
            Comes("People", lead="people", minutes=15, every=2),
            Comes("Corporate risk management", lead="risk", minutes=15, paper="risk-register"),
            Comes("Inspections: recommendations and responses", lead="dcc", minutes=15),
            Comes("Delivery of the police and crime plan", lead="performance", minutes=15),
            Comes("Collaboration", lead="acc", minutes=10, every=3),
            Comes("Restricted risks and operations", "area", "discuss", "acc", 20, closed="operation"),
            Comes("Budget and precept", "duty", "decide", "cfo", 30, every=0, must=(2, 28), law=PRECEPT_LAW),
            Comes("Annual report", "duty", "decide", "ce", 15, every=0, must=(9, 30), law=REPORT_LAW),
        ),
        terms=(
            (
                100,
                "Commissioner",
                "The board holds the force to account for finance, performance, people, change, risk, "
                "inspection, the police and crime plan and collaboration. It meets six times a year.",
            ),
            (
                48,
                "Commissioner",
                "The board holds the force to account for finance, performance, people, change, risk, "
                "inspection, the police and crime plan and collaboration. It meets six times a year in an open and a closed "
                "part. What can be said in public is said in the open part.",
            ),
        ),
    ),
    BoardTale(
        code="jarap",
        name="Joint Audit, Risk and Assurance Panel",
        body="office",
        remit="Gives the commissioner and the chief constable independent assurance on risk, control and governance.",
        weeks=13,
        first=-7,
        weekday=3,
        starts_at=time(14),
        lasts=120,
        venue="Room 2 and by video",
        quorum=3,
        in_public=True,
        reports="A yearly report of its work to the commissioner and the chief constable",
        pre_meeting="Members and auditors, without officers",
        pre_minutes=30,
        seats=(
            ("chair", "chair", ""),
            ("panel", "vice", ""),
            ("panel2", "member", ""),
            ("panel3", "member", ""),
            ("panel4", "member", ""),
            ("cfo", "attendee", ""),
            ("resources", "attendee", ""),
            ("audit", "attendee", ""),
            ("policy", "attendee", ""),
        ),
        comes=(
            APOLOGIES,
            LAST_MINUTES,
            Comes("Internal audit progress report", lead="audit", minutes=15, paper="audit-progress"),
            Comes("External audit", lead="cfo", minutes=15, every=2),
            Comes("Force risk register", lead="risk", minutes=15),
            Comes("Office risk register", lead="cfo", minutes=15, paper="risk-register"),
            Comes("Audit recommendations", "area", "decide", "policy", 15, paper="recommendations"),
            Comes("Restricted risks", "area", "discuss", "ce", 10, closed="legal"),
            Comes(
                "Private meeting with the auditors", "business", "discuss", "chair", 10, closed="confidence", every=2
            ),
            Comes("Annual governance statement", "duty", "decide", "cfo", 20, every=0, must=(7, 31), law=ACCOUNTS_LAW),
            Comes("Internal audit plan of the next year", "area", "decide", "audit", 20, every=0, month=3),
        ),
        terms=(
            (
                100,
                "Commissioner and Chief Constable",
                "Five independent members. It advises on risk, internal control, "
                "audit and governance of both bodies, and reports once a year on its work.",
            ),
        ),
    ),
    BoardTale(
        code="frb",
        name="Force Risk Board",
        body="force",
        remit="Agrees scores, escalations and closures of the force’s risks.",
        weeks=13,
        first=-4,
        weekday=0,
        starts_at=time(13, 30),
        lasts=90,
        venue="Headquarters, command suite",
        quorum=3,
        secretary="risk",
        seats=(
            ("dcc", "chair", "acc"),
            ("acc", "vice", ""),
            ("ops", "member", ""),
            ("digital", "member", ""),
            ("people", "member", ""),
            ("resources", "member", ""),
            ("risk", "attendee", ""),
        ),
        comes=(
            APOLOGIES,
            LAST_MINUTES,
            Comes("Force risk register", "area", "decide", "risk", 40, paper="risk-register"),
            Comes("Projects and change", lead="digital", minutes=15, every=2),
        ),
        terms=(
            (
                100,
                "Chief Constable",
                "The board agrees what the force’s registers propose: scores, escalation, closure.",
            ),
        ),
    ),
    BoardTale(
        code="ethics",
        name="Ethics, Integrity and Complaints Committee",
        body="office",
        remit="Gives the commissioner and the public assurance that complaints are dealt with fairly and in time.",
        weeks=13,
        first=-9,
        weekday=2,
        starts_at=time(14, 30),
        lasts=120,
        venue="Commissioner’s conference room",
        quorum=3,
        seats=(
            ("ethics", "chair", ""),
            ("panel2", "member", ""),
            ("panel4", "member", ""),
            ("volunteers", "member", ""),
            ("standards", "attendee", ""),
        ),
        comes=(
            APOLOGIES,
            LAST_MINUTES,
            Comes("Complaints: volumes, themes and timeliness", lead="standards", minutes=25),
            Comes("Dip sample of complaint files", "area", "discuss", "volunteers", 40, closed="person"),
            Comes("An ethical question", lead="ethics", minutes=25),
        ),
        terms=(
            (100, "Commissioner", "The committee looks at complaints and at ethical questions that the force brings."),
        ),
    ),
    BoardTale(
        code="pcp",
        name="Police and Crime Panel",
        body="office",
        remit="Supports and scrutinises the commissioner: the plan, the annual report, the precept and senior appointments.",
        weeks=13,
        first=-10,
        weekday=4,
        starts_at=time(10),
        lasts=150,
        venue="County hall",
        quorum=4,
        in_public=True,
        seats=(
            ("pcp", "chair", ""),
            ("commissioner", "attendee", "deputy"),
            ("ce", "attendee", ""),
            ("cfo", "attendee", ""),
        ),
        comes=(
            APOLOGIES,
            LAST_MINUTES,
            Comes("Corporate Governance Board: summary since the last meeting", lead="ce", minutes=20),
            Comes("Proposed precept", "duty", "decide", "commissioner", 60, every=0, must=(2, 8), law=PRECEPT_LAW),
            Comes("Annual report", "duty", "discuss", "commissioner", 30, every=0, must=(10, 31), law=REPORT_LAW),
        ),
        terms=((100, "County council", "A joint committee of the councils of the area, set up by law."),),
    ),
)
