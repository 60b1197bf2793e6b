"""The answers that a form asks for. Each field says how to mend an answer, and names the component that shows it."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError

from candour.kernel.calendar import read_date, say_date
from candour.kernel.web.templatetags.candour import number

EXAMPLE = "for example 26 October 2023"
ASKING = frozenset({"how", "what", "which", "when", "who", "why", "where"})
NAMED = frozenset({"the", "its", "their"})
BEGUN = frozenset({"for", "tell", "up"})  # a label that begins with one of these names nothing
LOOSE = frozenset({"on", "from", "to", "by", "of", "for", "in", "out", "until", "before", "after"})


class Level(Protocol):
    """A level of a scale: kernel/scales gives them, and lies above this package."""

    @property
    def value(self) -> int: ...
    @property
    def word(self) -> str: ...
    @property
    def description(self) -> str: ...


class _Said:
    """What our fields share: a message that says how to mend a missing answer, and a width for the box."""

    kind = "input"
    input_type = "text"
    width = ""
    rows = 0
    autocomplete = "off"

    def _say(self, missing: str, label: str | None, verb: str) -> dict[str, str]:
        return {"required": missing or _ask(verb, label or "answer")}


def _ask(verb: str, label: str, answer: str = "Answer") -> str:
    """How to mend a missing answer when the form has no words of its own: nouns get an article, questions quotes.

    A label that leaves its noun out, such as "In force from", stands in quotes too, after the words of `answer`.
    """
    words = label.lower().split()
    if _is_loose(label):
        return f"{answer} ‘{label}’"
    bare = words[0] in ASKING | NAMED or "how" in words[1:3]
    return f"{verb} {'' if bare else 'the '}{_inside(label)}"


def _is_loose(label: str) -> bool:
    words = label.lower().split()
    return label.endswith("?") or words[-1] in LOOSE or words[0] in BEGUN


def _inside(label: str) -> str:
    """A label inside a sentence: "Due date" -> "due date"; "IA reference" keeps its capitals; "Due after" stands in quotes."""
    if _is_loose(label):
        return f"‘{label}’"
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


class TextField(_Said, forms.CharField):
    """One line of words; `width` is one of GOV.UK's (2, 3, 4, 5, 10, 20 characters) or empty for the full line."""

    def __init__(self, label: str, *, hint: str = "", missing: str = "", width: str = "", **kwargs: Any) -> None:
        self.width = width
        kwargs.setdefault("max_length", 300)
        messages = self._say(missing, label, "Enter")
        messages["max_length"] = f"Shorten {_inside(label)} to %(limit_value)d characters; it has %(show_value)d"
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)


class PasswordField(TextField):
    """Shown as dots and never sent back to the page after an error. new: one that is given, not one to sign in with."""

    input_type = "password"

    def __init__(self, label: str, *, new: bool = False, **kwargs: Any) -> None:
        super().__init__(label, strip=False, **kwargs)
        self.autocomplete = "new-password" if new else "current-password"

    def prepare_value(self, value: Any) -> str:
        return ""


