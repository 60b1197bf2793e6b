"""The forms of a meeting that is held: opened and closed, who was there, the minute of an item, signed and corrected."""

from typing import Any

from candour.boards.commands import Answered, NewDecision, Taken
from candour.boards.forms.base import Posts, VerbForm, reason_field, words_field
from candour.boards.models import Question
from candour.boards.queries.sat import Sat
from candour.boards.rules.words import ANSWERS, PRESENCES
from candour.kernel.people.models import Post
from candour.kernel.records.forms import post_named
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
from candour.kernel.web.forms import BoundField


class OpenForm(VerbForm):
    started = TimeField("Began at", missing="Enter the time at which it began, for example 14:00")


class CloseForm(VerbForm):
    finished = TimeField("Ended at", missing="Enter the time at which it ended, for example 16:05")


class AttendanceForm(VerbForm):
    """Who was there: for each post whether it was, who sat in its place, and a note; and one more that was invited."""

    invited = ChoiceField("Somebody else who was invited", kind="select", required=False)
    invited_note = TextField("Note", required=False, max_length=200)

    def __init__(self, *args: Any, posts: list[Post], rows: list[Sat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts, self.rows = posts, rows
        self.choose_posts([(post.pk, post.title) for post in posts], "invited")
        for row in rows:
            key, name = row.post.pk, row.post.title
            words = {each: word for each, word in PRESENCES.items() if row.role or each != "substitute"}
            self.fields[f"presence-{key}"] = ChoiceField(
                name, [("", "Not taken"), *words.items()], required=False, initial=row.presence, kind="select"
            )
            self.fields[f"note-{key}"] = TextField(f"Note on {name}", required=False, max_length=200, initial=row.note)
            if row.role:
                by = row.by or row.substitute
                self.fields[f"by-{key}"] = ChoiceField(
                    f"In place of {name}",
                    kind="select",
                    required=False,
                    initial=by.pk if by and row.presence == "substitute" else "",
                )
                others = [(post.pk, post.title) for post in posts if post.pk != key]
                self.fields[f"by-{key}"].choices = [("", "Nobody"), *others]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """A line of the table for each post."""
        return [
            {
                "row": row,
                "presence": self[f"presence-{row.post.pk}"],
                "by": self[f"by-{row.post.pk}"] if row.role else None,
                "note": self[f"note-{row.post.pk}"],
            }
            for row in self.rows
        ]

    def taken(self) -> list[Taken]:
        """What a valid form says was taken. A substitute is read only where one was there."""
        given, found = self.cleaned_data, []
        for row in self.rows:
            key, presence = row.post.pk, given[f"presence-{row.post.pk}"]
            if presence:
                by = post_named(self.posts, given.get(f"by-{key}")) if presence == "substitute" else None
                found.append(Taken(row.post, presence, by, given[f"note-{key}"]))
        other = post_named(self.posts, given["invited"])
        if other is not None and other.pk not in {row.post.pk for row in self.rows}:
            found.append(Taken(other, "present", None, given["invited_note"]))
        return found


class MinuteForm(VerbForm):
    """The minute of one item, with all that came of it. questions: those that the actor may see and that are unanswered."""

    text = words_field(
        "Minute", hint="What was said and noted. It may be written anew until the minutes are signed.", rows=8
    )
    summary = words_field("For the public", hint="What was discussed, in plain words", rows=3)
    started_at = TimeField("Began at", required=False)
    resolved = words_field(
        "Resolved", hint="As the minutes put it. Left empty, it is worded from the answers above.", rows=2
    )
    reasons = words_field("Reasons", rows=2)
    advice = words_field("What was considered", hint="Legal, financial and equality advice; the options", rows=2)
    mover = ChoiceField("Moved by", kind="select", required=False)
    seconder = ChoiceField("Seconded by", kind="select", required=False)
    votes_for = NumberField("Votes for", width="3", required=False, min_value=0, max_value=999)
    votes_against = NumberField("Votes against", width="3", required=False, min_value=0, max_value=999)
    abstained = NumberField("Abstained", width="3", required=False, min_value=0, max_value=999)
    key = TickField("It is a key decision")
    what = TextField("What the money is for", hint="As the limits name it: Contracts", required=False, max_length=120)
    value = PoundsField("Value", hint="In pounds, where it commits money", required=False)
    taken_by = ChoiceField(
        "Taken by", kind="select", required=False, hint="Where the board itself may not decide so much"
    )
    urgency = TextField("Why it could not wait", required=False, hint="Where that post may not decide so much either")
    withheld = TickField("Do not publish the decision")
    withheld_why = TextField("Why it is not published", required=False)
    action = TextField("What has to be done", required=False, max_length=2000)
    action_owner = ChoiceField("Post that does it", kind="select", required=False)
    action_due = DateField("Done by", required=False)
    interest_post = ChoiceField("Who declared it", kind="select", required=False)
    nature = TextField("What the interest is", required=False, max_length=2000)
    withdrew = TickField("They left for this item")

    def __init__(
        self,
        *args: Any,
        questions: list[Question],
        posts: list[Post],
        there: list[Post],
        everyone: Posts,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.posts, self.there = questions, posts, there
        present = [(post.pk, post.title) for post in there]
        self.choose_posts(present, "mover", "seconder")
        self.choose_posts(everyone, "interest_post")
        self.fields["interest_post"].choices[0] = ("", "Nobody")
        self.choose_posts([(post.pk, post.title) for post in posts], "taken_by", "action_owner")
        agree = bool(self.data) and self.data.get("go") == "agree"
        for each in questions:
            name = f"{each.about.reference}: the board"
            self.fields[f"answer-{each.pk}"] = ChoiceField(
                name, [("", "Not yet"), *ANSWERS.items()], required=False, initial=each.answer
            )
            self.fields[f"why-{each.pk}"] = TextField(
                f"Why, about {each.about.reference}", required=False, max_length=2000, initial=each.why
            )
        if agree:
            self.rewrite(
                {f"answer-{each.pk}": "agreed" for each in questions if not self.data.get(f"answer-{each.pk}", "")}
            )

    def fields_of(self, question: Question) -> tuple[BoundField, BoundField]:
        return self[f"answer-{question.pk}"], self[f"why-{question.pk}"]  # type: ignore[return-value]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._whole("action", ("action_owner", "action_due"), "Enter what has to be done")
        if given.get("action"):
            if not given.get("action_owner"):
                self.first_error("action_owner", "Choose the post that does it")
            if not given.get("action_due"):
                self.first_error("action_due", "Enter the date by which it is done, for example 26 October 2023")
        self._whole("nature", ("interest_post", "withdrew"), "Say what the interest is")
        if given.get("nature") and not given.get("interest_post"):
            self.first_error("interest_post", "Choose who declared it")
        for each in self.questions:
            if given.get(f"answer-{each.pk}") == "sent back" and not given.get(f"why-{each.pk}"):
                self.first_error(
                    f"why-{each.pk}", f"{each.about.reference}: say what the board asks for before it will agree"
                )
        if not self._decides(given) and self._says_how(given):
            self.first_error("resolved", "Enter what was resolved, as the minutes put it")
        return given

    def _whole(self, name: str, others: tuple[str, ...], message: str) -> None:
        given = self.cleaned_data
        if not given.get(name) and name not in self.errors and any(given.get(other) for other in others):
            self.first_error(name, message)

    def _decides(self, given: dict[str, Any]) -> bool:
        answers = [given.get(f"answer-{each.pk}") for each in self.questions]
        return bool(given.get("resolved")) or any(answer in ("agreed", "sent back") for answer in answers)

    def _says_how(self, given: dict[str, Any]) -> bool:
        names = ("reasons", "advice", "mover", "seconder", "votes_for", "votes_against", "abstained", "key", "value")
        return any(given.get(name) not in (None, "", False) for name in (*names, "taken_by", "urgency", "withheld"))

    def answered(self) -> list[Answered]:
        """The answers that were given, those left alone apart."""
        given = self.cleaned_data
        found = [
            Answered(each, given[f"answer-{each.pk}"], given[f"why-{each.pk}"])
            for each in self.questions
            if given[f"answer-{each.pk}"]
        ]
        return [each for each in found if (each.answer, each.why) != (each.question.answer, each.question.why)]

    def decision(self) -> NewDecision:
        """The decision that a valid form describes; resolved "" where it is worded from the answers."""
        return decision_of(self.cleaned_data, self.posts, self.there)


class DecisionForm(VerbForm):
    """A decision put in other words before the minutes are signed."""

    resolved = ReasonField("Resolved", missing="Enter what was resolved, as the minutes put it")
    reasons, advice = MinuteForm.base_fields["reasons"], MinuteForm.base_fields["advice"]
    mover, seconder = MinuteForm.base_fields["mover"], MinuteForm.base_fields["seconder"]
    votes_for, votes_against = MinuteForm.base_fields["votes_for"], MinuteForm.base_fields["votes_against"]
    abstained, key = MinuteForm.base_fields["abstained"], MinuteForm.base_fields["key"]
    what, value = MinuteForm.base_fields["what"], MinuteForm.base_fields["value"]
    taken_by, urgency = MinuteForm.base_fields["taken_by"], MinuteForm.base_fields["urgency"]
    withheld, withheld_why = MinuteForm.base_fields["withheld"], MinuteForm.base_fields["withheld_why"]
    reason = reason_field("Why it reads otherwise")

    def __init__(self, *args: Any, posts: list[Post], there: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts, self.there = posts, there
        self.choose_posts([(post.pk, post.title) for post in there], "mover", "seconder")
        self.choose_posts([(post.pk, post.title) for post in posts], "taken_by")

    def decision(self) -> NewDecision:
        return decision_of(self.cleaned_data, self.posts, self.there)


def decision_of(given: dict[str, Any], posts: list[Post], there: list[Post]) -> NewDecision:
    """The decision that the answers of a form describe."""
    named = {"mover": there, "seconder": there, "taken_by": posts}
    values: dict[str, Any] = {name: given[name] for name in NewDecision.__dataclass_fields__}
    return NewDecision(**(values | {name: post_named(rows, given[name]) for name, rows in named.items()}))


class SignForm(VerbForm):
    """A later meeting agrees the minutes. meetings: those of the board after it that were opened."""

    agreed_at = ChoiceField("Agreed at the meeting of", kind="select", missing="Choose the meeting that agreed them")
    by = ChoiceField("Signed by", kind="select", missing="Choose the post that signed them")
    reason = reason_field("Anything to say with it", required=False)

    def __init__(self, *args: Any, meetings: list[tuple[int, str]], posts: Posts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_at"].choices = [("", "Choose a meeting"), *meetings]
        self.choose_posts(posts, "by")


class CorrectForm(VerbForm):
    """What a later meeting corrected in a minute."""

    agreed_at = ChoiceField("Agreed at the meeting of", kind="select", missing="Choose the meeting that agreed it")
    says = ReasonField(
        "The minute says", missing="Enter the words that are wrong, exactly as the minute has them", rows=2
    )
    should = ReasonField("It should say", missing="Enter what it should say", rows=2)

    def __init__(self, *args: Any, meetings: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_at"].choices = [("", "Choose a meeting"), *meetings]


class TakeBackForm(VerbForm):
    reason = reason_field("Why it is taken back")


class SupersedeForm(VerbForm):
    """Another action takes the place of one. actions: (number, words)."""

    by = ChoiceField("Action that takes its place", kind="select", missing="Choose the action that takes its place")
    reason = reason_field("Why the other takes its place")

    def __init__(self, *args: Any, actions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", "Choose an action"), *actions]
