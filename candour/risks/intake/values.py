"""The value of one printed cell: scores, levels, arrows, dates, references. Pure; a value not understood is None."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from candour.kernel.calendar import read_date
from candour.kernel.intake.printed import blank

_REFERENCE = re.compile(r"^(?=.*\d)[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+){0,3}$|^[A-Z]{1,8} ?\d{1,6}[A-Z]?$")
_CODE = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
_REDACTED = re.compile(r"^\W*(?:redacted|restricted|withheld|exempt from publication|\[?redaction\]?)\b", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_NO_KEY = re.compile(r"[^a-z0-9]")
_NUMBER_FIRST = re.compile(r"^[(\[]?(\d{1,2})(?:\.0)?\s*[-–:.)(\]=]*\s*([^\W\d].*?)?\)?$")
_WORD_FIRST = re.compile(r"^([^\W\d].*?)\s*[-–:(=]*\s*(\d{1,2})\)?$")
_AXIS = r"(?:i|impact|severity|c|consequence|l|likelihood|p|probability)"
_WORD = r"(?:\W*(?P<word>[A-Za-z][A-Za-z ]*)\)?)?"
_WITHIN = r"\s*[(\[]\s*(?P<one>\d{1,2})\s*[x×*,]\s*(?P<two>\d{1,2})\s*[)\]]"
# The forms of a score, the more telling first: factors and product in the order printed, the band's word.
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<a>{_AXIS})\W{{0,3}}(?P<one>\d{{1,2}})[\sx×*,;/|+]*(?P<b>{_AXIS})\W{{0,3}}(?P<two>\d{{1,2}})"
        rf"(?:\W*(?:score|total|rating|[sr])?\W*(?P<value>\d{{1,3}}))?{_WORD}",
        rf"(?P<value>\d{{1,3}})\s*[=(:\[–-]+\s*(?P<a>{_AXIS})\W{{0,3}}(?P<one>\d{{1,2}})[\sx×*,;/|+]*"
        rf"(?P<b>{_AXIS})\W{{0,3}}(?P<two>\d{{1,2}})[)\]]?{_WORD}",
        rf"(?P<value>\d{{1,3}})\W{{0,3}}(?P<word>[A-Za-z][A-Za-z ]*?){_WITHIN}",
        rf"(?P<word>[A-Za-z][A-Za-z ]*?)\W{{0,3}}(?P<value>\d{{1,3}}){_WITHIN}",
        r"(?P<value>\d{1,3})\s*[=(:]+\s*\(?(?P<one>\d{1,2})\s*[x×*]\s*(?P<two>\d{1,2})\)?",
        r"\(?(?P<one>\d{1,2})\s*[x×*]\s*(?P<two>\d{1,2})\)?(?:\s*=?\s*\(?(?P<value>\d{1,3})\)?)?"
        r"(?:\s*[-–(:]?\s*(?P<word>[A-Za-z][A-Za-z ]*)\)?)?",
        rf"\(?(?P<one>\d{{1,2}})\s*[/,;|-]\s*(?P<two>\d{{1,2}})\s*[/,;|=-]\s*(?P<value>\d{{1,3}})\)?{_WORD}",
        r"(?P<value>\d{1,2})\s*(?:/|out of|of)\s*(?:9|16|25|36)",
        r"(?P<value>\d{1,3})(?:\.0)?(?:\s*[-–(:/]?\s*(?P<word>[A-Za-z][A-Za-z ]*)\)?)?",
        r"(?P<word>[A-Za-z][A-Za-z ]*?)\s*[-–(:]?\s*(?P<value>\d{1,3})\)?",
    )
)
_UP = "↑⬆▲⇧⇑🡅🡹↗⇗é^"
_DOWN = "↓⬇▼⇩⇓🡇🡻↘⇘ê"
_SAME = "▬⟺→↔⟶⟷➔➡⇒⇔➜►◄▶◀⬌⇨èóà="
_LED = re.compile(r"^[^\w\s=^(-]\s*(?=\(?(?:from|by|to|was)\b|\(?[+-]?\d)", re.IGNORECASE)  # an arrow, then how far
_ARROWS = {"->": "same", "-->": "same", "=>": "same", "<->": "same", "<-->": "same", "<=>": "same", "◄►": "same"}
_WORDS = tuple(
    (direction, re.compile(pattern, re.IGNORECASE))
    for direction, pattern in (
        ("new", r"^new\b|\bnew risk\b|\bnewly\b"),
        (
            "same",
            r"\bno change\b|\bunchanged\b|\bsame\b|\bstatic\b|\bstable\b|\bno movement\b|\blevel\b|^sideways|\bsteady\b",
        ),
        (
            "up",
            r"\bup\b|\bincreas|\bris(?:ing|en|es?)\b(?! score)|\bworsen|\bworse\b|\bhigher\b|\bdeteriorat|\braised\b",
        ),
        ("down", r"\bdown\b|\bdecreas|\bfall(?:ing|en)?\b|\breduc|\bimprov|\bbetter\b|\blower|\bfell\b"),
    )
)


def without_codes(text: str) -> str:
    """A text without the codes that the reader shows marks as which no page shows ("R[U+202E]13" is R13)."""
    return _CODE.sub("", text).strip()


def is_reference(text: str) -> bool:
    """Whether a text looks like a reference: OPCC031, SR-04, R1.2, STR/12, 17."""
    text = without_codes(text)
    return len(text) <= 20 and bool(_REFERENCE.match(text)) and read_date(text) is None


def reference_key(text: str) -> str:
    """What two printed forms of one reference share: OPCC 031 and opcc-031."""
    return _NO_KEY.sub("", text.casefold())


def redacted(text: str) -> bool:
    """Whether a title says that it was withheld."""
    return bool(_REDACTED.match(text))


@dataclass(frozen=True)
class Score:
    """A score cell: the number, the two factors in the order printed, the band's word, which factor stands first."""

    value: int | None = None
    factors: tuple[int, int] | None = None
    word: str = ""
    first: str = ""  # impact or likelihood where the cell itself says so


