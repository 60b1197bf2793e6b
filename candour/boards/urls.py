from django.urls import path

from candour.boards import views

# A reference may hold a slash, so it is a path, and the pages of one meeting or item come before its record.
MEETING = "meetings/<slug:organisation>/<path:reference>/"
ITEM = "items/<slug:organisation>/<path:reference>/"
BOARD = "<slug:organisation>/<slug:code>/"

urlpatterns = [
    path("", views.boards, name="boards"),
    path(MEETING + "add/", views.add_item, name="meeting-add"),
    path(MEETING + "take-up/", views.take_up, name="meeting-take-up"),
    path(MEETING + "send/", views.issue_agenda, name="meeting-send"),
    path(MEETING, views.meeting, name="meeting"),
    path(ITEM + "change/", views.change_item, name="item-change"),
    path(ITEM + "place/", views.place_item, name="item-place"),
    path(ITEM + "withdraw/", views.withdraw_item, name="item-withdraw"),
    path(ITEM + "papers/add/", views.add_paper, name="item-paper"),
    path(ITEM + "papers/write/", views.add_written, name="item-written"),
    path(ITEM + "papers/<int:number>/final/", views.settle_draft, name="item-paper-final"),
    path(ITEM + "papers/<int:number>/take-off/", views.take_off, name="item-paper-off"),
    path(ITEM, views.item, name="item"),
    path(BOARD, views.board, name="board"),
]
