"""Recommendations set out one to a table: a row of headings over one row of values, then a label and its value to a row. Pure.

Such a card states each thing in a field of its own, so nothing is guessed from words. Its texts quote what was recorded:
they are kept as printed, and only what the paper itself counts and lists is held against them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from candour.audits.intake.days import due_days, month_of
from candour.audits.intake.owners import Owner
from candour.audits.intake.words import opinion_word
from candour.kernel.calendar import read_date
from candour.kernel.intake.document import Cell, Document, Place, Row
from candour.recommendations.rules import read_target

from .entries import Audit, Entry
from .record import Recommendation, recommendation
from .updates import Story, Target, Update

_HEADS = {
    "reference": "reference",
    "number": "number",
    "number in the report": "number",
    "priority": "priority",
    "status": "status",
    "original target": "original",
    "current target": "current",
    "slips": "slips",
    "days late": "late",
}
_LABELS = {
    "heading": "heading",
    "report": "report",
    "opinion": "opinion",
    "reported": "reported",
    "finding": "finding",
    "risk": "risk",
    "recommendation": "text",
    "response": "said",
    "management response": "response",
    "owner": "owner",
    "targets": "targets",
    "repeats": "repeats",
    "update": "update",
    "what was said": "update_text",
    "what has been achieved": "achieved",
    "what is left": "left",
    "barriers": "barriers",
    "proposed to close": "proposes",
    "evidence": "evidence",
    "earlier updates": "earlier",
    "proposed closed": "proposed",
    "case for closing": "case",
    "checks that fail": "checks",
    "the panel s answer": "answer",
    "ended": "ended",
    "verified": "verified",
    "to note": "noted",
    "seen by": "seen_by",
}
_ANSWERS = {"update_text": "text", "achieved": "achieved", "left": "left", "barriers": "barriers"}
_TARGET = re.compile(r"^(?P<name>Original|Slip \d+): (?P<text>.*?) \(set (?P<day>\d{1,2} \w+ \d{4})\)")
_UPDATE = re.compile(r"^(?P<label>.*), given (?P<day>\d{1,2} \w+ \d{4})(?: by (?P<by>.*))?$")
NOT_ANSWERED = "not answered"  # by nobody; “None” is an answer
NOT_SAID = (NOT_ANSWERED, "no date", "no post", "none", "not from a report")


@dataclass
class Card:
    """A card as printed: its values by heading, then its labels and values in their order."""

    place: Place
    values: dict[str, str]
    facts: list[tuple[str, Cell]] = field(default_factory=list)

    def fact(self, name: str) -> str:
        return next((text_of(cell) for label, cell in self.facts if label == name), "")

    def quoted(self, name: str) -> str:
        """The same with the numbers and marks that its lines begin with."""
        return next(("\n".join(_quoted(cell)) for label, cell in self.facts if label == name), "")


@dataclass
class Cards:
    """The cards of a document as recommendations, and the rows that were read so."""

    found: list[Recommendation] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)
    strays: list[Row] = field(default_factory=list)


def read_cards(document: Document) -> Cards:
    """Every card of a document, in its order."""
    result = Cards()
    made: list[Card] = []
    card: Card | None = None
    for table in document.tables:
        rows = iter(table.rows)
        for row in rows:
            if heads := heads_of(row):
                values = next(rows, None)
                if values is None:
                    break
                card = Card(row.place, dict(zip(heads, values.texts, strict=False)))
                result.used |= {row.place, values.place}
                made.append(card)
            elif card is not None and (label := _label(row)):
                card.facts.append((label, row.cells[1]))
                result.used.add(row.place)
            elif (
                row.width
                and card is not None
                and row.place.table == card.place.table
                and row.place.page == card.place.page
            ):
                result.strays.append(row)
            elif row.width:
                card = None
    result.found = [_recommendation(one) for one in made if one.fact("heading")]
    return result


def heads_of(row: Row) -> list[str] | None:
    """The fields of a row of headings over a card: a reference, a priority, a status and targets, and every one known."""
    texts = row.texts[: row.width]
    heads = [_HEADS.get(_key(text), "") for text in texts]
    return heads if {"reference", "priority", "status", "original", "current"} <= set(heads) and all(heads) else None


def _label(row: Row) -> str | None:
    return _LABELS.get(_key(row.texts[0])) if 1 <= row.width <= 2 and len(row.cells) > 1 else None


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.casefold()))


def text_of(cell: Cell) -> str:
    """The words of a cell, a paragraph or point to a line."""
    return "\n".join(one.text for one in cell.items)


def _quoted(cell: Cell) -> list[str]:
    """The lines of a text as printed, with the numbers and marks that they begin with."""
    return [one.text if one.text.startswith(one.marker) else f"{one.marker} {one.text}" for one in cell.items]


def _given(text: str) -> str:
    return "" if text.casefold() in NOT_SAID else text


def _recommendation(card: Card) -> Recommendation:
    audit = Audit(
        title=_given(card.fact("report")),
        opinion=opinion_word(card.fact("opinion")),
        opinion_text=card.fact("opinion"),
        date=month_of(card.fact("reported")),
        date_text=card.fact("reported"),
        place=card.place,
    )
    status = card.values["status"]
    entry = Entry(
        audit=audit,
        reference=card.values["reference"],
        heading=card.fact("heading"),
        priority=_given(card.values["priority"]),
        priority_text=card.values["priority"],
        place=card.place,
        status=card.fact("ended") or status,
    )
    story = _story(card)
    found = recommendation(entry, story)
    record = found.record
    record |= {
        "key": entry.reference,
        "number": _given(card.values.get("number", "")),
        "register_reference": entry.reference,
        "status": status,
        "finding": card.quoted("finding"),
        "risk": card.quoted("risk"),
        "response": card.fact("said"),
        "repeat_of": _repeats(card),
        "seen_by": card.fact("seen_by"),
        **_ends(card, story),
    }
    if ended := card.fact("ended"):
        day = read_date(ended.rpartition(", ")[2])
        record |= {"proposed_closed": False, "ended_on": day.isoformat() if day else None}
    return found


def _ends(card: Card, story: Story) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    for name in ("original", "current"):
        words = _given(card.values.get(name, ""))
        same = next((one for one in story.targets if one.text == words), None)
        day = same.date if same else next((one.date for one in due_days(words)), None)
        found |= {f"{name}_target": day, f"{name}_target_text": words}
    return found


def _repeats(card: Card) -> str | None:
    said = card.fact("repeats").partition(". First reported")[0]
    return said or None


def _story(card: Card) -> Story:
    proposed = card.fact("proposed") and not card.fact("answer") and not card.fact("ended")
    story = Story(marked=card.place if proposed else None, quoted=True)
    story.noted = card.fact("noted").casefold()
    part = 0
    for label, cell in card.facts:
        words = text_of(cell)
        if label == "text":
            story.text = _quoted(cell)
        elif label == "response":
            story.response = _quoted(cell)
        elif label == "owner":
            part += 1
            if _given(words):
                story.owners.append(Owner(role=words, name=""))
        elif label == "targets":
            story.targets += _targets(cell, card.place, str(part))
        elif label == "update":
            story.updates.append(_update(words, card.place))
        elif story.updates and label in _ANSWERS and words.casefold() != NOT_ANSWERED:
            story.updates[-1].answers[_ANSWERS[label]] = _quoted(cell)
        elif story.updates and label == "proposes":
            story.updates[-1].answers["proposed_text"] = [words]
        elif story.updates and label == "evidence":
            story.updates[-1].evidence = "\n".join(_quoted(cell))
    return story


def _targets(cell: Cell, place: Place, part: str) -> Iterator[Target]:
    """The lines of an owner's ledger, the original first."""
    for item in cell.items:
        if found := _TARGET.match(item.text):
            text = _given(found["text"])
            days = (
                due_days(text) if read_target(text) else []
            )  # words that hold a day are kept as words, as in the ledger
            yield Target(text, days[0].date if days else None, place, part, found["name"] != "Original")


def _update(words: str, place: Place) -> Update:
    found = _UPDATE.match(words)
    if not found:
        return Update(words, words, place)
    day = read_date(found["day"])
    return Update(found["label"], found["label"], place, dated=day.isoformat() if day else None)
