from django.urls import path

from candour.plan import views

# A reference may hold a slash, so it is a path, and the other pages of a record come before its own.
ONE = "<slug:organisation>/<path:reference>/"
PLAN, OBJECTIVE, ACTIVITY = f"plans/{ONE}", f"objectives/{ONE}", f"activities/{ONE}"
PRIORITY = f"{PLAN}priorities/<int:priority>/"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("set-up/", views.set_up, name="plan-set-up"),
    path("gaps/", views.gaps, name="plan-gaps"),
    path("deep-dives/", views.dives, name="plan-dives"),
    path("activities/", views.activities, name="activities"),
    path("activities/download.xlsx", views.activities_file, {"ending": "xlsx"}, name="activities-workbook"),
    path("activities/download.csv", views.activities_file, {"ending": "csv"}, name="activities-csv"),
    path("activities/views/", views.saved_views, name="activities-views"),
    path("activities/views/save/", views.save_view, name="activities-view-save"),
    path("activities/views/<int:view>/", views.change_view, name="activities-view"),
    path("activities/views/<int:view>/delete/", views.remove_view, name="activities-view-remove"),
    path("slippage/", views.slippage, name="plan-slippage"),
    path(PRIORITY + "objective/", views.add_objective, name="plan-objective-add"),
    path(PRIORITY + "change/", views.change_priority, name="plan-priority-change"),
    path(PRIORITY + "remove/", views.remove_priority, name="plan-priority-remove"),
    path(PRIORITY, views.priority, name="plan-priority"),
    path(PLAN + "priority/", views.add_priority, name="plan-priority-add"),
    path(PLAN + "change/", views.change_plan, name="plan-change"),
    path(PLAN + "publish/", views.publish, name="plan-publish"),
    path(PLAN + "end/", views.end, name="plan-end"),
    path(OBJECTIVE + "activity/", views.add_activity, name="objective-activity-add"),
    path(OBJECTIVE + "change/", views.change_objective, name="objective-change"),
    path(OBJECTIVE + "close/", views.close_objective, name="objective-close"),
    path(OBJECTIVE + "deep-dive/", views.ask_dive, name="objective-dive"),
    path(OBJECTIVE + "answer/", views.answer_dive, name="objective-dive-answer"),
    path(ACTIVITY + "update/", views.update, name="activity-update"),
    path(ACTIVITY + "move/", views.move, name="activity-move"),
    path(ACTIVITY + "agree/", views.agree, name="activity-agree"),
    path(ACTIVITY + "stop/", views.stop, name="activity-stop"),
    path(ACTIVITY + "reopen/", views.reopen, name="activity-reopen"),
    path(ACTIVITY + "change/", views.change_activity, name="activity-change"),
    *(
        path(f"{where}{page}/", view, {"what": what}, name=f"{what}-{page}")
        for what, where in (("plan", PLAN), ("objective", OBJECTIVE), ("activity", ACTIVITY))
        for page, view in (
            ("restrict", views.restrict),
            ("share", views.share),
            ("link", views.link),
            ("success", views.success),
            ("history", views.history),
        )
        if (what, page) not in {("plan", "success"), ("plan", "link")}
    ),
    path(PLAN, views.plan, name="plan"),
    path(OBJECTIVE, views.objective, name="objective"),
    path(ACTIVITY, views.activity, name="activity"),
]
