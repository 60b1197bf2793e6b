"""Addresses of actions. A reference may hold slashes; what follows it ends the address, so it reads one way."""

from django.urls import path

from candour.kernel.actions import views

OF_RECORD = "records/<slug:kind>/<slug:organisation>/<path:reference>/actions"

urlpatterns = [
    path("actions/", views.mine, name="my-actions"),
    path(f"{OF_RECORD}/new", views.add, name="action-new"),
    path(f"{OF_RECORD}/<int:number>", views.show, name="action"),
    path(f"{OF_RECORD}/<int:number>/move", views.move, name="action-move"),
    path(f"{OF_RECORD}/<int:number>/done", views.finish, name="action-done"),
    path(f"{OF_RECORD}/<int:number>/drop", views.drop, name="action-drop"),
]
