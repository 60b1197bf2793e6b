"""The small forms: one change each, with its reason."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from candour.boards.models import Decision
from candour.kernel.records.forms import SIGHT, SIGHT_HINTS, VerbForm, approver_field, words_field
from candour.kernel.web.forms import ChoiceField, DateField, ReasonField, TextField
from candour.recommendations.models import Closure, Outcome, Response

Posts = Iterable[tuple[int, str]]
DUE_HINT = "A day, a month (its last day is meant), or words. Words are kept and flagged."


def due_field(label: str, *, missing: str = "", required: bool = True) -> TextField:
    """A date as owners give it: a day, a month, or words."""
    return TextField(label, hint=DUE_HINT, missing=missing, width="20", max_length=200, required=required)


def agreed_field() -> TextField:
    """Who agreed it, where nothing may be done without."""
    return TextField(
        "Agreed by", hint="The board or post that agreed it", missing="Enter who agreed it", max_length=200
    )


class RespondForm(VerbForm):
    response = ChoiceField(
        "Is it accepted?",
        Response.choices,
        hints={"not accepted": "It ends today, as Not Accepted, and stays in the tracker’s record."},
        missing="Choose whether it is accepted",
    )
    response_text = ReasonField(
        "The response", rows=4, missing="Enter the response, as the body gives it", max_length=8000
    )
    reason = ReasonField("Why", rows=2, missing="Say why it is answered so")
    approver = approver_field()


class SlipForm(VerbForm):
    due = due_field("New date", missing="Enter the new date, or the words that stand for it")
    reason = ReasonField("Why the date moves", missing="Say why the date moves")
    approver = agreed_field()

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            self.fields["due"].label, self.fields["reason"].label = "First date", "Why this date"
            del self.fields["approver"]


class AskDateForm(VerbForm):
    due = due_field("The date you ask for", missing="Enter the date you ask for, or the words that stand for it")
    reason = ReasonField(
        "Why the date has to move", hint="Who decides on it reads this", missing="Say why the date has to move"
    )


class AnswerDateForm(VerbForm):
    answer = ChoiceField(
        "Is it granted?",
        [("granted", "Grant it"), ("refused", "Refuse it")],
        hints={
            "granted": "It becomes the next line of the ledger, with the owner’s reason.",
            "refused": "The date that stands stands. The owner reads why.",
        },
        missing="Choose whether it is granted",
    )
    approver = TextField(
        "Agreed by", hint="The board or post that agreed it. Needed to grant it", required=False, max_length=200
    )
    reason = ReasonField("Why", hint="Needed to refuse it", required=False)


class AddOwnerForm(VerbForm):
    owner = ChoiceField("Owner", kind="select", hint="A post that answers for it", missing="Choose the post")
    due = due_field("First date", required=False)
    reason = ReasonField("Why", rows=2, missing="Say why this post answers for it")

    def __init__(self, *args: Any, posts: Posts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose a post"), *posts]


class HandOverForm(VerbForm):
    owner = ChoiceField("New owner", kind="select", missing="Choose the post")
    reason = ReasonField("Why it changes hands", missing="Say why it changes hands")
    approver = approver_field()

    def __init__(self, *args: Any, posts: Posts, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [] if alone else [("none", "Nobody: this part of it is done or no longer needed")]
        self.fields["owner"].choices = [("", "Choose a post"), *posts, *ends]


class ProposeForm(VerbForm):
    case = ReasonField(
        "What was done",
        rows=4,
        hint="And what shows it: a file under Evidence, or where the panel can look.",
        missing="Say what was done, and what shows it",
    )


class WithdrawForm(VerbForm):
    reason = ReasonField("Why the proposal is taken back", missing="Say why the proposal is taken back")


class DecideForm(VerbForm):
    """standing: decisions recorded already, which one may use instead of entering the meeting again."""

    answer = ChoiceField(
        "What did the panel decide?",
        [("agreed", "It agreed to close it"), ("sent back", "It sent it back")],
        hints={
            "agreed": "It is closed from the day of the meeting. The auditor verifies it later.",
            "sent back": "It is open again with its dates as they were. Its owner reads what is asked for.",
        },
        missing="Choose what the panel decided",
    )
    decision = ChoiceField(
        "A decision recorded already", kind="select", hint="Or enter the meeting below", required=False
    )
    board = TextField("Board", width="20", max_length=120, required=False)
    met_on = DateField("Met on", required=False)
    minute = TextField("Minute", hint="As the minutes number it", width="10", max_length=60, required=False)
    resolved = ReasonField("What was resolved", rows=2, hint="As the minutes put it", required=False)
    reason = ReasonField(
        "Why",
        hint="Why it was agreed, or what the panel asks for before it will agree",
        missing="Say why it was agreed, or what the panel asks for",
    )

    def __init__(self, *args: Any, standing: Sequence[Decision], today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.standing = {str(each.pk): each for each in standing}
        self.fields["met_on"].latest = today
        self.fields["decision"].choices = [
            ("", "None of these"),
            *((each.pk, f"{each}: {each.resolved[:80]}") for each in standing),
        ]
        if not standing:
            del self.fields["decision"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if chosen := self.standing.get(given.get("decision", "")):
            names = ("board", "met_on", "minute", "resolved")
            return given | {name: getattr(chosen, name) for name in names}
        asks = {
            "board": "Enter the board that decided",
            "met_on": "Enter the day on which it met, for example 26 October 2023",
            "resolved": "Enter what was resolved, as the minutes put it",
        }
        for name, message in asks.items():
            if not given.get(name):
                self.first_error(name, message)
        return given


class VerifyForm(VerbForm):
    verdict = ChoiceField(
        "What did the auditor find?", Closure.Verdict.choices, missing="Choose what the auditor found"
    )
    effective = DateField("Found on", missing="Enter the day of the finding, for example 26 October 2023")
    reason = ReasonField("What was looked at", missing="Say what the auditor looked at and found")
    approver = TextField("The auditor", hint="The post or firm, where you enter it for them", required=False)

    def __init__(self, *args: Any, earliest: date | None, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"effective": today} | kwargs.get("initial", {})
        super().__init__(*args, today=today, **kwargs)
        self.fields["effective"].earliest, self.fields["effective"].latest = earliest, today


class EndForm(VerbForm):
    outcome = ChoiceField(
        "How does it end?",
        [(value, str(label)) for value, label in Outcome.choices if value in {"risk accepted", "superseded"}],
        hints={
            "risk accepted": "The body knows what may happen, and will not do it.",
            "superseded": "Another recommendation, or a change of circumstances, takes its place.",
        },
        missing="Choose how it ends",
    )
    reason = ReasonField("Why", missing="Say why it ends without being done")
    approver = agreed_field()


class ReopenForm(VerbForm):
    reason = ReasonField("Why it reopens", missing="Say why it reopens")
    approver = approver_field()


class RepeatForm(VerbForm):
    repeat_of = TextField(
        "The earlier recommendation", hint="Its reference", width="10", missing="Enter the reference of the earlier one"
    )
    reason = ReasonField("Why it is a repeat", rows=2, missing="Say why it is a repeat")


class WordingForm(VerbForm):
    edits = ("records.record", "recommendations.recommendation")

    title = TextField("Heading", missing="Enter a heading")
    finding = words_field("What was found")
    risk = words_field("Risk", hint="What may happen if nothing is done")
    text = words_field("Recommendation", rows=4)
    reason = ReasonField("Why the wording changes", missing="Say why the wording changes")


class RestrictForm(VerbForm):
    sensitivity = ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing="Choose who may see it")
    reason = ReasonField(
        "Why", hint="Do not repeat what must not be seen.", missing="Say why, without repeating what must not be seen"
    )
    approver = approver_field()
