"""A tracker as a whole: its recommendations, what it says of itself, and what was set aside. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from candour.audits.intake.days import last_day
from candour.kernel.calendar import read_date
from candour.kernel.intake.document import Document, SetAside
from candour.kernel.intake.lines import Line, lines_of
from candour.kernel.intake.mapping import Headings, Told

from .cards import Cards, read_cards
from .embedded import set_aside
from .entries import Audit, Entry, Found, find_entries
from .labelled import as_cards
from .labels import ANCHOR, HEADING, label_of
from .lists import read_lists
from .record import Recommendation, recommendation, repeats
from .rows import Rows, read_rows, tells_how
from .same import called
from .summary import Exceeded, Summary, read_summary

NO_CARD = "A row among recommendations set out one to a table that has no label known to be a part of one"
_AS_AT = re.compile(r"^(?:register|tracker) as at\W*", re.IGNORECASE)
_SINCE = re.compile(r"^compared with\W*", re.IGNORECASE)
_ON_A_DAY = re.compile(
    r"\b(?:as at|as of|position at|we are at|stands? at|updated(?: on| to| at)?|"
    r"(?:progress|updates?|status) (?:at|to|on)|meeting of|meeting date|date(?: of meeting)?|"
    r"held on)\b[\s:–-]*(?P<day>.{6,30}?)\W*$",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(r"^(?:meeting )?date(?: of meeting)?\W*$|^as at\W*$", re.IGNORECASE)


@dataclass
class Paper:
    """What one tracker prints. period: the month of its newest updates; dated: the day it was written, if it says so.

    as_at: the day that it stands at; since: the day that it is compared with, so that a later update is one of its period.
    """

    document: Document
    found: list[Recommendation] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)
    front: Sequence[Line] = ()
    aside: list[SetAside] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    lines: int = 0
    dated: date | None = None
    as_at: date | None = None
    since: date | None = None

    @property
    def audits(self) -> list[Audit]:
        """The audits of the tracker, in its order."""
        return [*{(one.title, one.date): one for one in (found.entry.audit for found in self.found)}.values()]

    @cached_property
    def _by_reference(self) -> dict[str, list[Recommendation]]:
        by: dict[str, list[Recommendation]] = {}
        for one in self.found:
            by.setdefault(ref_key(one.entry.reference), []).append(one)
        return by

    @property
    def told(self) -> list[Recommendation]:
        """Those that are told in words of the paper's own, so that their wording is held against itself."""
        return [one for one in self.found if not one.story.quoted]

    def leaves_out(self, column: str, field: str) -> bool:
        """Whether no table of the paper has a column for something, and nothing says it of any recommendation."""
        columns = [one.field for table in self.columns for one in table.columns]
        return bool(columns) and column not in columns and not any(one.record[field] for one in self.found)

    @cached_property
    def period(self) -> str | None:
        months = [one.period for found in self.found for one in found.story.updates if one.period and not one.history]
        return max(months, default=None)

    @cached_property
    def cycle(self) -> str | None:
        """The period, where half of those that tell anything tell it of that month: others log each day by itself."""
        told = [found for found in self.found if found.story.updates]
        then = sum(any(one.period == self.period for one in found.story.updates) for found in told)
        return self.period if 2 * then >= len(told) else None

    @cached_property
    def stands(self) -> date | None:
        """The day by which a target has passed: its own, else the first of the month of its newest updates."""
        if self.as_at or self.dated:
            return self.as_at or self.dated
        return date.fromisoformat(f"{self.period}-01") if self.period else None

    def of(self, audit: str, reference: str, month: str | None = None) -> list[Recommendation]:
        """The recommendations with this reference of audits called so (by words in common), in that month if given."""
        same = self._by_reference.get(ref_key(reference), [])
        if any(one.story.quoted for one in same):  # a register's own reference, of which there is one
            return same
        if month:
            same = (
                [one for one in same if one.entry.audit.date in (None, month)]
                if any(one.entry.audit.date for one in same)
                else same
            )
        return [one for one in same if called(audit, one.entry.audit.title)]


def read_paper(document: Document, told: Told | None = None) -> Paper:
    """A tidied document, read. Every line ends in a recommendation, before the first, or set aside."""
    cards = read_cards(document)
    if cards.found:
        return _of_cards(document, cards)
    document, rows = _rows(document, told)
    lines = lines_of(_without(document, rows.used))
    stream = find_entries(lines)
    if rows.found and not any(
        one.heading for one in _stories(stream)
    ):  # words such as "High priority recommendations" over a table of figures
        stream = Found(lines, (), ())
    paper = Paper(document, columns=rows.columns, lines=len(lines))
    paper.found = [*rows.found, *(recommendation(entry) for entry in stream.entries)]
    paper.front = stream.before
    paper.summary = read_summary(stream.before, [one.entry.priority for one in paper.found])
    paper.aside = [*document.set_aside, *rows.aside, *set_aside(stream.after)]
    heads = [Line(words) for words in rows.heads]
    paper.dated = _dated(stream.before) or _dated(heads)
    _link(paper)
    return paper


def _of_cards(document: Document, cards: Cards) -> Paper:
    """A paper that sets its recommendations out as cards; its other tables are about them."""
    summary, listed = read_lists(document, cards.used)
    lines = lines_of(_without(document, cards.used | listed))
    paper = Paper(
        document,
        found=cards.found,
        summary=read_summary(lines, [one.entry.priority_text for one in cards.found]),
        front=lines,
        lines=len(lines),
    )
    paper.summary.closures, paper.summary.has_closures = summary.closures, summary.has_closures
    paper.summary.exceeded, paper.summary.has_exceeded = summary.exceeded, summary.has_exceeded
    paper.aside = [
        *document.set_aside,
        *(SetAside(row.place, " | ".join(filter(None, row.texts)), NO_CARD) for row in cards.strays),
    ]
    paper.dated, paper.as_at, paper.since = _dated(lines), _labelled(lines, _AS_AT), _labelled(lines, _SINCE)
    for one in paper.found:
        ended = one.record.get("ended_on")
        one.record["ended_since"] = bool(ended and paper.since and ended > paper.since.isoformat())
    if paper.as_at and paper.dated and paper.as_at > paper.dated:
        paper.as_at = None
    return paper


