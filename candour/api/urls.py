"""Addresses of the API, its OpenAPI and its reference."""

from django.urls import path

from candour.api import views
from candour.api.schema import patterns

urlpatterns = [
    path("", views.reference, name="api-reference"),
    path("openapi.json", views.openapi_file, name="api-openapi"),
    *[path(f"v1/{each.pattern}", each.callback, name=each.name) for each in patterns()],
    path("v1/", views.nothing, name="api-root"),
    path("v1/<path:rest>", views.nothing, name="api-nothing"),
]
