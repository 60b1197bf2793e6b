"""What is kept of the door: who came, how often they were wrong, the links that let in once, what a directory's words mean."""

from typing import ClassVar

from django.db import models

from candour.kernel.history.models import Recorded
from candour.kernel.people.models import Person, Post
from candour.kernel.service.models import ServiceToken


class SignIn(models.Model):
    """One coming to the door, let in or not. Only added to; nothing that opens anything stands in it.

    person: whom it was about, where the user name is one of ours; a user name that is none is not kept, as it may be a
    password typed into the wrong box. words: more about it. number, epoch: of the sign-in that began, by which it is ended.
    """

    class Way(models.TextChoices):
        PASSWORD = "password", "Password"
        SECOND = "second", "Second step"
        PASSKEY = "passkey", "Passkey"
        DIRECTORY = "directory", "Organisation’s account"
        LINK = "link", "E-mailed link"
        GLASS = "glass", "Break-glass"

    class Came(models.TextChoices):
        IN = "in", "Signed in"
        ON = "on", "Right, second step asked"
        WRONG = "wrong", "Wrong"
        WAIT = "wait", "Told to wait"
        STOPPED = "stopped", "Refused"
        AGAIN = "again", "Asked again, right"

    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    way = models.CharField(max_length=12, choices=Way.choices)
    came = models.CharField(max_length=8, choices=Came.choices)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=16, blank=True, default="", db_default="")
    epoch = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [
            models.Index("person", models.F("at").desc(), name="sign_ins_of_a_person"),
            models.Index(models.F("at").desc(), name="sign_ins_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.get_came_display()}"


class Throttle(models.Model):
    """How often on end somebody was wrong, and until when nobody is asked again.

    key: what is counted, an account from strange browsers, an account from one known browser, an address, each as a
    keyed digest. account: the digest of the account, by which its counts are cleared.
    """

    key = models.CharField(max_length=64, unique=True)
    account = models.CharField(max_length=64, blank=True, db_index=True)
    failures = models.PositiveIntegerField(default=0)
    opens_at = models.DateTimeField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} wrong"


class Link(models.Model):
    """A link that lets one person do one thing once. Of its token only the digest is kept: see docs/adr/0022."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        PASSWORD = "password", "Forgotten password"
        GLASS = "glass", "Break-glass"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Shown(models.Model):
    """A challenge that a passkey answered, so that no copy of the answer opens anything. Kept for as long as it would hold."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest


class Mapped(Recorded):
    """A value of the directory's claim, and the post that whoever carries it holds while they carry it."""

    value = models.CharField(max_length=200)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="mapped")
    removed = models.BooleanField(default=False)

    chain: ClassVar[str] = "post"
    labels: ClassVar[tuple[str, ...]] = ("post",)

    class Meta:
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint("value", "post", condition=models.Q(removed=False), name="one_mapping_a_post")
        ]

    def __str__(self) -> str:
        return f"{self.value} to {self.post}"


class Provisioned(models.Model):
    """What a directory says of a person whom it provisions (SCIM). No part of the history, like the person's address.

    external: what the directory calls them. removed_at: since when the directory knows them no more; the person stays.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="provisioned")
    external = models.CharField(max_length=200, blank=True, db_index=True)
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Group(models.Model):
    """A group that a directory provisions. Its name, and what the directory calls it, are values of the table."""

    name = models.CharField(max_length=200)
    external = models.CharField(max_length=200, blank=True)
    members = models.ManyToManyField(Person, through="Membership", related_name="directory_groups")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("external", condition=~models.Q(external=""), name="one_directory_group_a_number")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person is in a group of the directory."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint("group", "person", name="one_membership_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class Message(models.Model):
    """One thing that a directory asked by SCIM: what came of it, in words. Reads that were answered are not kept."""

    at = models.DateTimeField(db_index=True)
    token = models.ForeignKey(ServiceToken, on_delete=models.PROTECT, related_name="messages")
    method = models.CharField(max_length=8)
    place = models.CharField(max_length=200, help_text="What it was about: Users/12")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="messages")
    status = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.method} {self.place}: {self.status}"
