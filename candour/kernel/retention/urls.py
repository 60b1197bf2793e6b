"""Addresses of retention. A reference may hold slashes; what follows it ends the address, so it reads one way."""

from django.urls import path

from candour.kernel.retention.views import lists, record, removal

OF_RECORD = "records/<slug:kind>/<slug:organisation>/<path:reference>/keeping"

urlpatterns = [
    path("retention/", lists.due_page, name="retention"),
    path("retention/removals/", lists.removals_page, name="retention-removals"),
    path("retention/holds/", lists.holds_page, name="retention-holds"),
    path("retention/periods/", lists.periods_page, name="retention-periods"),
    path("retention/periods/new/", lists.set_period, name="retention-period-new"),
    path("retention/find/", lists.find_page, name="retention-find"),
    path("retention/removals/<int:removal>/", removal.removal_page, name="retention-removal"),
    path("retention/holds/<int:hold>/lift/", record.lift_hold, name="retention-hold-lift"),
    path(OF_RECORD, record.keeping, name="record-keeping"),
    path(f"{OF_RECORD}/hold", record.place_hold, name="record-hold"),
    path(f"{OF_RECORD}/remove", record.remove_words, name="record-remove"),
    path(f"{OF_RECORD}/dispose", record.dispose, name="record-dispose"),
]
