"""Forms whose answers stay and whose errors say how to mend them.

A form is shown by <c-form> or field by field with <c-field>. A field knows its kind, which names its component.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from candour.kernel.rules import Refused
from candour.kernel.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    FileField,
    LevelField,
    NumberField,
    PasswordField,
    ReasonField,
    TextField,
    TickField,
)

__all__ = [
    "BoundField",
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "FileField",
    "Form",
    "LevelField",
    "NumberField",
    "Option",
    "PasswordField",
    "Problem",
    "ReasonField",
    "TextField",
    "TickField",
    "carried_out",
    "problems_of",
    "tell_refused",
]


@dataclass(frozen=True)
class Problem:
    """A line of the error summary: where it leads (an id without #) and how to mend it."""

    id: str
    message: str


@dataclass(frozen=True)
class Option:
    """One answer of a choice."""

    id: str
    value: str
    text: str
    hint: str
    chosen: bool


class BoundField(forms.BoundField):
    """A field on its page: its ids, what describes it, and its options."""

    @property
    def kind(self) -> str:
        return getattr(self.field, "kind", "input")

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint" if self.field.help_text else ""

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error" if self.errors else ""

    @property
    def describedby(self) -> str:
        return " ".join(part for part in (self.hint_id, self.error_id) if part)

    @property
    def focus_id(self) -> str:
        """Where a link of the error summary leads: the first of several answers."""
        return f"{self.auto_id}-0" if self.kind in {"radios", "scale", "checkboxes"} else self.auto_id

    @property
    def answer(self) -> Any:
        """The answer as it was typed, or as the form begins; never None."""
        value = self.value()
        return "" if value is None else value

    @property
    def options(self) -> list[Option]:
        """Every answer of a choice, those of groups included."""
        value = self.answer
        chosen = {str(one) for one in value} if isinstance(value, list | tuple | set | frozenset) else {str(value)}
        hints = getattr(self.field, "hints", {})
        flat: list[tuple[Any, Any]] = []
        for key, text in getattr(self.field, "choices", ()):
            flat.extend(text if isinstance(text, list | tuple) else [(key, text)])
        return [
            Option(f"{self.auto_id}-{place}", str(key), str(text), hints.get(key, ""), str(key) in chosen)
            for place, (key, text) in enumerate(flat)
        ]


class Form(forms.Form):
    """The base of every form. Ids are the fields' names, so that an error's link reads "#due"."""

    bound_field_class = BoundField
    fields: dict[str, Any]  # each of its own kind, which a form that fills them in knows

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today

    @property
    def problems(self) -> list[Problem]:
        """The lines of the error summary, in the order of the fields; what concerns the whole form comes first."""
        if not self.errors:
            return []
        first = next((field.focus_id for field in self.answers if not field.is_hidden), "main")
        lines = [Problem(first, str(message)) for message in self.errors.get(NON_FIELD_ERRORS, ())]
        for field in self.answers:
            lines.extend(Problem(field.focus_id, str(message)) for message in field.errors)
        return lines

    @property
    def answers(self) -> list[BoundField]:
        """The fields on their page, in order."""
        return list(self)  # type: ignore[arg-type]

    @property
    def takes_files(self) -> bool:
        return self.is_multipart()

    def rewrite(self, answers: Mapping[str, str]) -> None:
        """Put answers in the place of those that were sent, by their names on the page."""
        sent: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        for name, answer in answers.items():
            sent[name] = answer
        self.data = sent

    def first_error(self, name: str, message: str) -> None:
        """Add an error unless the field already has one: one message for each answer to mend."""
        if name not in self.errors:
            self.add_error(name, message)


def carried_out(form: Form, act: Callable[[], Any]) -> bool:
    """Do what a valid form asks; what a rule refuses stands beside the answer to mend, and the page is shown again."""
    try:
        act()
    except Refused as refused:
        tell_refused(form, refused)
        return False
    return True


def tell_refused(form: Form, refused: Refused) -> None:
    """Put what a rule refuses beside the answer to mend, and note that it was refused where that is kept."""
    if refused.noted is not None:
        refused.noted()
    shown = refused.field in form.fields and not form[refused.field].is_hidden
    form.add_error(refused.field if shown else None, refused.message)


def problems_of(forms: Iterable[Form]) -> list[Problem]:
    """The error summary of a page with several forms, in their order."""
    return [problem for form in forms for problem in form.problems]
