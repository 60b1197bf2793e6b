"""Reads a risk register, from a paper or a sheet, into proposed records and findings. Pure; saves nothing.

By rules, never by knowing one paper: columns by what they are called and hold, levels and bands from the paper's own
scale, sections from its own headings.
"""

from collections.abc import Mapping
from itertools import zip_longest

from candour.kernel.intake.document import Document, Paragraph, Reading, Row
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.tidy import tidy

from .card_rows import is_card, labels_of, lifted
from .checks import findings_of
from .columns import is_header, is_subheader
from .joined import fill, join
from .labels import field_of, qualifier_of
from .lines_told import as_cards, spills_over
from .paper import Paper, meta_of, read_paper
from .scored import rated_levels
from .usual_words import assume_words

KIND = "risk-register"
_SURE = 0.5  # from here on a paper is taken for a register
_RISK_FIELDS = {
    "impact",
    "likelihood",
    "score",
    "previous_score",
    "direction",
    "inherent_score",
    "target_score",
    "controls",
}


def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
    """The reading of a raw document. told: the columns that a person mapped, by the shape of the headings.

    meta["columns"]: each row of headings, what its columns were read as, how surely, and whether a person should look.
    meta["rows"]: printed = records + meta + set_aside + joined (to the row above, by a page break); nothing is dropped.
    """
    tidied = tidy(document)
    paper = read_paper(tidied, told)
    nameless = _nameless(paper)
    if (not paper.appearances or nameless or spills_over(tidied)) and (
        cards := as_cards(lifted(tidied) or tidied) or lifted(tidied)
    ):
        again = read_paper(cards, told)
        if again.appearances and (not nameless or _nameless(again) < nameless):
            document, tidied, paper = cards, cards, again
    assume_words(paper.scale, rated_levels(paper.appearances))
    risks = join(paper.appearances)
    for risk in risks:
        fill(risk, paper.scale, paper.dated)
    meta = meta_of(paper)
    meta["columns"] = [one.as_json() for one in {one.shape: one for one in reversed(paper.columns)}.values()][::-1]
    printed, aside = _rows(document), len([one for one in tidied.set_aside if one.place.row])
    meta["rows"] = {
        "printed": printed,
        "joined": printed - _rows(tidied) - aside,
        "records": sum(len(one.rows) for one in paper.appearances),
        "meta": len(paper.meta_rows),
        "set_aside": len([one for one in paper.aside if one.place.row]),
    }
    findings = findings_of(paper, risks)
    records = [risk.record for risk in risks]
    return Reading(KIND, dict(source or document.source), meta, records, paper.aside, findings)


def _nameless(paper: Paper) -> int:
    """How many printings of risks have neither reference nor title: cards whose heading stands above several tables."""
    return sum(one.kind == "detail" and not (one.reference or one.text("title")) for one in paper.appearances)


def _rows(document: Document) -> int:
    return sum(bool(row.width) for table in document.tables for row in table.rows)


def recognises(document: Document) -> float:
    """How much a document looks like a risk register: 0 not at all, 1 for sure."""
    words = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))[:4000].casefold()
    name = document.name.casefold()
    sure = 0.3 if "risk register" in words else (0.1 if "risk" in words else 0.0)
    sure += 0.1 if "risk" in name else 0.0
    best = 0.0
    for table in document.tables:
        for row, below in zip_longest(table.rows[:200], table.rows[1:200]):
            if is_header(row):
                texts = [*row.texts, *(below.texts if below and is_subheader(below, row) else ())]
                fields = {field_of(text) for text in texts if text}
                fields |= {
                    f"{prefix}score" for text in row.texts if text and (prefix := qualifier_of(text)) is not None
                }
                strong = len(fields & _RISK_FIELDS)
                named = 0.3 if strong and _names_risks(row) else 0.0
                best = max(best, 0.2 * strong + (0.2 if {"reference", "owner"} & fields else 0.0) + named)
        labels = {field_of(row.texts[0]) for row in table.rows[:40] if row.width == 2}
        if is_card(table):
            labels |= {name for row in table.rows[:40] for name in labels_of(row)}
            sure = max(sure, 0.2)
        best = max(best, 0.15 * len(labels & (_RISK_FIELDS | {"reference", "owner", "title"})))
    if best < _SURE and (as_cards(document) or lifted(document)):
        best = _SURE
    return round(min(1.0, sure + best), 2) if best else min(sure, 0.3)


def _names_risks(row: Row) -> bool:
    """Whether headings call what the rows are about a risk, and nothing a recommendation."""
    titles = {"title", "summary", "source", "effect", "reference", "owner", "category"}
    risks = any("risk" in text.casefold() and field_of(text) in titles for text in row.texts)
    return risks and not any("recommendation" in text.casefold() for text in row.texts)
