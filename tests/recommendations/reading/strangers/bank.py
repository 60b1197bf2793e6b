"""The recommendations that the invented trackers of strangers print, and what a reading of them must say, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Updates = tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Known:
    """A recommendation as its writer knows it: everything that some paper prints of it."""

    reference: str
    audit: str
    opinion: str
    month: date
    heading: str
    text: str
    priority: str
    response: str
    owners: tuple[str, ...]
    due: date
    revised: date | None
    updates: Updates
    done: bool = False

    @property
    def current(self) -> date:
        return self.revised or self.due

    @property
    def status(self) -> str:
        return "Complete" if self.done else "In progress"

    @property
    def letter(self) -> str:
        return self.priority[0]

    @property
    def number(self) -> str:
        return {"High": "1", "Medium": "2", "Low": "3"}[self.priority]

    @property
    def grave(self) -> str:
        return {"High": "Fundamental", "Medium": "Significant", "Low": "Merits attention"}[self.priority]


@dataclass(frozen=True)
class Stranger:
    """A paper as a file, and the fields that it prints of each recommendation, in the order printed."""

    name: str
    content: bytes
    records: Sequence[Mapping[str, Any]]
    findings: tuple[str, ...] = ()
    dated: str | None = None

    @property
    def form(self) -> str:
        return self.name.rpartition(".")[2]


KNOWN = (
    Known(
        "1.1", "Payroll", "Limited", date(2025, 3, 1), "Leavers", "Stop pay on the day that the form of a leaver arrives",
        "High", "Agreed. The form will go to payroll on the same day", ("Payroll Manager", "Head of People"),
        date(2025, 6, 30), date(2025, 12, 31),
        ((date(2025, 7, 14), "The new form is in use at two sites"), (date(2025, 10, 6), "Three sites of five now use it")),
    ),
    Known(
        "1.2", "Payroll", "Limited", date(2025, 3, 1), "Overtime", "Have every claim for overtime checked by a second person",
        "Medium", "Agreed. Checks begin in August", ("Property Services Manager",), date(2025, 9, 30), None,
        ((date(2025, 7, 21), "Two clerks were trained"), (date(2025, 10, 7), "Each claim is checked and signed")), done=True,
    ),
    Known(
        "2.1", "Vehicle workshops", "Reasonable", date(2025, 6, 1), "Keys",
            "Keep the keys of parked vehicles in a locked press",
        "Low", "Agreed in part: the night shift needs one set", ("Head of Fleet",), date(2025, 11, 30), None,
        ((date(2025, 10, 8), "The key press has been ordered"),),
    ),
    Known(
        "2.2", "Vehicle workshops", "Reasonable", date(2025, 6, 1), "Waste oil",
            "Weigh the oil that leaves and keep the tickets",
        "Medium", "Agreed. A scale is on order", ("Health and Safety Adviser", "Head of Fleet"), date(2026, 3, 31), None,
        ((date(2025, 10, 2), "A quote for the tank is in"),),
    ),
    Known(
        "3.1", "Grants to charities", "Substantial", date(2025, 9, 1), "Returns",
            "Send each grantee the form for its return in May",
        "Low", "Agreed. It goes out with the letter of award", ("Commissioning Manager",), date(2026, 1, 31), None,
        ((date(2025, 10, 13), "Templates were sent to all grantees"),),
    ),
)  # fmt: skip


def months(updates: Updates) -> list[tuple[str, str]]:
    return [(f"{day:%Y-%m}", words) for day, words in updates]


def expect(one: Known, names: str, form: str = "%d/%m/%Y", **other: Any) -> dict[str, Any]:
    """The fields of a recommendation by name, as `read_of` reads them from a record. form: how the paper prints days."""
    due, revised = f"{one.due:{form}}", f"{one.revised:{form}}" if one.revised else ""
    whole = "%d" in form
    iso = "%Y-%m-%d" if whole else "%Y-%m"
    targets = [(due, f"{one.due:{iso}}"), *([(revised, f"{one.revised:{iso}}")] if one.revised else [])]
    known: dict[str, Any] = {
        "audit": one.audit,
        "opinion": one.opinion,
        "audit_date": f"{one.month:%Y-%m}",
        "reference": one.reference,
        "heading": one.heading,
        "priority": one.priority,
        "number": one.number,
        "grave": one.grave,
        "text": one.text,
        "response": one.response,
        "owners": list(one.owners),
        "targets": targets,
        "due": targets[:1],
        "updates": months(one.updates),
        "last": months(one.updates[-1:]),
        "told": one.updates[-1][1],
        "status": one.status,
        "outcome": "closed" if one.done else None,
    }
    read = {"number": "priority", "grave": "priority", "due": "targets", "last": "updates"}
    return {read.get(name, name): known[name] for name in names.split()} | other


def read_of(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The same fields of a record that was read."""
    told = ("text", "achieved", "left", "barriers")
    updates = [(one["period"] or "", "\n".join(one[name] for name in told if one[name])) for one in record["updates"]]
    found: dict[str, Any] = {
        "response": record["response_text"],
        "owners": [one["role"] or f"({one['name']})" for one in record["owners"]],
        "targets": [(one["text"], one["date"]) for one in record["targets"]],
        "updates": updates,
        "told": updates[-1][1] if updates else "",
        "finding": record.get("finding", ""),
        "source": record.get("source"),
        "proposed": record["proposed_closed"],
    }
    return {name: found[name] if name in found else record[name] for name in names}
