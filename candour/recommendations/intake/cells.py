"""The cells of a row of a tracker, or of a card, as the story of one recommendation. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from candour.audits.intake.days import due_days, ledger
from candour.audits.intake.owners import owners_of
from candour.audits.intake.posts import over_lines
from candour.kernel.intake.document import Cell, Place, Row
from candour.kernel.intake.lines import Line
from candour.kernel.intake.mapping import Headings
from candour.kernel.intake.printed import blank, is_ditto

from .answered import within_response
from .columns import period_of
from .dated import dated_lines
from .entries import Entry
from .labels import CLOSED_MARK, heading_of, label_of
from .record import Recommendation, recommendation
from .sources import source_of, within_inspection
from .updates import Story, Target, read_story, said_in

_ASKED = {
    "achieved": "What has been achieved?",
    "left": "What is left to complete?",
    "barriers": "Any barriers to completion?",
}
_TO_COME = re.compile(r"\W*(?:tbc|tba|tbd|to be (?:confirmed|agreed|advised|determined))\W*$", re.IGNORECASE)
_YES = re.compile(r"\W*(?:y|yes|✓|x)\W*$|\W*yes\b", re.IGNORECASE)
_PROPOSED = re.compile(
    r"\b(?:propos\w+|recommend\w*|request\w*|ready|submitted|nominated)\b.{0,25}\bclos|"
    r"\bclos\w*\b.{0,15}\b(?:requested|proposed|recommended)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:by|before|no later than)\s+(?:the end of\s+)?(?=\d|[A-Z])", re.IGNORECASE)
_APART = ("owner", "updates", "original_target", "current_target", "response_text")
COLOURS = ("red", "amber", "green", "blue", "yellow", "grey", "purple")


def cells_of(columns: Headings, row: Row) -> dict[str, Cell]:
    """The cells of a row by field; of several updates the last that holds something, of revised dates all of them."""
    found: dict[str, Cell] = {}
    for column, cell in zip(columns.columns, row.cells, strict=False):
        if not column.field or not cell.text:
            continue
        above = found.get(column.field)
        if column.field == "current_target" and above and not blank(above.text):
            found[column.field] = above if blank(cell.text) else replace(above, blocks=(*above.blocks, *cell.blocks))
        elif above is None or column.field in ("updates", "current_target"):
            found[column.field] = cell
    return found


def text_of(cells: dict[str, Cell], name: str) -> str:
    return cells[name].text.strip() if name in cells else ""


def coloured(columns: Headings, row: Row, name: str) -> str:
    """The colour of a cell that is told by colour alone: "Amber"."""
    for column, cell in zip(columns.columns, row.cells, strict=False):
        if column.field == name and not cell.text:
            found = next((mark[5:] for mark in cell.marks if mark.startswith("fill:")), "")
            return found.capitalize() if found in COLOURS else ""
    return ""


def _line(row: Row, words: str) -> Line:
    return Line(words, row.place, cell=1)


def _lines(cells: dict[str, Cell], name: str, row: Row) -> Iterator[Line]:
    for item in cells[name].items if name in cells else ():
        yield Line(item.text, row.place, item.kind, item.number, item.marker, 1)


def entry_lines(columns: Headings, row: Row, cells: dict[str, Cell]) -> list[Line]:
    """The text of a recommendation, or its heading where it has no other."""
    lines = list(_lines(cells, "text", row))
    heading = text_of(cells, "heading")
    return lines or ([_line(row, heading)] if heading else [])


def told_by(cells: dict[str, Cell]) -> bool:
    """Whether a row says how it goes."""
    return any(text_of(cells, name) for name in ("updates", *_ASKED))


def status_of(columns: Headings, row: Row, cells: dict[str, Cell]) -> str:
    """The status as printed; a yes under "Complete?" or "Implemented?" is that word."""
    said = text_of(cells, "status")
    heading = next((one.heading for one in columns.columns if one.field == "status"), "")
    named = re.match(r"\W*(complete|implemented)", heading, re.IGNORECASE)
    return named[1].capitalize() if named and _YES.match(said) else said


def close_mark(columns: Headings, row: Row, cells: dict[str, Cell], status: str) -> bool:
    """Whether a row says that closure is proposed."""
    if CLOSED_MARK.match(status) or _PROPOSED.search(status):
        return True
    heading = next((one.heading.casefold() for one in columns.columns if one.field == "status"), "")
    return "clos" in heading and "open" not in heading and bool(_YES.match(status))


def _period(text: str) -> str:
    """The day of an update without the hour that a system prints beside it; "" for what is no period."""
    days = due_days(text)
    said = days[0].text if len(days) == 1 else text
    label = label_of(f"Update {said}:", in_update=False)
    return said if label and label.kind == "update" and label.period else ""


def _told(columns: Headings, row: Row, cells: dict[str, Cell]) -> list[Line]:
    """What a row says of how it goes: its updates, of the period that the heading names, that the row dates, or that each
    begins with; and its answers to the questions.
    """
    dated = _period(text_of(cells, "updated"))
    lines: list[Line] = []
    for column, cell in zip(columns.columns, row.cells, strict=False):
        if column.field == "updates" and not blank(cell.text):
            period = period_of(column.heading) or dated
            lines += [_line(row, words) for words in dated_lines([item.text for item in cell.items], period)]
    answers = [_line(row, f"{_ASKED[name]} {text_of(cells, name)}") for name in _ASKED if text_of(cells, name)]
    if answers and not any((one := label_of(line.words, in_update=False)) and one.kind == "update" for line in lines):
        lines.append(_line(row, f"Update {dated}:".replace(" :", ":")))
    return lines + answers


@dataclass
class Part:
    """An owner's cell, and the targets beside it as printed: (text, whether it stands in a column of revised ones)."""

    who: str
    targets: list[tuple[str, bool]]
    place: Place


