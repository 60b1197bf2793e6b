"""Organisations, posts, people, and who held which post from when to when. Accountability attaches to posts."""

from datetime import date
from typing import Any, ClassVar, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from candour.kernel.history.models import Chained, Recorded, RecordedQuerySet


class Organisation(Chained, Recorded):
    """A body of its own: the office of the local policing body, the force, a partner, a provider, an auditor."""

    class Kind(models.TextChoices):
        OFFICE = "office", "Office of the local policing body"
        FORCE = "force", "Force"
        PARTNER = "partner", "Partner"
        PROVIDER = "provider", "Provider"
        AUDITOR = "auditor", "Auditor"
        INSPECTORATE = "inspectorate", "Inspectorate"

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, unique=True)
    code = models.SlugField(max_length=40, unique=True, help_text="In addresses: office, force")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Post(Chained, Recorded):
    """A post that owns things; people come and go, the post stays. directorate: what a body's posts are grouped by."""

    title = models.CharField(max_length=200)
    directorate = models.CharField(max_length=120, blank=True, default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    ended = models.DateField(null=True, blank=True)
    answers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="line")

    labels: ClassVar[tuple[str, ...]] = ("organisation", "answers_to")

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint("organisation", "title", name="one_post_a_title")]

    def __str__(self) -> str:
        return self.title


class PersonQuerySet(RecordedQuerySet):
    def get_by_natural_key(self, username: str) -> "Person":
        return cast(Person, self.get(username=username))


class Person(AbstractBaseUser, Chained, Recorded):
    """Someone who signs in. What they may do follows the posts they hold. The e-mail address is kept out of history."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=0, db_default=0, help_text="One more ends every sign-in that is open")
    ended = models.TextField(
        default="",
        db_default="",
        blank=True,
        help_text="Numbers of sign-ins that were ended one by one, while they could last",
    )

    words: ClassVar[tuple[str, ...]] = ("name",)
    unrecorded: ClassVar[tuple[str, ...]] = ("password", "last_login", "email", "epoch", "ended")
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["username"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        Recorded.save(self, *args, **kwargs)

    def has_ended(self, number: str) -> bool:
        """Whether one sign-in was ended by itself. ended holds each as its number, a full stop and when it runs out anyway."""
        return any(each.partition(".")[0] == number for each in self.ended.split())

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What an open sign-in is held to: another password ends it, as does another epoch."""
        return salted_hmac(
            "candour.people.session", f"{self.password}:{self.epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Appointment(Recorded):
    """A person holding a post from a day, to a day if it has ended."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "post"
    labels: ClassVar[tuple[str, ...]] = ("person", "post")

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="appointment_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.post}"


class Cover(Recorded):
    """A post that answers for another from a day to a day: its holder is away, or handed the answering over."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covering")
    away = models.BooleanField(default=False, help_text="The holder is away, and not only handed it over")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    chain: ClassVar[str] = "post"
    labels: ClassVar[tuple[str, ...]] = ("by",)

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="cover_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(post=F("by")), name="cover_by_another_post"),
        ]

    def __str__(self) -> str:
        return f"{self.by} for {self.post}"


def holding(today: date, prefix: str = "") -> Q:
    """Appointments (or grants) in force on a day: both have `starts` and `ends`."""
    return Q(**{f"{prefix}starts__lte": today}) & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gte": today}))
