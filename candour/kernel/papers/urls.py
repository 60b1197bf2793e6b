from django.urls import path

from candour.kernel.papers import views

_ISSUED = "<slug:kind>/<slug:organisation>/<slug:day>/<slug:audience>/"

urlpatterns = [
    path("", views.papers, name="papers"),
    path("<slug:kind>/draft", views.draft, name="paper-draft"),
    path("<slug:kind>/draft<str:suffix>", views.draft_file, name="paper-draft-file"),
    path("<slug:kind>/issue", views.issue, name="paper-issue"),
    path(_ISSUED, views.issued, name="paper-issued"),
    path(f"{_ISSUED}<str:name>", views.issued_file, name="paper-file"),
]
