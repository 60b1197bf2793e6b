"""What the forms of measures share."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candour.kernel.web.fields import _Said

Choices = Iterable[tuple[Any, str]]
SIGHT = [("public", "Everybody: open data"), ("office", "Office and panel"), ("restricted", "Restricted")]
SIGHT_HINTS = {
    "public": "Its figures are open data at a stable address, and it may be printed in papers and published.",
    "office": "Everyone who sees measures in this body, and the panel. Never published.",
    "restricted": "Only its owner and posts that may see restricted records. For everyone else it does not exist: "
    "not in lists, counts, search or papers.",
}


class FigureField(_Said, forms.Field):
    """A figure as 86, 1,204 or 74.95%; gives a Decimal of at most four places."""

    width = "10"

    def __init__(self, label: str, *, hint: str = "", missing: str = "", **kwargs: Any) -> None:
        messages = self._say(missing, label, "Enter")
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        text = re.sub(r"[£%,\s]", "", str(value)).replace("−", "-")
        if not re.fullmatch(r"-?[0-9]{1,11}(\.[0-9]{1,4})?", text):
            shown = str(value) if len(str(value)) <= 40 else str(value)[:39] + "…"
            raise ValidationError(
                f"‘{shown}’ is not a figure. Enter a number, for example 86 or 1,204.5", code="invalid"
            )
        return Decimal(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value
