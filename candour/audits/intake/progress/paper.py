"""An auditor's progress report as a whole. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.audits.intake.words import ADVISORY, opinion_word
from candour.kernel.calendar import read_date
from candour.kernel.intake.document import Document, Place, SetAside
from candour.kernel.intake.lines import Line, lines_of

from .found import Report
from .labels import ISSUED, LISTED, auditor_of, title_of, year_of
from .recommended import recommended
from .reports import read_reports
from .tables import Tables, read_tables

_APPENDIX = re.compile(r"^(?:appendix|annex)\s+(?P<number>[A-Z\d]{1,2})\s*[:–-]\s*(?P<title>.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Issued:
    """A report in the list of those issued since the last meeting."""

    title: str
    year: str | None
    opinion: str | None
    opinion_text: str
    collaboration: bool
    place: Place

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "year": self.year, "opinion": self.opinion, "opinion_text": self.opinion_text,
            "collaboration": self.collaboration, "place": str(self.place),
        }  # fmt: skip


@dataclass
class Paper:
    """What one progress report prints."""

    document: Document
    lines: Sequence[Line] = ()
    reports: list[Report] = field(default_factory=list)
    tables: Tables = field(default_factory=Tables)
    issued: list[Issued] = field(default_factory=list)
    appendices: list[tuple[str, str, Place]] = field(default_factory=list)
    contents: list[tuple[str, str, Place]] = field(default_factory=list)
    front: list[Line] = field(default_factory=list)
    dated: date | None = None
    aside: list[SetAside] = field(default_factory=list)


def read_paper(document: Document) -> Paper:
    """A tidied document, read. Every line is in a report, in a table, in the front, or set aside."""
    listed = recommended(document)
    places = {place for one in listed for place in one.places}
    paper = Paper(document, lines=lines_of(document), tables=read_tables(document, places))
    paper.reports, used = read_reports(
        paper.lines, paper.tables.used, listed, paper.tables.graded, paper.tables.counted
    )
    rest = [(n, line) for n, line in enumerate(paper.lines) if n not in used and line.place not in paper.tables.used]
    last = max((n for n in used if paper.lines[n].place not in places), default=len(paper.lines))
    paper.front = [line for n, line in rest if n < last]
    behind = [line for n, line in rest if n > last]
    paper.aside = [*document.set_aside, *paper.tables.aside]
    if behind:
        words = "\n".join(line.text for line in behind)
        paper.aside.append(
            SetAside(behind[0].place, words, f"It stands behind the last report: “{behind[0].words[:80]}”")
        )
    _front(paper)
    return paper


def _front(paper: Paper) -> None:
    year: str | None = None
    shared = listing = False
    under = ""
    for line in paper.front:
        if line.kind == "heading":
            under = line.words.casefold()
        if ISSUED.search(line.words):
            listing, year, shared = True, year_of(line.words), "collaborat" in line.words.casefold()
            continue
        found = LISTED.match(line.words) if listing else None
        if found:
            title, own, mark = title_of(found["title"])
            advisory = bool(ADVISORY.search(found["opinion"]))
            opinion = None if advisory else opinion_word(found["opinion"])
            paper.issued.append(
                Issued(title, own or year, opinion, found["opinion"].strip(), shared or mark, line.place)
            )
            continue
        listing = False
        if named := _APPENDIX.match(line.words):
            if line.kind == "heading":
                paper.appendices.append((named["number"], named["title"].strip(" *"), line.place))
        elif "appendi" in under and (entry := re.match(r"^(\d{1,2})[.)]?\s+(.{4,80})$", line.text)):
            paper.contents.append((entry[1], entry[2], line.place))
        if paper.dated is None and len(line.words) <= 40:
            paper.dated = read_date(re.sub(r"^(?:date|meeting date|as at)\W+", "", line.words, flags=re.IGNORECASE))


def record_of(paper: Paper) -> dict[str, Any]:
    """The one record: reports, both plans, indicators, scales."""
    return {
        "key": "Progress report",
        "reference": "Progress report",
        "title": f"Progress report, {paper.tables.plan_year}" if paper.tables.plan_year else "Progress report",
        "auditor": auditor_of([line.words for line in paper.lines]),
        "year": paper.tables.plan_year,
        "reports": [one.as_json() for one in paper.reports],
        "plan": [one.as_json() for one in paper.tables.plan],
        "collaboration_plan": [one.as_json() for one in paper.tables.collaboration_plan],
        "kpis": [one.as_json() for one in paper.tables.kpis],
        "scales": [one.as_json() for one in paper.tables.scales],
    }


def meta_of(paper: Paper) -> dict[str, Any]:
    """Everything else, plain values only."""
    return {
        "title": next((line.words for line in paper.front if len(line.words) > 3), ""),
        "date": paper.dated.isoformat() if paper.dated else None,
        "plan_year": paper.tables.plan_year,
        "issued": [one.as_json() for one in paper.issued],
        "appendices": [
            {"number": number, "title": title, "place": str(place)} for number, title, place in paper.appendices
        ],
        "contents": [
            {"number": number, "title": title, "place": str(place)} for number, title, place in paper.contents
        ],
        "front": [line.text for line in paper.front],
        "read": {
            "reports": len(paper.reports),
            "recommendations": sum(len(one.recommendations) for one in paper.reports),
            "in_full": sum(not rec.brief for one in paper.reports for rec in one.recommendations),
            "plan": len(paper.tables.plan),
            "collaboration_plan": len(paper.tables.collaboration_plan),
        },
    }
