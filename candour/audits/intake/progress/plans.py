"""The tables of audits in a progress report: plans with their stages, and lists of reports with their opinions. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.audits.intake.days import due_days
from candour.audits.intake.words import ADVISORY, opinion_among, opinion_word
from candour.kernel.intake.document import Place, Row, SetAside, Table
from candour.kernel.intake.printed import blank, words_key

from .heads import ORDER, Head, head_at
from .labels import numbered, title_of
from .steps import steps_said

_SUM = re.compile(r"^(?:grand |overall |sub-?)?totals?\b", re.IGNORECASE)
_START = re.compile(
    r"\bstart(?:s|ing|ed)?\s+(?:on\s+|in\s+)?((?:\d{1,2}\s?(?:st|nd|rd|"
    r"th)?\s+)?[A-Z][a-z]{2,8}(?:\s+\d{2,4})?)"
)
QUARTER = re.compile(
    r"^(?:q(?:tr|uarter)?\s?)?(?P<number>[1-4])$|^q(?:tr|uarter)?\s?(?P<of>[1-4])\W+(?:20)?\d\d\W?(?:20)?\d\d$",
    re.IGNORECASE,
)
UNDER = re.compile(r"^q(?:tr|uarter)?\s?[1-4]\b.{0,30}$", re.IGNORECASE)
_STATE = re.compile(
    r"^(?:complete[d]?|done|yes|in progress|on-?going|under ?way|started|not (?:yet )?started|n/?a|not applicable|issued|"
    r"planned|tbc|[✓✔])$",
    re.IGNORECASE,
)
NOT_AN_AUDIT = "A row of a plan that is no audit: it heads those below it, or adds them up"
_NOT_RAISED = re.compile(
    r"\boutstanding\b|\boverdue\b|\bimplemented\b|\bfollow(?:ed)?[- ]?up\b|\bopen\b|\bclosed\b|\bremaining\b|\bnot due\b",
    re.IGNORECASE,
)


@dataclass
class PlanRow:
    """An audit of a plan: each stage with its day as printed and read, its status, the bodies that share it.

    comments: what is said of it in a column beside its status.
    """

    title: str
    stages: list[tuple[str, str, str | None]]
    status: str
    forces: str
    place: Place
    days: str = ""
    reference: str = ""
    comments: str = ""
    worded: bool = False  # its plan tells of stages in words alone, so no day is lacking
    asked: bool = True  # its table has a column for the status
    year: str | None = None
    table: Head | None = None  # the headings that it stands under, the same of all rows of a table

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "reference": self.reference,
            "stages": [{"stage": name, "text": text, "date": day} for name, text, day in self.stages],
            "status": self.status, "comments": self.comments, "forces": self.forces, "days": self.days,
            "place": str(self.place),
        }  # fmt: skip


@dataclass(frozen=True)
class Graded:
    """A report in a table of them: its opinion, and how many recommendations of each priority."""

    title: str
    year: str | None
    opinion: str | None
    opinion_text: str
    counts: Mapping[str, int]
    place: Place
    reference: str = ""


@dataclass
class Audits:
    """What a table of audits holds. shared: bodies share them. counted: rows that only count what was raised."""

    plan: list[PlanRow] = field(default_factory=list)
    graded: list[Graded] = field(default_factory=list)
    counted: list[Graded] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    shared: bool = False
    under: str = ""  # the quarter or month that heads the rows below it


def audits_of(table: Table, heading: str, year: str | None) -> Audits | None:
    """The audits of a table; None where it is no table of audits. year: the one that a heading above names."""
    for n, row in enumerate(table.rows[:4]):
        head = head_at(table.rows, n)
        if head is None or not (head.plans or head.grades or head.counts_only):
            continue
        if head.counts_only and _NOT_RAISED.search(heading):
            return None
        found = Audits(shared=head.columns["forces"] is not None or "collaborat" in heading.casefold())
        for one in table.rows[n + head.rows :]:
            if one.width and one.texts != row.texts:
                _take(found, one, head, year, wide=row.width > 2)
        if found.plan and not any(day for one in found.plan for _stage, _text, day in one.stages):
            for each in found.plan:
                each.worded = any(_STATE.match(text) for one in found.plan for _stage, text, _day in one.stages)
        return found
    return None


def _take(found: Audits, row: Row, head: Head, year: str | None, *, wide: bool) -> None:
    filled = {text for text in row.texts if text}
    if len(filled) == 1 and (when := UNDER.match(next(iter(filled)))):
        found.under = when[0].strip(" :–-")
    if not _cell(row, head.title) or (wide and len(filled) == 1) or _SUM.match(_cell(row, head.title)):
        found.aside.append(SetAside(row.place, " | ".join(filter(None, row.texts)), NOT_AN_AUDIT))
        return
    if head.plans:
        planned = _plan_row(row, head, year)
        if found.under and not any(day for _stage, _text, day in planned.stages):
            planned.stages = _timed(planned.stages, found.under, year)
        found.plan.append(planned)
    if head.opinions and (graded := _graded(row, head, year)):
        found.graded.append(graded)
    if head.counts_only:
        title, own, _shared = title_of(_cell(row, head.title))
        found.counted.append(Graded(title, own or year, None, "", _figures(row, head), row.place))


def _timed(
    told: Sequence[tuple[str, str, str | None]], under: str, year: str | None
) -> list[tuple[str, str, str | None]]:
    """The steps of an audit that its plan dates by a quarter over its row alone."""
    read = due_days(under if re.search(r"20\d\d|\d\d/\d\d", under) or not year else f"{under} {year}")
    begun = ("fieldwork", under, read[-1].date if read else None)
    return sorted([begun, *(one for one in told if one[0] != "fieldwork")], key=lambda one: ORDER.index(one[0]))


def _cell(row: Row, n: int) -> str:
    return row.texts[n] if n < len(row.cells) else ""


def _plan_row(row: Row, head: Head, year: str | None) -> PlanRow:
    told = list(_stages(row, head, year))
    status = _cell(row, head.status) if head.status is not None else _last_state(row, head)
    comments = " ".join(filter(None, (_cell(row, k) for k in head.said)))
    start = _START.search(f"{status} {comments}") if not any(name == "fieldwork" for name, *_ in told) else None
    if start:  # told beside the status, mostly without a year
        read = due_days(start[1])
        told.append(("fieldwork", start[1].strip(" ,.;"), read[-1].date if read else None))
    told += steps_said(f"{status}. {comments}", {name for name, *_ in told})
    told.sort(key=lambda one: ORDER.index(one[0]))
    own = {name: _cell(row, k) if k is not None else "" for name, k in head.columns.items()}
    title, reference = numbered(_cell(row, head.title))
    own["reference"] = own["reference"] or reference
    asked = head.status is not None
    found = PlanRow(title, told, status, own["forces"], row.place, own["days"], own["reference"], comments)
    found.asked, found.year, found.table = asked, year, head
    return found


def joined(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The rows of a plan; of an audit that two tables hold, as a list of the reports issued does, the one whose table has more
    steps, with what the other adds. What one table holds twice stays twice."""
    kept: dict[tuple[str, str | None], PlanRow] = {}
    for row in sorted(rows, key=lambda one: (not one.asked and not one.stages, -len(one.stages))):
        kept.setdefault((words_key(row.title), row.year), row)
    out = []
    for row in rows:
        known = kept[words_key(row.title), row.year]
        if known is row or known.table is row.table:
            out.append(row)
        else:
            _add(known, row)
    return out


