"""The reports that a progress report brings: opinion, counts by priority, and each recommendation with its parts. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.audits.intake.days import Due, due_days, ledger
from candour.audits.intake.owners import Owner, owners_of
from candour.audits.intake.words import ADVISORY, Priority, opinion_word, read_priority
from candour.kernel.intake.document import Place
from candour.kernel.intake.lines import Line
from candour.kernel.intake.printed import read_number

from .labels import (
    AGREED,
    ANCHOR,
    BRIEFLY,
    BY_NAME,
    BY_NUMBER,
    INSIDE,
    KNOWN_BY,
    OPINION,
    RAISED,
    REPEAT,
    part_of,
    title_of,
)

_VALUE = re.compile(r"^(?:\d{1,3}|[-–—]|nil|none)$", re.IGNORECASE)
_BACK = 6  # lines above the opinion in which the title of its report stands


@dataclass
class Recommendation:
    """A recommendation of a report. brief: told in one line among those of the lowest priority."""

    number: str
    priority: str
    priority_text: str
    place: Place
    brief: bool = False
    broken: bool = False
    parts: dict[str, list[str]] = field(default_factory=dict)

    def part(self, name: str) -> str:
        return "\n".join(self.parts.get(name, ())).strip()

    @property
    def owners(self) -> list[Owner]:
        return owners_of(self.part("timescale"))

    @property
    def targets(self) -> list[Due]:
        return ledger(self.part("timescale"))

    def as_json(self) -> dict[str, Any]:
        repeat = REPEAT.search(f"{self.part('response')}\n{self.part('finding')}")
        targets = self.targets
        said = (repeat["what"] or f"{repeat['audit']}, {repeat['when']}, {repeat['ref']}").strip() if repeat else None
        return {
            "reference": self.number, "priority": self.priority, "priority_text": self.priority_text,
            "text": self.part("text"), "finding": self.part("finding"), "risk": self.part("risk"),
            "response_text": self.part("response"), "timescale_text": self.part("timescale"), "owners": self.owners,
            "original_target": targets[0].date if targets else None,
            "current_target": targets[-1].date if targets else None,
            "targets": [{"text": one.text, "date": one.date} for one in targets],
            "register_text": self.part("register"), "status_text": self.part("status"),
            "repeat_of": said, "place": str(self.place),
        }  # fmt: skip


@dataclass
class Report:
    """One report. counts: by priority as its table states them; said: the same from its sentences, with their words."""

    title: str
    year: str | None
    collaboration: bool
    place: Place
    opinion: str | None = None
    opinion_text: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    count_place: Place | None = None
    said: list[tuple[str, int, str, Place]] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    scope: list[str] = field(default_factory=list)
    agreed: str = ""
    reference: str = ""
    issued: str = ""  # the day of the final report, as printed
    lines: list[Line] = field(default_factory=list)

    @property
    def advisory(self) -> bool:
        return bool(ADVISORY.search(self.opinion_text))

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "year": self.year, "opinion": self.opinion, "opinion_text": self.opinion_text,
            "advisory": self.advisory, "collaboration": self.collaboration, "counts": self.counts,
            "priority_names": self.names, "scope": self.scope,
            "recommendations": [one.as_json() for one in self.recommendations], "agreed_text": self.agreed,
            "reference": self.reference, "issued_text": self.issued, "place": str(self.place),
        }  # fmt: skip


def read_reports(lines: Sequence[Line], tables: Collection[Place] = ()) -> tuple[list[Report], set[int]]:
    """Every report, and the numbers of the lines that are in one. A report begins at the heading above its opinion.

    tables: the rows of tables that are known. Neither there nor in a further column does "Opinion" begin a report.
    """
    opinions = [
        n
        for n, line in enumerate(lines)
        if OPINION.match(line.words) and line.place not in tables and (line.cell < 2 or not _lone(line))
    ]
    starts = [_title(lines, n) for n in opinions]
    ends = [*starts[1:], _end(lines, opinions[-1]) if opinions else 0]
    found, used = [], set()
    for start, opinion, end in zip(starts, opinions, ends, strict=True):
        title, year, shared = title_of(lines[start].words)
        report = Report(title, year, shared, lines[start].place)
        found.append(report)
        used |= set(range(start, end))
        for line in lines[start + 1 : opinion]:
            if known := KNOWN_BY.match(line.words):
                report.reference, report.issued = known["reference"] or report.reference, known["day"] or report.issued
        _read(report, lines[opinion:end])
    return found, used


def _lone(line: Line) -> bool:
    """The word alone, as a table of several reports is headed."""
    return line.words.strip(" :").casefold() in {"opinion", "assurance opinion", "audit opinion"}


def _title(lines: Sequence[Line], opinion: int) -> int:
    """The nearest heading above, or the line directly above."""
    for n in range(opinion - 1, max(0, opinion - _BACK) - 1, -1):
        if lines[n].kind == "heading" and len(lines[n].words) <= 120 and not KNOWN_BY.match(lines[n].words):
            return n
    return max(0, opinion - 1)


def _end(lines: Sequence[Line], last: int) -> int:
    """A heading that is called a section or an appendix ends the last report."""
    for n in range(last + 1, len(lines)):
        if lines[n].kind == "heading" and re.match(
            r"(?:section|appendix|annex)\s+\w+\b|statement "
            r"of\b",
            lines[n].words,
            re.IGNORECASE,
        ):
            return n
    return len(lines)


def _read(report: Report, lines: Sequence[Line]) -> None:
    report.lines = list(lines)
    match = OPINION.match(lines[0].words)
    said = match["rest"].strip() if match else ""
    skip = 1
    if not said and len(lines) > 1:
        said, skip = lines[1].words, 2
    report.opinion_text, report.opinion = said, opinion_word(said)
    _Walk(report).over(lines[skip:])


class _Walk:
    """Goes over the lines of a report; knows in which recommendation and under which label it stands."""

    def __init__(self, report: Report) -> None:
        self.report, self.under, self.brief = report, "", False
        self.waiting: Priority | None = None

    def over(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._counts_said(line)
            if not (self._heading(line) or self._count(line) or self._anchor(line) or self._briefly(line)):
                self._words(line)

    @property
    def last(self) -> Recommendation | None:
        return self.report.recommendations[-1] if self.report.recommendations else None

    def _heading(self, line: Line) -> bool:
        """The title of the report again, on a further page."""
        title, _year, _shared = title_of(line.words)
        return line.kind == "heading" and title.casefold() == self.report.title.casefold()

    def _count(self, line: Line) -> bool:
        if self.report.recommendations or self.brief:
            return False
        if self.waiting and _VALUE.match(line.words):
            word = self.waiting.word
            self.report.counts[word] = int(line.words) if line.words.isdigit() else 0
            self.report.names[word] = self.waiting.name
            self.report.count_place = self.report.count_place or line.place
            self.waiting = None
            return True
        self.waiting = read_priority(line.words) if line.opens and not line.words.isdigit() else None
        return self.waiting is not None

    def _anchor(self, line: Line) -> bool:
        found = ANCHOR.match(line.words)
        inside = None if found else INSIDE.search(line.words)
        if found:
            self._begin(found["number"], found["priority"], line.place)
            if found["rest"]:
                self._add("text", found["rest"])
            return True
        known = {one.number for one in self.report.recommendations}
        if inside and len(line.words) > 150 and inside["number"] not in known:
            self._begin(inside["number"], f"Priority {inside['priority']}", line.place)
            self.report.recommendations[-1].broken = True
            self._add("text", f"{line.words[: inside.start()]}{inside['between']} {line.words[inside.end() :]}".strip())
            return True
        return False

    def _begin(self, number: str, said: str, place: Place) -> None:
        read = read_priority(re.sub(r"(?<=[a-z])(?=\d)", " ", said.strip()))
        word = read.word if read else re.sub(r"^priority\s*", "", said, flags=re.IGNORECASE).strip()
        self.report.recommendations.append(Recommendation(number, word, said.strip(), place))
        self.under, self.brief = "text", False

    def _briefly(self, line: Line) -> bool:
        if AGREED.match(line.words):
            self.report.agreed = line.words
            self.brief = False
            for one in self.report.recommendations:
                if one.brief and due_days(line.words):
                    one.parts.setdefault("timescale", []).append(line.words)
            return True
        if BRIEFLY.search(line.words) and RAISED.search(line.words):
            self.brief = True
            return True
        return False

    def _words(self, line: Line) -> None:
        if self.brief:
            last = self.last
            if last is None or not last.brief or line.kind == "item" or line.marker:
                lowest = max(self.report.counts, default="3")
                self.report.recommendations.append(
                    Recommendation(f"H{self._briefs() + 1}", lowest, "", line.place, brief=True)
                )
            self._add("text", line.words)
        elif part := part_of(line.words):
            self.under = part
        elif self.last is None:
            if not self.report.said or line.kind == "item":
                self.report.scope.append(line.words)
        else:
            self._add(self.under, line.words)

    def _briefs(self) -> int:
        return sum(one.brief for one in self.report.recommendations)

    def _add(self, part: str, words: str) -> None:
        self.report.recommendations[-1].parts.setdefault(part, []).append(words)

    def _counts_said(self, line: Line) -> None:
        """The counts of a sentence that says what was raised."""
        if "recommendation" not in line.words.casefold() or not RAISED.search(line.words) or len(line.words) > 900:
            return
        for sentence in re.split(r"(?<=[.;])\s+", line.words):
            if "recommendation" not in sentence.casefold():
                continue
            hits = [(hit["priority"], hit) for hit in BY_NUMBER.finditer(sentence)]
            names = {name.casefold(): word for word, name in self.report.names.items() if name}
            hits += [(names.get(hit["name"].casefold(), ""), hit) for hit in BY_NAME.finditer(sentence)]
            for word, hit in hits:
                number = read_number(hit["number"])
                if word and number is not None:
                    self.report.said.append((word, number, hit[0], line.place))
