"""The outbox: letters written in the transaction of the act that causes them, and sent afterwards. See docs/adr/0021."""

from django.db import models
from django.db.models import Q

from candour.kernel.people.models import Person, Post


class Notice(models.Model):
    """A letter to whoever holds a post on the day it is sent, or to one person about their own sign-in.

    key: what it is for; a second letter for the same is never written. about, about_id: where the address that stands in
    its text for {link} comes from when it is sent, so that no address that opens anything lies here.
    """

    key = models.CharField(max_length=160, unique=True)
    to = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="notices")
    about = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    made_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True, blank=True, help_text="Set while a server is being told")
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="What it was about ended before it was sent")
    tries = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index("id", condition=Q(sent_at=None, dropped_at=None), name="notices_waiting"),
            models.Index("about", "about_id", name="notices_about"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def addressee(self) -> str:
        """Whom it is for: the title of the post, or the name of the person."""
        return self.person.name if self.person is not None else str(self.to)
