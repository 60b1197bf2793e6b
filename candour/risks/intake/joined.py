"""One record for each risk from all its printings. Pure: nothing is corrected, the words stay beside their reading."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from candour.kernel.intake.printed import blank, words_key

from .apart import Pair, alike, registers_apart
from .appearances import Appearance, Printed, settle_lead, settle_managed
from .matrix import Scale
from .parts_told import parts_told
from .posts import post_of, vacant
from .scored import levels_of
from .values import read_before, read_day, read_direction, read_score, redacted, reference_key, the_only_day

DATES = ("first_recorded", "last_review", "next_review")
WORDS = ("owner", "responsible_officer", "status", "appetite", "summary", "information", "band")
POSTS = ("owner", "responsible_officer")
# Kept only where the paper prints them.
MORE = ("category", "source", "effect", "proximity", "response", "joint_reference")


@dataclass
class Risk:
    """The printings of one risk, and the record proposed from them. What is asked of them is kept: join them first."""

    appearances: list[Appearance] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Printed | None] = field(default_factory=dict, repr=False)

    @cached_property
    def reference(self) -> str:
        return next((one.reference for one in self.appearances if one.reference), "")

    @cached_property
    def row(self) -> Appearance | None:
        """The printing in a table of rows: the overview's where there is one."""
        rows = [one for one in self.appearances if one.kind == "row"]
        return next((one for one in rows if one.section.role == "overview"), rows[0] if rows else None)

    @cached_property
    def details(self) -> list[Appearance]:
        return [one for one in self.appearances if one.kind == "detail"]

    def has(self, role: str) -> Appearance | None:
        """The printing in a section of this role."""
        return next((one for one in self.appearances if one.section.role == role), None)

    @cached_property
    def _ordered(self) -> list[Appearance]:
        """Where a field is looked for first, second and so on."""
        ordered = [one for one in (self.row, *self.details, *self.appearances) if one]
        return ordered[:1] if all(one is ordered[0] for one in ordered) else ordered

    def printed(self, name: str) -> Printed | None:
        """The field as printed: in the overview row if it says anything, else in a detail block."""
        if name in self.known:
            return self.known[name]
        first = None
        for one in self._ordered:
            if (found := one.fields.get(name)) is None:
                continue
            if not blank(found.text):
                first = found
                break
            first = first or found
        self.known[name] = first
        return first

    def in_factors(self, name: str) -> Printed | None:
        """The score as it is printed with its factors: one printing may give the product alone, another how it comes about."""
        told = (one.fields[name] for one in self._ordered if name in one.fields)
        return next((each for each in told if read_score(each.text).factors), None)


def join(appearances: Sequence[Appearance]) -> list[Risk]:
    """Risks in the order of their first printing. A second row of one section with the same reference stays apart.

    So does a row of another register of the paper that counts for itself.
    """
    risks: list[Risk] = []
    known: dict[str, list[Risk]] = {}
    apart = registers_apart(appearances)
    for one in appearances:
        settle_lead(one)
        key = reference_key(one.reference)
        same = known.get(key, []) if key else []
        risk = next((each for each in same if not _apart(each, one, apart, among=len(same) > 1)), None)
        if risk and not any(one.section == other.section and one.kind == other.kind for other in risk.appearances):
            risk.appearances.append(one)
            continue
        risks.append(Risk([one]))
        if key and (risk is None or key not in known):
            known.setdefault(key, []).append(risks[-1])
    for each in risks:
        settle_managed(each.appearances)
    return risks


def _apart(risk: Risk, one: Appearance, apart: set[Pair], *, among: bool) -> bool:
    """Whether a printing is of another register than a risk with its reference. among: the paper has several with it."""
    first = risk.appearances[0]
    if (first.section, one.section) in apart:
        return True
    return among and not alike(first.text("title"), one.text("title"))


def fill(risk: Risk, scale: Scale, dated: date | None = None) -> None:
    """Build the record, as DESIGN's list of fields has it. dated: the day of the paper, for dates without a year."""
    record = risk.record
    record["reference"] = risk.reference
    _title(risk)
    parts = _parts(risk)
    for name in WORDS:
        printed = risk.printed(name)
        record[name] = printed.text if printed and not blank(printed.text) else None
    for name in POSTS:
        _post(record, name)
    for name in MORE:
        printed = risk.printed(name)
        if printed and not blank(printed.text):
            record[name] = printed.text
    for name in ("source", "effect"):
        if name in parts:
            record.setdefault(name, parts[name])
    levels_of(risk, scale)
    for name in DATES:
        _date(risk, name, dated)
    key_date = risk.printed("next_key_date")
    record["next_key_date_text"] = key_date.text if key_date else None
    _direction(risk)
    record["redacted"] = any(redacted(one.text("title")) for one in risk.appearances)
    record["sections"] = list(dict.fromkeys(one.section.role for one in risk.appearances if one.section.role))
    record["sections_text"] = list(
        dict.fromkeys(one.section.heading for one in risk.appearances if one.section.heading)
    )
    record["places"] = [str(one.place) for one in risk.appearances]
    record["controls"] = next((one.controls for one in _detail_first(risk) if one.controls), [])
    record["updates"] = next((one.updates for one in _detail_first(risk) if one.updates), [])
    complete_years(record["updates"], day_of(record["first_recorded"]), dated)
    if risk.appearances and all(one.struck for one in risk.appearances):
        record["removed"] = True
    record["other"] = {label: text for one in risk.appearances for label, text in one.other.items()}
    record["printed"] = [_as_printed(one) for one in risk.appearances]