_WAS = re.compile(
    r"\s*[(\[,;]\s*(?:was|previously|prev(?:ious)?|formerly|last)\b[^\d()]{0,12}\d{1,3}\s*[)\]]?$", re.IGNORECASE
)


def read_score(text: str) -> Score:
    """12, "12 High", "High (12)", "5 x 2 = 10" (the printed product, right or wrong), "4/3/12", "I4 L3 = 12", "12 (was 9)"."""
    text = _WAS.sub("", text.strip())
    return _score(text) if len(text) <= SHORT else Score(word="" if blank(text) else text)


SHORT = 80  # characters of a cell that can be a score; few say much in them, so that what was read of them is kept


@lru_cache(maxsize=4096)
def _score(text: str) -> Score:
    for form in _FORMS:
        found = form.fullmatch(text)
        said = found.groupdict() if found else {}
        axes = ["likelihood" if said[name][0].casefold() in "lp" else "impact" for name in "ab" if said.get(name)]
        if not found or (axes and axes[0] == axes[1]):
            continue
        factors = (int(said["one"]), int(said["two"])) if said.get("one") else None
        value = int(said["value"]) if said["value"] else (factors or (0, 0))[0] * (factors or (0, 0))[1]
        return Score(value, factors, (said.get("word") or "").strip(), axes[0] if axes else "")
    return Score(word="" if blank(text) else text)


_COLOURS = {
    "🔴": "Red",
    "🟥": "Red",
    "🟠": "Amber",
    "🟧": "Amber",
    "🟡": "Yellow",
    "🟨": "Yellow",
    "🟢": "Green",
    "🟩": "Green",
}


