"""The paper as a whole: its sections, cover, legend and prose, and everything that was read from it. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from candour.kernel.intake.document import NOWHERE, Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Headings, Told

from .appearances import Appearance, Section
from .columns import has_header
from .counts import Count, read_counts
from .labels import field_of
from .matrix import Scale, read_scale
from .paper_days import date_of, stands
from .tables import TableReader, Total

_NAMED = re.compile(r"^(appendix|annex|schedule|section|part)\s+([A-Z0-9]{1,3})\b", re.IGNORECASE)
_ROLES = (
    ("matrix", r"matrix|scoring|criteria|methodology"),
    ("redacted", r"redact|restricted|sensitive|exempt"),
    ("closed", r"clos|archiv|downgrad|de-?escalat|retired"),
    ("new", r"\bnew(ly)?\b"),
    ("changed", r"\bchang|movement"),
    ("overview", r"overview|register|summary of risks|all risks|risks? summary|dashboard|profile"),
)
_COVER = (
    r"report of|subject|date|author|meeting|panel|report to|prepared by|version|paper|classification|title|report by|"
)
_COVER += (
    r"register as at|date of meeting|meeting date|committee|board|marking|contact|as at|report title|compared with"
)
_COVER_LABEL = re.compile(rf"^(?:{_COVER})\W*$", re.IGNORECASE)
_BODY = re.compile(r"\b(panel|committee|board|jarap|meeting)\b", re.IGNORECASE)


@dataclass
class Paper:
    """What one register paper prints. `dated` is its own date, `stands` the day its rows stand at; None where not printed."""

    document: Document
    scale: Scale
    counts: list[Count] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    listed: list[Paragraph] = field(default_factory=list)
    cover: list[tuple[str, str, Place]] = field(default_factory=list)
    legend: list[str] = field(default_factory=list)
    prose: list[Paragraph] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    meta_rows: list[Place] = field(default_factory=list)
    headings: list[Row] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    dated: date | None = None
    stands: date | None = None
    date_text: str = ""
    date_place: Place = NOWHERE

    def section_of(self, name: str) -> Section | None:
        """The section whose heading starts with "Appendix B"."""
        return next((one for one in self.sections if one.heading.casefold().startswith(name.casefold())), None)


def read_paper(document: Document, told: Told | None = None) -> Paper:
    """A tidied document, read. Every block ends somewhere: a record's row, meta, prose or set aside."""
    paper = Paper(document, read_scale(document))
    tables = TableReader(told)
    _walk(paper, tables)
    if not tables.appearances and (guessed := _guessed(tables.columns_found)):
        paper = Paper(document, paper.scale)
        found, tables = tables.columns_found, TableReader({**(told or {}), **guessed})
        _walk(paper, tables)
        tables.columns_found = found
    paper.appearances = tables.appearances
    paper.meta_rows += tables.meta
    paper.headings = tables.headings
    known = [one for one in tables.columns_found if not one.ask or any(column.field for column in one.columns)]
    paper.columns, paper.totals = (known if paper.appearances else tables.columns_found), tables.totals
    paper.aside = [*document.set_aside, *paper.aside, *tables.aside]
    bands = [name for name, _low, _high in paper.scale.bands] or ["High", "Medium", "Low"]
    first = next((one.place for one in paper.appearances), None)
    before = [one for one in paper.prose if first is None or _before(one.place, first)]
    paper.counts = read_counts([one for one in before if one.kind != "heading"], bands)
    date_of(paper)
    paper.stands = stands(paper)
    _name_overview(paper)
    return paper


def _guessed(found: Sequence[Headings]) -> Told:
    """Where no headings are known: what the columns hold, for tables that so have a reference and a title."""
    by_content = {one.shape: [column.field or "" for column in one.columns] for one in found}
    return {shape: fields for shape, fields in by_content.items() if {"reference", "title"} <= set(fields)}


def _name_overview(paper: Paper) -> None:
    """Where no section is called an overview, the one with most rows is it, unless its heading says something else."""
    known = {role for role, _pattern in _ROLES} | {"high"}
    rows = [one for one in paper.appearances if one.kind == "row"]
    if not rows or any(one.section.role == "overview" for one in rows):
        return
    section = Counter(one.section for one in rows).most_common(1)[0][0]
    if section.role not in known:
        named = replace(section, role="overview")
        for one in paper.appearances:
            one.section = named if one.section == section else one.section
        paper.sections = [named if one == section else one for one in paper.sections]


def _before(place: Place, other: Place) -> bool:
    return (place.line or place.row) < (other.line or other.row) or not (place.line or other.line)


def _walk(paper: Paper, tables: TableReader) -> None:
    section, nearest, in_legend, seen_table = Section(), Section(), False, False
    shown = not all(map(_hidden, paper.document.tables))
    for n, block in enumerate(paper.document.blocks):
        if isinstance(block, Table):
            in_legend = False
            if _hidden(block) and shown:
                paper.aside += [_on_hidden(row) for row in block.rows if row.width]
            elif _is_cover(block, seen_table):
                paper.cover += [(row.texts[0], " ".join(filter(None, row.texts[1:])), row.place) for row in block.rows]
                paper.meta_rows += [row.place for row in block.rows if row.width]
            elif _is_scale(block, paper.scale):
                paper.meta_rows += [row.place for row in block.rows if row.width]
            else:
                used = section if section.heading else nearest
                seen_table = True
                _know(paper, used)
                before = paper.document.blocks[n - 1] if n else None
                tables.read(block, used, before.text if isinstance(before, Paragraph) else "")
            continue
        paper.prose.append(block)
        if block.kind == "heading":
            in_legend = bool(re.search(r"\blegend\b|^key\b", block.text, re.IGNORECASE)) or in_legend
            if _NAMED.match(block.text):
                in_legend = False
                nearest = section = Section(role_of(block.text), block.text, block.place)
                _list_or_open(paper, n, block, section)
            elif not in_legend and block.text != nearest.heading:  # else it is the head of another page
                nearest = Section(role_of(block.text), block.text, block.place)
        if in_legend and not re.search(r"\blegend\b|^key\b", block.text, re.IGNORECASE):
            paper.legend.append(block.text)