@dataclass
class Held:
    """A recommendation while its table is read: its entry, the lines that tell of it, its owners with their targets."""

    entry: Entry
    cells: dict[str, Cell]
    source: str | None = None
    closed: bool = False
    response: list[str] = field(default_factory=list)
    told: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    apart: bool = False  # its table has columns of its own for who, when and how it goes: its text is but text

    def add(self, columns: Headings, row: Row, cells: dict[str, Cell], *, text: bool = False) -> None:
        """What a row says besides the text: the response, how it goes, who answers by when."""
        self.apart = self.apart or any(column.field in _APART for column in columns.columns)
        if text:
            self.entry.lines += _lines(cells, "text", row)
        who, when = "", ""
        if not blank(text_of(cells, "response_text")):
            said = [item.text for item in cells["response_text"].items]
            if not {"owner", "original_target"} & {column.field for column in columns.columns}:
                said, who, when = within_response(said)
            self.response += said
        self.told += _told(columns, row, cells)
        who = over_lines([item.text for item in cells["owner"].items]) if "owner" in cells else who
        who += f" ; {text_of(cells, 'owner_too')}" if text_of(cells, "owner_too") else ""
        dated = [(name, text_of(cells, name)) for name in ("original_target", "current_target")]
        targets = [(said, name == "current_target") for name, said in dated if _is_said(said)] or [
            (when, False)
        ] * bool(when)
        if not any(column.field in ("original_target", "current_target") for column in columns.columns) and ledger(who):
            targets = [(who, False)]
        if targets or not (blank(who) or is_ditto(who)):
            self.parts.append(Part(who, targets, row.place))

    def owned(self, who: str) -> None:
        """Who answers for it, where its table says so of all that it holds."""
        for part in self.parts:
            part.who = who
        self.parts = self.parts or [Part(who, [], self.entry.place)]

    def named(self, title: str) -> None:
        """What stands over a card: its reference and heading, where the card does not say them itself."""
        found = heading_of(
            re.sub(
                r"^(?:recommendation|rec|action|finding)\s+(?:no\.?\s*)?(?=[A-Z]{0,4}\d)",
                "",
                title,
                flags=re.IGNORECASE,
            )
        )
        number = re.match(
            r"^(?:recommendation|action|rec)\s*(?:no\.?)?\s*(?P<number>[A-Z]{0,4}[-/ ]?\d[\d.]*)\W*$",
            title,
            re.IGNORECASE,
        )
        if number:
            self.entry.reference = self.entry.reference or number["number"].strip(" .")
        elif found:
            self.entry.reference = self.entry.reference or found["reference"].strip()
            self.entry.heading = self.entry.heading or found["title"].strip()
        elif title and not self.entry.heading:
            self.entry.heading = title

    def kind(self, around: str | None) -> str | None:
        """Who made it, by its own cell, its audit, or the heading of its table."""
        own = text_of(self.cells, "source")
        return (within_inspection(own, around) if own else None) or self.source or source_of(self.entry.audit.title)

    def story(self) -> Story:
        entry, place = self.entry, self.entry.place
        story = read_story(self.told if self.apart else [*entry.lines, *self.told])
        if self.apart:
            story.text = [said_in(line) for line in entry.lines]
            story.days += [(one, place) for words in (*story.text, *self.response) for one in due_days(words)]
        story.response += self.response
        story.marked = place if self.closed else story.marked
        self._owners(story)
        return story

    def _owners(self, story: Story) -> None:
        """Each owner with the targets beside them; parts of one recommendation where more than one has targets."""
        several = sum(bool(part.targets) for part in self.parts) > 1
        told, story.targets = story.targets, []  # those that an update tells came after those of the columns
        if self.parts:
            story.owners, story.signed = [], []
        for n, part in enumerate(self.parts, 1):
            story.owners += [one for one in owners_of(part.who) if one not in story.owners]
            for text, revised in part.targets:
                story.days += [(one, part.place) for one in due_days(text)]
                said = _targets(text, part.place, str(n) if several else "", revised=revised)
                story.targets += [one for one in said if not (one.revised and _again(one, story.targets))]
        known = {one.date for one in story.targets if one.date}
        story.targets += [one for one in told if one.date is None or one.date not in known]
        if not story.targets and story.text and (hit := _BY.match(story.text[0])):
            first = due_days(story.text[0][hit.end() : hit.end() + 30])[:1]
            story.targets += [Target(one.text, one.date, self.entry.place) for one in first if one.start == 0]

    def recommendation(self, story: Story, around: str | None) -> Recommendation:
        found = recommendation(self.entry, story)
        place = self.entry.place  # what is checked is every line that its row prints
        self.entry.lines += [*(Line(words, place, cell=1) for words in self.response), *self.told]
        for name in ("finding", "risk", "evidence"):
            if words := text_of(self.cells, name):
                found.record[name] = words
        if ended := due_days(text_of(self.cells, "ended"))[-1:]:
            found.record["ended_on"] = ended[0].date if len(ended[0].date or "") == 10 else None
        if (source := self.kind(around)) and source != "internal audit":
            found.record["source"] = source
        return found


def _again(one: Target, targets: Sequence[Target]) -> bool:
    """Whether a revised date is the one that holds already, as systems print that never leave the column empty."""
    return bool(targets) and (targets[-1].text, targets[-1].part) == (one.text, one.part)


def _is_said(text: str) -> bool:
    """Whether a cell of a target says something; that it is still to be set too."""
    return not is_ditto(text) and (not blank(text) or bool(_TO_COME.match(text)))


def _targets(text: str, place: Place, part: str, *, revised: bool) -> Sequence[Target]:
    found = ledger(text)
    if not found:
        return [Target(text, None, place, part, revised)]
    return [Target(one.text, one.date, place, part, one.revised or revised) for one in found]
