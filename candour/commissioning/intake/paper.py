"""A register, a list of grants or a file of spend as a whole: its rows, and what it says of itself. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.commissioning.intake.cards import registered
from candour.commissioning.intake.found import Found, name_rows, register_row, spend_row
from candour.commissioning.intake.table import Register, read_tables
from candour.kernel.calendar import read_date, read_month
from candour.kernel.intake.amounts import in_pounds, read_amount
from candour.kernel.intake.document import Document, Place
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.printed import words_key

_AS_AT = re.compile(
    r"\b(?:as (?:at|of|it stood on)|position at|correct (?:as )?at|last updated|updated(?: on)?|dated?|produced on|"
    r"(?:extract(?:ed)?|export(?:ed)?|report|run)(?: date| on| run(?: on)?)?)\s*[:\t]?\s*"
    r"(?P<day>[\w ,/.-]{6,30})",
    re.IGNORECASE,
)
_NOTE = 60  # signs of a row below a register that says of which day it is
_BUDGET = re.compile(
    r"^(?P<stream>.*?)[\s:–—(,-]*\b(?P<what>budget|allocation|fund(?:ing)? available|fund total|available funding)\b"
    r"(?:\s+(?:of|is|for (?P<for>.+?)))?[\s:=–—-]*(?P<amount>(?:c\.?\s*)?£\s?[\d,.]+\s*(?:k|m|million|thousand)?)",
    re.IGNORECASE,
)
_BUDGET_LABEL = re.compile(
    r"\b(?:budget|allocation|fund(?:ing)? available|fund total|available funding)\b", re.IGNORECASE
)
_DATED = re.compile(
    r"^(?:date|dated|as at|position as at|last updated|updated|(?:extract(?:ed)?|export|report|run)(?: date| on)?)$",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b(?P<month>[A-Za-z]{3,9}\s+20\d\d|20\d\d-\d\d)\b")


@dataclass(frozen=True)
class Budget:
    """A budget that a paper states. stream: "" for that of all its rows; pence."""

    stream: str
    pence: int
    says: str
    place: Place


@dataclass(frozen=True)
class Paper:
    """A paper as it was read. kind: contracts, grants, spend."""

    kind: str
    register: Register
    found: list[Found]
    budgets: tuple[Budget, ...]
    as_at: date | None

    @property
    def title(self) -> str:
        return next((one.text for one in self.register.front if len(one.text) > 3), "")

    @property
    def amount(self) -> str:
        """The field in which a row says what it costs."""
        return "amount" if self.kind == "spend" else "value"


def read_paper(document: Document, kind: str, told: Told | None = None) -> Paper:
    """The rows and sentences of a tidied document, read as a kind."""
    document = document if kind == "spend" else registered(document)
    register = read_tables(document, "spend" if kind == "spend" else "register", told)
    found = [spend_row(one) if kind == "spend" else register_row(one, kind) for one in register.rows]
    name_rows(found)
    return Paper(kind, register, found, tuple(_budgets(register, found)), _as_at(register))


def meta_of(paper: Paper) -> dict[str, Any]:
    """Everything about the paper that is no row, plain values only."""
    pence = [one.pence(paper.amount) for one in paper.found]
    register = paper.register
    return {
        "title": paper.title,
        "date": paper.as_at.isoformat() if paper.as_at else None,
        "as_at": paper.as_at.isoformat() if paper.as_at else None,
        "budgets": [{"stream": one.stream, "amount": in_pounds(one.pence), "text": one.says} for one in paper.budgets],
        "read": {"rows": len(paper.found), "value": in_pounds(sum(one or 0 for one in pence))},
        "totals": [{"text": one.words, "place": str(one.place), "amounts": one.amounts} for one in register.totals],
        "front": [one.text for one in register.front],
        "facts": {label: text for label, text, _ in register.facts},
        "columns": [one.as_json() for one in register.columns],
    }


def _budgets(register: Register, found: list[Found]) -> Iterator[Budget]:
    """In sentences, in a section's heading, in a fact beside the rows, or in a column of its own."""
    said = [(one.text, one.place) for one in register.front] + list(register.sections)
    for text, place in said:
        if match := _BUDGET.match(text):
            pence = read_amount(match["amount"]).pence
            if pence is not None:
                yield Budget(_named(match["for"] or match["stream"], found), pence, text, place)
    for label, text, place in register.facts:
        if _BUDGET_LABEL.search(label) and (pence := read_amount(text).pence) is not None:
            yield Budget(_named(_BUDGET_LABEL.sub("", label), found), pence, f"{label}: {text}", place)
    streams: dict[str, Budget] = {}
    for one in found:
        text, stream = one.printed.cells.get("budget", ""), str(one.record.get("stream") or "")
        pence = read_amount(text, one.printed.times.get("budget", 1)).pence if text else None
        if pence is not None and stream:
            streams.setdefault(words_key(stream), Budget(stream, pence, text, one.place))
    yield from streams.values()


def _named(text: str, found: list[Found]) -> str:
    """The stream of the rows that a text names; "" for one that names none of them."""
    key = words_key(re.sub(r"\b(?:total|the|overall|annual|20\d\d\s?[/-]\s?\d\d)\b", " ", text, flags=re.IGNORECASE))
    streams = {words_key(str(one.record.get("stream") or "")): str(one.record.get("stream") or "") for one in found}
    if key in streams:
        return streams[key]
    return next((name for each, name in streams.items() if each and key and (each in key or key in each)), "")


def _as_at(register: Register) -> date | None:
    """The day of which the paper speaks, as far as it says."""
    for label, text, _ in register.facts:
        if _DATED.match(label.strip()) and (day := read_date(text)):
            return day
    alone = [*(text for text, _place in register.sections), *(one.text for one in register.aside)]
    for text in [*(one.text for one in register.front), *(text for text in alone if len(text) <= _NOTE)]:
        for said in _AS_AT.finditer(text):
            words = said["day"].split()
            for n in range(len(words), 0, -1):
                if day := read_date(" ".join(words[:n]).strip(" .,;)")):
                    return day
    days = {one.cells["as_at"] for one in register.rows if "as_at" in one.cells}
    return read_date(days.pop()) if len(days) == 1 else None


def months_said(paper: Paper, name: str) -> set[date]:
    """The first days of the months that the title or the file's name of a spend file says."""
    texts = [*(one.text for one in paper.register.front[:6]), re.sub(r"[_.]", " ", name)]
    found = {read_month(match["month"]) for text in texts for match in _MONTH.finditer(text)}
    return {one for one in found if one}
