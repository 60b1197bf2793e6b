"""What a request asks for: a day, filters, an order and a part of the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field, model_validator

from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.queries import bodies
from candour.kernel.service.api.problems import Stopped

FIRST = date(1990, 1, 1)
AnyDay = Annotated[date, Field(ge=FIRST, le=date(2200, 1, 1))]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


def choice(names: Iterable[str], description: str = "", usual: str = "") -> Any:
    """A field whose answer is one of some words, or empty."""
    words: dict[str, Any] = {"enum": ["", *names]}
    return Field(usual, description=description, json_schema_extra=words)


def order(names: Iterable[str], usual: str) -> Any:
    """The order of a list: by one of some names, with - before it for descending."""
    found = list(names)
    words: dict[str, Any] = {"enum": [*found, *(f"-{name}" for name in found)]}
    return Field(usual, description="With - before it, descending", json_schema_extra=words)


class Day(BaseModel):
    """As at which day."""

    as_at: AnyDay | None = Field(None, description="How it stood at the end of this day; today without it")


class Listing(BaseModel):
    """What every list can be asked."""

    organisation: str = Field(
        "", max_length=40, description="The code of a body; of all that the token may read without"
    )
    offset: int = Field(0, ge=0, le=10**6, description="How many rows to leave out from the beginning")
    limit: int = Field(50, ge=1, le=200, description="How many rows to answer")

    @model_validator(mode="after")
    def _known(self) -> "Listing":
        for name, field in type(self).model_fields.items():
            extra = field.json_schema_extra
            words: Any = extra.get("enum") if isinstance(extra, dict) else None
            if words is not None and getattr(self, name) not in words:
                raise ValueError(f"{name}: choose one of {', '.join(word for word in words if word)}")
        return self


class Searched(Listing):
    """The same of a list that words are looked for in."""

    q: str = Field("", max_length=200, description="Words or a reference")


class Listed(Searched, Day):
    """The same of a list that can be read as at any past day."""


Filters = TypeVar("Filters", bound=Listing)


@dataclass(frozen=True)
class Asked(Generic[Filters]):
    """A list that is asked for. past: the day, where it is a past one. organisation: the number of the body, None for all."""

    request: Any
    actor: Actor
    wanted: Filters
    day: date
    past: date | None
    organisation: int | None

    @property
    def part(self) -> slice:
        return slice(self.wanted.offset, self.wanted.offset + self.wanted.limit)

    @property
    def page(self) -> dict[str, Any]:
        """The order, beginning and size of the part, as queries take them."""
        return {"sort": getattr(self.wanted, "sort", ""), "offset": self.wanted.offset, "size": self.wanted.limit}


def day_of(request: Any, as_at: date | None) -> tuple[date, date | None]:
    """The day to answer for, and again where it is a past one. 422 for a day to come."""
    today: date = request.today
    if as_at is not None and as_at > today:
        raise Stopped(
            422, "The day is still to come", errors=[("as_at", f"Enter {say_date(today)} or a day before it")]
        )
    return as_at or today, None if as_at == today else as_at


def known_names(request: Any, names: Iterable[str]) -> None:
    """422 for anything else that the address asks: it would be answered as if it had not been."""
    if lost := sorted(set(request.GET) - set(names)):
        raise Stopped(
            422, "Not everything that was asked is known", errors=[(name, "This is no filter") for name in lost]
        )


def asked_of(request: Any, wanted: Filters, *, actor: Actor, see: str) -> Asked[Filters]:
    """Read what a list is asked. 422 for a body that the token does not read of."""
    known_names(request, type(wanted).model_fields)
    day, past = day_of(request, getattr(wanted, "as_at", None))
    body = None
    if wanted.organisation:
        body = next((one.pk for one in bodies(actor, see) if one.code == wanted.organisation), None)
        if body is None:
            raise Stopped(422, "There is no such body", errors=[("organisation", "Enter the code of a body")])
    return Asked(request, actor, wanted, day, past, body)
