"""Notes on items, carrying over, and the monthly review: a row an item, saved together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candour.inspections.queries.reviews import Question
from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.scales.rules import Words
from candour.kernel.web.forms import BoundField, ChoiceField, DateField, Form, ReasonField

Choices = Iterable[tuple[Any, str]]


def steps_of(scale: Words | None, none: str) -> list[tuple[str, str]]:
    """The steps of a scale as answers, with one for none."""
    return [("", none), *((str(step.value), step.word) for step in (scale.steps if scale else ()))]


class NoteForm(VerbForm):
    """items: (number, words) of those that the reader may write of; statuses and levels: the inspectorate’s scales."""

    which = ChoiceField("Of what", kind="select", missing="Choose what the note is of")
    status = ChoiceField("Status on the portal", kind="select", required=False)
    level = ChoiceField("Closed by the inspectorate at", kind="select", required=False)
    text = words_field("Note", hint="What moved, what the inspectorate said", rows=4)

    def __init__(self, *args: Any, items: Choices, statuses: Words | None, levels: Words | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [("", "Choose"), *items]
        self.fields["status"].choices = steps_of(statuses, "Nothing said")
        self.fields["level"].choices = steps_of(levels, "Not closed by it")
        if levels is None:
            del self.fields["level"]
        if statuses is None:
            del self.fields["status"]


class CarryForm(VerbForm):
    """items and inspections: (number, words)."""

    which = ChoiceField("What is carried over", kind="select", missing="Choose what is carried over")
    to = ChoiceField("To which inspection", kind="select", missing="Choose the later inspection")
    reason = ReasonField("Why", rows=2, missing="Say why it is carried over")

    def __init__(self, *args: Any, items: Choices, inspections: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [("", "Choose"), *items]
        self.fields["to"].choices = [("", "Choose"), *inspections]


class OpenReviewForm(Form):
    month = DateField("A day of the month", missing="Enter a day of the month that is reviewed")
    due = DateField("Answers by", missing="Enter the day by which answers are due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].latest = self.today
        self.fields["due"].earliest = self.today


class CloseReviewForm(VerbForm):
    reason = words_field("Why it is closed although answers are missing", hint="Empty where none is missing", rows=2)


@dataclass(frozen=True)
class Asked:
    """A row of the review’s page."""

    question: Question
    status: BoundField
    text: BoundField


class ReviewForm(VerbForm):
    """A status and a note for each question that the reader may answer. A row that says what it said before is left alone."""

    def __init__(
        self, *args: Any, questions: Sequence[Question], scales: Mapping[int, Words | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for one in self.questions:
            pk, scale = one.item.pk, scales.get(one.inspection.inspectorate_id)
            chosen = "" if one.status is None else str(one.status)
            self.fields |= {
                f"status-{pk}": ChoiceField(
                    "Status", steps_of(scale, "Nothing new"), kind="select", required=False, initial=chosen
                ),
                f"text-{pk}": ReasonField("Note", rows=2, required=False, max_length=8000, initial=one.text),
            }

    @property
    def rows(self) -> list[Asked]:
        bound = {field.name: field for field in self.answers}
        return [Asked(one, bound[f"status-{one.item.pk}"], bound[f"text-{one.item.pk}"]) for one in self.questions]

    def changed(self) -> list[tuple[Question, int | None, str]]:
        """The questions whose answer is another now: (question, step of the status, note)."""
        given = self.cleaned_data
        said = [
            (one, int(given[f"status-{one.item.pk}"] or 0) or None, given[f"text-{one.item.pk}"].strip())
            for one in self.questions
        ]
        return [(one, status, text) for one, status, text in said if (status, text) != (one.status, one.text.strip())]
