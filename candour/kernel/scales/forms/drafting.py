"""The forms of a draft of a scale: one for each of its steps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from candour.kernel.scales.rules import (
    MOST_BANDS,
    SIZES,
    Axis,
    Level,
    Matrix,
    band_problems,
    resized,
    with_bands,
    with_categories,
    with_texts,
)
from candour.kernel.web.forms import (
    BoundField,
    ChoiceField,
    Form,
    NumberField,
    ReasonField,
    TextField,
)

SHORT = 40
AXES: tuple[tuple[Axis, str], ...] = (("impact", "Impact"), ("likelihood", "Likelihood"))


@dataclass(frozen=True)
class Group:
    """The fields that belong together on a page: one level, one band."""

    legend: str
    fields: tuple[BoundField, ...]
    state: str = ""

    @property
    def error(self) -> bool:
        return any(field.errors for field in self.fields)


class StepForm(Form):
    """A step of a draft. before: the draft as it stands; made() gives it with the answers. seen: the last entry read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, before: Matrix, seen: int, **kwargs: Any) -> None:
        self.before = before
        kwargs["initial"] = self.as_it_stands(before) | {"seen": seen}
        super().__init__(*args, **kwargs)
        self.build()

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        """The answers that the form begins with."""
        return {}

    def build(self) -> None:
        """Add the fields that depend on the draft."""

    def groups(self) -> list[Group]:
        """The fields in groups; none where each stands by itself."""
        return []

    def made(self) -> Matrix:
        """The draft with the answers of a valid form."""
        raise NotImplementedError

    def named(self, *names: str) -> tuple[BoundField, ...]:
        return tuple(self[name] for name in names)  # type: ignore[misc]

    def levels(self, axis: Axis) -> list[Level]:
        return sorted(self.before.levels(axis), key=lambda level: level.value)


class SizeForm(StepForm):
    name = TextField(
        "Name of the scale", hint="As it stands beside a score, for example Office scale 2027", max_length=120
    )
    impact = ChoiceField("Levels of impact", [(n, str(n)) for n in SIZES], kind="select")
    likelihood = ChoiceField("Levels of likelihood", [(n, str(n)) for n in SIZES], kind="select")

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        return {"name": before.name, "impact": before.size[0], "likelihood": before.size[1]}

    def made(self) -> Matrix:
        given = self.cleaned_data
        matrix = resized(self.before, impact=int(given["impact"]), likelihood=int(given["likelihood"]))
        return replace(matrix, name=given["name"])


class WordsForm(StepForm):
    """A word for each level of each axis, what it means, and the chance of a likelihood."""

    PARTS: dict[Axis, tuple[str, ...]] = {
        "impact": ("word", "description"),
        "likelihood": ("word", "chance", "description"),
    }

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        return {
            f"{axis}-{level.value}-{part}": getattr(level, part)
            for axis, parts in self.PARTS.items()
            for level in before.levels(axis)
            for part in parts
        }

    def build(self) -> None:
        for axis, _ in AXES:
            for level in self.levels(axis):
                name = f"{axis}-{level.value}"
                missing = f"Enter a word for {axis} {level.value}"
                self.fields[f"{name}-word"] = TextField("Word", missing=missing, width="20", max_length=SHORT)
                if axis == "likelihood":
                    self.fields[f"{name}-chance"] = TextField(
                        "Chance within a year, for example 5% to 30%", width="20", max_length=SHORT, required=False
                    )
                self.fields[f"{name}-description"] = ReasonField(
                    "What it means", rows=2, max_length=600, required=False
                )

    def groups(self) -> list[Group]:
        return [
            Group(f"{label} {level.value}", self.named(*(f"{axis}-{level.value}-{part}" for part in self.PARTS[axis])))
            for axis, label in AXES
            for level in self.levels(axis)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for axis, _ in AXES:
            taken: dict[str, int] = {}
            for level in self.levels(axis):
                name = f"{axis}-{level.value}-word"
                word = " ".join(given.get(name, "").casefold().split())
                if word and word in taken:
                    self.first_error(name, f"Enter another word for {axis} {level.value}: {axis} {taken[word]} has it")
                taken.setdefault(word, level.value)
        return given

    def made(self) -> Matrix:
        return replace(self.before, impact=self._levels("impact"), likelihood=self._levels("likelihood"))

    def _levels(self, axis: Axis) -> tuple[Level, ...]:
        return tuple(
            Level(level.value, **{part: self.cleaned_data[f"{axis}-{level.value}-{part}"] for part in self.PARTS[axis]})
            for level in self.levels(axis)
        )


class CategoriesForm(StepForm):
    categories = ReasonField(
        "Categories of impact, one a line",
        hint="For example Finance, Service, Reputation, People, Legal. Leave it empty if impact is described once for all.",
        rows=8,
        required=False,
    )

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        return {"categories": "\n".join(each.category for each in before.guide)}

    def clean_categories(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["categories"].splitlines())
        by_name: dict[str, str] = {}
        for line in lines:
            if line:
                by_name.setdefault(line.casefold(), line)
        found = list(by_name.values())
        if long := next((name for name in found if len(name) > SHORT), None):
            raise forms.ValidationError(f"Shorten ‘{long[:SHORT]}…’ to {SHORT} characters")
        return found

    def made(self) -> Matrix:
        return with_categories(self.before, self.cleaned_data["categories"])


class TextsForm(StepForm):
    """What each level of impact means for one category; place counts the categories from nought."""

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, **kwargs)

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        return {f"level-{n}": text for n, text in enumerate(before.guide[self.place].texts, start=1)}

    def build(self) -> None:
        for level in self.levels("impact"):
            label = f"{level.value} {level.word}".strip()
            self.fields[f"level-{level.value}"] = ReasonField(label, rows=2, max_length=600, required=False)

    def made(self) -> Matrix:
        texts = [self.cleaned_data[f"level-{level.value}"] for level in self.levels("impact")]
        return with_texts(self.before, self.before.guide[self.place].category, texts)


