"""Scoring, moderation, ties, the decision, and appeals."""

from typing import Any

from candour.commissioning import rules as of_agreements
from candour.commissioning.forms.base import Choices, VerbForm
from candour.commissioning.models import Criterion
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import ChoiceField, ChoicesField, DateField, NumberField, ReasonField, TextField

CHANGES = 6  # rows for awards that differ from the ranking
INTEREST = [("no", "No"), ("yes", "Yes, take me off")]


class ScorersForm(VerbForm):
    """posts: (number, title)."""

    posts = ChoicesField("Who scores", hint="Posts with the role Grant scorer", missing="Choose at least two posts")
    each = NumberField(
        "How many score each application",
        hint="Empty for all of them. Otherwise they take turns.",
        width="2",
        required=False,
        min_value=2,
        max_value=20,
    )

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = list(posts)


class GiveForm(VerbForm):
    owner = ChoiceField("To which post", kind="select", missing="Choose the post")
    reason = ReasonField("Why", rows=2, missing="Say why")

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose a post"), *posts]


class ScoreForm(VerbForm):
    """A mark and its reason for each criterion, and whether the scorer has an interest. marks: their words, from 0 up."""

    interest = ChoiceField(
        "Do you have an interest in this applicant?", INTEREST, missing="Say whether you have an interest"
    )
    nature = TextField("What the interest is", required=False, max_length=1000)

    def __init__(self, *args: Any, criteria: list[Criterion], marks: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        choices = [(str(mark), str(mark)) for mark in range(len(marks))]
        for one in criteria:
            self.fields[f"mark_{one.number}"] = ChoiceField(f"Mark for {one.name}", choices, required=False)
            self.fields[f"why_{one.number}"] = ReasonField(
                "Why, as the applicant reads it", rows=2, required=False, max_length=4000
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"criterion": one, "mark": self[f"mark_{one.number}"], "why": self[f"why_{one.number}"]}
            for one in self.criteria
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("interest") == "yes" and not given.get("nature"):
            self.first_error("nature", "Say what the interest is")
        elif "send" in self.data:
            self._need_everything(given)
        return given

    def _need_everything(self, given: dict[str, Any]) -> None:
        """Scores that are sent are whole: everything that is missing is said at once."""
        for one in self.criteria:
            if not given.get(f"mark_{one.number}"):
                self.first_error(f"mark_{one.number}", f"Choose a mark for {one.name}, or save for later")
            if not given.get(f"why_{one.number}"):
                self.first_error(f"why_{one.number}", f"Say why for {one.name}: the applicant reads it")

    @property
    def marks(self) -> dict[int, tuple[int | None, str]]:
        """By criterion the mark, and why."""
        given = self.cleaned_data
        return {
            one.pk: (int(mark) if (mark := given[f"mark_{one.number}"]) else None, given[f"why_{one.number}"])
            for one in self.criteria
        }


class ModerateForm(VerbForm):
    """criteria: (number of the row, words) that are too far apart; marks: (mark, words)."""

    criterion = ChoiceField("For which criterion", missing="Choose the criterion")
    value = ChoiceField("The mark that scorers agreed", missing="Choose the mark")
    reason = ReasonField(
        "How it was agreed", rows=3, missing="Say how the mark was agreed", hint="It stands in the report of the round"
    )

    def __init__(self, *args: Any, criteria: Choices, marks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = list(criteria)
        self.fields["value"].choices = list(marks)


class TieForm(VerbForm):
    """tied: (number, words) of applications that are equal in everything."""

    first = ChoiceField("Which comes first?", missing="Choose which comes first")
    reason = ReasonField("Why", rows=2, missing="Say why this one comes first")

    def __init__(self, *args: Any, tied: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = list(tied)


class DecideForm(VerbForm):
    """The awards are those of the ranking but for up to six that are named. known: by reference (number, asked in pence)."""

    approver = TextField("Agreed by", hint="The board that agreed it, if one did", required=False, max_length=200)
    reason = ReasonField("Why the round is decided so", rows=3, missing="Say why the round is decided so")

    def __init__(self, *args: Any, known: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for number in range(1, CHANGES + 1):
            self.fields[f"reference_{number}"] = TextField(f"Application {number}", width="20", required=False)
            self.fields[f"award_{number}"] = PoundsField(f"Award of application {number}", required=False)
        last = ("approver", "reason")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"reference_{n}"], self[f"award_{n}"]) for n in range(1, CHANGES + 1)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, CHANGES + 1):
            named, award = (given.get(f"reference_{number}") or "").strip(), given.get(f"award_{number}")
            if named and named not in self.known:
                self.first_error(f"reference_{number}", f"{named} is not in the ranking: enter a reference that is")
            if named and award is None:
                self.first_error(f"award_{number}", f"Enter the award of {named}, 0 for none")
            if award is not None and not named:
                self.first_error(f"reference_{number}", "Enter the reference of the application, or empty its award")
        return given

    @property
    def changes(self) -> dict[int, int]:
        """By application the award in pence that differs from the ranking."""
        given = self.cleaned_data
        return {
            self.known[named]: of_agreements.pence(given[f"award_{n}"]) or 0
            for n in range(1, CHANGES + 1)
            if (named := (given.get(f"reference_{n}") or "").strip())
        }


class AppealForm(VerbForm):
    kind = ChoiceField(
        "What is it?",
        [("appeal", "The applicant appeals"), ("correction", "The office made a mistake")],
        missing="Choose what it is",
    )
    on = DateField("Received or found on", missing="Enter the day")
    reason = ReasonField("What is wrong with the decision", rows=4, missing="Say what is wrong with the decision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.today


class AppealAnswerForm(VerbForm):
    upheld = ChoiceField("Is it upheld?", [("yes", "Yes"), ("no", "No")], missing="Say whether it is upheld")
    after = PoundsField("The award from now on", hint="In pounds. Empty where it does not change", required=False)
    approver = TextField("Agreed by", hint="The board that agreed it, if one did", required=False, max_length=200)
    reason = ReasonField("The answer", rows=4, missing="Give the answer, as the applicant reads it")
