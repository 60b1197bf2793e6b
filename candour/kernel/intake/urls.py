from django.urls import path

from candour.kernel.intake import views

urlpatterns = [
    path("", views.papers_in, name="papers-in"),
    path("<int:pk>/", views.check, name="paper-in"),
    path("<int:pk>/columns", views.columns_page, name="paper-in-columns"),
    path("<int:pk>/discard", views.discard_page, name="paper-in-discard"),
    path("<int:pk>/reading.json", views.reading, name="paper-in-reading"),
]
