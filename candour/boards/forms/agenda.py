"""The forms of an agenda: an item, its papers, what it asks, and what goes out."""

from typing import Any

from candour.boards.commands import NewItem
from candour.boards.forms.base import Posts, VerbForm, reason_field, words_field
from candour.boards.rules.words import GROUNDS, PURPOSES
from candour.kernel.evidence.forms import HINT, AnyFileField
from candour.kernel.people.models import Post
from candour.kernel.web.forms import (
    ChoiceField,
    ChoicesField,
    DateField,
    NumberField,
    ReasonField,
    TextField,
    TickField,
)

GROUND = "Ground for excluding the public"
PARTS = [("open", "Open part"), ("closed", "Closed part")]
PART_HINTS = {
    "open": "Published with its paper, its minute and what was decided.",
    "closed": "For those who may see restricted records, and the post that presents it. For everyone else it does not "
    "exist: no number, no time, no total tells of it.",
}


class ItemForm(VerbForm):
    """An agenda item. late: the agenda went out, so that a new item says why it cannot wait. whole: all of the meeting
    is closed."""

    title = TextField("What the item is about", hint="As it will stand on the agenda")
    part = ChoiceField("Part of the meeting", PARTS, hints=PART_HINTS, missing="Choose the part of the meeting")
    ground = ChoiceField(GROUND, [("", "None"), *GROUNDS.items()], kind="select", required=False)
    lapses_on = DateField(
        "When the ground lapses", hint="From when it may be public after all. Leave empty if that is not known",
        required=False,
    )  # fmt: skip
    wanted = ChoiceField("What the board is to do", list(PURPOSES.items()), missing="Choose what the board is to do")
    presenter = ChoiceField("Presented by", kind="select", required=False)
    minutes = NumberField("Minutes", width="3", min_value=1, max_value=480)
    introduction = words_field("What the board is asked", hint="In a sentence or two", rows=3)
    verbal = TickField("It is spoken to: there will be no paper")
    late_why = ReasonField(
        "Why it cannot wait", hint="The agenda went out: a late item says why it cannot wait for the next meeting",
        rows=2, required=False,
    )  # fmt: skip
    reason = reason_field("Why it changes", hint="Needed where it changes part", required=False)

    def __init__(self, *args: Any, posts: Posts, late: bool, changing: bool, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if whole:
            self.fields["part"].choices = [part for part in PARTS if part[0] == "closed"]
        self.choose_posts(posts, "presenter")
        if not late:
            del self.fields["late_why"]
        if not changing:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("part") == "closed" and not given.get("ground"):
            self.first_error("ground", "Choose the ground on which the public is excluded")
        return given

    def new(self, presenter: Post | None, *, late_why: str = "") -> NewItem:
        """The item that a valid form describes."""
        given = self.cleaned_data
        closed = given["part"] == "closed"
        return NewItem(
            title=given["title"],
            purpose=given["wanted"],
            presenter=presenter,
            minutes=given["minutes"],
            closed=closed,
            ground=given["ground"] if closed else "",
            lapses_on=given["lapses_on"] if closed else None,
            introduction=given["introduction"],
            verbal=given["verbal"],
            late_why=given.get("late_why", late_why),
        )


class WithdrawForm(VerbForm):
    reason = reason_field("Why it is withdrawn")


class IssueForm(VerbForm):
    """The agenda goes out; a word about what is not in yet."""

    reason = reason_field(
        "Anything to say with it", hint="Kept in the history, for example what follows later", required=False
    )


class PaperForm(VerbForm):
    """A paper for an item: a file, with its title."""

    file = AnyFileField("File", missing="Choose the file")
    title = TextField("Title of the paper", missing="Enter the title of the paper", max_length=200)
    draft = TickField("It is a draft: the final text follows")

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = HINT.format(limit=limit // 1024**2)


class WrittenForm(VerbForm):
    """A paper that Candour computes from a register. kinds: (name, label)."""

    kind = ChoiceField("Paper", missing="Choose the paper")

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


class AskForm(VerbForm):
    """What an item asks of the board about a record. acts: (name, what is asked)."""

    act = ChoiceField("What the board is asked", missing="Choose what the board is asked")
    reference = TextField(
        "Reference of the record",
        hint="As its register has it",
        missing="Enter the reference",
        width="20",
        max_length=60,
    )

    def __init__(self, *args: Any, acts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = acts


class TakeOffForm(VerbForm):
    reason = reason_field("Why the paper goes")


class TakeUpForm(VerbForm):
    """What is due and to be taken up. offers: (key, title); why: by key where each comes from."""

    due = ChoicesField("Due at this meeting", missing="Tick what is to go on the agenda")
    ground = ChoiceField(
        GROUND, [("", "None"), *GROUNDS.items()], kind="select", required=False,
        hint="For what asks about restricted records and is not on the agenda yet",
    )  # fmt: skip
    late_why = ReasonField("Why it cannot wait", hint="The agenda went out", rows=2, required=False)

    def __init__(
        self,
        *args: Any,
        offers: list[tuple[str, str]],
        why: dict[str, str],
        restricted: bool,
        late: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].choices, self.fields["due"].hints = offers, why
        if not restricted:
            del self.fields["ground"]
        if not late:
            del self.fields["late_why"]
