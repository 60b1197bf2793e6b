from django.urls import path

from candour.boards import views

# A reference may hold a slash, so it is a path, and the pages of one meeting or item come before its record.
MEETING = "meetings/<slug:organisation>/<path:reference>/"
ITEM = "items/<slug:organisation>/<path:reference>/"
BOARD = "<slug:organisation>/<slug:code>/"

urlpatterns = [
    path("", views.boards, name="boards"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<int:decision>/", views.decision, name="decision"),
    path("decisions/<int:decision>/change/", views.change_decision, name="decision-change"),
    path("actions/", views.action_log, name="board-actions"),
    path("actions/<int:action>/replace/", views.replace_action, name="board-action-replace"),
    path(MEETING + "attendance/", views.attendance, name="meeting-attendance"),
    path(MEETING + "attendance/take/", views.take_attendance, name="meeting-take-attendance"),
    path(MEETING + "open/", views.open_meeting, name="meeting-open"),
    path(MEETING + "close/", views.close_meeting, name="meeting-close"),
    path(MEETING + "minutes/", views.minutes, name="meeting-minutes"),
    path(MEETING + "actions/", views.actions, name="meeting-actions"),
    path(MEETING + "sign/", views.sign, name="meeting-sign"),
    path(ITEM + "minute/", views.minute, name="item-minute"),
    path(ITEM + "correct/", views.correct, name="item-correct"),
    path(ITEM + "interests/<int:number>/take-back/", views.take_back, name="item-interest-back"),
    path("new/", views.set_up, name="board-set-up"),
    path("limits/", views.limits, name="limits"),
    path("limits/set/", views.set_limit, name="limit-set"),
    path("limits/<int:number>/end/", views.end_limit, name="limit-end"),
    path("seats/<int:number>/change/", views.change_seat, name="seat-change"),
    path("seats/<int:number>/end/", views.end_seat, name="seat-end"),
    path("standing/<int:number>/change/", views.change_standing, name="standing-change"),
    path("standing/<int:number>/end/", views.end_standing, name="standing-end"),
    path(MEETING + "change/", views.change_meeting, name="meeting-change"),
    path(MEETING + "call-off/", views.call_off, name="meeting-call-off"),
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
    path(BOARD + "change/", views.change_board, name="board-change"),
    path(BOARD + "end/", views.end_board, name="board-end"),
    path(BOARD + "plan/", views.plan_meeting, name="board-plan"),
    path(BOARD + "seats/give/", views.give_seat, name="seat-give"),
    path(BOARD + "standing/add/", views.add_standing, name="standing-add"),
    path(BOARD + "terms/", views.terms, name="board-terms"),
    path(BOARD + "terms/agree/", views.agree_terms, name="terms-agree"),
    path(BOARD, views.board, name="board"),
]
