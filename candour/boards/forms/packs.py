"""The forms of packs: issuing one, sharing one, taking it back."""

from typing import Any

from candour.boards.forms.base import VerbForm, reason_field
from candour.kernel.web.forms import ChoiceField


class IssuePackForm(VerbForm):
    """A pack goes out. another: one went out before, so that it says why there is another."""

    reason = reason_field("Why there is another pack", hint="Members read it in the list of versions of the history")

    def __init__(self, *args: Any, another: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not another:
            del self.fields["reason"]


class SharePackForm(VerbForm):
    """Another board gets a pack. boards: (number, name)."""

    board = ChoiceField("Board", missing="Choose the board")
    reason = reason_field("What it is given it for")

    def __init__(self, *args: Any, boards: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [(str(number), name) for number, name in boards]


class StopShareForm(VerbForm):
    reason = reason_field("Why it is taken back")