def _add(known: PlanRow, row: PlanRow) -> None:
    told = {name: (text, day) for name, text, day in known.stages}
    told |= {name: (text, day) for name, text, day in row.stages if day and not told.get(name, ("", None))[1]}
    known.stages = [(name, *told[name]) for name in sorted(told, key=ORDER.index)]
    for name in ("status", "days", "reference", "comments"):
        setattr(known, name, getattr(known, name) or getattr(row, name))


def _stages(row: Row, head: Head, year: str | None) -> list[tuple[str, str, str | None]]:
    """Each stage as printed and read; where one column plans a stage and another says when it was reached, both in one."""
    told: dict[str, tuple[str, str | None]] = {}
    for k, name in sorted(head.stages.items(), key=lambda one: one[0] in head.actual):
        text = _cell(row, k)
        quarter = QUARTER.match(text)
        read = due_days(f"Q{quarter['number']} {year}" if year and quarter and quarter["number"] else text)
        day = read[-1].date if read else None
        if name not in told:
            told[name] = (text, day)
        elif k in head.actual and text and not blank(text) and told[name][0] != text:
            planned = told[name][0]
            told[name] = (f"Planned {planned}, reached {text}" if planned else f"Reached {text}", day)
        elif not told[name][0]:
            told[name] = (text, day)
    return [(name, *told[name]) for name in ORDER if name in told]  # in whichever order the columns stand


def _last_state(row: Row, head: Head) -> str:
    """Where no column tells the status: the furthest stage of which the plan says in a word how it stands."""
    said = [(k, _cell(row, k)) for k in sorted(head.stages)]
    worded = [
        (head.labels[k], text) for k, text in said if _STATE.match(text) and not re.match(r"not? |n/?a", text, re.I)
    ]
    return f"{worded[-1][0]} {worded[-1][1].casefold()}" if worded else ""


def _graded(row: Row, head: Head, year: str | None) -> Graded | None:
    """The report of a row that has an opinion, or counts; None where neither is printed yet."""
    texts = {head.labels[k]: _cell(row, k) for k in head.opinions}
    filled = {label: text for label, text in texts.items() if text}
    read = {label: _opinion(text) for label, text in filled.items()}
    advisory = any(ADVISORY.search(text) and not re.match(r"^n/?a$", text.strip(), re.I) for text in filled.values())
    words = {word for word in read.values() if word}
    if not (words or advisory):
        return None
    text = (
        next(iter(filled.values()))
        if len(filled) == 1
        else "; ".join(f"{label}: {said}" for label, said in filled.items())
    )
    opinion = None if advisory or len(words) > 1 else next(iter(words))  # two that differ are no opinion of the whole
    title, own, _shared = title_of(_cell(row, head.title))
    return Graded(
        title, own or year, opinion, text, _figures(row, head), row.place, numbered(_cell(row, head.title))[1]
    )


def _opinion(text: str) -> str | None:
    if ADVISORY.search(text) or blank(text):
        return None
    if among := opinion_among(text)[0]:  # "Final report issued: Limited assurance"
        return among if not ADVISORY.search(among) else None
    return None if due_days(text) or _NOT_YET.search(text) else opinion_word(text)


def _figures(row: Row, head: Head) -> dict[str, int]:
    figures = {word: _cell(row, k) for k, word in head.counts.items()}
    return {word: int(said) if said.isdecimal() else 0 for word, said in figures.items()}


_NOT_YET = re.compile(
    r"\b(?:tbc|tba|pending|awaited|not (?:yet )?(?:issued|applicable)|in progress|draft|due|to follow|planned)\b",
    re.IGNORECASE,
)
