"""What each permission lets somebody do, in words that an auditor reads, by the area that it is about."""

from candour.audits.access import AuditPermission as Audits
from candour.boards.access import BoardPermission as Boards
from candour.commissioning.access import CommissioningPermission as Commissioning
from candour.finance.access import FinancePermission as Finance
from candour.inspections.access import InspectionPermission as Inspections
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

AREAS: dict[str, dict[str, str]] = {
    "Risks": {
        Risks.SEE: "Read the risk register",
        Risks.RAISE: "Raise a risk",
        Risks.REVIEW: "Review a risk: score it, answer its controls, record an update",
        Risks.CHANGE: "Change a risk’s wording, owner, responsible officer and controls",
        Risks.CLOSE: "Close a risk and open it again",
        Risks.AGREE: "Record what a board agreed, or did not, of a proposed score",
        Risks.RESTRICT: "Change who may see a risk",
    },
    "Recommendations": {
        Recommendations.SEE: "Read recommendations",
        Recommendations.RAISE: "Enter a recommendation",
        Recommendations.UPDATE: "Say what moved, move a date that was agreed, propose closure",
        Recommendations.CHANGE: "Change a recommendation’s response, wording and owners, and mark repeats",
        Recommendations.CLOSE: "Record what the panel decided, end one without closure, open one again",
        Recommendations.VERIFY: "Record what the auditor found of a closed recommendation",
        Recommendations.GRANT: "Grant or refuse a new date that an owner asked for",
        Recommendations.RESTRICT: "Change who may see a recommendation",
        Recommendations.ASK: "Open and close a cycle of updates, remind, send answers back, shut links",
    },
    "Audit plan": {
        Audits.SEE: "Read the audit plan",
        Audits.PLAN: "Add to the audit plan; change, move, defer and cancel; write down what the auditor promises",
        Audits.RECORD: "Record the dates an audit reached, its report and opinion, surveys and progress reports",
        Audits.RESTRICT: "Change who may see an audit",
    },
    "Boards": {
        Boards.SEE: "Read boards, meetings, minutes and decisions",
        Boards.SET_UP: "Set up boards, seats, terms of reference, standing items and limits",
        Boards.PLAN: "Plan meetings, build agendas and put questions to a board",
        Boards.CONTRIBUTE: "Add papers to an agenda item",
        Boards.ISSUE: "Send out agendas and packs",
        Boards.CLEAR: "Say why the title of a restricted record stands in an uploaded paper by chance",
        Boards.MINUTE: "Take attendance, write minutes, record answers and actions",
        Boards.RECORD: "Record what a board resolved",
    },
    "Actions": {
        Actions.SEE: "Read actions",
        Actions.ADD: "Add an action to a record",
        Actions.SETTLE: "Say that an action is done, move its date, drop it",
    },
    "Files": {
        Evidence.SEE: "Read the files kept with a record",
        Evidence.ADD: "Add a file to a record, and take one off it",
        Evidence.KEEP: "Look after the stored files: room, the virus scanner and what it found",
    },
    "Agreements": {
        Commissioning.SEE: "Read the agreements of a body and what their health check finds",
        Commissioning.MANAGE: "Raise, change, sign, vary and end agreements; keep providers, streams and templates",
        Commissioning.LEAD: "Be asked on the desk what comes after agreements that end",
        Commissioning.OVERRIDE: "Let an order be raised while the gate is shut",
        Commissioning.RESTRICT: "Say who may see an agreement",
        Commissioning.APPLICATIONS: "Read applications for grants: those that the post scores or runs",
        Commissioning.SCORE: "Score the applications that were given to the post",
        Commissioning.CARRY: "Let a provider keep for a later year what it did not spend",
        Commissioning.DECIDE: "Decide grant rounds: let a late application in, settle ties, award, answer appeals",
    },
    "Performance": {
        Performance.SEE: "Read the measures of a body, their figures and what they say",
        Performance.MANAGE: "Define measures, load their figures, set limits anew, ask for explanations",
        Performance.EXPLAIN: "Explain figures that one’s post is asked about",
        Performance.RESTRICT: "Say who may see a measure, and make one open data",
    },
    "Inspections": {
        Inspections.SEE: "Read inspections, their grades and clocks, and the force management statement",
        Inspections.MANAGE: "Enter inspections, keep their clock and response, open monthly reviews, keep the statement",
        Inspections.UPDATE: "Answer for one’s post: comments invited, notes of a review, progress of the statement",
        Inspections.APPROVE: "Approve the response to an inspection report",
        Inspections.RESTRICT: "Say who may see an inspection or an item of the statement",
    },
    "Finance and change": {
        Finance.SEE: "Read budgets, reserves, plans, savings, capital, projects and collaborations",
        Finance.MANAGE: "Open budgets, load their figures; keep schemes, projects and collaborations",
        Finance.REPORT: "Report on the schemes, projects and collaborations that one’s post answers for",
        Finance.RESTRICT: "Say who may see a budget, a scheme, a project or a collaboration",
    },
    "Plan": {
        Plans.SEE: "Read the plans of a body, their objectives and activities, and what nothing covers",
        Plans.MANAGE: "Write a plan, its objectives and activities; agree what is done; move a date for an owner",
        Plans.UPDATE: "Say what moved in the activities of one’s post, move their dates, answer a deep dive",
        Plans.ASK: "Ask for a deep dive into an objective",
        Plans.RESTRICT: "Say who may see a plan, an objective or an activity",
    },
    "Any record": {
        Records.SEE_RESTRICTED: "See restricted records too, of every kind that they may read",
        Records.SHARE: "Share a record with another organisation",
        Records.LINK: "Link one record to another",
        Records.SHARE_VIEWS: "Share a saved view of a list with everybody of their body",
        Opened.READ: "Read who opened the restricted records that they may see",
    },
    "Papers": {
        Papers.SEE: "Read the papers that Candour makes",
        Papers.ISSUE: "Issue a paper, and seal the history with it",
    },
    "Papers in": {
        Intake.READ_IN: "Read a paper in, settle its findings, save its rows",
    },
    "Publication": {
        Publication.PUBLISH: "Publish, correct and withdraw",
        Publication.KEEP: "Keep the publication scheme",
    },
    "Scales": {
        Scales.SEE: "Read the scales and the appetite for risk",
        Scales.MANAGE: "Draft a scale, put it in force, set the appetite",
    },
    "History": {
        History.SEE: "Read who changed what in the records that they may see",
        History.VERIFY: "Check the whole history, and take its seals away",
        History.REDACT: "Approve that words, files or a whole record are removed for good",
    },
    "Retention": {
        Retention.SEE: "Read how long records are kept, what is due for disposal, legal holds and removals",
        Retention.SET: "Set how long each kind of record is kept",
        Retention.HOLD: "Put a record under a legal hold, and lift it",
        Retention.ASK: "Ask for words to be removed from a record, and for its disposal",
    },
    "Posts, people and roles": {
        People.SEE: "Read which posts a body has, who holds them and what they own",
        People.MANAGE: "Set up posts and people, appoint, arrange cover, stop and restore a sign-in",
        People.GRANT: "Give a role to a post, and take one back",
        Service.MANAGE: "Make and revoke the tokens with which scripts read and write on behalf of a post",
    },
    "The system": {
        System.KEEP: "See how the system is: jobs, letters, seals, storage, backups; try again what failed",
    },
}