class ReasonField(TextField):
    """Several lines of words, kept beside the change that they explain."""

    kind = "textarea"

    def __init__(self, label: str = "Why", *, missing: str = "Say why", rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(label, missing=missing, **kwargs)
        self.rows = rows


class NumberField(_Said, forms.IntegerField):
    """A whole number; 1,204 is read as well as 1204."""

    def __init__(self, label: str, *, hint: str = "", missing: str = "", width: str = "5", **kwargs: Any) -> None:
        self.width = width
        messages = self._say(missing, label, "Enter")
        messages["invalid"] = f"Enter {_inside(label)} as a whole number, for example 12"
        messages["min_value"] = f"Enter {_inside(label)} as %(limit_value)s or more"
        messages["max_value"] = f"Enter {_inside(label)} as %(limit_value)s or less"
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


class DateField(_Said, forms.Field):
    """One box that reads 26/10/23, 26 October 2023 and 2023-10-26, the day always first.

    earliest and latest are inside the range and may be set on the form's own field. What was typed is kept on error.
    """

    kind = "date"
    width = "10"
    today: date | None = None

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        self.earliest, self.latest = earliest, latest
        asked = missing or _ask("Enter", label, "Enter the day for")
        if asked.startswith("Enter") and "example" not in asked:
            asked += f", {EXAMPLE}"
        messages = self._say(asked, label, "Enter")
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        text = str(value).strip()
        if not text:
            return None
        found = read_date(text, today=self.today)
        if found is None:
            raise ValidationError(f"‘{_short(text)}’ is not a date. Enter one, {EXAMPLE} or 26/10/23", code="invalid")
        return found

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(f"Enter a date on or after {say_date(self.earliest)}", code="earliest")
        if value and self.latest and value > self.latest:
            raise ValidationError(f"Enter a date on or before {say_date(self.latest)}", code="latest")

    def prepare_value(self, value: Any) -> Any:
        return say_date(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class TimeField(_Said, forms.Field):
    """A time of day as 14:00, 1400 or 9.30; gives a time."""

    width = "5"

    def __init__(self, label: str, *, hint: str = "", missing: str = "", **kwargs: Any) -> None:
        messages = self._say(missing or f"{_ask('Enter', label)}, for example 14:00", label, "Enter")
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        text = str(value).strip().replace(".", ":")
        hours, _, minutes = text.partition(":") if ":" in text else (text[:-2], "", text[-2:])
        try:
            return time(int(hours), int(minutes))
        except ValueError:
            raise ValidationError(
                f"‘{_short(text)}’ is not a time. Enter one, for example 14:00", code="invalid"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class PoundsField(_Said, forms.Field):
    """An amount in pounds as 50,000 or £50000.50; gives a Decimal with pence."""

    width = "10"

    def __init__(self, label: str, *, hint: str = "", missing: str = "", **kwargs: Any) -> None:
        messages = self._say(missing, label, "Enter")
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        text = str(value).replace("£", "").replace(",", "").strip()
        found = Decimal(text) if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", text) else None
        if found is None:
            raise ValidationError(
                f"‘{_short(str(value))}’ is not an amount. Enter pounds, for example 50,000", code="invalid"
            )
        return found.quantize(Decimal("0.01"))


class ChoiceField(_Said, forms.ChoiceField):
    """One of several answers: kind "radios" for about five, "select" for more. hints: value -> a line below it."""

    def __init__(
        self,
        label: str,
        choices: Any = (),
        *,
        kind: str = "radios",
        hint: str = "",
        missing: str = "",
        hints: dict[Any, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.kind = kind
        self.hints = hints or {}
        messages = self._say(missing, label, "Choose")
        messages["invalid_choice"] = messages["required"]
        super().__init__(label=label, help_text=hint, choices=choices, error_messages=messages, **kwargs)


class ChoicesField(_Said, forms.MultipleChoiceField):
    """Any number of several answers."""

    kind = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, choices: Any = (), *, hint: str = "", missing: str = "", **kwargs: Any) -> None:
        messages = self._say(missing, label, "Choose")
        messages["invalid_choice"] = messages["required"]
        super().__init__(label=label, help_text=hint, choices=choices, error_messages=messages, **kwargs)


class TickField(_Said, forms.BooleanField):
    """A single tick."""

    kind = "tick"

    def __init__(self, label: str, *, hint: str = "", missing: str = "", required: bool = False) -> None:
        messages = self._say(missing or f"Tick ‘{label}’", label, "Tick")
        super().__init__(label=label, help_text=hint, error_messages=messages, required=required)


class LevelField(_Said, forms.TypedChoiceField):
    """A level of impact or likelihood as a scale of cards; gives the level's number."""

    kind = "scale"

    def __init__(
        self, label: str, levels: Sequence[Level] = (), *, hint: str = "", missing: str = "", **kwargs: Any
    ) -> None:
        messages = self._say(missing, label, "Choose")
        messages["invalid_choice"] = messages["required"]
        super().__init__(label=label, help_text=hint, coerce=int, empty_value=None, error_messages=messages, **kwargs)
        self.levels = levels

    @property
    def levels(self) -> Sequence[Level]:
        return self._levels

    @levels.setter
    def levels(self, levels: Sequence[Level]) -> None:
        self._levels = levels
        self.choices = [(level.value, level.word) for level in levels]
        self.hints = {level.value: level.description for level in levels}

    def __deepcopy__(self, memo: dict[int, Any]) -> "LevelField":
        copied = super().__deepcopy__(memo)
        copied.levels = self._levels
        return copied


class FileField(_Said, forms.FileField):
    """One uploaded file. limit in bytes; kinds are endings such as ".docx", which evidence checks by content too."""

    kind = "file"

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", kinds: Sequence[str] = (), limit: int = 0, **kwargs: Any
    ) -> None:
        self.kinds, self.limit = tuple(kinds), limit
        messages = self._say(missing, label, "Choose")
        messages["empty"] = "The file is empty. Choose another"
        messages["invalid"] = "The file did not arrive. Choose it again"
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)

    @property
    def accept(self) -> str:
        return ",".join(self.kinds)

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if not data:
            return found
        if self.kinds and PurePath(data.name).suffix.lower() not in self.kinds:
            said = " or ".join(kind.removeprefix(".") for kind in self.kinds)
            raise ValidationError(f"Choose a file of kind {said}, not ‘{_short(data.name)}’", code="kind")
        if self.limit and data.size > self.limit:
            most = number(self.limit // (1024 * 1024))
            raise ValidationError(f"Choose a file of {most} MB or less", code="size")
        return found


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
