"""The scale that a paper itself prints: level tables, the scoring grid, and lines such as "8 - 16 High". Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.kernel.intake.document import Document, Paragraph, Place, Row, Table
from candour.kernel.intake.printed import words_key

from .columns import has_header
from .grid import Grid, axis_of, read_grid
from .levels_across import levels_across
from .scale_told import bands_in_columns, bands_told, levels_told
from .values import read_level

AXES = ("impact", "likelihood")
_NAME = r"([A-Za-z][A-Za-z/ -]{0,30}?)"
_RANGE_FIRST = re.compile(rf"^(\d{{1,3}})\s*(?:-|–|—|to)\s*(\d{{1,3}})\s*[:=–-]?\s*\(?{_NAME}\)?$")
_NAME_FIRST = re.compile(rf"^{_NAME}\s*[:=(–-]*\s*(\d{{1,3}})\s*(?:-|–|—|to)\s*(\d{{1,3}})\)?$")
_OPEN_FIRST = re.compile(rf"^(\d{{1,3}})\s*(?:\+|and above|or more|and over|or above)\s*[:=–-]?\s*\(?{_NAME}\)?$")
_OPEN_LAST = re.compile(rf"^{_NAME}\s*[:=(–-]*\s*(\d{{1,3}})\s*(?:\+|and above|or more|and over|or above)\)?$")
_SCALE = re.compile(r"scale of\s+1\s*(?:-|–|—|to)\s*(\d{1,2})", re.IGNORECASE)
_SQUARE = re.compile(r"\b(\d)\s*(?:x|×|by)\s*(\d)\s+(?:risk\s+)?(?:scoring\s+)?(?:matrix|scale|grid)", re.IGNORECASE)
_SCORING = re.compile(r"\b(?:scor|scale|level|rat|impact|likelihood)", re.IGNORECASE)
_LETTERS = {"h": "high", "m": "medium", "med": "medium", "l": "low", "vh": "very high", "vl": "very low"}


def spelled(text: str) -> str:
    """What two printings of a level share: H is high."""
    key = words_key(text)
    return _LETTERS.get(key, key)


@dataclass
class Scale:
    """The paper's scale: per axis value -> word, descriptions; bands as (name, low, high); the grid's cells."""

    words: dict[str, dict[int, str]] = field(default_factory=lambda: {axis: {} for axis in AXES})
    descriptions: dict[str, dict[int, dict[str, str]]] = field(default_factory=lambda: {axis: {} for axis in AXES})
    bands: list[tuple[str, int, int]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    size: int = 0
    assumed: bool = False
    first: str = ""  # which factor the paper names first where it says how it multiplies
    used: set[Place] = field(default_factory=set)

    def value(self, axis: str, text: str) -> int | None:
        """The number of a level as printed: by its own number, else by its word on this scale."""
        word, number = read_level(text)
        if number is not None:
            return number
        key = spelled(word or text)  # a level may be called nil or none, which elsewhere means that nothing is printed
        return next((value for value, name in self.words[axis].items() if key and spelled(name) == key), None)

    def word(self, axis: str, value: int) -> str:
        return self.words[axis].get(value, str(value))

    def band(self, score: int | None) -> str:
        """The band's name, "" where the paper prints none for this score."""
        return next((name for name, low, high in self.bands if score is not None and low <= score <= high), "")

    @property
    def top_band(self) -> str:
        return max(self.bands, key=lambda band: band[2])[0] if self.bands else ""

    def as_meta(self) -> dict[str, Any]:
        levels = {
            axis: [
                {"value": value, "word": word, "descriptions": self.descriptions[axis].get(value, {})}
                for value, word in sorted(self.words[axis].items())
            ]
            for axis in AXES
        }
        return {
            "size": self.size or None,
            "levels": levels,
            "labels": {axis: {str(v): word for v, word in sorted(self.words[axis].items())} for axis in AXES},
            "bands": [{"name": name, "low": low, "high": high} for name, low, high in self.bands],
            "cells": self.cells,
            "assumed": self.assumed,
            "places": {name: str(place) for name, place in self.places.items()},
        }


