"""One row of a register, a grants list or a spend file as it is read: a record of plain values, and what stands behind it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.commissioning.intake.days import NONE as NO_DAY
from candour.commissioning.intake.days import Day, read_day, read_term, year_of
from candour.commissioning.intake.table import Printed
from candour.kernel.intake.amounts import NONE as NO_AMOUNT
from candour.kernel.intake.amounts import Amount, in_pounds, read_amount
from candour.kernel.intake.document import Place
from candour.kernel.intake.printed import blank

DAYS = ("date", "signed", "start", "end", "maximum_end", "notice")
PLAIN = (
    *(
        "reference",
        "title",
        "supplier",
        "status",
        "contact",
        "stream",
        "conditions",
        "procedure",
        "kind",
        "project_code",
    ),
    *("area", "charity_number", "company_number", "supplier_number", "seen_by"),
)
_STATES = (
    ("ended", r"ended|expired|closed|complete[d]?|terminated|cancelled|finished|lapsed|archived|no"),
    (
        "running",
        r"running|live|active|current|in progress|open|on-?going|in place|in force|ending soon|yes|extended|renewed",
    ),
    ("draft", r"draft|pending|planned|pipeline|in procurement|tender(?:ing|ed)?|to start|not (?:yet )?started|awarded"),
)
_STATE = [(name, re.compile(rf"^(?:{words})\b", re.IGNORECASE)) for name, words in _STATES]
_EXPIRED = re.compile(r"\bexpired\b", re.IGNORECASE)
_REDACTED = re.compile(r"^\W*(?:redacted|withheld|\[redacted\]|exempt)\b", re.IGNORECASE)


@dataclass
class Found:
    """A row as it is read. key names it in its paper where its reference cannot; pence by field; days by field."""

    record: dict[str, Any]
    printed: Printed
    amounts: dict[str, Amount] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return self.printed.place

    @property
    def key(self) -> str:
        return str(self.record.get("key") or self.record["reference"])

    @property
    def reference(self) -> str:
        return str(self.record["reference"])

    @property
    def supplier(self) -> str:
        return str(self.record.get("supplier") or self.record.get("recipient") or "")

    @property
    def called(self) -> str:
        """What a message calls it: its reference, else its title, else its supplier."""
        return self.reference or str(self.record.get("title") or "") or self.supplier

    def day(self, name: str) -> date | None:
        return self.days.get(name, NO_DAY).day

    def pence(self, name: str) -> int | None:
        return self.amounts.get(name, NO_AMOUNT).pence

    @property
    def state(self) -> str:
        """running, ended, draft; "" where it cannot be told. One that is said to run on although it expired runs."""
        return state_of(str(self.record.get("status") or ""))


def state_of(text: str) -> str:
    return next((name for name, pattern in _STATE if pattern.match(text.strip())), "")


def says_expired(text: str) -> bool:
    return bool(_EXPIRED.search(text))


def register_row(printed: Printed, kind: str) -> Found:
    """A row of a register of contracts, or of a list of grants ("grants"), which calls the supplier its recipient."""
    cells = printed.cells
    amounts = {
        name: read_amount(text, printed.times.get(name, 1))
        for name, text in cells.items()
        if name in ("value", "value_a_year", "ordered") or name.startswith("years:")
    }
    days = _days(cells)
    plain = {name: "" if blank(cells.get(name, "")) else cells.get(name, "") for name in PLAIN}
    value, years = amounts.get("value", NO_AMOUNT), _years(amounts)
    pence = value.pence
    if value.each_year:
        amounts["value_a_year"], pence = value, None
    if pence is None and years and not value.unclear and not value.each_year:
        pence = sum(one or 0 for one in years.values())
        amounts["value"] = Amount(pence)
    who = "recipient" if kind == "grants" else "supplier"
    record: dict[str, Any] = {
        "reference": plain["reference"],
        "title": plain["title"],
        who: plain["supplier"],
        "value": in_pounds(pence),
        **({"date": _iso(days["date"])} if kind == "grants" else {}),
        "start": _iso(days["start"]),
        "end": _iso(days["end"]),
        "maximum_end": _iso(days["maximum_end"]),
        "status": plain["status"],
        "contact": plain["contact"],
        "stream": plain["stream"] or _stream_of(printed.section),
        "years": {year: in_pounds(amount) for year, amount in years.items()},
        "conditions": plain["conditions"],
        "awarded": _iso(days["date"]),
        "signed": _iso(days["signed"]),
        "notice": _iso(days["notice"]),
        "year": year_of(cells.get("year", "")) or cells.get("year", ""),
        **{name: plain[name] for name in ("procedure", "kind", "project_code", "area", "seen_by")},
        **{name: plain[name] for name in ("charity_number", "company_number", "supplier_number")},
        "value_a_year": in_pounds(amounts.get("value_a_year", NO_AMOUNT).pence),
        "redacted": any(_REDACTED.match(cells.get(name, "")) for name in ("title", "supplier", "reference")),
        "place": str(printed.place),
    }
    record |= _as_printed(record, cells)
    if printed.more:
        record["more"] = printed.more
    return Found(record, printed, amounts, days)


def spend_row(printed: Printed) -> Found:
    """A row of a file of spend."""
    cells = printed.cells
    amounts = {"amount": read_amount(cells.get("amount", ""), printed.times.get("amount", 1))}
    days = {"date": read_day(cells.get("date", ""))}
    plain = {
        name: "" if blank(cells.get(name, "")) else cells.get(name, "")
        for name in ("number", "supplier", "purpose", "stream", "agreement", "redaction", "supplier_number")
    }
    record: dict[str, Any] = {
        "reference": plain["number"],
        "title": plain["purpose"] or plain["supplier"],
        "date": _iso(days["date"]),
        "supplier": plain["supplier"],
        "amount": in_pounds(amounts["amount"].pence),
        **{name: plain[name] for name in ("purpose", "agreement", "redaction", "supplier_number")},
        "stream": plain["stream"] or _stream_of(printed.section),
        "redacted": bool(plain["redaction"]) or bool(_REDACTED.match(plain["supplier"])),
        "place": str(printed.place),
    }
    record |= _as_printed(record, cells)
    if printed.more:
        record["more"] = printed.more
    return Found(record, printed, amounts, days)


def name_rows(found: Sequence[Found]) -> None:
    """Give a key to each row whose reference is missing or not its own, so that it can be told from the others."""
    times: Counter[str] = Counter(one.reference for one in found)
    seen: Counter[str] = Counter()
    for one in found:
        reference = one.reference
        seen[reference] += 1
        if not reference:
            one.record["key"] = str(one.place)
        elif times[reference] > 1 and seen[reference] > 1:
            one.record["key"] = f"{reference} ({one.place})"


def _days(cells: dict[str, str]) -> dict[str, Day]:
    found = {name: read_day(cells.get(name, ""), end=name in ("end", "maximum_end")) for name in DAYS}
    if "period" in cells:
        first, last = read_term(cells["period"])
        for name, one in (("start", first), ("end", last)):
            if found[name] == NO_DAY and one != NO_DAY:
                found[name] = one
    return found


def _years(amounts: dict[str, Amount]) -> dict[str, int | None]:
    """The amounts of the columns of years, by year; those without an amount are left out."""
    named = sorted((name.removeprefix("years:"), one) for name, one in amounts.items() if name.startswith("years:"))
    return {year: one.pence for year, one in named if one.pence is not None}


def _as_printed(record: dict[str, Any], cells: dict[str, str]) -> dict[str, str]:
    """<field>_text where what is printed differs from how it is read."""
    found = {}
    for name, column in (
        *((name, name) for name in ("value", "amount", *DAYS)),
        ("awarded", "date"), ("start", "period"), ("end", "period"),
    ):  # fmt: skip
        text = cells.get(column, "")
        if name in record and text and text != str(record[name]) and f"{name}_text" not in found:
            found[f"{name}_text"] = text
    return found


def _iso(one: Day) -> str | None:
    return one.day.isoformat() if one.day else None


def _stream_of(section: str) -> str:
    """The stream that a section's heading names, without what it says of its budget."""
    return re.split(r"\s*[–—:(,-]?\s*(?:total\s+)?(?:budget|allocation|fund(?:ing)? available|£)", section, flags=re.I)[
        0
    ].strip(" -–—:(,")
