"""Addresses of files. A reference may hold slashes; what follows it ends the address, so it reads one way."""

from django.urls import path

from candour.kernel.evidence import views

OF_RECORD = "records/<slug:kind>/<slug:organisation>/<path:reference>/files"

urlpatterns = [
    path("files/", views.files, name="files"),
    path(f"{OF_RECORD}/new", views.add, name="file-new"),
    path(f"{OF_RECORD}/<int:number>", views.download, name="file"),
    path(f"{OF_RECORD}/<int:number>/remove", views.remove, name="file-remove"),
]
