from django.urls import path

from candour.commissioning import views

# A reference may hold a slash, so it is a path, and the pages of one agreement come before its record.
ONE = "<slug:organisation>/<path:reference>/"

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("download.xlsx", views.agreements_file, {"ending": "xlsx"}, name="agreements-workbook"),
    path("download.csv", views.agreements_file, {"ending": "csv"}, name="agreements-csv"),
    path("pipeline/", views.agreements_pipeline, name="agreements-pipeline"),
    path("changes/", views.agreements_changes, name="agreements-changes"),
    path("new/", views.raise_agreement, name="agreement-raise"),
    path("streams/new/", views.add_stream, name="stream-add"),
    path("templates/new/", views.set_template, name="template-set"),
    path("providers/new/", views.add_provider, name="provider-add"),
    path("providers/<int:number>/", views.provider, name="provider"),
    path("providers/<int:number>/change/", views.change_provider, name="provider-change"),
    path(ONE + "change/", views.change_agreement, name="agreement-change"),
    path(ONE + "sign/", views.sign, name="agreement-sign"),
    path(ONE + "vary/", views.vary, name="agreement-vary"),
    path(ONE + "order/", views.order, name="agreement-order"),
    path(ONE + "override/", views.override, name="agreement-override"),
    path(ONE + "next/", views.decide_next, name="agreement-next"),
    path(ONE + "end/", views.end, name="agreement-end"),
    path(ONE + "contact/", views.contact, name="agreement-contact"),
    path(ONE + "document/", views.document, name="agreement-document"),
    path(ONE + "restrict/", views.restrict, name="agreement-restrict"),
    path(ONE + "share/", views.share, name="agreement-share"),
    path(ONE + "history/", views.history, name="agreement-history"),
    path(ONE, views.agreement, name="agreement"),
]
