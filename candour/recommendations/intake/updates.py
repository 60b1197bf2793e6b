"""The story of a recommendation read into its parts: text, response, owners, targets, and each dated update with its answers.

Pure. Every line of the story ends in one of the parts; nothing is corrected.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from candour.audits.intake.days import Due, due_days, ledger, month_of
from candour.audits.intake.owners import Owner, owners_of, signed_by
from candour.kernel.intake.document import Place
from candour.kernel.intake.lines import Line

from .labels import CLOSED_MARK, PROMPT, VERDICT, Label, apart, label_of

ANSWERS = ("achieved", "left", "barriers", "proposed_text", "text")
_PART = re.compile(r"^\(?(?P<letter>[a-h])[.)]\s+\S")
_SIGNED_TARGET = re.compile(
    r"^(?P<who>.{5,110}?)\s*[–-]?\s*\btarget(?: date)?\s*[:–-]?\s*(?P<rest>(?:\w+\s+){0,3}\d{2,4})\W*$", re.IGNORECASE
)


@dataclass
class Update:
    """One update: the period it is of, and what stands under each question. history: told of a span, not of a cycle."""

    label: str
    period_text: str
    place: Place
    history: bool = False
    dated: str | None = None  # ISO, where its day is printed
    evidence: str = ""
    answers: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def period(self) -> str | None:
        return month_of(re.sub(r"(?<=[A-Za-z])(?=20\d\d)", " ", self.period_text)) or (self.dated and self.dated[:7])

    def answer(self, name: str) -> str:
        return "\n".join(self.answers.get(name, ())).strip()

    @property
    def proposes(self) -> bool | None:
        """What the last question is answered with: yes, no, or nothing that is either."""
        words = re.sub(r"^\W+", "", self.answer("proposed_text")).casefold()
        if re.match(r"no\b|not\b|remain|leave open|n/a", words):
            return False
        return True if re.match(r"yes\b|propos|now closed|closed", words) else None

    def as_json(self) -> dict[str, Any]:
        said = {"label": self.label, "period": self.period, **{name: self.answer(name) for name in ANSWERS}}
        return said | ({"dated": self.dated, "evidence": self.evidence} if self.dated else {})


@dataclass
class Target:
    """A day set for a recommendation, or words instead of one; the part (a, b) that it is for, where there are parts."""

    text: str
    date: str | None
    place: Place
    part: str = ""
    revised: bool = False


@dataclass
class Story:
    """The parts of one recommendation's story.

    quoted: told field by field, its texts quoted from a register. noted: what such a paper says itself is amiss, in small
    letters.
    """

    text: list[str] = field(default_factory=list)
    response: list[str] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    marked: Place | None = None
    verdict: str = ""
    days: list[tuple[Due, Place]] = field(default_factory=list)
    signed: list[Owner] = field(default_factory=list)
    quoted: bool = False
    noted: str = ""


def read_story(lines: Sequence[Line]) -> Story:
    """The story of an entry's lines."""
    reader = _Reader()
    for line in lines:
        first, *rest = apart(line.words)
        reader.line(replace(line, words=first))
        for words in rest:
            reader.line(Line(words, line.place, cell=line.cell))
    return reader.story


class _Reader:
    """Walks the lines; knows under which label it stands."""

    def __init__(self) -> None:
        self.story = Story()
        self.under, self.part = "text", ""

    def line(self, line: Line) -> None:
        words = said_in(line)
        self.story.days += [(one, line.place) for one in due_days(words)]
        if CLOSED_MARK.match(words):
            self.story.marked = line.place
            return
        if self.story.updates and VERDICT.match(words):
            self.story.verdict = words.strip(" .")
        part = _PART.match(words)
        if part and (self.part or part["letter"] == "a") and part["letter"] != self.part:
            self.part, self.under = part["letter"], "part" if self.story.updates else "text"
        label = label_of(line.words, in_update=bool(self.story.updates))
        if label is None:
            self._words(words, line.place)
        else:
            self._label(label, line.place)

    def _label(self, label: Label, place: Place) -> None:
        if label.kind in ("update", "history"):
            period = label.period if label.kind == "update" else label.label
            self.story.updates.append(Update(label.label, period, place, label.kind == "history"))
            self.under = "text" if label.kind == "update" else "achieved"
            self._words(label.rest, place)
        elif label.kind in ("owner", "target"):
            self._owner_or_target(label, place)
        elif label.kind == "response":
            self.under = "response" if not self.story.updates else self.under
            self._words(label.rest if self.under == "response" else f"{label.label}: {label.rest}", place)
        else:
            if not self.story.updates:
                self.story.updates.append(Update("", "", place))
            words = label.rest if label.kind != "milestones" else f"{label.label} {label.rest}".strip()
            self.under = "left" if label.kind == "milestones" else label.kind
            self._words(PROMPT.sub("", words), place)

    def _owner_or_target(self, label: Label, place: Place) -> None:
        self._add_owners(owners_of(label.rest))
        found = ledger(label.rest)
        if found or label.kind == "target":
            self._add_targets(found, label.rest, place, revised="revised" in label.label.casefold())
        self.under = "response" if not self.story.updates else self.under

    def _add_owners(self, owners: Sequence[Owner]) -> None:
        self.story.owners += [one for one in owners if one not in self.story.owners]

    def _add_targets(self, found: Sequence[Due], words: str, place: Place, *, revised: bool = False) -> None:
        known = {(one.date, one.part) for one in self.story.targets if one.date}
        for one in found:
            if (one.date, self.part) not in known:
                self.story.targets.append(Target(one.text, one.date, place, self.part, one.revised or revised))
        if not found and words.strip():
            self.story.targets.append(Target(words.strip(), None, place, self.part, revised))

    def _words(self, words: str, place: Place) -> None:
        words = PROMPT.sub("", words).strip() if self.under == "proposed_text" else words.strip()
        if not words:
            return
        if self.story.updates and self.under != "part":
            self.story.updates[-1].answers.setdefault(self._answer(), []).append(words)
        elif self.under == "response":
            self.story.response.append(words)
        else:
            self.story.text.append(words)
        self._aside(words, place)

    def _answer(self) -> str:
        return self.under if self.under in ANSWERS else "text"

    def _aside(self, words: str, place: Place) -> None:
        """Owners and targets told at the end of a paragraph: "... - J Bloggs Head of Stores - Target date: March 2024"."""
        sentence = re.split(r"(?<=[a-z]{3}[.!?])\s+", words)[-1]
        found = _SIGNED_TARGET.match(sentence)
        owners = owners_of(found["who"]) if found else []
        if found and any(one["name"] for one in owners):
            self._add_owners(owners)
            self._add_targets(ledger(found["rest"]), "", place, revised=bool(self.story.targets))
        elif inline := re.search(
            r"\brevised (?:target|(?:target |completion |implementation |due )?date)(?: date)?\b.*$",
            words,
            re.IGNORECASE,
        ):
            self._add_targets([replace(one, revised=True) for one in due_days(inline[0])], "", place)
            self._add_owners(signed_by(words))
        elif signed := signed_by(words):
            self.story.signed = signed


def said_in(line: Line) -> str:
    """The words of a line as printed, with its number or bullet."""
    if line.marker in ("row", "li") or (line.marker and line.words.startswith(line.marker)):
        return line.words
    return f"{line.marker} {line.words}" if line.marker and line.kind == "item" else line.text


def answered(updates: Sequence[Update]) -> Iterator[Update]:
    """The updates of a cycle, not the history before them."""
    return (one for one in updates if not one.history)
