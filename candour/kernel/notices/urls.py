"""Addresses of one's own letters."""

from django.urls import path

from candour.kernel.notices import views

urlpatterns = [
    path("letters/", views.my_letters, name="my-letters"),
    path("letters/when/", views.letter_wishes, name="letter-wishes"),
    path("letters/<int:letter>/again/", views.letter_again, name="letter-again"),
]