def _detail_first(risk: Risk) -> list[Appearance]:
    return [*risk.details, *(one for one in risk.appearances if one.kind == "row")]


def _as_printed(one: Appearance) -> dict[str, Any]:
    """Every value of one printing under the heading it stood below, so that nothing depends on the reading of it."""
    values = {(value.label or name): value.sign or value.text for name, value in one.fields.items()}
    printed: dict[str, Any] = {
        "place": str(one.place),
        "section": one.section.heading,
        "values": {**values, **one.other},
    }
    if one.labels:
        printed["labels"] = one.labels
    if one.controls:
        printed["controls"] = [control.get("text_printed", control["text"]) for control in one.controls]
    if one.updates:
        printed["updates"] = [f"{update.get('date_text', '')} {update['text']}".strip() for update in one.updates]
    return printed


def _title(risk: Risk) -> None:
    """The overview's title; where that is cut short, the whole one of the detail, with the overview's as printed."""
    record, row = risk.record, risk.row
    titles = [one.text("title") for one in risk.appearances if one.text("title")]
    printed = row.text("title") if row and row.text("title") else (titles[0] if titles else "")
    whole = next((title for title in titles if cut_short(printed, title)), printed)
    record["title"] = whole
    if whole != printed:
        record["title_text"] = printed
    if not titles:
        summary = risk.printed("summary")
        record["title"] = summary.text if summary else ""


def _parts(risk: Risk) -> dict[str, str]:
    """Cause and effect that the description tells behind labels; where nothing else is the title, what they leave is."""
    record = risk.record
    for name in ("summary", "title"):
        printed = risk.printed(name)
        if printed and (parts := parts_told(printed.text)):
            if record["title"] == printed.text and "event" in parts:
                record["title"], record["title_text"] = parts["event"], printed.text
            return parts
    return {}


def cut_short(short: str, whole: str) -> bool:
    """Whether a title is the beginning of another."""
    a, b = words_key(short), words_key(whole)
    return bool(a) and a != b and b.startswith(a)


def _post(record: dict[str, Any], name: str) -> None:
    """Posts own risks, not people: a name or initials stay in the words as printed and make no owner."""
    text = record[name]
    post = None if not text or vacant(text) else post_of(text)
    if post != text:
        record[name], record[f"{name}_text"] = post, text


def day_of(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def complete_years(updates: Sequence[dict[str, Any]], first: date | None, dated: date | None) -> None:
    """Give a date without a year its year where one alone fits between its neighbours, the first day and the paper's."""
    known = [day_of(update["date"]) for update in updates]
    days = [day for day in known if day]
    rising, falling = days == sorted(days), days == sorted(days, reverse=True)
    for n, update in enumerate(updates):
        if known[n] or not update.get("date_text"):
            continue
        before = next((day for day in reversed(known[:n]) if day), None)
        later = next((day for day in known[n + 1 :] if day), None)
        if falling and not rising:
            before, later = later, before
        elif not rising:
            before = later = None
        bounds = [day for day in (before, first) if day], [day for day in (later, dated) if day]
        day = the_only_day(update["date_text"], after=max(bounds[0], default=None), before=min(bounds[1], default=None))
        if day:
            update["date"], known[n] = day.isoformat(), day


def _date(risk: Risk, name: str, dated: date | None) -> None:
    printed = risk.printed(name)
    text = printed.text if printed else ""
    day = read_day(text) if text and not blank(text) else None
    if text and day is None and name == "last_review":
        day = the_only_day(text, after=day_of(risk.record["first_recorded"]), before=dated)
    risk.record[name] = day.isoformat() if day else None
    if text and text != risk.record[name]:
        risk.record[f"{name}_text"] = text


def _direction(risk: Risk) -> None:
    """The overview's direction, else a detail's, and the score before where it says so. An empty one beside an empty
    previous score says "new"."""
    record = risk.record
    printed = risk.printed("direction")
    text = printed.text if printed else ""
    record["direction"] = read_direction(text)
    record["direction_text"] = text
    previous = risk.printed("previous_score")
    if record["previous_score"] is None and (before := read_before(text)) is not None:
        record["previous_score"] = before
    if not text.strip(" -–—") and printed and previous and blank(previous.text):
        record["direction"] = "new"
    movement = next((one.text("direction") for one in risk.details if one.text("direction")), None)
    if movement is not None:
        record["movement_text"] = movement
