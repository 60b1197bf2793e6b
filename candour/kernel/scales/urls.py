"""Addresses of scales and appetite. `body` is the code of an organisation."""

from django.urls import path

from candour.kernel.scales import views

urlpatterns = [
    path("", views.scales, name="scales"),
    path("words/", views.words, name="word-scales"),
    path("words/new/", views.new_words, name="word-scale-new"),
    path("<slug:body>/<int:number>/", views.scale, name="scale"),
    path("<slug:body>/<int:number>/call-off/", views.call_off, name="scale-call-off"),
    path("<slug:body>/draft/new/", views.begin, name="scale-begin"),
    path("<slug:body>/draft/", views.draft, name="scale-draft"),
    path("<slug:body>/draft/change/<slug:step>/", views.step, name="scale-step"),
    path("<slug:body>/draft/descriptions/<int:number>/", views.descriptions, name="scale-descriptions"),
    path("<slug:body>/draft/preview/", views.preview, name="scale-preview"),
    path("<slug:body>/draft/drop/", views.drop, name="scale-drop"),
    path("<slug:body>/appetite/", views.appetite, name="appetite"),
    path("<slug:body>/appetite/set/", views.set_appetite, name="appetite-set"),
    path("<slug:body>/appetite/words/", views.appetite_words, name="appetite-words"),
    path("<slug:body>/appetite/<int:number>/end/", views.end_appetite, name="appetite-end"),
]
