"""Addresses of the system, for who keeps it and for what watches it."""

from django.urls import path

from candour.config.system import views

urlpatterns = [
    path("system/", views.system, name="system"),
    path("system/letters/", views.letters, name="system-letters"),
    path("system/jobs/<int:job>/again/", views.job_again, name="system-job-again"),
    path("system/addresses/<int:address>/receives/", views.receives, name="system-receives"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("metrics", views.metrics, name="metrics"),
]
