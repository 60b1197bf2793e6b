"""Who may do what, on one page. A role is granted to a post, in an organisation, from a date to a date."""

from candour.audits.access import AuditPermission as Audits
from candour.boards.access import BoardPermission as Boards
from candour.commissioning.access import CommissioningPermission as Commissioning
from candour.finance.access import FinancePermission as Finance
from candour.inspections.access import InspectionPermission as Inspections
from candour.kernel.access.rules import Role
from candour.kernel.actions.access import ActionPermission as Actions
from candour.kernel.evidence.access import EvidencePermission as Evidence
from candour.kernel.history.access import HistoryPermission as History
from candour.kernel.intake.access import IntakePermission as Intake
from candour.kernel.jobs.access import SystemPermission as System
from candour.kernel.opened.access import OpenedPermission as Opened
from candour.kernel.papers.access import PaperPermission as Papers
from candour.kernel.people.access import PeoplePermission as People
from candour.kernel.publication.access import PublicationPermission as Publication
from candour.kernel.records.access import RecordPermission as Records
from candour.kernel.retention.access import RetentionPermission as Retention
from candour.kernel.scales.access import ScalePermission as Scales
from candour.kernel.service.access import ServicePermission as Service
from candour.performance.access import PerformancePermission as Performance
from candour.plan.access import PlanPermission as Plans
from candour.recommendations.access import RecommendationPermission as Recommendations
from candour.risks.access import RiskPermission as Risks

READ = {Risks.SEE, Audits.SEE, Papers.SEE, History.SEE, Evidence.SEE, Actions.SEE, Scales.SEE}
READ |= {Recommendations.SEE, Boards.SEE, Commissioning.SEE, Performance.SEE}
READ |= {Inspections.SEE, Finance.SEE, Plans.SEE}
WORK = READ | {Records.LINK, Records.SHARE_VIEWS, Risks.REVIEW, Risks.CHANGE, Actions.ADD, Actions.SETTLE, Evidence.ADD}
WORK |= {Recommendations.UPDATE, Boards.CONTRIBUTE, Performance.EXPLAIN}
WORK |= {Inspections.UPDATE, Finance.REPORT, Plans.UPDATE}
# The audit liaison's: the whole life of a recommendation, and what the panel resolved of it.
LIAISE = set(Recommendations) | {Boards.RECORD}
# A board secretary's: what a board answers is carried out in the registers, so these ask for what the answers do there.
CONVENE = (set(Boards) - {Boards.SET_UP}) | {Recommendations.CLOSE, Risks.AGREE, Risks.CLOSE}
CONVENE |= {Papers.ISSUE, Records.SEE_RESTRICTED}
CONVENE |= {Plans.ASK}
# How long records are kept: who asks for a removal is never who approves it.
KEEP = {Retention.SEE, Retention.HOLD, Retention.ASK}

