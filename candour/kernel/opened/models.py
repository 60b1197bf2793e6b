"""Who opened which restricted record. Beside the history, which says what was changed and never what was read."""

from django.db import models

from candour.kernel.people.models import Person
from candour.kernel.records.models import Record


class Opening(models.Model):
    """One restricted record that somebody was shown or given. Only added to; swept after CANDOUR_OPENED_DAYS.

    by: the post, or the token, that opened it, as it was called then. person: who held the post; None for a token and for a
    link in a letter. route: the name of the address, which pages say in plain words. address: on the network.
    """

    class Way(models.TextChoices):
        PAGE = "page", "Page"
        FILE = "file", "File"
        PAPER = "paper", "Paper"
        API = "api", "API"

    at = models.DateTimeField()
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="openings")
    by = models.CharField(max_length=200)
    way = models.CharField(max_length=8, choices=Way.choices)
    route = models.CharField(max_length=80)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index("record", models.F("at").desc(), name="openings_of_a_record"),
            models.Index("person", models.F("at").desc(), name="openings_by_a_person"),
            models.Index(models.F("at").desc(), name="openings_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} by {self.by}"
