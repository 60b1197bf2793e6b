"""The small forms: one change each, with its reason."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from candour.kernel.people.models import Post
from candour.kernel.scales.rules import Matrix
from candour.kernel.web.forms import ChoiceField, DateField, Form, LevelField, ReasonField, TextField
from candour.risks.models import Level

SIGHT = [
    ("public", "Office, panel and public"),
    ("office", "Office and panel"),
    ("restricted", "Restricted"),
]
SIGHT_HINTS = {
    "public": "It may be printed in papers and published.",
    "office": "Everyone who sees risks in this body, and the panel. Never published.",
    "restricted": "Only its owner and posts that may see restricted records. For everyone else it does not exist: "
    "not in lists, counts, search or papers.",
}
REGISTERS = [(value, str(word)) for value, word in Level.choices]
Posts = Iterable[tuple[int, str]]


def words_field(label: str, *, hint: str = "", rows: int = 3) -> ReasonField:
    return ReasonField(label, hint=hint, rows=rows, required=False, max_length=8000)


class VerbForm(Form):
    """One change. seen: the last entry that was read when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: int = 0, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | {"seen": seen}
        super().__init__(*args, **kwargs)
        self.seen_now = seen

    @property
    def conflict(self) -> bool:
        """Whether somebody entered something after what was read here."""
        return self.is_bound and getattr(self, "cleaned_data", {}).get("seen") != self.seen_now

    def choose_posts(self, posts: Posts, *names: str) -> None:
        """Offer the posts in fields that name one."""
        for name in names:
            self.fields[name].choices = [("", "No post yet"), *posts]


class WordingForm(VerbForm):
    title = TextField(
        "Title", hint="What could happen, in one line", missing="Enter a title that says what could happen"
    )
    source = words_field("Source", hint="What it comes from")
    event = words_field("Event", hint="What could happen")
    effect = words_field("Effect", hint="What that would mean")
    context = words_field("Context", hint="What else a reader must know")
    reason = ReasonField("Why the wording changes", missing="Say why the wording changes")


class HandOverForm(VerbForm):
    owner = ChoiceField("Owner", kind="select", hint="The post that answers for the risk", required=False)
    responsible_officer = ChoiceField(
        "Responsible officer", kind="select", hint="The post that reviews it and sees to its controls", required=False
    )
    reason = ReasonField("Why the risk changes hands", missing="Say why the risk changes hands")


class LevelForm(VerbForm):
    level = ChoiceField("Register", REGISTERS, missing="Choose strategic, operational or project")
    reason = ReasonField("Why it moves", missing="Say why it moves")


class CloseForm(VerbForm):
    reason = ReasonField(
        "Why it closes", missing="Say why it closes", hint="What has gone, or where it is looked after now"
    )


class ReopenForm(VerbForm):
    reason = ReasonField("Why it reopens", missing="Say why it reopens")


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this risk")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )


class ShareForm(VerbForm):
    """answer: "share:<organisation>" or "stop:<share>"."""

    answer = ChoiceField("With whom", missing="Choose the body")
    reason = ReasonField("Why", missing="Say why")

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers


class UpdateForm(VerbForm):
    text = ReasonField(
        "What was said", rows=4, missing="Enter the update", hint="As the panel should read it.", max_length=8000
    )
    dated = DateField("On", hint="Today, or the day it was said")

    def __init__(self, *args: Any, today: date, first: date, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | {"dated": today}
        super().__init__(*args, today=today, **kwargs)
        self.fields["dated"].earliest, self.fields["dated"].latest = first, today


class AddControlForm(VerbForm):
    text = ReasonField("What the control is", rows=2, missing="Enter what the control is")
    state = ChoiceField(
        "State", [("pending", "Still to be put in place"), ("in place", "In place already")], missing="Choose its state"
    )
    due = DateField("Due", hint="For a control still to be put in place", required=False)
    since = DateField(
        "In place since", hint="For a control in place already; today if you leave it empty", required=False
    )
    owner = ChoiceField("Owner", kind="select", hint="The post that sees to it", required=False)
    reason = ReasonField("Why it is added", rows=2, missing="Say why it is added")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["due"].earliest = self.fields["since"].latest = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("state") == "pending" and not given.get("due") and "due" not in self.errors:
            self.add_error("due", "Enter the day it is due, for example 26 October 2023")
        if given.get("state") == "pending" and given.get("since"):
            self.add_error("since", "Leave this empty, or say that it is in place already")
        return given


class SettleForm(VerbForm):
    answer = ChoiceField("What has become of it", missing="Choose what has become of the control")
    new_due = DateField("New date", hint="If it is still to do and its date moves", required=False)
    reason = ReasonField("Why", rows=2, missing="Say why")

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], pending: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers
        if not pending:
            del self.fields["new_due"]


class RaiseForm(Form):
    """A new risk of one body, scored on the body's scale."""

    title = TextField(
        "Title", hint="What could happen, in one line", missing="Enter a title that says what could happen"
    )
    level = ChoiceField("Register", REGISTERS, missing="Choose strategic, operational or project")
    source = words_field("Source", hint="What it comes from", rows=2)
    event = words_field("Event", hint="What could happen", rows=2)
    effect = words_field("Effect", hint="What that would mean", rows=2)
    impact = LevelField("Impact if it happens", missing="Choose the impact")
    likelihood = LevelField("Likelihood", missing="Choose the likelihood")
    owner = ChoiceField("Owner", kind="select", hint="The post that answers for the risk", missing="Choose the owner")
    responsible_officer = ChoiceField(
        "Responsible officer", kind="select", hint="The post that reviews it; the owner if you leave it", required=False
    )
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see this risk")
    reference = TextField(
        "Reference", hint="The next number. Change it if yours comes from elsewhere.", width="10", max_length=60
    )
    reason = ReasonField("Why it is raised now", rows=2, missing="Say why it is raised now")

    def __init__(self, *args: Any, matrix: Matrix, posts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, levels in (("impact", matrix.impact), ("likelihood", matrix.likelihood)):
            self.fields[name].levels = sorted(levels, key=lambda level: level.value)
        self.fields["owner"].choices = [("", "Choose a post"), *posts]
        self.fields["responsible_officer"].choices = [("", "The owner"), *posts]


def post_named(posts: Sequence[Post], number: str | None) -> Post | None:
    """The post of an answer, None for none."""
    return next((post for post in posts if str(post.pk) == number), None)