def _labelled(lines: Sequence[Line], label: re.Pattern[str]) -> date | None:
    """The day that stands behind a label, or in the cell after it."""
    for n, line in enumerate(lines[:60]):
        words = label.sub("", line.words)
        said = words or (lines[n + 1].words if n + 1 < len(lines) else "")
        if words != line.words and (day := read_date(said)):
            return day
    return None


def _rows(document: Document, told: Told | None) -> tuple[Document, Rows]:
    """(the document, its sheets and cards): the document with its lines of label and value as cards, where it tells it so."""
    lines = lines_of(document)
    rows = read_rows(document, told)
    if not rows.found and not any(ANCHOR.match(line.words) for line in lines) and (cards := as_cards(document)):
        return cards, read_rows(cards, told)
    stories = [one for one in _stories(find_entries(lines)) if one.heading] if rows.found else []
    if stories and len(stories) >= sum(tells_how(one) for one in rows.found):  # its sheets are lists of what it tells
        rows = Rows()
    return document, rows


def _stories(stream: Found) -> list[Entry]:
    """The entries of a stream that say more than how grave they are: a response, an owner, a target, an update."""
    return [one for one in stream.entries if any(label_of(line.words, in_update=True) for line in one.lines)]


def _without(document: Document, used: set[Any]) -> Document:
    if not used:
        return document
    blocks = tuple(
        block
        for block in document.blocks
        if not (hasattr(block, "rows") and any(row.place in used for row in block.rows))
    )
    return replace(document, blocks=blocks)


def _dated(lines: Sequence[Line]) -> date | None:
    for n, line in enumerate(lines[:60]):
        words = re.sub(r"^(?:meeting )?date(?: of meeting)?\W+|^as at\W+", "", line.words, flags=re.IGNORECASE)
        labelled = words != line.words or (n > 0 and _DATE_LABEL.match(lines[n - 1].words))
        if (labelled or len(line.words) <= 30) and (day := read_date(words)):
            return day
        if (said := _ON_A_DAY.search(line.words)) and len(line.words) <= 120 and (day := read_date(said["day"])):
            return day
    return None


def ref_key(reference: str) -> str:
    """What two printings of one reference share: "4.2." and "4.2"."""
    return re.sub(r"[^a-z0-9.]", "", reference.casefold()).strip(".")


def _link(paper: Paper) -> None:
    """What the table of exceeded targets and references to other recommendations add to the records."""
    for late in paper.summary.exceeded:
        for one in matches(paper, late):
            record = one.record
            known = [target["date"] for target in record["targets"] if target["date"]]
            if late.original and late.original not in known:
                record["targets"] = [{"text": late.original_text, "date": late.original}, *record["targets"]]
            if late.original:
                record["original_target"], record["original_target_text"] = late.original, late.original_text
            if not one.story.targets and late.current_text:
                record["targets"].append({"text": late.current_text, "date": late.current})
                record["current_target"], record["current_target_text"] = late.current, late.current_text
    for one in paper.found:
        if repeats(one):
            earlier = [other for other in paper.found if _same_point(one, other)]
            one.record["repeat_of"] = (
                earlier[0].key if earlier else "an earlier recommendation that this paper does not hold"
            )


def matches(paper: Paper, late: Exceeded) -> list[Recommendation]:
    """The recommendations of the body that a row of the table of exceeded targets is about."""
    return paper.of(late.audit, late.reference, late.audit_date)


def _same_point(one: Recommendation, other: Recommendation) -> bool:
    """An earlier recommendation that this one names by its reference and heading."""
    if other is one or not other.entry.audit.date or (one.entry.audit.date or "9") <= other.entry.audit.date:
        return False
    said = [line.words for line in one.entry.lines]
    named = any(
        (found := HEADING.search(re.sub(r"^.*?\bsee\s+", "", words)))
        and ref_key(found["reference"]) == ref_key(other.entry.reference)
        for words in said
    )
    return named or (
        called(one.entry.heading, other.entry.heading)
        and ref_key(one.entry.reference) == ref_key(other.entry.reference)
    )


def meta_of(paper: Paper) -> dict[str, Any]:
    """Everything about the paper that is no recommendation, plain values only."""
    priorities = Counter(one.record["priority"] for one in paper.found)
    return {
        "title": next((line.words for line in paper.front if len(line.words) > 3), ""),
        "date": paper.dated.isoformat() if paper.dated else None,
        "as_at": paper.as_at.isoformat()
        if paper.as_at
        else (last_day(paper.period) or paper.dated or date.min).isoformat()
        if not paper.dated and paper.period
        else None,
        "period": paper.period,
        "summary": paper.summary.as_json(),
        "read": {
            "recommendations": len(paper.found),
            "proposed_closed": sum(one.record["proposed_closed"] for one in paper.found),
            "by_priority": dict(sorted(priorities.items())),
            "audits": len(paper.audits),
        },
        "audits": [
            {"audit": one.title, "note": one.note, "opinion": one.opinion, "date": one.date, "place": str(one.place)}
            for one in paper.audits
        ],
        "front": [line.text for line in paper.front],
        "columns": [one.as_json() for one in {one.shape: one for one in reversed(paper.columns)}.values()][::-1],
    }
