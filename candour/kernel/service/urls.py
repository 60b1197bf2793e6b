"""Addresses of service tokens."""

from django.urls import path

from candour.kernel.service import views

urlpatterns = [
    path("service-tokens/", views.tokens, name="service-tokens"),
    path("service-tokens/new/", views.make, name="service-token-new"),
    path("service-tokens/<int:service>/revoke/", views.revoke, name="service-token-revoke"),
]
