"""Amounts of money as registers print them: £12,500.00, c. £12k, £1.2m, (£450), £12,000 p.a., TBC. Pure; whole pence."""

import re
from dataclasses import dataclass
from decimal import Decimal

from candour.kernel.intake.printed import blank

_UNITS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_AMOUNT = re.compile(
    r"(?P<minus>[-−–(]\s*)?(?:£|gbp\s?)?\s*(?P<minus2>[-−]\s*)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>bn|million|mn|m|thousand|k)?(?![\w%])",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:^|\s)(?:c(?:a|irca)?\.?(?=\s|£|\d)|approx(?:\.|imately)?|about|around|est(?:\.|imated)?|~|in the region of)",
    re.I,
)
_UP_TO = re.compile(r"\bup to\b|\bmax(?:imum)?\b|\bnot exceeding\b", re.IGNORECASE)
_A_YEAR = re.compile(
    r"\bper annum\b|\bp\.?a\b\.?|\ba year\b|\bper year\b|\bannual(?:ly)?\b|\beach year\b|/\s?(?:yr|year)\b", re.I
)
_RANGE = re.compile(r"\d[\d,.]*\s*(?:k|m)?\s*(?:-|–|to)\s*£?\s*\d", re.IGNORECASE)
_NOTHING = re.compile(r"^(?:nil|zero|free|no cost|£?\s?0(?:\.00?)?)$", re.IGNORECASE)
_WITHHELD = re.compile(
    r"\bredacted\b|\bwithheld\b|\bconfidential\b|\bcommercially sensitive\b|\bexempt\b", re.IGNORECASE
)
_OVER_YEARS = re.compile(
    r"\b(?:over|for|across)\s+(?:\d+|two|three|four|five)\s+(?:years?|months?)\b|\(\s?\d+\s+years?\s?\)", re.I
)
_YEAR = re.compile(r"\b(?:fy\s?)?20\d\d\s?[/–-]\s?(?:20)?\d\d\b", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """An amount as it is read. pence: None where none can be told. unclear: why, "" where it is clear or none is printed."""

    pence: int | None = None
    about: bool = False
    each_year: bool = False
    withheld: bool = False
    unclear: str = ""


NONE = Amount()


def read_amount(text: str, times: int = 1) -> Amount:  # noqa: PLR0911  a form of amount each
    """The amount that a cell prints. times: 1000 under a heading such as £000, for what has no unit of its own."""
    plain = " ".join(text.replace("\xa0", " ").split())
    if _NOTHING.match(plain):
        return Amount(0)
    if _WITHHELD.search(plain):
        return Amount(withheld=True)
    if blank(plain):
        return NONE
    rest = _OVER_YEARS.sub(" ", _YEAR.sub(" ", plain))
    about, each_year = bool(_ABOUT.search(rest) or _UP_TO.search(rest)), bool(_A_YEAR.search(rest))
    if _RANGE.search(rest):
        return Amount(unclear="It is a range")
    found = list(_AMOUNT.finditer(rest))
    if not found:
        return Amount(unclear="It is no amount")
    if len(found) > 1:
        pounds = [one for one in found if "£" in one[0]]
        if len(pounds) != 1:
            return Amount(unclear="It holds more than one amount")
        found = pounds
    pence = _pence(found[0], times)
    if pence is None:
        return Amount(unclear="It has parts of a penny")
    return Amount(pence, about, each_year)


def _pence(found: re.Match[str], times: int) -> int | None:
    number = Decimal(found["number"].replace(",", ""))
    unit = (found["unit"] or "").casefold()
    pence = number * (_UNITS[unit] if unit else times) * 100
    if pence != pence.to_integral_value():
        # A spreadsheet keeps a third of a sum to fifteen places: what it shows is the nearest penny.
        if unit or len(found["number"].partition(".")[2]) < 5:
            return None
        pence = pence.quantize(Decimal(1))
    minus = bool(found["minus"] and found["minus"].strip() in ("(", "-", "−", "–")) or bool(found["minus2"])
    return -int(pence) if minus else int(pence)


def in_pounds(pence: int | None) -> int | float | None:
    """A number of pounds for plain values, whole where there are no pence."""
    if pence is None:
        return None
    return pence // 100 if pence % 100 == 0 else pence / 100


def in_pence(pounds: float | None) -> int | None:
    """The pence of a number of pounds that in_pounds gave."""
    return None if pounds is None else round(Decimal(str(pounds)) * 100)
