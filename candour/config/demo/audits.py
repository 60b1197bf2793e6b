"""The demo's audit plan: one auditor, a year of audits of both bodies, and what became of each."""

from dataclasses import dataclass
from typing import Literal

from candour.kernel.scales.rules import Step, Words

# code, name, short name, kind
AUDITOR = ("wayside", "Wayside Assurance", "Wayside", "auditor")
PROMISES = {"brief": 10, "draft": 10, "final": 5, "progress": 7, "satisfaction": 85}
WHERE_AGREED = "The audit charter, as the panel agreed it for the year"

OPINIONS = Words(
    id=0,
    name="Wayside opinions",
    steps=(
        Step(1, "Strong", "Controls are well made, and every one that was tested did its work.", "low"),
        Step(2, "Sound", "Controls are well made; a few did not always do their work, without much harm.", "low"),
        Step(
            3,
            "Partial",
            "Gaps in the controls, or in how they are kept, put some aims of the service at risk.",
            "medium",
        ),
        Step(4, "Weak", "Controls are missing or are not kept, and the service may fail in what it is for.", "high"),
    ),
)
PRIORITIES = Words(
    id=0,
    name="Wayside priorities",
    steps=(
        Step(1, "Urgent", "Must be put right at once: harm or loss is likely until it is.", "high"),
        Step(2, "Important", "Should be put right within half a year: an aim of the service is at risk.", "medium"),
        Step(3, "Routine", "Would make a sound arrangement better.", "low"),
    ),
)

# Working days after the start of fieldwork on which each stage is planned.
PLANNED = {"brief": -12, "fieldwork": 0, "exit": 15, "draft": 25, "responses": 35, "final": 40}


@dataclass(frozen=True)
class AuditTale:
    """An audit and what became of it.

    fieldwork: the week in which it is planned to begin. reached: by stage how many working days after its planned day it was
    reached. moved: (week, week in which fieldwork now begins, why). left: (week, "deferred" or "cancelled", why). opinion: a
    step of the auditor's scale, 0 for an advisory report. survey: 1 to 5.
    """

    number: int
    body: Literal["office", "force"]
    title: str
    owner: str
    days: int
    fieldwork: int
    purpose: str
    scope: str = ""
    risks: tuple[str, ...] = ()
    reached: tuple[tuple[str, int], ...] = ()
    opinion: int = 0
    survey: int = 0
    moved: tuple[int, int, str] | None = None
    left: tuple[int, Literal["deferred", "cancelled"], str] | None = None
    shared: bool = False
    sensitivity: Literal["public", "office", "restricted"] = "office"


def until(last: str, **days: int) -> tuple[tuple[str, int], ...]:
    """Every stage up to one, on its planned day unless another number of days is given."""
    names = list(PLANNED)
    return tuple((name, days.get(name, 0)) for name in names[: names.index(last) + 1])


AUDITS = (
    AuditTale(
        1,
        "office",
        "Key financial controls",
        "cfo",
        15,
        31,
        "That payments, income and bank balances are checked by somebody other than whoever enters them.",
        "Purchase ledger, income, bank and journals of the first quarter. Treasury is left to another year.",
        risks=("MPC001", "MPC018"),
        reached=until("final"),
        opinion=1,
        survey=1,
    ),
    AuditTale(
        2,
        "office",
        "Services for victims: agreements and monitoring",
        "commissioning",
        12,
        25,
        "That every service runs under an agreement that is signed, current and followed up.",
        "A sample of twelve agreements, from specification to the last return.",
        risks=("MPC006", "MPC007"),
        reached=until("final", draft=3, responses=4, final=6),
        opinion=3,
        survey=2,
    ),
    AuditTale(
        3,
        "office",
        "What the law says must be published",
        "policy",
        6,
        9,
        "That each item of the publication scheme is published, complete and on its day.",
        risks=("MPC011",),
        reached=until("draft"),
    ),
    AuditTale(
        4,
        "office",
        "Delivery of the Police and Crime Plan",
        "ce",
        8,
        -4,
        "That what the plan promised is tracked, and that reports of progress rest on evidence.",
        risks=("MPC012",),
    ),
    AuditTale(
        5,
        "office",
        "Gifts, hospitality and interests",
        "policy",
        4,
        9,
        "That offers and interests are declared, and that the registers are up to date.",
        left=(
            13,
            "cancelled",
            "Looked at by the external auditor in the spring; doing it twice would tell us nothing new",
        ),
    ),
    AuditTale(
        6,
        "office",
        "Monitoring of grants",
        "commissioning",
        7,
        4,
        "That grants are paid against returns, and that what is not spent comes back.",
        risks=("MPC003", "MPC037"),
        moved=(11, -9, "The spring round is let in the weeks first planned, and the team could not serve both"),
    ),
    AuditTale(
        7,
        "office",
        "Ready for the end of the office in 2028",
        "ce",
        5,
        18,
        "Advice on what must be handed over, to whom, and in what order.",
        risks=("MPC016",),
        reached=until("final"),
        survey=2,
    ),
    AuditTale(
        8,
        "force",
        "Property and cash held in custody",
        "ops",
        10,
        28,
        "That what is taken from detained people is recorded, kept safe and given back.",
        "Three suites, by surprise visit, and a month of records from each.",
        risks=("ST0222",),
        reached=until("final", responses=2, final=5),
        opinion=2,
    ),
    AuditTale(
        9,
        "force",
        "Vetting of officers and staff",
        "standards",
        12,
        21,
        "That nobody works without vetting that is in date, and that renewals are begun in time.",
        risks=("ST0209",),
        reached=until("final", brief=4),
        opinion=4,
        survey=4,
    ),
    AuditTale(
        10,
        "force",
        "Recovery after a cyber attack",
        "digital",
        14,
        1,
        "That critical systems come back in the hours that the plan allows.",
        risks=("ST0202",),
        reached=until("fieldwork"),
        sensitivity="restricted",
    ),
    AuditTale(
        11,
        "force",
        "Overtime and shift allowances",
        "people",
        9,
        2,
        "That overtime is authorised before it is worked, and paid once.",
        reached=until("fieldwork"),
    ),
    AuditTale(
        12,
        "force",
        "Replacement of the fleet",
        "resources",
        8,
        -6,
        "That vehicles are replaced by need and whole cost rather than by age alone.",
        risks=("ST0221",),
    ),
    AuditTale(
        13,
        "force",
        "Submissions to forensic laboratories",
        "ops",
        10,
        4,
        "That submissions are needed, complete and followed up.",
        risks=("ST0208",),
        reached=(),
        left=(
            8,
            "deferred",
            "The laboratories change their system in the winter; an audit before it would be out of date",
        ),
    ),
    AuditTale(
        14,
        "force",
        "Benefits of the new records system",
        "digital",
        20,
        6,
        "That what the business case promised is measured, and by whom.",
        "Both bodies paid for the system, and both receive the report.",
        risks=("ST0210",),
        reached=until("draft"),
        shared=True,
    ),
    AuditTale(
        15,
        "office",
        "Repairs of shared buildings",
        "estates",
        9,
        -13,
        "That repairs are planned by condition, and that both bodies pay their share.",
        risks=("MPC020",),
        shared=True,
    ),
)
