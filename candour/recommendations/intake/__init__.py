"""Reads a tracker of recommendations, told as stories in cells or kept as a sheet, into proposed records and findings.

Pure; saves nothing. By rules, never by knowing one paper: a recommendation begins where its priority is said, an update at
its period, an answer at its question. What belongs to no recommendation is told in meta or set aside, never dropped.
"""

import re
from collections.abc import Mapping, Sequence

from candour.kernel.intake.document import Cell, Document, Paragraph, Reading, Row, Table
from candour.kernel.intake.lines import lines_of
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.tidy import tidy

from .cards import heads_of
from .checks import findings_of
from .columns import field_of, header_of
from .entries import anchor_of
from .guessed import guessed
from .labelled import as_cards, cards_of
from .labels import CLOSED_MARK, label_of
from .paper import meta_of, read_paper

KIND = "recommendations"
_AUDITED = re.compile(
    r"^(?:internal|external) audit\b|^audit (?:of|report)\b|^(?:hmicfrs|peel)\b|\baudit\W*$", re.IGNORECASE
)
_NAME = 90  # signs of the longest name of an audit


def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
    """The reading of a raw document. told: the columns that a person mapped, by the shape of the headings."""
    paper = read_paper(tidy(document), told)
    records = [one.record for one in paper.found]
    return Reading(KIND, dict(source or document.source), meta_of(paper), records, paper.aside, findings_of(paper))


def recognises(document: Document) -> float:
    """How much a document looks like a tracker of recommendations: 0 not at all, 1 for sure."""
    cards = sum(heads_of(row) is not None for table in document.tables for row in table.rows)
    if cards:
        return min(1.0, 0.9 + 0.05 * cards)
    lines = lines_of(document)
    if any(re.fullmatch(r"recommendations tracker", line.words, re.IGNORECASE) for line in lines[:12]):
        return 0.9
    anchors = sum(anchor_of(line) is not None for line in lines)
    told = sum(
        bool(CLOSED_MARK.match(line.words))
        or ((label := label_of(line.words, in_update=True)) is not None and label.kind in ("update", "left"))
        for line in lines
    )
    name = document.name.casefold()
    named = 0.1 if "recommendation" in name or "tracker" in name else 0.0
    if anchors and told:
        return min(1.0, 0.6 + named + 0.05 * anchors)
    heads = [table.rows[head].texts for table in document.tables if (head := header_of(table)) is not None]
    heads += [row.texts for table in document.tables for row in _labels(table)]
    if not heads and (cards_found := as_cards(document)):
        heads = [row.texts for table in cards_found.tables for row in _labels(table)]
    if not heads:
        return named + (0.3 if anchors > 2 else 0.0)
    front = f"{_spaced(name)} {' '.join(line.words for line in lines[:12])}"
    if any(_name_audits(table) for table in document.tables):
        front += " audit"
    return min(1.0, _like(heads, front) + named)


def _name_audits(table: Table) -> bool:
    """Whether half of the rows of a tracker name an audit or inspection, where no heading does: "Internal Audit - Fleet"."""
    head = header_of(table)
    rows = [row for row in table.rows[head + 1 :] if row.width] if head is not None else []
    return (
        2 * sum(any(len(text) <= _NAME and _AUDITED.search(text) for text in row.texts) for row in rows)
        >= len(rows)
        > 0
    )


def _spaced(name: str) -> str:
    """The name of a file as words."""
    return re.sub(r"[-_.]+", " ", name)


def _labels(table: Table) -> list[Row]:
    """The labels of the cards of a table, each card's as a row."""
    return [
        Row(tuple(Cell((Paragraph(one.heading),)) for one in columns.columns))
        for columns, _row, _title in cards_of(table)
    ]


def _like(heads: Sequence[Sequence[str]], front: str) -> float:
    """How much headings or labels look like those of a tracker: they name recommendations, and say how these go."""
    words = f"{front} {' '.join(' '.join(texts) for texts in heads)}"
    sure = re.search(r"\brec(?:ommendation)?s?\b|\baudits?\b|\bcauses? of concern\b|\bafis?\b", words, re.IGNORECASE)
    fields = {field_of(text.rstrip(" :?")) or guessed(text) for texts in heads for text in texts}
    if not fields & {
        "text",
        "heading",
        "response_text",
        "finding",
    }:  # a plan of audits has their names, stages and status
        return 0.3
    told = fields & {"updates", "status", "current_target", "left", "achieved"}
    return 0.35 if not sure else 0.75 if told else 0.6
