"""The form of a scale of words: an auditor's opinions, or the priorities of its recommendations, each with its definition."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.people.models import Organisation
from candour.kernel.scales.forms.drafting import Group
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import STANDS, Step, Words
from candour.kernel.web.forms import BoundField, ChoiceField, DateField, Form, ReasonField, TextField

MOST_STEPS = 7
KINDS = [
    (Scale.Kind.OPINION.value, "Opinions, best first"),
    (Scale.Kind.PRIORITY.value, "Priorities, most urgent first"),
    (Scale.Kind.GRADE.value, "Grades of inspection areas, best first"),
    (Scale.Kind.PORTAL.value, "Statuses on an inspectorate’s portal, first to last"),
    (Scale.Kind.LEVEL.value, "Levels at which an inspectorate closes, first to last"),
    (Scale.Kind.DELIVERY.value, "Ratings of delivery, best first"),
    (Scale.Kind.RATING.value, "Ratings of progress in a plan, such as blue, red, amber and green"),
]
TONES = [("low", "Little"), ("medium", "Some"), ("high", "Much")]


class WordScaleForm(Form):
    """owners: whose scale it can be. A row left empty is no word."""

    owner = ChoiceField("Whose scale", kind="select", missing="Choose whose scale it is")
    kind = ChoiceField("What it grades", KINDS, missing="Choose what it grades")
    name = TextField("Name of the scale", hint="For example Opinions of 2026/27", max_length=120)
    starts = DateField(
        "In force from",
        missing="Enter the day from which the scale is in force, for example 1 April 2027",
        hint="What was graded before that day stays on the scale it was graded on",
    )
    reason = ReasonField("Why", missing="Say why the scale is brought in", rows=2)

    def __init__(self, *args: Any, owners: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {each.code: each for each in owners}
        self.fields["owner"].choices = [("", "Choose"), *((each.code, each.name) for each in owners)]
        for n in range(1, MOST_STEPS + 1):
            self.fields[f"word-{n}"] = TextField("Word", width="20", max_length=40, required=False)
            self.fields[f"meaning-{n}"] = ReasonField("Its definition", rows=2, max_length=600, required=False)
            self.fields[f"tone-{n}"] = ChoiceField("Attention it asks for", TONES, kind="select", required=False)
            self.fields[f"stands-{n}"] = ChoiceField(
                "Of a rating, what it stands for", [("", "No rating"), *STANDS.items()], kind="select", required=False
            )

    @property
    def first(self) -> list[BoundField]:
        """What is asked once, before the words."""
        return [field for field in self.answers if field.name in {"owner", "kind", "name", "starts"}]

    def groups(self) -> list[Group]:
        bound = {field.name: field for field in self.answers}
        return [
            Group(
                f"Word {n}",
                tuple(bound[f"{part}-{n}"] for part in ("word", "meaning", "tone", "stands")),
                self._state(n),
            )
            for n in range(1, MOST_STEPS + 1)
        ]

    def _state(self, n: int) -> str:
        return "best, or most urgent" if n == 1 else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(1, MOST_STEPS + 1):
            if given.get(f"meaning-{n}") and not given.get(f"word-{n}"):
                self.first_error(f"word-{n}", f"Enter word {n}, or empty its row")
            if given.get("kind") == Scale.Kind.RATING and given.get(f"word-{n}") and not given.get(f"stands-{n}"):
                self.first_error(f"stands-{n}", f"Choose what word {n} stands for")
        return given

    @property
    def words(self) -> Words:
        given = self.cleaned_data
        parts, rating = ("word", "meaning", "tone", "stands"), given["kind"] == Scale.Kind.RATING
        rows = [tuple(given[f"{part}-{n}"] for part in parts) for n in range(1, MOST_STEPS + 1)]
        named = [row for row in rows if row[0]]
        steps = tuple(
            Step(n, word, meaning, tone or "low", stands if rating else "")
            for n, (word, meaning, tone, stands) in enumerate(named, start=1)
        )
        return Words(id=0, name=given["name"], steps=steps)
