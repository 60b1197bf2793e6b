"""The routers of the API, by where each stands."""

from ninja import Router

from candour.audits import api as audits
from candour.boards import api as boards
from candour.commissioning import api as commissioning
from candour.finance import api as finance
from candour.inspections import api as inspections
from candour.kernel.service.api import actions
from candour.performance import api as performance
from candour.plan import api as plan
from candour.recommendations import api as recommendations
from candour.risks import api as risks

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/risks", risks.router),
    ("/recommendations", recommendations.router),
    ("/audits", audits.router),
    ("/measures", performance.router),
    ("/plans", plan.plans),
    ("/activities", plan.activities),
    ("/inspections", inspections.router),
    ("/agreements", commissioning.agreements),
    ("/providers", commissioning.provider_router),
    ("/rounds", commissioning.rounds),
    ("/budgets", finance.budgets),
    ("/savings", finance.savings),
    ("/capital", finance.capital),
    ("/projects", finance.projects),
    ("/collaborations", finance.collaborations),
    ("/meetings", boards.meetings),
    ("/decisions", boards.decisions),
    ("/board-actions", boards.actions),
    ("/actions", actions.router),
)
