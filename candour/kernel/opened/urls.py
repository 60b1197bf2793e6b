"""Addresses of who opened what."""

from django.urls import path

from candour.kernel.opened import views

urlpatterns = [
    path("opened/", views.opened, name="opened"),
    path("records/<slug:kind>/<slug:organisation>/<path:reference>/opened/", views.opened_record, name="opened-record"),
]
