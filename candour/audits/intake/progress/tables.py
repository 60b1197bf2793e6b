"""The tables of a progress report: the plans with their stages, the indicators, the scales with their definitions. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.audits.intake.words import read_opinion, read_priority
from candour.kernel.intake.document import Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.lines import lines_of

from .labels import year_of
from .plans import Graded, PlanRow, audits_of, joined

_RATE = re.compile(
    r"(?P<percent>\d{1,3}(?:\.\d+)?|-)\s?%\s*\(\s*(?P<done>\d+)\s*(?:/|of|out of)\s*(?P<of>\d+)\s*\)", re.IGNORECASE
)
_PERCENT = re.compile(r"^(?P<percent>\d{1,3}(?:\.\d+)?)\s?%")
_SENTENCE = 15  # signs of what defines a level
_DEFINED = re.compile(
    r"definition|description|meaning|explanation|criteria|adequacy|effectiveness|what|design|level|interpretation",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"^(?:ytd|year to date|to date|current|latest|this (?:quarter|period)|q(?:tr|uarter)?\s?[1-4]\b.*)$"
)


@dataclass
class Indicator:
    """A performance indicator of the auditor, as printed; done and of where a rate is."""

    number: str
    indicator: str
    criteria: str
    performance: str
    place: Place

    @property
    def rate(self) -> re.Match[str] | None:
        return _RATE.search(self.performance)

    def as_json(self) -> dict[str, Any]:
        rate = self.rate
        alone = rate or _PERCENT.match(self.performance)
        return {
            "number": self.number, "indicator": self.indicator, "criteria": self.criteria, "performance": self.performance,
            "percent": float(alone["percent"]) if alone and alone["percent"] != "-" else None,
            "done": int(rate["done"]) if rate else None, "of": int(rate["of"]) if rate else None, "place": str(self.place),
        }  # fmt: skip


@dataclass
class ScaleFound:
    """A scale of opinions or priorities, with its definitions, of a year."""

    kind: str
    year: str | None
    place: Place
    levels: list[dict[str, str]] = field(default_factory=list)

    @property
    def words(self) -> set[str]:
        return {level["word"].casefold() for level in self.levels}

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "year": self.year, "levels": self.levels, "place": str(self.place)}


@dataclass
class Tables:
    plan: list[PlanRow] = field(default_factory=list)
    collaboration_plan: list[PlanRow] = field(default_factory=list)
    kpis: list[Indicator] = field(default_factory=list)
    scales: list[ScaleFound] = field(default_factory=list)
    graded: list[Graded] = field(default_factory=list)
    counted: list[Graded] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    plan_year: str | None = None
    used: set[Place] = field(default_factory=set)


def read_tables(document: Document, besides: Collection[Place] = ()) -> Tables:
    """Every table that is known by its headings. A scale is of the year that the nearest heading above names.

    besides: the rows of the tables that are read otherwise.
    """
    found = Tables()
    heading, year = "", _only_year(document)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.kind == "heading":
                heading, year = block.text, year_of(block.text) or year
            continue
        if block.rows and block.rows[0].place in besides:
            continue
        if _plan(found, block, heading, year) or _kpis(found, block) or _scale(found, block, year):
            found.used |= {row.place for row in block.rows}
    found.plan = joined(found.plan)
    return found


def _only_year(document: Document) -> str | None:
    """The year of the paper where its first lines name one and no other."""
    first = [line.words for line in lines_of(document)[:15] if line.cell < 2 and len(line.words) <= 120]
    years = {year for text in first if (year := year_of(text))}
    return years.pop() if len(years) == 1 else None


def _cells(row: Row, n: int) -> str:
    return row.texts[n] if n < len(row.cells) else ""


def _plan(found: Tables, table: Table, heading: str, year: str | None) -> bool:
    audits = audits_of(table, heading, year_of(heading) or year)
    if audits is None:
        return False
    (found.collaboration_plan if audits.shared else found.plan).extend(audits.plan)
    found.graded += audits.graded
    found.counted += audits.counted
    found.aside += audits.aside
    if audits.plan:
        found.plan_year = found.plan_year or year_of(heading) or year
    return True


_KPI = (
    (
        "indicator",
        r"(?:key )?(?:performance )?indicators?\b|kpis?\b|(?:key )?(?:performance )?(?:measures?|metrics?)\b|standard$|aspect|"
        r"(?:performance|quality) (?:area|standard)|delivery$|quality$|description of (?:kpi|measure)",
    ),
    ("criteria", r"(?:performance )?(?:criteria|targets?|standard|threshold|benchmark|expected)\b"),
    (
        "performance",
        r"performance$|actual|results?\b|achieved|achievement|outturn|(?:current |latest )?performance to date|current "
        r"performance|performance (?:this|in|for)\b|position|outcome",
    ),
)


def _kpis(found: Tables, table: Table) -> bool:
    for n, row in enumerate(table.rows[:3]):
        texts = [text.casefold() for text in row.texts]
        columns = {name: next((k for k, text in enumerate(texts) if re.match(form, text)), None) for name, form in _KPI}
        parts = [k for k, text in enumerate(texts) if _PARTS.match(text)]
        if columns["performance"] is None and not parts:
            continue
        number = next((k for k, text in enumerate(texts) if re.match(r"(?:no|number|ref)\b", text)), None)
        if columns["indicator"] is None and columns["criteria"] is not None and columns["performance"] is not None:
            columns["indicator"] = _named_first(table, n, {number, *columns.values()})
        if columns["indicator"] is None:
            continue
        for one in table.rows[n + 1 :]:
            if one.width:
                said = {name: _cells(one, k) if k is not None else "" for name, k in columns.items()}
                told = [_cells(one, k) for k in parts if _cells(one, k)]
                said["performance"] = said["performance"] or (told[-1] if told else "")
                found.kpis.append(Indicator(_cells(one, number) if number is not None else "", **said, place=one.place))
        return True
    return False


def _named_first(table: Table, n: int, taken: Collection[int | None]) -> int | None:
    """Beside a target and what was achieved, the first column of words is what was measured, whatever it is called."""
    free = [k for k in range(min(2, table.rows[n].width)) if k not in taken]
    for k in free:
        held = [row.texts[k] for row in table.rows[n + 1 :] if k < len(row.cells) and row.texts[k]]
        if held and sum(len(text.split()) >= 3 for text in held) * 2 >= len(held):
            return k
    return None


def _scale(found: Tables, table: Table, year: str | None) -> bool:
    for n, row in enumerate(table.rows[:4]):
        first = row.texts[0].casefold() if row.texts else ""
        kind = (
            "opinion"
            if re.match(
                r"(?:assurance(?: opinion| level| rating| category)?|"
                r"(?:audit )?opinion(?: level| rating)?|levels? of assurance)s?(?: definitions?| ratings?)?\W*$",
                first,
            )
            else "priority"
            if re.match(
                r"(?:(?:recommendation )?(?:priority|grade|grading|rating|category)(?: level| rating)?)"
                r"(?: definitions?)?\W*$",
                first,
            )
            else ""
        )
        rest = [one.texts[0].casefold() for one in table.rows[n + 1 :] if one.texts and one.texts[0]]
        told = [one.texts[1] for one in table.rows[n + 1 :] if len(one.texts) > 1 and one.texts[1]]
        spoken = 2 in (row.width, row.cells[0].columns if row.cells else 0) and sum(map(len, told)) >= _SENTENCE * len(
            told
        )
        defines = bool(_DEFINED.search(" ".join(row.texts[1:]))) or spoken
        if kind and max(row.width, row.cells[0].columns) >= 2 and told and len(set(rest)) == len(rest) and defines:
            scale = ScaleFound(kind, year, row.place, list(_levels(table.rows[n + 1 :], row, kind)))
            if len(scale.levels) >= 2:
                found.scales.append(scale)
                return True
    return False


def _levels(rows: Sequence[Row], head: Row, kind: str) -> Iterator[dict[str, str]]:
    """A row without a first cell carries on the one above it."""
    level: dict[str, str] = {}
    for row in rows:
        if row.texts and row.texts[0]:
            if level:
                yield level
            level = _level(row.texts[0], kind)
        for n in range(1, row.width):
            name = "_".join(re.findall(r"[a-z]+", _cells(head, n).casefold())) or f"column_{n}"
            if level and _cells(row, n):
                level[name] = f"{level.get(name, '')} {_cells(row, n)}".strip()
    if level:
        yield level


def _level(text: str, kind: str) -> dict[str, str]:
    words = text.strip(" :")
    if kind == "opinion":
        return {"word": read_opinion(words) or words}
    read = read_priority(words)
    return {"word": read.word if read else words, "name": read.name if read else ""}
