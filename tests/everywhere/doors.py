"""Something good for what only the commands of the door and of the system take: a person, a mapped value, a job, a letter."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from candour.kernel.access import CANDOUR
from candour.kernel.history.recording import recording
from candour.kernel.jobs.models import Job
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Person, Post
from candour.kernel.signin.commands import Told
from candour.kernel.signin.commands.counting import count
from candour.kernel.signin.keys import digest
from candour.kernel.signin.models import Group, Mapped, Throttle
from tests.everywhere.world import World
from tests.factories import NOW


def of_the_door(world: World, name: str) -> dict[str, Any]:
    """By the parameters of a command; what it needs first is made, once."""
    if not name.startswith("candour.kernel.signin."):
        return {}
    person = Person.objects.get(pk=world.house.people["owner"].pk)
    person.email = "owner@mereford.example"
    post = Post.objects.get(pk=world.house.posts["reader"].pk)
    account = digest(f"account:{person.username.lower()}")
    if name.endswith(".unlock") and not Throttle.objects.filter(account=account).exists():
        count("password", account=account, free=5, at=NOW)
    if name.endswith(".reset_second") and not Authenticator.objects.filter(user=person.pk).exists():
        RecoveryCodes.activate(person)
    mapped = Mapped.objects.select_related("post").filter(value="readers").first()
    if name.endswith(".unmap") and mapped is None:
        with recording("post.mapped", post, actor=CANDOUR, at=NOW, reason="For a test"):
            mapped = Mapped.objects.create(value="readers", post=post)
    group = Group.objects.first() or Group.objects.create(name="Readers", made_at=NOW, changed_at=NOW)
    told = Told(username="joiner", name="A Joiner")
    if name.endswith(".change_provisioned"):
        told = Told(username=person.username, name="Another name", email=person.email)
    provisioned = {"told": told, "group": group, "external": "g-1", "members": ()}
    return {"person": person, "value": "Others", "post": post, "mapped": mapped} | provisioned


def of_the_system(world: World, name: str) -> dict[str, Any]:
    """A job that failed, a letter that was refused, an address; the first two made once."""
    if not name.startswith(("candour.kernel.notices.", "candour.config.system.")):
        return {}
    job, _ = Job.objects.get_or_create(
        key="notices.send", defaults={"name": "notices.send", "due_at": NOW, "error": "no luck"}
    )
    letter, _ = Notice.objects.get_or_create(
        key="refused", defaults={"to": world.house.posts["reader"], "subject": "Lost", "made_at": NOW, "failed_at": NOW}
    )
    return {"job": job, "notice": letter, "address": "reader@mereford.example"}
