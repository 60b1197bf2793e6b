"""An edited workbook of risks brought back."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from candour.kernel.intake.back.pages import BringingBack, bring_back_page
from candour.kernel.intake.back.plan import Choices
from candour.kernel.intake.back.read import Edited, Fault
from candour.kernel.scales.queries import scale_book
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms.workbook import RisksBackForm
from candour.risks.intake.workbook.plan import RiskPlan, plan_of
from candour.risks.papers.workbook.columns import SHAPE


def _plan(request: Request, edited: Sequence[Edited], faults: Sequence[Fault], choices: Choices) -> RiskPlan:
    said: dict[str, Any] = {"actor": request.actor, "today": request.today, "book": scale_book()}
    return plan_of(edited, faults=faults, choices=choices, **said)


def _save(request: Request, plan: RiskPlan, answers: dict[str, Any]) -> int:
    return commands.bring_back(plan.wanted, actor=request.actor, at=request.now, reason=answers["reason"])


BACK = BringingBack(
    shape=SHAPE,
    plan=_plan,
    save=_save,
    form=RisksBackForm,
    home="risks",
    home_words="Risks",
    here="risk-bring-back",
    ask="risks/workbook.html",
    one="Risk",
    many="risks",
    done=lambda count: f"{count:,} {'risk is' if count == 1 else 'risks are'} changed as in the workbook",
)


@page(RiskPermission.REVIEW, methods=("GET", "POST"))
def bring_back(request: Request) -> HttpResponse:
    """Ask for the file, show what it would do, save it."""
    return bring_back_page(request, BACK)
