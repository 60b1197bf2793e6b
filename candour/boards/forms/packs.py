"""The forms of packs: issuing one, sharing one, taking it back."""

from collections.abc import Sequence
from typing import Any

from candour.boards.forms.base import VerbForm, reason_field
from candour.boards.queries.cleared import Match
from candour.kernel.web.forms import ChoiceField, ChoicesField


class IssuePackForm(VerbForm):
    """A pack goes out. another: one went out before, so that it says why there is another. anew: (number, title) of the papers
    that Candour wrote for it, which can be written again."""

    anew = ChoicesField(
        "Write these papers anew, as the registers stand now",
        hint="What is not ticked stays as it was first issued. The list of versions says what was written anew",
        required=False,
    )
    reason = reason_field("Why there is another pack", hint="Members read it in the list of versions of the history")

    def __init__(self, *args: Any, another: bool, anew: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anew"].choices = [(str(number), title) for number, title in anew]
        if not anew:
            del self.fields["anew"]
        if not another:
            del self.fields["reason"]


class MatchesForm(VerbForm):
    """Why titles of restricted records stand in files by chance."""

    def __init__(self, *args: Any, matches: Sequence[Match], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = matches
        for match in matches:
            self.fields[f"why-{match.key}"] = reason_field(
                f"‘{match.about.title}’ in {match.file}",
                hint=f"The title of {match.about.reference}. Leave empty where it does give the record away",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.matches and not self.errors and not any(given[f"why-{match.key}"].strip() for match in self.matches):
            self.first_error(f"why-{self.matches[0].key}", "Say of at least one of them why it is there by chance")
        return given

    def said(self) -> list[tuple[Match, str]]:
        """The matches that a valid form speaks of, each with why."""
        found = [(match, self.cleaned_data[f"why-{match.key}"].strip()) for match in self.matches]
        return [(match, why) for match, why in found if why]


class EndClearanceForm(VerbForm):
    reason = reason_field("Why it is taken back")


class SharePackForm(VerbForm):
    """Another board gets a pack. boards: (number, name)."""

    board = ChoiceField("Board", missing="Choose the board")
    reason = reason_field("What it is given it for")

    def __init__(self, *args: Any, boards: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [(str(number), name) for number, name in boards]


class StopShareForm(VerbForm):
    reason = reason_field("Why it is taken back")
