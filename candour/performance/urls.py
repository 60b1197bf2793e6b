from django.urls import path

from candour.performance import views

# A reference may hold a slash, so it is a path, and the pages of one measure come before its record.
HERE = "performance/"
ONE = HERE + "<slug:organisation>/<path:reference>/"
GROUPS = HERE + "groups/"
SETS = HERE + "sets/"
OPEN = "public/measures/"

urlpatterns = [
    path(HERE, views.measures, name="measures"),
    path(HERE + "download.xlsx", views.measures_file, {"ending": "xlsx"}, name="measures-workbook"),
    path(HERE + "download.csv", views.measures_file, {"ending": "csv"}, name="measures-csv"),
    path(HERE + "define/", views.define_measure, name="measure-define"),
    path(HERE + "changes/", views.measures_changes, name="measures-changes"),
    path(GROUPS, views.groups, name="measure-groups"),
    path(GROUPS + "set-up/", views.set_up_group, name="group-set-up"),
    path(GROUPS + "<int:number>/change/", views.change_group, name="group-change"),
    path(GROUPS + "<int:number>/join/", views.join_group, name="group-join"),
    path(GROUPS + "<int:number>/leave/", views.leave_group, name="group-leave"),
    path(SETS, views.sets, name="sets"),
    path(SETS + "begin/", views.begin_set, name="set-begin"),
    path(SETS + "<int:number>/", views.measure_set, name="set"),
    path(SETS + "<int:number>/change/", views.change_set, name="set-change"),
    path(SETS + "<int:number>/contribution/", views.state_contribution, name="set-contribution"),
    path(ONE + "sets/", views.put_in_sets, name="measure-sets"),
    path(ONE + "compare/", views.compare, name="measure-compare"),
    path(ONE + "change/", views.change_measure, name="measure-change"),
    path(ONE + "break/", views.break_limits, name="measure-break"),
    path(ONE + "join/", views.join_limits, name="measure-join"),
    path(ONE + "ask/", views.ask, name="measure-ask"),
    path(ONE + "answer/", views.answer, name="measure-answer"),
    path(ONE + "end/", views.end, name="measure-end"),
    path(ONE + "restrict/", views.restrict, name="measure-restrict"),
    path(ONE + "share/", views.share, name="measure-share"),
    path(ONE + "history/", views.history, name="measure-history"),
    path(ONE, views.measure, name="measure"),
    path(OPEN, views.open_measures, name="open-measures"),
    path(OPEN + "<slug:organisation>/<path:measure>.csv", views.open_csv, name="open-measure-csv"),
    path(OPEN + "<slug:organisation>/<path:measure>.csv-metadata.json", views.open_about, name="open-measure-about"),
]
