from django.urls import path

from candour.desk import views

urlpatterns = [path("", views.desk, name="desk")]