def read_scale(document: Document) -> Scale:
    """The scale as the paper prints it; empty where it prints none. `used` holds the places of what was read."""
    scale = Scale()
    heading = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            heading = block.text if block.kind == "heading" else heading
            _stated_size(block, scale)
            continue
        if has_header(block):
            continue
        grid = read_grid(block)
        if grid:
            _take_grid(grid, block, scale)
        elif bands := bands_in_columns([row.texts for row in block.rows]):
            _told(scale, bands, block.place, [row.place for row in block.rows])
        elif not _take_both(block, scale) and not _take_levels(block, heading, scale):
            _take_bands([(row, " ".join(filter(None, row.texts))) for row in block.rows], scale)
    _take_bands([(block, block.text) for block in document.paragraphs], scale)
    _take_sentences(document, scale)
    if not scale.bands:
        _bands_of_grid(scale)
    scale.size = scale.size or max((value for axis in AXES for value in scale.words[axis]), default=0)
    return scale


def _told(scale: Scale, bands: Sequence[tuple[str, int, int]], place: Place, used: Iterable[Place] = ()) -> None:
    if not scale.bands:
        scale.bands = sorted(bands, key=lambda band: -band[2])
        scale.places.setdefault("bands", place)
        scale.used.update(used)


def _take_sentences(document: Document, scale: Scale) -> None:
    """Bands and levels that a sentence tells, where no table and no lines do."""
    for block in document.paragraphs:
        for sentence in re.split(r"(?<=[.;])\s+", block.text):
            if bands := bands_told(sentence, scale.size):
                _told(scale, bands, block.place)
            if not _SCORING.search(sentence):
                continue
            named = axis_of(sentence)
            for axis in (named,) if named else AXES:
                scale.words[axis] = scale.words[axis] or levels_told(sentence)


Level = tuple[int, str, int]  # value, word, first column of descriptions


_ORDER = re.compile(
    r"\b(impact|severity|consequence|likelihood|probability)\s+(?:score\s+)?(?:x|×|multiplied by|times)\s+(?:the\s+)?"
    r"(?:impact|severity|consequence|likelihood|probability)\b",
    re.IGNORECASE,
)


def _stated_size(block: Paragraph, scale: Scale) -> None:
    order = _ORDER.search(block.text)
    if order and not scale.first:
        scale.first = "likelihood" if order[1].casefold() in ("likelihood", "probability") else "impact"
    found = _SCALE.search(block.text) or _SQUARE.search(block.text)
    if found and not scale.size:
        scale.size = int(found[1])
        scale.places.setdefault("size", block.place)


def _take_grid(grid: Grid, table: Table, scale: Scale) -> None:
    for axis, words in grid.words.items():
        for value, word in words.items():
            scale.words[axis].setdefault(value, word)
    scale.cells.extend(grid.cells)
    scale.size = scale.size or max(max(cell["impact"], cell["likelihood"]) for cell in grid.cells)
    scale.places.setdefault("grid", table.place)
    scale.used.update(row.place for row in table.rows)


def _take_both(table: Table, scale: Scale) -> bool:
    """Levels of both axes beside each other in one table."""
    found = levels_across(table)
    for axis, words in found.items():
        scale.words[axis] |= words
        scale.places.setdefault(axis, table.place)
    if found:
        scale.used.update(row.place for row in table.rows)
    return bool(found)


