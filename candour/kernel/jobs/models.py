"""The queue: what is to be done beside the pages, each a row. See docs/adr/0031."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One thing to do. It is nobody's record: what it does is recorded by the commands that it calls.

    name: of the work, as apps register it. key: what it is for; a second job with the same is never written. A standing
    job, which is done again and again, has its work's name for a key. given: what the work needs besides. lease_until: until
    when a worker has it; one that died lets it go by no longer renewing that. holder: which claim has it. request: the number
    of the request that asked for it, which the lines of the log about it carry.
    """

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    given = models.JSONField(default=dict)
    request = models.CharField(max_length=64, blank=True, default="", db_default="")
    due_at = models.DateTimeField()
    holder = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0, help_text="Since it last went well")
    begun_at = models.DateTimeField(null=True, blank=True)
    went_well_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Done for good, or given up")
    said = models.TextField(blank=True, help_text="What came of it last")
    error = models.TextField(blank=True, help_text="Why it failed last; empty when it went well since")

    class Meta:
        indexes = [models.Index("due_at", "id", condition=Q(ended_at=None), name="jobs_waiting")]

    def __str__(self) -> str:
        return self.key
