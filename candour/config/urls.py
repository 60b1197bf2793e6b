"""Every address. Each view is a @page, which says who may open it; tests/test_house.py refuses any other."""

from django.urls import include, path

urlpatterns = [
    path("", include("candour.kernel.web.urls")),
]