class BandsForm(StepForm):
    """The bands, highest first. A row left empty is no band."""

    PARTS = ("name", "low", "high", "meaning")

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        ordered = sorted(before.bands, key=lambda band: -band.high)
        return {
            f"band-{n}-{part}": getattr(band, part) for n, band in enumerate(ordered, start=1) for part in self.PARTS
        }

    def build(self) -> None:
        top = self.before.scores[-1]
        for n in range(1, MOST_BANDS + 1):
            self.fields[f"band-{n}-name"] = TextField("Name", width="20", max_length=SHORT, required=False)
            for part, label in (("low", "Lowest score"), ("high", "Highest score")):
                self.fields[f"band-{n}-{part}"] = NumberField(
                    label, width="3", min_value=1, max_value=top, required=False
                )
            self.fields[f"band-{n}-meaning"] = TextField("What it asks of people", max_length=200, required=False)

    def groups(self) -> list[Group]:
        filled = len(self.before.bands)
        return [
            Group(
                f"Band {n}",
                self.named(*(f"band-{n}-{part}" for part in self.PARTS)),
                state="highest scores" if n == 1 else "" if n <= filled else "leave empty if not needed",
            )
            for n in range(1, MOST_BANDS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(1, MOST_BANDS + 1):
            if any(given.get(f"band-{n}-{part}") not in (None, "") for part in self.PARTS):
                for part, what in (("name", "a name"), ("low", "the lowest score"), ("high", "the highest score")):
                    if given.get(f"band-{n}-{part}") in (None, ""):
                        self.first_error(f"band-{n}-{part}", f"Enter {what} for band {n}, or empty its row")
        if not self.errors:
            for problem in band_problems(self.made()):
                self.add_error(None, problem)
        return given

    def made(self) -> Matrix:
        given = self.cleaned_data
        rows = [tuple(given[f"band-{n}-{part}"] for part in self.PARTS) for n in range(1, MOST_BANDS + 1)]
        return with_bands(self.before, [row for row in rows if row[0]])


class IntervalsForm(StepForm):
    """Months between reviews for each band, and the most for each kind that is scored; kinds: (value, word)."""

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        self.kinds = kinds
        super().__init__(*args, **kwargs)

    def as_it_stands(self, before: Matrix) -> dict[str, Any]:
        months = {f"band-{n}": band.review_months for n, band in enumerate(before.bands)}
        return months | {f"longest-{kind}": most for kind, most in before.longest}

    def build(self) -> None:
        limits: dict[str, Any] = {"min_value": 1, "max_value": 60, "width": "3"}
        for n, band in enumerate(self.before.bands):
            self.fields[f"band-{n}"] = NumberField(f"{band.name}, {band.low} to {band.high}: months", **limits)
        for kind, word in self.kinds:
            self.fields[f"longest-{kind}"] = NumberField(
                f"{word}: never more than, months", hint="Empty where the band alone decides", required=False, **limits
            )

    def made(self) -> Matrix:
        given = self.cleaned_data
        bands = (replace(band, review_months=given[f"band-{n}"]) for n, band in enumerate(self.before.bands))
        longest = ((kind, given[f"longest-{kind}"]) for kind, _ in self.kinds)
        return replace(self.before, bands=tuple(bands), longest=tuple(pair for pair in longest if pair[1]))