def _take_levels(table: Table, heading: str, scale: Scale) -> bool:
    """Levels of one axis, or of both one below the other: consecutive numbers, each with a word.

    What stands above a run of them, or the heading above the table, says which axis it is.
    """
    runs: list[tuple[list[Row], list[tuple[Row, Level]]]] = [([], [])]
    for row in table.rows:
        if level := _level_row(row):
            runs[-1][1].append((row, level))
        elif row.width:
            if runs[-1][1]:
                runs.append(([], []))
            runs[-1][0].append(row)
    places = [table.place, *(above[-1].place for above, _found in runs[1:])]
    taken = [_take_run(*run, heading, scale, place) for run, place in zip(runs, places, strict=True) if run[1]]
    if any(taken):
        scale.used.update(row.place for row in table.rows)
    return any(taken)


def _take_run(
    above: Sequence[Row], found: Sequence[tuple[Row, Level]], heading: str, scale: Scale, place: Place
) -> bool:
    """Take one run of levels; False where its numbers do not run on from one, or nothing says which axis it is."""
    values = sorted(value for _row, (value, _word, _start) in found)
    if len(values) < 3 or values != list(range(values[0], values[0] + len(values))) or values[0] > 1:
        return False
    words = [text for row in above for text in row.texts]
    axis = axis_of(" ".join(words[:40])) or axis_of(heading)
    if not axis:
        return False
    header = above[-1].texts if above else ()
    for row, (value, word, start) in found:
        scale.words[axis][value] = word
        named = {(header[n] if n < len(header) else "") or "description": row.texts[n] for n in range(start, row.width)}
        scale.descriptions[axis][value] = {name: text for name, text in named.items() if text}
    scale.places.setdefault(axis, place)
    return True


def _level_row(row: Row) -> Level | None:
    """(value, word, first column of descriptions) of a row of a level table."""
    texts = row.texts
    if len(texts) < 2:
        return None
    if re.fullmatch(r"\d{1,2}", texts[0]) and re.match(r"[^\W\d]", texts[1]) and len(texts[1]) <= 40:
        return int(texts[0]), texts[1], 2
    if re.fullmatch(r"\d{1,2}", texts[1]) and re.match(r"[^\W\d]", texts[0]) and len(texts[0]) <= 40:
        return int(texts[1]), texts[0], 2
    word, number = read_level(texts[0])
    return (number, word, 1) if number is not None and word and len(word) <= 40 else None


def _take_bands(lines: Sequence[tuple[Paragraph | Row, str]], scale: Scale) -> None:
    """Two or more lines next to each other that each give a band its scores."""
    if scale.bands:
        return
    run: list[tuple[Paragraph | Row, tuple[str, int, int]]] = []
    for line, text in [*lines, (Paragraph(""), "")]:
        band = _band(text, scale.size)
        if band:
            run.append((line, band))
        elif len(run) >= 2:
            break
        else:
            run = []
    if len(run) >= 2:
        scale.bands = sorted((band for _line, band in run), key=lambda band: -band[2])
        scale.places.setdefault("bands", run[0][0].place)
        scale.used.update(line.place for line, _band in run)


def _band(text: str, size: int) -> tuple[str, int, int] | None:
    text = text.strip()
    if len(text) > 60:
        return None
    if found := _RANGE_FIRST.match(text):
        low, high, name = int(found[1]), int(found[2]), found[3]
    elif found := _NAME_FIRST.match(text):
        low, high, name = int(found[2]), int(found[3]), found[1]
    elif found := _OPEN_FIRST.match(text):
        low, high, name = int(found[1]), (size or 10) ** 2, found[2]
    elif found := _OPEN_LAST.match(text):
        low, high, name = int(found[2]), (size or 10) ** 2, found[1]
    else:
        return None
    return (name.strip(), min(low, high), max(low, high)) if max(low, high) <= 100 else None


def _bands_of_grid(scale: Scale) -> None:
    scores: dict[str, list[int]] = {}
    for cell in scale.cells:
        if cell["band"]:
            scores.setdefault(cell["band"], []).append(cell["score"])
    scale.bands = sorted(((name, min(all_), max(all_)) for name, all_ in scores.items()), key=lambda band: -band[2])
