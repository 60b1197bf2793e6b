"""The forms of people: a list narrowed, a person added and changed, a password given."""

from typing import Any

from django.db.models import Q, QuerySet

from candour.kernel.establishment.forms.posts import why
from candour.kernel.people.models import Appointment, holding
from candour.kernel.records.forms import VerbForm
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, PasswordField, TextField

STATES = [("", "Everybody"), ("may", "May sign in"), ("stopped", "Sign-in stopped"), ("none", "Without a post today")]


LONG_ENOUGH = "12 characters or more, not easily guessed. Tell it to the person yourself: Candour sends it to nobody"


class PeopleFilters(Filters):
    q = TextField("Name or post", width="wide", max_length=100)
    state = ChoiceField("Show", STATES, kind="select")

    def narrow(self, rows: QuerySet) -> QuerySet:
        given = self.cleaned_data
        held = Appointment.objects.filter(holding(self.today)) if self.today else Appointment.objects.none()
        for word in given["q"].split():
            of_post = held.filter(post__title__icontains=word).values("person")
            rows = rows.filter(Q(name__icontains=word) | Q(pk__in=of_post))
        if given["state"] == "none":
            return rows.exclude(pk__in=held.filter(post__ended=None).values("person"))
        return rows.filter(is_active=given["state"] == "may") if given["state"] else rows


class PersonForm(VerbForm):
    """A person. adding: also the user name and a first password."""

    name = TextField("Name", missing="Enter the person’s name", max_length=200)
    username = TextField(
        "User name",
        hint="What they sign in with: letters, digits and @ . + - _. It stays when their name changes",
        missing="Enter the user name",
        width="20",
        max_length=150,
    )
    email = TextField(
        "E-mail address", hint="Where letters of their posts go. Shown to administrators alone", required=False,
        max_length=254,
    )  # fmt: skip
    password = PasswordField(
        "First password",
        new=True,
        hint=f"{LONG_ENOUGH}. Empty where sign-in is outside Candour",
        required=False,
        width="20",
    )
    reason = why()

    def __init__(self, *args: Any, adding: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not adding:
            del self.fields["username"], self.fields["password"]


class PasswordForm(VerbForm):
    password = PasswordField("New password", new=True, hint=LONG_ENOUGH, missing="Enter the new password", width="20")
    reason = why()