def _is_scale(table: Table, scale: Scale) -> bool:
    """Whether a table prints the scale: its first row does, or all below a row of headings."""
    filled = [row for row in table.rows if row.width]
    return (
        filled[0].place in scale.used or (len(filled) > 2 and all(row.place in scale.used for row in filled[1:]))
        if filled
        else False
    )


def _hidden(table: Table) -> bool:
    """Whether a table stands on a sheet that its workbook hides. Rows that a filter hides are rows like others."""
    return all("hidden" in cell.marks for row in table.rows for cell in row.cells if cell.text)


def _on_hidden(row: Row) -> SetAside:
    return SetAside(row.place, " | ".join(filter(None, row.texts)), "A row of a hidden sheet")


def _list_or_open(paper: Paper, n: int, block: Paragraph, section: Section) -> None:
    """A named heading followed by another is a list of contents; one followed by something else opens the section."""
    after = paper.document.blocks[n + 1] if n + 1 < len(paper.document.blocks) else None
    before = paper.document.blocks[n - 1] if n else None
    names_next = isinstance(after, Paragraph) and bool(_NAMED.match(after.text))
    names_before = isinstance(before, Paragraph) and bool(_NAMED.match(before.text)) and before in paper.listed
    if names_next or (names_before and not isinstance(after, Table)):
        paper.listed.append(block)
    else:
        _know(paper, section)


def _know(paper: Paper, section: Section) -> None:
    if section not in paper.sections:
        paper.sections.append(section)


def role_of(heading: str) -> str:
    """overview, high, new, changed, closed, redacted, matrix; else the heading in small letters."""
    for role, pattern in _ROLES[:5]:
        if re.search(pattern, heading, re.IGNORECASE):
            return role
    if re.search(r"\bhigh(?:est)?\b|\btop\b|\bred\b|\bcritical\b|\bextreme\b", heading, re.IGNORECASE):
        return "high"
    if re.search(_ROLES[5][1], heading, re.IGNORECASE):
        return "overview"
    return " ".join(re.findall(r"\w+", heading.casefold()))


def _is_cover(table: Table, seen_table: bool) -> bool:
    """Label and value rows before any register table, known from papers' covers, none of them a risk's."""
    rows = [row for row in table.rows if row.width]
    if seen_table or not rows or any(row.width > 2 for row in rows) or has_header(table):
        return False
    labels = [row.texts[0] for row in rows]
    risks = {field_of(label) for label in labels} & {"reference", "owner", "score", "impact", "likelihood", "controls"}
    return not risks and sum(bool(_COVER_LABEL.match(label)) for label in labels) * 2 >= len(labels)


def meta_of(paper: Paper) -> dict[str, Any]:
    """Everything about the paper that is no record, plain values only."""
    cover = {label.strip(" :"): text for label, text, _place in paper.cover}
    lower = {label.casefold(): text for label, text in cover.items()}
    known = {place for place in paper.scale.used if not place.row}
    prose = [one for one in paper.prose if one.place not in known]
    summary: dict[str, int] = {}
    said: dict[str, dict[str, str]] = {}
    for count in paper.counts:
        if count.kind not in summary:
            summary[count.kind] = count.number
            said[count.kind] = {"place": str(count.place), "words": count.words, "appendix": count.appendix}
    return {
        "title": lower.get("subject") or lower.get("title") or _title(prose) or _title_above(paper),
        "date": paper.dated.isoformat() if paper.dated else None,
        "as_at": paper.stands.isoformat() if paper.stands else None,
        "date_text": paper.date_text,
        "panel": _panel(paper, lower),
        "cover": cover,
        "matrix": paper.scale.as_meta(),
        "legend": paper.legend,
        "sections": [
            {"role": one.role, "heading": one.heading, "place": str(one.place)} for one in paper.sections if one.heading
        ],
        "headings": [
            {"place": str(row.place), "texts": [text for text in row.texts if text]} for row in paper.headings
        ],
        "summary": summary,
        "summary_said": said,
        "band_lines": [one.text for one in paper.prose if one.place in known],
        "prose": [
            {"place": str(one.place), "text": f"{one.number}. {one.text}" if one.number else one.text} for one in prose
        ],
    }


def _title(prose: list[Paragraph]) -> str:
    titled = [one.text for one in prose[:12] if re.search(r"risk", one.text, re.IGNORECASE) and len(one.text) <= 90]
    return titled[0] if titled else (prose[0].text if prose else "")


def _title_above(paper: Paper) -> str:
    """The title that a sheet prints above its headings."""
    return next((one.text for one in paper.aside if one.place.row and re.search(r"risk", one.text, re.IGNORECASE)), "")


def _panel(paper: Paper, cover: dict[str, str]) -> str:
    """The body that the paper goes to: from the cover, else the lines of the masthead that name one."""
    for label in ("panel", "committee", "board", "meeting", "report to"):
        if cover.get(label):
            return cover[label]
    first = paper.cover[0][2] if paper.cover else None
    head = [one for one in paper.prose[:15] if first is None or _before(one.place, first)]
    for n, one in enumerate(head):
        if _BODY.search(one.text) and len(one.text) <= 80:
            joint = head[n - 1].text if n and re.match(r"joint\b", head[n - 1].text, re.IGNORECASE) else ""
            return f"{joint} {one.text}".strip(" *")
    return ""
