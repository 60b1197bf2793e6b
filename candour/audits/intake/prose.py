"""Slips in running text that figures and names alone show: groups named twice in a split, bands that leave values out. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

_NAME = r"[A-Z][\w’'-]+(?:\s+(?:and|&|of|the|[A-Z][\w’'-]+)){0,3}"
_SHARE = re.compile(rf"(?P<name>{_NAME})\s*[:=–-]?\s*(?P<share>\d{{1,3}}(?:\.\d+)?)\s?%")
_LIST = re.compile(r"\b[A-Z][\w’'-]+(?:,\s+[A-Z][\w’'-]+)+(?:,)?\s+(?:and|&)\s+[A-Z][\w’'-]+")
_BAND = re.compile(
    r"^(?:(?P<sign>[<>≤≥]=?|under|over|below|above|less than|more than)\s*(?P<limit>\d+(?:\.\d+)?)|"
    r"(?P<low>\d+(?:\.\d+)?)\s*(?:-|–|—|to)\s*(?P<high>\d+(?:\.\d+)?))\s*%?(?:\s*\||$)",
    re.IGNORECASE,
)


def shared_twice(text: str) -> list[tuple[str, str]]:
    """(name, the split as printed) of each name that has two shares of one whole."""
    found = []
    hits = list(_SHARE.finditer(text))
    for start in range(len(hits)):
        total = Decimal(0)
        group: list[re.Match[str]] = []
        for hit in hits[start:]:
            if group and hit.start() - group[-1].end() > 12:
                break
            group.append(hit)
            total += Decimal(hit["share"])
            if abs(total - 100) <= Decimal("0.5") and len(group) > 2:
                names = Counter(one["name"].strip() for one in group)
                said = text[group[0].start() : group[-1].end()]
                found += [(name, said) for name, times in names.items() if times > 1]
                break
    return found


def named_twice(text: str) -> list[tuple[str, str]]:
    """(name, the list as printed) of each name that one list holds twice."""
    found = []
    for hit in _LIST.finditer(text):
        names = Counter(re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", hit[0]))
        found += [(name, hit[0]) for name, times in names.items() if times > 1]
    return list(dict.fromkeys(found))


def left_out(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """(the bands as printed, the values between them that are in none) of each run of three bands or more.

    "<2.2", "2.3 - 2.6", ">2.7" leave out 2.2 and 2.7, to the precision that is printed.
    """
    found: list[tuple[str, list[str]]] = []
    run: list[re.Match[str]] = []
    for words in [*lines, ""]:
        if hit := _BAND.match(words.strip()):
            run.append(hit)
        elif run and (len(words) > 80 or not words):
            found += _gaps(run)
            run = []
    return found


def _gaps(run: Sequence[re.Match[str]]) -> list[tuple[str, list[str]]]:
    if len(run) < 3 or not any(hit["sign"] for hit in run):
        return []
    numbers = [hit[name] for hit in run for name in ("limit", "low", "high") if hit[name]]
    places = max(len(number.partition(".")[2]) for number in numbers)
    step = Decimal(1).scaleb(-places)
    spans = sorted(_span(hit, step) for hit in run)
    missing: list[str] = []
    for (_low, high), (low, _high) in pairwise(spans):
        value = high + step
        while value < low and len(missing) < 20:
            missing.append(str(value))
            value += step
    said = ", ".join(re.sub(r"\s*\|$", "", hit[0]).strip() for hit in run)
    return [(said, missing)] if missing else []


def _span(hit: re.Match[str], step: Decimal) -> tuple[Decimal, Decimal]:
    far = Decimal(10) ** 9
    if not hit["sign"]:
        return Decimal(hit["low"]), Decimal(hit["high"])
    sign, limit = hit["sign"].casefold(), Decimal(hit["limit"])
    if sign[0] in "<≤" or sign in ("under", "below", "less than"):
        return -far, limit if "=" in sign or "≤" in sign else limit - step
    return (limit if "=" in sign or "≥" in sign else limit + step), far
