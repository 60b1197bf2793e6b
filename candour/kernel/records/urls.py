from django.urls import path

from candour.kernel.records import views

urlpatterns = [
    path("search", views.search_page, name="search"),
    path("history/", views.history_page, name="history"),
    path("history/verify", views.verify_page, name="verify"),
    path("history/seals.json", views.seals, name="seals"),
]
