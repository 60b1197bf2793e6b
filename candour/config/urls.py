"""Every address. Each view is a @page, which says who may open it; tests/test_house.py refuses any other."""

from django.urls import include, path

from candour.config import views

handler400 = "candour.api.views.unreadable"
urlpatterns = [
    path("", include("candour.kernel.web.urls")),
    path("", include("candour.kernel.records.urls")),
    path("desk/", include("candour.desk.urls")),
    path("risks/", include("candour.risks.urls")),
    path("recommendations/", include("candour.recommendations.urls")),
    path("audits/", include("candour.audits.urls")),
    path("", include("candour.performance.urls")),
    path("finance/", include("candour.finance.urls")),
    path("plan/", include("candour.plan.urls")),
    path("agreements/", include("candour.commissioning.urls")),
    path("inspections/", include("candour.inspections.urls")),
    path("boards/", include("candour.boards.urls")),
    path("scales/", include("candour.kernel.scales.urls")),
    path("papers/", include("candour.kernel.papers.urls")),
    path("", include("candour.kernel.publication.urls")),
    path("papers-in/", include("candour.kernel.intake.urls")),
    path("", include("candour.config.system.urls")),
    path("", include("candour.kernel.notices.urls")),
    path("sign-in", views.sign_in, name="sign-in"),
    path("", include("candour.kernel.signin.urls")),
    path("", include("candour.kernel.establishment.urls")),
    path("", include("candour.kernel.service.urls")),
    path("api/", include("candour.api.urls")),
    path("", include("candour.kernel.actions.urls")),
    path("", include("candour.kernel.opened.urls")),
    path("", include("candour.kernel.evidence.urls")),
    path("", include("candour.kernel.retention.urls")),
]
