"""Headings of money put together from the words of the trade: "Projected year-end outturn", "Transfers out". Pure.

Asked after the whole headings of words.py. Which of several budgets stands is told by how late in the year it was set.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[a-z]+(?:/[a-z]+)?|%|[()]")
_OPEN = re.compile(r"\b(?:1(?:st)?|01)[ /.-](?:april|apr|04)\b")
_CLOSE = re.compile(r"\b31(?:st)?[ /.-](?:march|mar|03)\b")
_KEPT = re.compile(
    r"\bbalances?\b|\breserves?\b|\bopening\b|\bclosing\b|\bfunds?\b|\b[bc]/f(?:wd)?\b|\bforward\b|"
    r"^(?:as )?at\b|£"
)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[ /.-](?:[a-z]{3,9}|\d{1,2})[ /.-]*(?:\d{4}|\d{2})?\b|\b(?:19|20)\d\d\b"
    r"|\b(?:month|period|m|p|q|quarter|qtr)\s?\d{1,2}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b"
)
# Set later in the year, or last: it is the budget as it stands.
_LATEST = frozenset(["revised", "current", "latest", "working", "updated", "amended", "adjusted"])
_FIRST = frozenset(["original", "base", "opening", "initial"])
_SO_FAR = frozenset(["ytd", "profiled", "profile", "phased", "cumulative"])
_BESIDE = frozenset(
    [
        "the",
        "of",
        "a",
        "to",
        "for",
        "in",
        "at",
        "as",
        "and",
        "by",
        "on",
        "year",
        "full",
        "annual",
        "total",
        "net",
        "gross",
        "full-year",
        "end",
        "ending",
        "position",
        "approved",
        "agreed",
        "budget",
        "budgeted",
        "planned",
        "plan",
        "revenue",
        "capital",
        "scheme",
        "programme",
        "saving",
        "savings",
        "reserve",
        "reserves",
        "cost",
        "costs",
        "amount",
        "value",
        "spend",
        "spending",
        "expenditure",
        "date",
        "current",
        "month",
        "period",
        "quarter",
        "estimated",
        "usable",
        "all",
        "this",
        "our",
        "per",
        "financial",
        "management",
        "accounts",
        "against",
    ]
)
_WHATS: Sequence[tuple[str, frozenset[str]]] = (
    ("forecast", frozenset(["forecast", "forecasts", "projected", "projection", "projections", "outturn", "estimate",
    "predicted", "expected", "anticipated", "likely"])),
    ("actual", frozenset(["actual", "actuals", "spent", "incurred", "delivered", "achieved", "realised", "delivery"])),
    ("budget", frozenset(["budget", "budgeted", "planned", "approved", "allocation", "provision", "target"])),
)  # fmt: skip
_VARIANCE = frozenset(
    [
        "variance",
        "variances",
        "var",
        "overspend",
        "underspend",
        "over/under",
        "over",
        "over/underspend",
        "over/overspend",
        "difference",
    ]
)
_OUT = frozenset(
    [
        "out",
        "from",
        "use",
        "used",
        "drawdown",
        "drawdowns",
        "utilised",
        "utilisation",
        "applied",
        "withdrawals",
        "releases",
        "released",
    ]
)
_IN = frozenset(["in", "to", "additions", "contributions", "contribution", "receipts", "top-up", "increases"])
_MOVES = frozenset(
    [
        "transfer",
        "transfers",
        "movement",
        "movements",
        "drawdown",
        "drawdowns",
        "use",
        "used",
        "contribution",
        "contributions",
        "additions",
        "utilised",
        "utilisation",
        "applied",
        "withdrawals",
        "releases",
        "released",
        "receipts",
    ]
)
_NAMES = frozenset(
    [
        "service",
        "services",
        "directorate",
        "department",
        "portfolio",
        "division",
        "heading",
        "description",
        "scheme",
        "project",
        "programme",
        "reserve",
        "category",
        "line",
        "account",
        "subjective",
        "objective",
        "activity",
        "function",
        "subject",
        "budget",
        "type",
        "fund",
        "area",
        "name",
        "title",
        "item",
        "detail",
        "cost",
        "centre",
        "earmarked",
        "narrative",
        "expenditure",
        "income",
        "block",
        "group",
        "of",
        "the",
        "and",
        "capital",
        "revenue",
        "savings",
        "saving",
        "proposal",
        "initiative",
        "head",
    ]
)
_NAMING = _NAMES - frozenset(
    [
        "budget",
        "type",
        "of",
        "the",
        "and",
        "capital",
        "revenue",
        "expenditure",
        "income",
        "cost",
        "savings",
        "earmarked",
        "block",
    ]
)
_REFERENCES = frozenset(["code", "ref", "reference", "id", "number", "no"])
_OWNERS = frozenset(
    ["owner", "lead", "officer", "manager", "holder", "sponsor", "responsible", "director", "accountable", "sro"]
)


@dataclass(frozen=True)
class Spoken:
    """What a heading says. rank: of budgets the highest stands. way: "in" or "out" of a movement that goes one way."""

    label: str = ""
    what: str = ""
    computed: str = ""
    rank: int = 0
    way: str = ""


NOTHING = Spoken()


def spoken(said: str, bare: str) -> Spoken:
    """What a heading in small letters says. bare: the same without its year and unit."""
    if (_OPEN.search(said) or _CLOSE.search(said)) and _KEPT.search(said):  # a day alone may be that of anything
        return Spoken(computed="closing") if _CLOSE.search(said) else Spoken(what="opening")
    words = frozenset(_WORD.findall(_DAY.sub(" ", bare))) - {"(", ")"}
    if not words or "%" in words or "percentage" in words:
        return NOTHING
    return _label(words) or _balance(words) or _amount(words) or NOTHING


def _label(words: frozenset[str]) -> Spoken | None:
    if words & _REFERENCES and words <= _REFERENCES | _NAMES:
        return Spoken("reference")
    if words & _NAMING and words <= _NAMES:
        return Spoken("name")
    if words & _OWNERS and words <= _OWNERS | _NAMES | {"senior", "responsible", "accountable"}:
        return Spoken("owner")
    return None


def _balance(words: frozenset[str]) -> Spoken | None:
    """Opening and closing balances and what moves between them."""
    kept = {"balance", "b/f", "b/fwd", "c/f", "c/fwd", "brought", "carried", "forward", "opening", "closing"}
    if words & {"opening", "b/f", "b/fwd", "brought"} and words <= kept | _BESIDE:
        return Spoken(what="opening") if "budget" not in words else None
    if words & {"closing", "c/f", "c/fwd", "carried"} and words <= kept | _BESIDE | {"forecast", "projected"}:
        return Spoken(computed="closing")
    if words & _MOVES and words <= _MOVES | _IN | _OUT | _BESIDE | {"forecast", "projected"}:
        return Spoken(what="movement", way=way_of(words))
    return None


def way_of(words: frozenset[str]) -> str:
    """ "in" or "out" where a heading of movements says one of them; "" where both or neither."""
    said = words - {"in"} if words & {"year", "month"} else words  # "use in year"
    out, into = bool(said & _OUT), bool(said & _IN)
    return "" if out == into else "out" if out else "in"


def _amount(words: frozenset[str]) -> Spoken | None:
    if words & _VARIANCE or {"surplus", "deficit"} <= words:
        so_far = words & _SO_FAR or "date" in words
        return None if so_far else Spoken(computed="variance")
    if words & _SO_FAR and not words & {"actual", "actuals", "spend", "expenditure"}:
        return None
    if {"to", "date"} <= words and not words & {
        "actual",
        "actuals",
        "spend",
        "spent",
        "expenditure",
        "delivered",
        "achieved",
    }:
        return None
    for what, heads in _WHATS:
        if words & heads and words <= heads | _BESIDE | _LATEST | _FIRST | _SO_FAR | {
            "year-end",
            "spend",
            "provisional",
        }:
            rank = (2 if words & _LATEST else 0 if words & _FIRST else 1) if what == "budget" else 0
            return Spoken(what=what, rank=rank)
    if words & {"spend", "expenditure"} and {"to", "date"} <= words and words <= _BESIDE:
        return Spoken(what="actual")
    return None
