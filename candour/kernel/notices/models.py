"""The outbox: letters written in the transaction of the act that causes them, and sent afterwards. See docs/adr/0021."""

from django.db import models
from django.db.models import Q

from candour.kernel.people.models import Person, Post


class Notice(models.Model):
    """A letter to whoever holds a post on the day it is sent, or to one person about their own sign-in.

    key: what it is for; a second letter for the same is never written. about, about_id: where the address that stands in
    its text for {link} comes from when it is sent, so that no address that opens anything lies here. kind: of what sort it is
    (see sources.Kind); "" for one that always goes at once. sender: whose act caused it, and who is told where it does not
    arrive. message: the number in its Message-ID, by which what comes back is known.
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
    kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="letters_sent")
    message = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="Refused for good: nobody got it")
    gathered_at = models.DateTimeField(null=True, blank=True, help_text="Left to letters that gather several")

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


class Copy(models.Model):
    """What one person gets of a letter: sent at once, or gathered into a letter of theirs that is due later.

    address: where it was sent; forgotten after a while (see work.sweep). due_at: when the letter that gathers it is due.
    inside: that letter, once it is written.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="copies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="copies")
    address = models.EmailField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    inside = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="holds")

    class Meta:
        constraints = [models.UniqueConstraint("notice", "person", name="one_copy_a_person")]
        indexes = [models.Index("due_at", condition=Q(due_at__isnull=False, inside=None), name="copies_gathered")]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.person_id}"


class Returned(models.Model):
    """That a letter did not reach an address, as the mail server said at once or a report said afterwards (RFC 3464, 5965).

    status: the enhanced status code (RFC 3463), such as 5.1.1; "" where none was given. said: the words of the server.
    """

    class Kind(models.TextChoices):
        FAILED = "failed", "Not delivered"
        DELAYED = "delayed", "Not delivered yet"
        COMPLAINT = "complaint", "Marked as unwanted"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="returned")
    address = models.EmailField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=16, blank=True)
    said = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When somebody had it sent once more")

    class Meta:
        constraints = [models.UniqueConstraint("notice", "address", "kind", name="told_once_that_it_came_back")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.notice_id}"


class Unreachable(models.Model):
    """An address that does not receive: no letter is sent there until a person says that it receives again."""

    address = models.EmailField(unique=True, help_text="In small letters")
    since = models.DateTimeField()
    status = models.CharField(max_length=16, blank=True)
    said = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.address


class Wishes(models.Model):
    """When letters come to one person. hour: of the day, in London. weekday: of the weekly letter, Monday is 0.

    paces: by the name of a kind how soon its letters come (see rules.Pace); a kind that is not named comes at once.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="wishes")
    hour = models.PositiveSmallIntegerField(default=8)
    weekday = models.PositiveSmallIntegerField(default=0)
    paces = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Wishes of {self.person_id}"
