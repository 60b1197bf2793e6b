"""What is asked about processes: the steps of a kind of agreement, and each step of one agreement."""

from collections.abc import Sequence
from typing import Any

from candour.commissioning.commands.care import NewStep
from candour.commissioning.forms.base import VerbForm
from candour.commissioning.models import AgreementStep, Step
from candour.commissioning.rules import care
from candour.kernel.calendar import say_date
from candour.kernel.evidence.forms import AnyFileField
from candour.kernel.people.models import Post
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.web.fields import NumberField
from candour.kernel.web.forms import ChoiceField, DateField, Form, ReasonField, TextField

NEEDS = list(care.NEEDS.items())
PARTS = ("name", "days", "post", "needs")
FIRST_ROWS, MORE_ROWS = 6, 3  # rows of a first version, and rows beyond the steps that stand


class ProcessForm(Form):
    """The steps, a row each, and a few rows more: those without a name are left out. posts: the posts of the body."""

    starts = DateField("In use from", missing="Enter the day from which it is used")
    reason = ReasonField("Who agreed it", rows=2, missing="Say who agreed it")

    def __init__(self, *args: Any, standing: Sequence[Step], posts: Sequence[Post], **kwargs: Any) -> None:
        start = dict(kwargs.pop("initial", {}))
        for number, one in enumerate(standing, 1):
            start |= {f"name_{number}": one.name, f"days_{number}": one.days}
            start |= {f"post_{number}": one.post_id or "", f"needs_{number}": one.needs}
        super().__init__(*args, initial=start, **kwargs)
        self.posts = posts
        self.shown = min(care.MOST_STEPS, max(FIRST_ROWS, len(standing) + MORE_ROWS))
        who = [("", "The lead of the agreement"), *((post.pk, post.title) for post in posts)]
        for number in range(1, self.shown + 1):
            self.fields[f"name_{number}"] = TextField("What is done", required=False, max_length=120)
            self.fields[f"days_{number}"] = NumberField(
                "Working days", width="3", required=False, min_value=0, max_value=care.MOST_DAYS
            )
            self.fields[f"post_{number}"] = ChoiceField("Who sees to it", who, kind="select", required=False)
            self.fields[f"needs_{number}"] = ChoiceField("What must be there", NEEDS, kind="select", required=False)
        self.order_fields([*(name for name in self.fields if name not in ("starts", "reason")), "starts", "reason"])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields of each step on the page."""
        return [
            {"number": number} | {name: self[f"{name}_{number}"] for name in PARTS}
            for number in range(1, self.shown + 1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, self.shown + 1):
            named, days = given.get(f"name_{number}"), given.get(f"days_{number}")
            if named and days is None and f"days_{number}" not in self.errors:
                self.first_error(f"days_{number}", f"Enter how many working days {named} takes")
            if days and not named and f"name_{number}" not in self.errors:
                self.first_error(f"name_{number}", f"Enter what is done in step {number}, or empty its days")
        return given

    @property
    def steps(self) -> list[NewStep]:
        given = self.cleaned_data
        return [
            NewStep(
                given[f"name_{n}"], given[f"days_{n}"], post_named(self.posts, given[f"post_{n}"]), given[f"needs_{n}"]
            )
            for n in range(1, self.shown + 1)
            if given[f"name_{n}"]
        ]


class BeginForm(VerbForm):
    on = DateField("Begun on", missing="Enter the day on which work began")
    reason = ReasonField("Note", rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class StepForm(VerbForm):
    """A step that is done or skipped. steps, posts: what there is to choose from."""

    step = ChoiceField("Step", kind="select", missing="Choose the step")
    what = ChoiceField(
        "What became of it",
        [("done", "It is done"), ("skipped", "It is skipped")],
        missing="Choose whether it is done or skipped",
    )
    on = DateField("On", missing="Enter the day on which it was done or skipped")
    post = ChoiceField("By", kind="select", missing="Choose the post that did it")
    file = AnyFileField("File that shows it", hint="Needed where the step asks for one", required=False)
    note = ReasonField("Note", rows=2, hint="Needed for a step that is skipped: why", required=False)

    def __init__(self, *args: Any, steps: Sequence[AgreementStep], posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.posts = {str(step.pk): step for step in steps}, {str(post.pk): post for post in posts}
        self.fields["step"].choices = [("", "Choose a step"), *((step.pk, _asks(step)) for step in steps)]
        self.fields["post"].choices = [("", "Choose a post"), *as_choices(posts)]
        self.fields["on"].latest = self.today


class PutBackForm(VerbForm):
    """A step that was recorded by mistake. steps: those that are recorded."""

    step = ChoiceField("Step", kind="select", missing="Choose the step that was recorded by mistake")
    reason = ReasonField("What was wrong", rows=2, missing="Say what was wrong")

    def __init__(self, *args: Any, steps: Sequence[AgreementStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(step.pk): step for step in steps}
        self.fields["step"].choices = [("", "Choose a step"), *((step.pk, _became(step)) for step in steps)]


def _became(step: AgreementStep) -> str:
    became = "skipped" if step.skipped else "done"
    return f"{step.step.name}, {became} on {say_date(step.done_on)}" if step.done_on else step.step.name


def _asks(step: AgreementStep) -> str:
    needs = step.step.needs
    return (
        f"{step.step.name} (needs: {care.NEEDS[needs][:1].lower()}{care.NEEDS[needs][1:]})" if needs else step.step.name
    )
