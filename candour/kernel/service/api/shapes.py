"""How frozen rows become answers, and what texts a write may hold."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MISSING = object()


def _of(row: Any, name: str) -> Any:
    if isinstance(row, Mapping):
        return row.get(name, MISSING)
    return getattr(row, name, MISSING)


def _at(row: Any, path: str) -> Any:
    """What stands at a path of a row ("matrix.name"), None where the way ends; by one name, of its read line too."""
    if "." not in path:
        found = _of(row, path)
        return _of(_of(row, "line"), path) if found is MISSING else found
    for name in path.split("."):
        row = None if row is None else _of(row, name)
    return row


class Out(BaseModel):
    """A row as it is answered: each field is what the row, or its read line, calls so. taken: other places, by field."""

    model_config = ConfigDict(from_attributes=True)
    taken: ClassVar[dict[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _read(cls, row: Any) -> Any:
        if isinstance(row, BaseModel):
            return row
        found = {name: _at(row, cls.taken.get(name, name)) for name in cls.model_fields}
        return {name: value for name, value in found.items() if value is not MISSING}


class Named:
    """A row with more beside it: what is given here stands before what the row has."""

    def __init__(self, row: Any, **more: Any) -> None:
        self._row, self._more = row, more

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._more:
            return self._more[name]
        found = _at(self._row, name)
        if found is MISSING:
            raise AttributeError(name)
        return found


class RowOut(Out):
    """What every record is answered with."""

    reference: str
    title: str
    organisation: str = Field(description="The code of the body whose record it is, as addresses have it")
    owner: str = Field(description="The post that answers for it; empty for none")
    sensitivity: str = Field(description="public, office or restricted")

    taken: ClassVar[dict[str, str]] = {"organisation": "organisation_code"}


class LinkOut(Out):
    """Another record that is linked with it."""

    how: str
    kind: str
    reference: str
    title: str


class ActionOut(Out):
    """An action agreed on a record."""

    number: int
    text: str
    owner: str
    due: date
    first_due: date
    done_on: date | None
    outcome: str
    state: str
    days_late: int

    taken: ClassVar[dict[str, str]] = {"number": "key", "first_due": "original_due"}


class WholeOut(RowOut):
    """One record with what hangs on it."""

    version: int | None = Field(
        description="Of the record today, to send as If-Match with a write; null as at a past day"
    )
    links: list[LinkOut] | None = Field(description="Null as at a past day")
    actions: list[ActionOut] | None = Field(description="Null for a token that does not read actions")


def _writable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("Take out the signs that cannot be kept")
    return text


Text = Annotated[str, Field(max_length=4000), AfterValidator(_writable)]


class In(BaseModel):
    """What a write says. A name that it does not know is refused: it would be lost."""

    model_config = ConfigDict(extra="forbid")
