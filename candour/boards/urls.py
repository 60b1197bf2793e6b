from django.urls import path

from candour.boards import views

# A reference may hold a slash, so it is a path, and the pages of one meeting or item come before its record.
MEETING = "meetings/<slug:organisation>/<path:reference>/"
ITEM = "items/<slug:organisation>/<path:reference>/"
BOARD = "<slug:organisation>/<slug:code>/"

urlpatterns = [
    path("", views.boards, name="boards"),
    path(MEETING, views.meeting, name="meeting"),
    path(ITEM, views.item, name="item"),
    path(BOARD, views.board, name="board"),
]