ROLES = {
    "policy_officer": Role(
        name="Policy and compliance officer",
        purpose="Runs the review cycle, checks what comes in and issues the panel’s paper.",
        permissions=frozenset(
            WORK
            | {Records.SEE_RESTRICTED, Records.SHARE, Risks.RAISE, Risks.CLOSE, Risks.AGREE, Risks.RESTRICT}
            | {Audits.PLAN, Audits.RECORD, Audits.RESTRICT}
            | {Intake.READ_IN, Papers.ISSUE, History.VERIFY, Scales.MANAGE, People.SEE, People.MANAGE}
            | LIAISE
            | CONVENE
            | {Commissioning.SEE, Commissioning.MANAGE, Commissioning.RESTRICT, Commissioning.APPLICATIONS}
            | set(Performance)
            | (set(Inspections) - {Inspections.APPROVE})
            | set(Finance)
            | set(Plans)
            | set(Publication)
            | KEEP
        ),
    ),
    "board_secretary": Role(
        name="Board secretary",
        purpose="Plans the year of a board, builds its agendas, minutes its meetings and follows up what was decided.",
        permissions=frozenset(WORK | CONVENE | set(Publication) | {Boards.SET_UP, History.VERIFY, People.SEE}),
    ),
    "chief_officer": Role(
        name="Chief officer",
        purpose="Sees what is overdue, rising or unowned, and decides.",
        permissions=frozenset(
            WORK
            | {Records.SEE_RESTRICTED, Records.SHARE, Risks.RAISE, Risks.CLOSE, Risks.AGREE, Risks.RESTRICT}
            | {Audits.PLAN, Audits.RECORD, Audits.RESTRICT}
            | {Papers.ISSUE, History.VERIFY, History.REDACT, Scales.MANAGE, People.SEE, People.MANAGE, Opened.READ}
            | LIAISE
            | set(Boards)
            | (set(Commissioning) - {Commissioning.LEAD, Commissioning.SCORE})
            | set(Performance)
            | set(Inspections)
            | set(Finance)
            | set(Plans)
            | set(Publication)
            | KEEP
        ),
    ),
    "commissioning_officer": Role(
        name="Commissioning officer",
        purpose="Keeps every agreement known, signed, monitored and within its value, and says what comes next.",
        permissions=frozenset(
            WORK
            | {Commissioning.MANAGE, Commissioning.LEAD, Commissioning.RESTRICT, Commissioning.APPLICATIONS}
            | {Records.SHARE, Papers.ISSUE, Publication.PUBLISH}
        ),
    ),
    "performance_manager": Role(
        name="Performance manager",
        purpose="Loads the month’s figures, tells change from noise, asks those who know to explain it; runs the plan.",
        permissions=frozenset(
            WORK | set(Performance) | set(Plans) | {Inspections.MANAGE} | {Intake.READ_IN, Papers.ISSUE, Records.SHARE}
        ),
    ),
    "finance_officer": Role(
        name="Chief finance officer",
        purpose="Loads the month’s budget position, keeps reserves, savings, capital, projects and collaborations in view.",
        permissions=frozenset(
            WORK | set(Finance) | {Records.SEE_RESTRICTED, Records.SHARE, Intake.READ_IN, Papers.ISSUE, History.VERIFY}
        ),
    ),
    "grant_scorer": Role(
        name="Grant scorer",
        purpose="Scores the applications of a grant round that were given to the post, and sees nothing else.",
        permissions=frozenset({Commissioning.APPLICATIONS, Commissioning.SCORE, Evidence.SEE}),
    ),
    "business_owner": Role(
        name="Business owner",
        purpose="Says four times a year what has moved in the risks and recommendations of their department.",
        permissions=frozenset(WORK),
    ),
    "reader": Role(
        name="Reader",
        purpose="Reads what the organisation holds, and changes nothing.",
        permissions=frozenset(READ),
    ),
    "auditor": Role(
        name="Auditor",
        purpose="Reads everything as it was on the day, verifies it, and says what became of what was closed.",
        permissions=frozenset(
            READ
            | {Records.SEE_RESTRICTED, History.VERIFY, Recommendations.VERIFY, People.SEE, Commissioning.APPLICATIONS}
            | {Retention.SEE, Opened.READ}
        ),
    ),
    "panel_member": Role(
        name="Panel member",
        purpose="Reads what the panel may see, as it stood on the day.",
        permissions=frozenset(
            {Records.SEE_RESTRICTED, Risks.SEE, Audits.SEE, Papers.SEE, History.SEE, History.VERIFY, Scales.SEE}
            | {Recommendations.SEE, Boards.SEE, Commissioning.SEE, Performance.SEE}
            | {Inspections.SEE}
            | {Finance.SEE}
            | {Plans.SEE}
        ),
        audience="panel",
    ),
}

# Nobody gives more than they hold, so whoever gives roles holds everything that any role does.
ROLES["administrator"] = Role(
    name="Administrator",
    purpose="Sets up organisations, posts and people, and says which role a post has. May do all that they may give.",
    permissions=frozenset(
        (set(People) | set(Service) | set(System) | set(Retention) | {Evidence.KEEP}).union(
            *(role.permissions for role in ROLES.values())
        )
    ),
)
