"""One printing of one risk: a row of a table, or a card of labels and values. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.kernel.intake.cells import spelled
from candour.kernel.intake.document import NOWHERE, Cell, Paragraph, Place
from candour.kernel.intake.printed import blank, is_ditto

from .labels import LISTS
from .lists import controls_of, updates_of
from .values import read_day, without_codes

WORDS = ("title", "summary", "information", "source", "effect", "owner", "responsible_officer", *LISTS)


_OF_WORK = re.compile(r"\b(?:action|control|task|treatment|response)", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """Where in the paper: the role of a section (overview, high, new, closed ...) and its heading as printed."""

    role: str = ""
    heading: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True)
class Printed:
    """A value as printed, the place of it and the heading or label that it stood under.

    sign: the ditto it stands for; unseen: a reference with the marks in it spelled out that no page shows.
    """

    text: str
    place: Place
    label: str = ""
    sign: str = ""
    unseen: str = ""

    @classmethod
    def of(cls, name: str, cells: Sequence[Cell], place: Place, label: str) -> "Printed":
        """What cells print for a field. A reference is read without marks that no page shows."""
        text = " ".join(cell.text for cell in cells if cell.text)
        if name != "reference":
            return cls(text, place, label)
        return cls(
            without_codes(text), place, label, unseen=" ".join(filter(None, (spelled(one.raw) for one in cells)))
        )


@dataclass
class Appearance:
    """One printing of one risk: a row of a table, or a detail block."""

    kind: str
    section: Section
    place: Place
    fields: dict[str, Printed] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    controls: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    lists: dict[str, Place] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)  # of the lists, as printed
    rows: list[Place] = field(default_factory=list)
    notes: list[tuple[str, Place, str]] = field(default_factory=list)
    struck: bool = False  # every word of it is struck through: it was taken off

    @property
    def reference(self) -> str:
        return self.text("reference")

    def text(self, name: str) -> str:
        """The value as printed, "" where there is none."""
        return self.fields[name].text if name in self.fields else ""

    def tells(self) -> bool:
        """Whether it says anything by which a risk is known: what it is, who owns it, how grave it is, what is done."""
        said = {name for name, value in self.fields.items() if value.text}
        return bool(self.controls or self.updates or said - {"appetite", "response", "proximity", "status", "category", "band",
                                                             "direction", "information", "first_recorded", "last_review",
                                                             "next_review", "next_key_date"})  # fmt: skip

    def take(self, name: str | None, cell: Cell, place: Place, label: str, above: "Appearance | None") -> None:
        """Take a cell of a row; a ditto sign stands for what the row above prints in that column."""
        if name in LISTS:
            take_list(self, name, cell.items, place)
        elif name and is_ditto(cell.text) and above and above.text(name):
            self.fields[name] = Printed(above.text(name), place, label, sign=cell.text)
        elif name and (name not in self.fields or blank(self.text(name))):
            self.fields[name] = Printed.of(name, [cell], place, label)
        elif cell.text and cell.text != self.text(name or ""):
            self.other[label] = cell.text

    def settle(self) -> None:
        """Give the day in a column of its own to the update beside it; where there is no update it is the last review."""
        told = self.fields.pop("update_date", None)
        day = read_day(told.text) if told else None
        if told and day and self.updates and not self.updates[0].get("date_text"):
            self.updates[0] |= {"date": day.isoformat(), "date_text": told.text}
        elif told and not self.updates:
            self.fields.setdefault("last_review", told)
        elif told:
            self.other[told.label] = told.text

    def carry_on(self, name: str | None, cell: Cell, place: Place, label: str) -> None:
        """Take a cell of a row that carries on this one: words are added to words, what was empty is filled."""
        if name in WORDS and name not in LISTS and self.text(str(name)):
            before = self.fields[str(name)]
            self.fields[str(name)] = Printed(f"{before.text} {cell.text}", before.place, before.label)
        else:
            self.take(name, cell, place, label, None)


def take_list(one: Appearance, name: str, blocks: tuple[Paragraph, ...], place: Place) -> None:
    """Controls or updates of a cell. A list that lost its bullets is noted: it cannot be taken apart."""
    if name == "updates":
        one.updates.extend(updates_of(blocks))
    else:
        one.controls.extend(controls_of(blocks, pending=name == "pending_controls"))
        if len(blocks) == 1 and blocks[0].kind == "item" and not blocks[0].marker:
            one.notes.append(("list-run-together", place, blocks[0].text))
    one.lists.setdefault(name, place)


def settle_lead(one: Appearance) -> None:
    """A lead is the owner, unless an owner stands beside it: then the responsible officer."""
    lead = one.fields.pop("lead", None)
    if lead:
        one.fields.setdefault("responsible_officer" if "owner" in one.fields else "owner", lead)


def settle_managed(printings: Sequence[Appearance]) -> None:
    """Who a risk is assigned to or managed by owns it where no printing of it names anybody else; who does an action or a
    control does not."""
    if any("owner" in one.fields for one in printings):
        return
    for one in printings:
        managed = one.fields.get("responsible_officer")
        if managed and not _OF_WORK.search(managed.label):
            one.fields["owner"] = managed
