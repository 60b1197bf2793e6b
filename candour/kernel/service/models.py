"""Service tokens, when each was last used, and the answers kept for those who ask again."""

from datetime import date
from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Post
from candour.kernel.service import rules


class ServiceToken(Recorded):
    """What a script shows in order to act on behalf of a post. scopes: their names, with a space between.

    The token itself is shown once, to whoever makes it; digest is its SHA-256, and ending its last four signs.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="service_tokens")
    name = models.CharField(max_length=120)
    scopes = models.CharField(max_length=600)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, by which it is found")
    ending = models.CharField(max_length=4)
    made_on = models.DateField()
    expires_on = models.DateField(help_text="The last day on which it may be used")
    revoked_on = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "post"
    labels: ClassVar[tuple[str, ...]] = ("post",)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_names(self) -> tuple[str, ...]:
        return tuple(self.scopes.split())

    def state(self, today: date) -> str:
        return rules.state(self.expires_on, self.revoked_on, today)


class TokenUse(models.Model):
    """When a token was last used, to the minute. No part of the history: reading is not recorded."""

    token = models.OneToOneField(ServiceToken, on_delete=models.CASCADE, primary_key=True, related_name="use")
    last_used = models.DateTimeField()

    def __str__(self) -> str:
        return f"Use of {self.token_id}"


class KeptAnswer(models.Model):
    """The answer to a write with an Idempotency-Key. digest: SHA-256 of what was asked, so that a key means one thing."""

    token = models.ForeignKey(ServiceToken, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")
    etag = models.CharField(max_length=40, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("token", "key", name="one_answer_a_key")]
        indexes = [models.Index(fields=["token", "at"], name="answers_by_age")]

    def __str__(self) -> str:
        return self.key
