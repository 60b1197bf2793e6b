"""What the forms of finance share."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from candour.finance import rules
from candour.kernel.money import pence
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import ChoiceField

Choices = Iterable[tuple[Any, str]]
NO_POST = [("", "No post yet")]
SIGHT = [("public", "Everybody"), ("office", "Office and panel"), ("restricted", "Restricted")]
SIGHT_HINTS = {
    "public": "It may be printed in papers and published.",
    "office": "Everyone who sees finance in this body, and the panel. Never published.",
    "restricted": "Only its owner and posts that may see restricted records. For everyone else it does not exist: "
    "not in lists, totals, search or papers.",
}


class PenceField(PoundsField):
    """An amount in pounds as 50,000 or £50,000.50; gives whole pence. signed: one below nought is taken too, as −50,000."""

    def __init__(self, label: str, *, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        super().__init__(label, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(value).strip().replace("−", "-") if value not in self.empty_values else ""
        below = text.startswith(("-", "("))
        if below and not self.signed:
            raise ValidationError("Enter an amount of nought or more", code="invalid")
        found = pence(super().to_python(text.strip("-()") if text else None))
        return -found if below and found is not None else found

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:f}" if isinstance(value, int) else value


def sight_field(missing: str = "Choose who may see it") -> ChoiceField:
    return ChoiceField("Who may see it", SIGHT, hints=SIGHT_HINTS, missing=missing, initial="office")


def years_around(today: date, *, before: int = 1, after: int = 4) -> list[tuple[str, str]]:
    """The financial years that can be chosen: some before this one, and some after."""
    now = rules.starts_year(today).year
    years = [date(now + n, 4, 1) for n in range(-before, after + 1)]
    return [(year.isoformat(), rules.say_year(year)) for year in years]