def band_word(text: str) -> str:
    """The word of a band, or of the coloured sign that is printed for it."""
    return _COLOURS.get(text.strip("\ufe0f "), text)


_PAIR = re.compile(
    r"^([^\W\d][^\W\d ]*(?: [^\W\d]+)?)\s*(?:[-–—/,;x×|]|\band\b)\s*([^\W\d][^\W\d ]*(?: [^\W\d]+)?)$", re.IGNORECASE
)


def read_pair(text: str) -> tuple[str, str] | None:
    """The two levels of one cell in words, in the order printed: "Almost Certain – Major"; None where it holds no two."""
    found = _PAIR.match(text.strip()) if len(text) <= SHORT else None
    return (found[1], found[2]) if found else None


_BEFORE = re.compile(
    r"\b(?:was|were|from|previous(?:ly)?|prev|prior|last)(?: score| rating)?\W{0,3}(\d{1,3})\b(?!\s*[/%])",
    re.IGNORECASE,
)


def read_before(text: str) -> int | None:
    """The score before, where the words about a movement say it: "No change (was 12)", "Increased from 9"."""
    found = _BEFORE.search(text) if len(text) <= SHORT else None
    return int(found[1]) if found else None


def read_level(text: str) -> tuple[str, int | None]:
    """The word and the number of a level cell: "Very High", "4", "4 - Very High", "Very High (4)", "(4) Very High"."""
    text = text.strip()
    return _level(text) if len(text) <= SHORT else _as_level(text)


_OUT_OF = re.compile(r"^(\d{1,2})\s*(?:/|out of|of)\s*\d{1,2}$", re.IGNORECASE)


def _as_level(text: str) -> tuple[str, int | None]:
    if found := _OUT_OF.match(text):
        return "", int(found[1])
    if found := _NUMBER_FIRST.match(text):
        return (found[2] or "").strip(), int(found[1])
    if found := _WORD_FIRST.match(text):
        return found[1].strip(), int(found[2])
    return ("" if blank(text) else text), None


_level = lru_cache(maxsize=4096)(_as_level)


def read_direction(text: str) -> str | None:
    """up, same, down or new from an arrow (also one damaged by a lost font) or words; None where it cannot be told."""
    text = text.strip()
    return _direction(text) if len(text) <= SHORT else _as_direction(text)


def _as_direction(text: str) -> str | None:
    if text in _ARROWS:
        return _ARROWS[text]
    for direction, pattern in _WORDS:
        if pattern.search(text):
            return direction
    if (led := _LED.match(text)) and not any(map(_sign, text[led.end() :])):
        return _sign(text[0])  # "▲ from 12"
    signs = [sign for sign in text if not sign.isspace()]
    if not signs or any(sign.isalpha() and sign not in "éêèóà" for sign in signs):
        return "new" if text.casefold() == "n" else None
    kinds = {_sign(sign) for sign in signs} - {None}
    if kinds == {"up", "down"} and len(signs) == 2:
        return "same"
    return kinds.pop() if len(kinds) == 1 else None


_direction = lru_cache(maxsize=4096)(_as_direction)


def _sign(sign: str) -> str | None:
    for kind, signs in (("up", _UP), ("down", _DOWN), ("same", _SAME)):
        if sign in signs:
            return kind
    return None


def read_day(text: str, *, today: date | None = None) -> date | None:
    """The day printed, time of day cut off ("02/11/2022 00:00:00" of a spreadsheet)."""
    text = text.strip()
    return read_date(_TIME_OF_DAY.sub("", text) if ":" in text else text, today=today)


def the_only_day(text: str, *, after: date | None, before: date | None) -> date | None:
    """The day of a date printed without a year, where one year alone puts it between the two; else None."""
    if after is None or before is None or read_day(text):
        return None
    found = [read_date(text.strip(), default_year=year) for year in range(after.year, before.year + 1)]
    days = [day for day in found if day and after <= day <= before]
    return days[0] if len(days) == 1 else None
