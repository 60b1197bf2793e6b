"""The forms that set a board up: what it is, its seats, terms, standing items, meetings, and the limits of who may decide."""

from collections.abc import Iterable
from typing import Any

from candour.boards.commands import BoardFacts, StandingFacts
from candour.boards.forms.base import Posts, VerbForm, reason_field, words_field
from candour.boards.models import Board
from candour.boards.rules.words import GROUNDS, PURPOSES, ROLES, SORTS
from candour.kernel.calendar import MONTHS
from candour.kernel.people.models import Post
from candour.kernel.web.fields import (
    ChoiceField,
    DateField,
    NumberField,
    PoundsField,
    ReasonField,
    TextField,
    TickField,
    TimeField,
)

Choices = Iterable[tuple[Any, str]]
MONTH_CHOICES = [(number, name) for number, name in enumerate(MONTHS, start=1)]


class BoardForm(VerbForm):
    """What a board is."""

    name = TextField("Name", missing="Enter the name of the board", max_length=200)
    code = TextField(
        "Short name", hint="In addresses and references: CGB", missing="Enter a short name", width="10", max_length=20
    )
    remit = words_field("What it is for", hint="In two sentences", rows=3)
    secretary = ChoiceField("Secretary", kind="select", required=False)
    parent = ChoiceField("Reports to", kind="select", required=False)
    reports = words_field("What it reports", rows=2)
    months = NumberField(
        "Months between meetings", hint="0 where it meets when called", width="2", min_value=0, max_value=12
    )
    starts_at = TimeField("Usual time")
    lasts = NumberField("Minutes that a meeting lasts", width="4", min_value=1, max_value=1440)
    venue = TextField("Usual place", required=False, max_length=200)
    quorum = NumberField("Quorum", hint="Members who must be there", width="2", min_value=1, max_value=99)
    in_public = TickField("The public may attend its open part")
    papers_days = NumberField(
        "Reports must be in",
        hint="Clear working days before the meeting",
        missing="Enter how many clear working days before the meeting reports must be in",
        width="2",
        min_value=0,
        max_value=60,
    )
    notice_days = NumberField(
        "The agenda must be out",
        hint="Clear working days before the meeting",
        missing="Enter how many clear working days before the meeting the agenda must be out",
        width="2",
        min_value=0,
        max_value=60,
    )
    pre_meeting = TextField("Who meets before, and about what", required=False, max_length=200)
    pre_minutes = NumberField(
        "Minutes before the meeting at which they begin", width="3", required=False, min_value=0, max_value=600
    )
    reason = reason_field("Who agreed it, and why")

    def __init__(self, *args: Any, posts: Posts, boards: Choices, changing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(posts, "secretary")
        self.fields["parent"].choices = [("", "No other board"), *boards]
        if changing:
            del self.fields["code"]

    def facts(self, secretary: Post | None, parent: Board | None) -> BoardFacts:
        """The board that a valid form describes."""
        given = {name: value for name, value in self.cleaned_data.items() if name in BoardFacts.__dataclass_fields__}
        given |= {"secretary": secretary, "parent": parent, "pre_minutes": given["pre_minutes"] or 0}
        return BoardFacts(**given)


class SeatForm(VerbForm):
    """A seat. giving: with the post and the day from which it is held."""

    post = ChoiceField("Post", kind="select", missing="Choose the post")
    role = ChoiceField("Role", list(ROLES.items()), missing="Choose the role of the seat")
    substitute = ChoiceField("Substitute", kind="select", required=False, hint="The post that may sit in its place")
    starts = DateField("From")
    reason = reason_field("Who agreed it")

    def __init__(self, *args: Any, posts: Posts, giving: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = list(posts)
        self.fields["substitute"].choices = [("", "None"), *posts]
        if giving:
            self.fields["post"].choices = [("", "Choose a post"), *posts]
        else:
            del self.fields["post"]
            del self.fields["starts"]


class EndForm(VerbForm):
    """Something ends on a day."""

    ends = DateField("Last day")
    reason = reason_field("Why it ends")


class EndBoardForm(VerbForm):
    effective = DateField("Last day")
    reason = reason_field("Why the board ends")


class EndStandingForm(VerbForm):
    reason = reason_field("Why it comes no more")


class TermsForm(VerbForm):
    """A new version of the terms of reference."""

    text = ReasonField("Terms of reference", missing="Enter the terms of reference", rows=14, max_length=60000)
    agreed_by = TextField("Agreed by", missing="Enter the board or post that agreed them", max_length=200)
    agreed_on = DateField("Agreed on", missing="Enter the day they were agreed, for example 26 October 2023")
    review_on = DateField("To be looked at again by", required=False)
    reason = reason_field("What changed, and why")


class StandingForm(VerbForm):
    """What comes to a board again and again."""

    title = TextField("What comes to the board", missing="Enter what comes to the board")
    sort = ChoiceField("What it is", list(SORTS.items()), missing="Choose what it is")
    wanted = ChoiceField("What the board is to do", list(PURPOSES.items()), missing="Choose what the board is to do")
    lead = ChoiceField("Lead", kind="select", required=False)
    minutes = NumberField("Minutes", width="3", min_value=1, max_value=480)
    every = NumberField(
        "At each how many meetings",
        hint="1 for every meeting, 0 for once a year",
        missing="Enter at each how many meetings it comes: 1 for every meeting, 0 for once a year",
        width="2",
        min_value=0,
        max_value=12,
    )
    month = ChoiceField(
        "Month, where it comes once a year", [("", "Any"), *MONTH_CHOICES], kind="select", required=False
    )
    must_day = NumberField(
        "Day by which it must have come",
        hint="Of a duty of the year",
        width="2",
        required=False,
        min_value=1,
        max_value=31,
    )
    must_month = ChoiceField("Month of that day", [("", "None"), *MONTH_CHOICES], kind="select", required=False)
    law = TextField("By which law", required=False, max_length=200)
    paper = ChoiceField("Paper that Candour writes", kind="select", required=False)
    closed = TickField("It belongs to the closed part")
    ground = ChoiceField(
        "Ground for excluding the public", [("", "None"), *GROUNDS.items()], kind="select", required=False
    )
    reason = reason_field("Who agreed it, and why")

    def __init__(self, *args: Any, posts: Posts, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(posts, "lead")
        self.fields["paper"].choices = [("", "None"), *papers]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("must_day")) != bool(given.get("must_month")):
            self.first_error("must_day", "Enter the day and the month, or neither")
        return given

    def facts(self, lead: Post | None) -> StandingFacts:
        """The standing item that a valid form describes."""
        given = self.cleaned_data
        must = (int(given["must_month"]), given["must_day"]) if given["must_day"] else None
        return StandingFacts(
            title=given["title"],
            sort=given["sort"],
            purpose=given["wanted"],
            lead=lead,
            minutes=given["minutes"],
            closed=given["closed"],
            ground=given["ground"],
            every=given["every"],
            month=int(given["month"]) if given["month"] else None,
            must_by=must,
            law=given["law"],
            paper=given["paper"],
        )


def closed_on(open_: str) -> list[tuple[str, str]]:
    """Who may know of a board or meeting: open_, or closed as a whole on each of the grounds."""
    grounds = ((key, f"Closed as a whole: {word[:1].lower()}{word[1:]}") for key, word in GROUNDS.items())
    return [("", open_), *grounds]


class SightForm(VerbForm):
    """Who may know of a board."""

    ground = ChoiceField(
        "Who may know of it", closed_on("Everyone who sees the boards of this body"), kind="select", required=False
    )
    reason = reason_field("Who agreed it, and why")


class MeetingForm(VerbForm):
    """A meeting that is planned or changed. whole: the board is closed as a whole, and so is each of its meetings."""

    held_on = DateField("Day")
    starts_at = TimeField("Time")
    lasts = NumberField("Minutes", width="4", min_value=1, max_value=1440)
    venue = TextField("Place", required=False, max_length=200)
    ground = ChoiceField(
        "Who may know of it",
        closed_on("It has an open part"),
        kind="select",
        required=False,
        hint="A meeting that is closed as a whole does not exist for those who may not see restricted records",
    )
    reason = reason_field("Why", required=False)

    def __init__(self, *args: Any, changing: bool, may_close: bool = False, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if whole:
            self.fields["ground"].choices = closed_on("")[1:]
        if not may_close:
            del self.fields["ground"]
        if changing:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class CallOffForm(VerbForm):
    reason = reason_field("Why it is called off")


class LimitForm(VerbForm):
    """Up to which value who may decide."""

    what = TextField("What is decided", hint="Contracts, grants, land", missing="Enter what is decided", max_length=120)
    post = ChoiceField("Post", kind="select", required=False)
    board = ChoiceField("or board", kind="select", required=False)
    up_to = PoundsField("Up to, in pounds", required=False, hint="Empty for any value")
    starts = DateField("From")
    reason = reason_field("Where it is laid down", hint="The scheme of consent, and its date")

    def __init__(self, *args: Any, posts: Posts, boards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_posts(posts, "post")
        self.fields["board"].choices = [("", "No board"), *boards]
