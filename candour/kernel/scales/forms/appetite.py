"""The forms of appetite: set one for a category, end one, and the words that a body uses."""

from collections.abc import Sequence
from typing import Any

from candour.kernel.scales.forms.drafting import Group
from candour.kernel.web.forms import ChoiceField, DateField, Form, NumberField, ReasonField, TextField

MOST_WORDS = 7


class AppetiteForm(Form):
    """words: (word, meaning), least first. top: the highest score of the matrix in force."""

    category = TextField("Category", hint="As it stands on risks, for example Finance", max_length=80)
    word = ChoiceField("Appetite", missing="Choose a word for the appetite")
    highest = NumberField("Highest score tolerated", width="3")
    effective = DateField("From", hint="The appetite before it ends the day before")
    reason = ReasonField("Why", missing="Say why the appetite is so", hint="And which board agreed it")

    def __init__(self, *args: Any, words: Sequence[tuple[str, str]], top: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = [(word, word) for word, _ in words]
        self.fields["word"].hints = dict(words)
        self.fields[
            "highest"
        ].help_text = f"From 1 to {top}, on the scale in force. A risk that scores more is over appetite"


class EndForm(Form):
    ends = DateField("Last day", hint="The category has no appetite of its own after it")
    reason = ReasonField("Why", missing="Say why the category has no appetite any more")


class AppetiteWordsForm(Form):
    """The words, least appetite first; a row left empty is no word."""

    reason = ReasonField("Why the words change", missing="Say why the words change")

    def __init__(self, *args: Any, words: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {
            f"{part}-{n}": text
            for n, pair in enumerate(words, start=1)
            for part, text in zip(("word", "meaning"), pair, strict=True)
        }
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_WORDS + 1):
            self.fields[f"word-{n}"] = TextField("Word", width="20", max_length=40, required=False)
            self.fields[f"meaning-{n}"] = TextField("What it means", max_length=200, required=False)

    def groups(self) -> list[Group]:
        states = {1: "least appetite"}
        return [
            Group(f"Word {n}", (self[f"word-{n}"], self[f"meaning-{n}"]), states.get(n, ""))  # type: ignore[arg-type]
            for n in range(1, MOST_WORDS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(1, MOST_WORDS + 1):
            if given.get(f"meaning-{n}") and not given.get(f"word-{n}"):
                self.first_error(f"word-{n}", f"Enter word {n}, or empty its row")
        return given

    @property
    def words(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        rows = [(given[f"word-{n}"], given[f"meaning-{n}"]) for n in range(1, MOST_WORDS + 1)]
        return [row for row in rows if row[0]]
