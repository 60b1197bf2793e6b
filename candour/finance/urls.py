from django.urls import URLPattern, path

from candour.finance.views import budget, changing, collaboration, joining, listing, making, project, reporting, scheme

# A reference may hold a slash, so it is a path, and the pages of one record come before the record itself.
AT = "<slug:organisation>/<path:reference>/"
BUDGET, SCHEME, PROJECT, COLLABORATION = (
    f"{place}/{AT}" for place in ("budgets", "schemes", "projects", "collaborations")
)


def usual(kind: str, place: str) -> list[URLPattern]:
    """The pages that every record of finance has."""
    given = {"kind": kind}
    return [
        path(place + "restrict/", changing.restrict, given, name=f"{kind}-restrict"),
        path(place + "share/", changing.share, given, name=f"{kind}-share"),
        path(place + "history/", changing.history, given, name=f"{kind}-history"),
    ]


def gained(kind: str, place: str) -> list[URLPattern]:
    """The pages of what has benefits."""
    given = {"kind": kind}
    return [
        path(place + "benefit/", joining.plan_benefit, given, name=f"{kind}-benefit"),
        path(place + "measure/", joining.measure_benefit, given, name=f"{kind}-measure"),
    ]


urlpatterns = [
    path("", budget.finance, name="finance"),
    path("savings/", listing.savings, name="savings"),
    path("capital/", listing.capital, name="capital"),
    path("projects/", listing.projects, name="projects"),
    path("collaborations/", listing.collaborations, name="collaborations"),
    path("budgets/open/", making.open_budget, name="budget-open"),
    path("schemes/add/", making.add_scheme, name="finance-scheme-add"),
    path("projects/begin/", making.begin_project, name="project-begin"),
    path("collaborations/enter/", making.enter_collaboration, name="collaboration-enter"),
    *usual("budget", BUDGET),
    path(BUDGET + "change/", changing.change_budget, name="budget-change"),
    path(BUDGET, budget.budget, name="budget"),
    *usual("finance-scheme", SCHEME),
    path(SCHEME + "change/", changing.change_scheme, name="finance-scheme-change"),
    path(SCHEME + "rate/", changing.rate_scheme, name="finance-scheme-rate"),
    path(SCHEME + "finish/", changing.finish_scheme, name="finance-scheme-finish"),
    path(SCHEME, scheme.scheme, name="finance-scheme"),
    *usual("project", PROJECT),
    *gained("project", PROJECT),
    path(PROJECT + "change/", reporting.change_project, name="project-change"),
    path(PROJECT + "report/", reporting.report, name="project-report"),
    path(PROJECT + "case/", reporting.submit_case, name="project-case"),
    path(PROJECT + "case/answer/", reporting.answer_case, name="project-case-answer"),
    path(PROJECT + "ask/", reporting.ask_change, name="project-ask-change"),
    path(PROJECT + "answer/", reporting.answer_change, name="project-answer-change"),
    path(PROJECT + "close/", reporting.close_project, name="project-close"),
    path(PROJECT, project.project, name="project"),
    *usual("collaboration", COLLABORATION),
    *gained("collaboration", COLLABORATION),
    path(COLLABORATION + "change/", joining.change_collaboration, name="collaboration-change"),
    path(COLLABORATION + "shares/", joining.share_costs, name="collaboration-shares"),
    path(COLLABORATION + "review/", joining.review, name="collaboration-review"),
    path(COLLABORATION + "end/", joining.end_collaboration, name="collaboration-end"),
    path(COLLABORATION, collaboration.collaboration, name="collaboration"),
]
