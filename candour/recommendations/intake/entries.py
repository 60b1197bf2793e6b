"""Where each recommendation of a tracker begins and ends in the stream of its lines, and to which audit it belongs. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from candour.audits.intake.days import month_of
from candour.audits.intake.words import PRIORITY_WORDS, read_opinion, read_priority
from candour.kernel.intake.document import NOWHERE, Place
from candour.kernel.intake.lines import Line
from candour.kernel.intake.printed import is_ditto, words_key

from .labels import ANCHOR, ANCHOR_LABEL, CLOSED_MARK, END, heading_of, label_of

_NAMED = re.compile(r"^(?:appendix|annex|schedule)\s+[A-Z0-9]{1,3}\b", re.IGNORECASE)
_RUN_ON = re.compile(r"^(.{3,70}?\s+|)([A-Za-z]+\s+(?:assurance|opinion))\b(.{0,30})$", re.IGNORECASE)
_BACK = 10  # lines before a heading in which its audit is named
_RAG = re.compile(rf"^(?:{PRIORITY_WORDS})$", re.IGNORECASE)


@dataclass(frozen=True)
class Audit:
    """A report as the tracker names it: title, what stands beside it in brackets, opinion, month."""

    title: str = ""
    note: str = ""
    opinion: str | None = None
    opinion_text: str = ""
    date: str | None = None
    date_text: str = ""
    place: Place = NOWHERE


@dataclass
class Entry:
    """One recommendation: its heading, and its lines from the priority on."""

    audit: Audit
    reference: str
    heading: str
    priority: str
    priority_text: str
    place: Place
    number: str = ""
    status: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """The stream parted: lines before the first recommendation, the recommendations, and what follows the last."""

    before: Sequence[Line]
    entries: Sequence[Entry]
    after: Sequence[Line]


def find_entries(lines: Sequence[Line]) -> Found:
    """Every recommendation of the stream. A line that is in none stands before the first or after the last."""
    hits = [(n, match) for n, line in enumerate(lines) if (match := anchor_of(line))]
    anchors = [n for n, _match in hits]
    if not anchors:
        return Found(lines, (), ())
    flat = _is_flat(lines, anchors)
    audit, starts, entries = Audit(), [], []
    for k, (anchor, match) in enumerate(hits):
        floor = anchors[k - 1] + 1 if k else 0
        top = _heading(lines, anchor, floor)
        begin, named = _audit(lines, anchor if top is None else top, floor, audit)
        audit = named or audit
        if named and not flat:
            audit = _carried_on(lines, begin, anchor, audit)
        starts.append(begin)
        entries.append(_entry(lines, anchor, top, audit, match))
    ends = [*starts[1:], _end(lines, anchors[-1], flat=flat)]
    strays: list[Line] = []
    for entry, anchor, end in zip(entries, anchors, ends, strict=True):
        inside = [line for line in lines[anchor + 1 : end] if flat or line.cell]
        strays += [line for line in lines[anchor + 1 : end] if not (flat or line.cell)]
        entry.lines += inside
    return Found(lines[: starts[0]], entries, [*strays, *lines[ends[-1] :]])


def anchor_of(line: Line) -> re.Match[str] | None:
    """The match of a line that says how grave the recommendation is that follows."""
    found = ANCHOR.match(line.words) or ANCHOR_LABEL.match(line.words)
    plain = found is not None and found["word"].isdigit() and "priority" not in line.words.casefold()
    return None if plain else found


def _is_flat(lines: Sequence[Line], anchors: Sequence[int]) -> bool:
    """Whether the cells of a table were saved as lines, so that only the first line of a cell is known as one."""
    after = [lines[n + 1] for n in anchors if n + 1 < len(lines)]
    return not lines[anchors[0]].cell or sum(line.cell == 0 for line in after) * 2 > len(after)


def _heading(lines: Sequence[Line], anchor: int, floor: int) -> int | None:
    """The nearest line above that begins with a reference and opens a cell or stands directly above."""
    for n in range(anchor - 1, max(floor, anchor - 4) - 1, -1):
        found = heading_of(lines[n].text)
        if found and len(found["title"]) <= 160 and (lines[n].opens or n == anchor - 1 or lines[n].kind == "heading"):
            return n
    return None


def _audit(lines: Sequence[Line], heading: int, floor: int, last: Audit) -> tuple[int, Audit | None]:
    """(where the cells of the recommendation begin, its audit); None where the cell of the audit is empty or repeats."""
    above = range(heading - 1, max(floor, heading - _BACK) - 1, -1)
    opens = [n for n in above if lines[n].opens] or [n for n in above if _names(lines[n:heading])]
    begin, stop = heading, heading
    for n in opens:
        cell = [line for line in lines[n:stop] if not CLOSED_MARK.match(line.words)]
        if len(cell) == 1 and (is_ditto(cell[0].words) or words_key(cell[0].words) == words_key(last.title)):
            return n, None
        if len(cell) == 1 and _RAG.match(cell[0].words):  # the cell of the colour
            begin = stop = n
            continue
        beside = lines[n].place == lines[heading].place and 0 < lines[n].cell < lines[heading].cell
        if cell and (_names(cell) or (beside and len(cell) == 1 and len(cell[0].words) <= 90)):
            return n, _read_audit(cell)
        break
    return begin, None


def _carried_on(lines: Sequence[Line], begin: int, anchor: int, audit: Audit) -> Audit:
    """The audit with what of its cell stands on the next page, below the story's first part: its opinion or its month."""
    column = lines[begin].cell
    for line in lines[anchor + 1 : anchor + 60]:
        if line.cell == column and line.opens and column != lines[anchor].cell:
            opinion = read_opinion(line.words)
            if opinion and not audit.opinion:
                audit = replace(audit, opinion=opinion, opinion_text=line.words)
            elif _is_month(line.words) and not audit.date:
                audit = replace(audit, date=month_of(line.words), date_text=line.words)
            else:
                break
    return audit


