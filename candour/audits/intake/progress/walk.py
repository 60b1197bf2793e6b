"""The lines of one report, gone over: its counts, its recommendations, and under which label each part of them stands. Pure."""

import re
from collections.abc import Mapping, Sequence

from candour.audits.intake.days import due_days
from candour.audits.intake.words import Priority, read_priority
from candour.kernel.intake.document import Place
from candour.kernel.intake.lines import Line
from candour.kernel.intake.printed import read_number
from candour.kernel.intake.wrapped import carries_on, on_one_line

from .found import Recommendation, Report
from .inline import counts_in, labelled
from .labels import AGREED, ANCHOR, BRIEFLY, BY_NAME, BY_NUMBER, INSIDE, RAISED, part_of, title_of
from .recommended import Listed

_VALUE = re.compile(r"^(?:\d{1,3}|[-–—]|nil|none)$", re.IGNORECASE)
_SUM = re.compile(r"^totals?\W*$", re.IGNORECASE)


class Walk:
    """Goes over the lines of a report; knows in which recommendation and under which label it stands."""

    def __init__(self, report: Report, listed: Mapping[Place | None, Listed]) -> None:
        self.report, self.under, self.brief = report, "", False
        self.listed, self.places = listed, {place for one in listed.values() for place in one.places}
        self.waiting: Priority | None = None
        self.heads: list[Priority | None] = []  # priorities that stand in one row, None for their total
        self.heads_row = 0
        self.flat, self.line = (
            False,
            0,
        )  # its parts stand behind their labels, in lines that may be parted; the line read last

    def over(self, lines: Sequence[Line]) -> None:
        self.flat = any(labelled(line.words) for line in lines if not line.cell)
        for line in lines:
            if line.place in self.places:
                held = self.listed[line.place].found if line.place in self.listed and line.opens else []
                self.report.recommendations += [one for _audit, one in held if one not in self.report.recommendations]
                continue
            self._counts_said(line)
            if not (self._heading(line) or self._count(line) or self._anchor(line) or self._briefly(line)):
                self._words(line)
            self.line = line.place.line or 0

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
        if counts := counts_in(line.words):
            self.report.counts, self.report.count_place = counts, self.report.count_place or line.place
            return True
        if self.heads and line.place.row != self.heads_row and _VALUE.match(line.words):
            self.waiting = self.heads.pop(0)  # below a row of priorities stand the counts in their order
            if self.waiting is None:
                return True
        if self.waiting and _VALUE.match(line.words):
            word = self.waiting.word
            self.report.counts[word] = int(line.words) if line.words.isdigit() else 0
            self.report.names[word] = self.waiting.name
            self.report.count_place = self.report.count_place or line.place
            self.waiting = None
            return True
        self.waiting = read_priority(line.words) if line.opens and not line.words.isdigit() else None
        if self.waiting is None and not (self.heads and _SUM.match(line.words)):
            self.heads = []
        elif line.place.row:
            same = bool(self.heads) and line.place.row == self.heads_row
            self.heads, self.heads_row = [*(self.heads if same else []), self.waiting], line.place.row
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
        elif self.flat and self.last is not None and (said := labelled(line.words)):
            self.under = said[0]
            self._add(*said)
        elif self.last is None:
            if not self.report.said or line.kind == "item":
                self.report.scope.append(line.words)
        else:
            self._add(
                self.under, line.words, goes_on=self.flat and bool(self.line) and line.place.line == self.line + 1
            )

    def _briefs(self) -> int:
        return sum(one.brief for one in self.report.recommendations)

    def _add(self, part: str, words: str, *, goes_on: bool = False) -> None:
        """goes_on: it stands directly below the line before, of which it may be the end."""
        held = self.report.recommendations[-1].parts.setdefault(part, [])
        if goes_on and held and carries_on(held[-1], words):
            held[-1] = on_one_line(held[-1], words)
        else:
            held.append(words)

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
