"""Addresses of what is public, and of the office's pages. A key may hold slashes, so what follows it ends the address."""

from django.urls import path

from candour.kernel.publication import views

OFFICE = "publication/<slug:organisation>/<slug:source>/<path:key>/"
PUBLIC = "public/<slug:organisation>/<slug:source>/<path:key>/"

urlpatterns = [
    path("public/", views.public, name="public"),
    path("public/scheme/", views.public_scheme, name="public-scheme"),
    path("public/data/<str:name>", views.data, name="public-data"),
    path("public/data/<slug:organisation>/<str:name>", views.latest_data_file, name="public-latest"),
    path(PUBLIC + "<int:edition>/data/<str:name>", views.public_data_file, name="public-data-file"),
    path(PUBLIC + "<int:edition>/copy<str:suffix>", views.public_file, name="public-file"),
    path(PUBLIC, views.public_copy, name="public-copy"),
    path("publication/", views.publication, name="publication"),
    path("publication/scheme/", views.scheme, name="scheme"),
    path("publication/scheme/add/", views.add_duty, name="scheme-add"),
    path("publication/scheme/<int:number>/", views.change_duty, name="scheme-change"),
    path("publication/scheme/<int:number>/end/", views.end_duty, name="scheme-end"),
    path(OFFICE + "publish/", views.publish, name="publish"),
    path(OFFICE + "withdraw/", views.withdraw, name="withdraw"),
]