def _names(cell: Sequence[Line]) -> bool:
    """A title, and an opinion or a month below it."""
    if not cell or len(cell) > 6 or len(cell[0].words) > 90 or label_of(cell[0].words, in_update=True):
        return False
    below = _parts(cell)[1:]
    return any(read_opinion(words) or _is_month(words) for words in below) and not heading_of(cell[0].text)


def _parts(cell: Sequence[Line]) -> list[str]:
    """The lines of the cell of an audit; title, opinion and month apart where the page ran them together."""
    found: list[str] = []
    for line in cell:
        hit = _RUN_ON.match(line.words)
        found += [part.strip() for part in hit.groups() if part.strip()] if hit else [line.words]
    return found


def _is_month(words: str) -> bool:
    return len(words) <= 30 and month_of(words) is not None


def _read_audit(cell: Sequence[Line]) -> Audit:
    """The last opinion and month below a title are its own; every other line is kept as its note."""
    title, *below = _parts(cell)
    found = Audit(title=title, place=cell[0].place)
    for words in below:
        over = words
        if opinion := read_opinion(words):
            over, found = found.opinion_text, replace(found, opinion=opinion, opinion_text=words)
        elif _is_month(words) and not label_of(words, in_update=True):
            over, found = found.date_text, replace(found, date=month_of(words), date_text=words)
        if over and not is_ditto(over):
            found = replace(found, note=f"{found.note} {over}".strip())
    return found


def _entry(lines: Sequence[Line], anchor: int, top: int | None, audit: Audit, match: re.Match[str]) -> Entry:
    heading = heading_of(lines[top].text) if top is not None else None
    priority = read_priority(match["word"])
    said = match.groupdict().get("rest") or ""
    entry = Entry(
        audit=audit,
        reference=heading["reference"].strip() if heading else "",
        heading=" ".join([heading["title"].strip(), *(line.words for line in lines[(top or 0) + 1 : anchor])])
        if heading
        else "",
        priority=priority.word if priority else match["word"].capitalize(),
        priority_text=lines[anchor].words[: match.start("rest")].strip(" :–-")
        if said
        else lines[anchor].words.strip(" :–-"),
        place=lines[top].place if top is not None else lines[anchor].place,
        number=match.groupdict().get("number") or "",
    )
    if said:
        entry.lines.append(replace(lines[anchor], words=said))
    return entry


def _end(lines: Sequence[Line], last: int, *, flat: bool) -> int:
    """Where the last recommendation ends: at the word End, an appendix, a page of another document, or its table's end."""
    for n in range(last + 1, len(lines)):
        line = lines[n]
        if not flat and not line.cell:
            return n
        if (line.opens or not line.cell) and END.match(line.words):
            return n
        if (
            flat
            and not line.cell
            and (_NAMED.match(line.words) or (line.turns and not label_of(line.words, in_update=True)))
        ):
            return n
        if CLOSED_MARK.match(line.words) and flat and n + 1 < len(lines) and lines[n + 1].turns:
            return n + 1
    return len(lines)
