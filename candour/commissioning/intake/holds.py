"""What a column of a register holds, against what its heading says: "Awarded" heads amounts as well as days. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence

from candour.commissioning.intake.days import read_day
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.printed import blank

_MONEY = re.compile(r"£|\d,\d{3}\b|\.\d\d$|^\d+$")
_PAID = re.compile(
    r"\b(?:suppliers?|contractors?|providers?|vendors?|recipients?|grantees?|payees?|beneficiary|merchant|creditor|awarded to|"
    r"applicant|holder)\b",
    re.IGNORECASE,
)
# "C/2024/11" under "Contract" is its reference.
_SIGN = re.compile(r"^(?=\S*\d)[A-Za-z]{1,8}[-/.]?[\w./-]*\d[\w./-]*$")
_WIDE = re.compile(r"^\W*(?:grant|award|awarded|funding|total|sum)\W*$", re.IGNORECASE)
_OPTIONS = {"option", "options", "extension", "extensions", "extended"}
_COUNTING = {
    *("latest", "inc", "incl", "including", "with", "all", "any", "if", "possible", "final"),
    *("gbp", "the", "of", "and", "exercised", "taken", "s"),
}


def better(name: str | None, heading: str, held: Sequence[str]) -> str | None:
    """The field of a column under a heading that can mean two things: what its cells show. held: what is printed below."""
    cells = [text for text in held if not blank(text)]
    if name == "title" and len(cells) > 1 and all(map(_SIGN.match, cells)):
        return "reference"
    if not cells or name not in ("date", "value"):
        return name
    if name == "date" and _share(cells, _is_money) >= 0.8:
        return "value"
    if name == "value" and _WIDE.match(heading) and _share(cells, _is_amount) < 0.5:
        days = _share(cells, lambda text: read_day(text).day)
        words = _share(cells, lambda text: re.search(r"[a-z]{3}", text))
        return "date" if days >= 0.8 else "title" if words >= 0.8 else None
    return name


def publisher(labels: Sequence[str], heading: str) -> bool:
    """Whether a heading such as "Organisation name" is of who publishes the register: another names who is paid outright."""
    return not _PAID.search(heading) and any(_PAID.search(label) for label in labels)


def with_options(words: Sequence[str], known: Mapping[str, str]) -> str | None:
    """What a heading says that counts options or extensions in: a value is still the value, an end the last possible one."""
    if not _OPTIONS & {*words}:
        return None
    found = known.get(" ".join(word for word in words if word not in _OPTIONS | _COUNTING))
    return {"end": "maximum_end", "maximum_end": "maximum_end", "value": "value"}.get(found or "")


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(text)) for text in cells) / len(cells)


def _is_money(text: str) -> bool:
    """An amount that is no day: a spreadsheet's number for a day has five figures and no sign of money."""
    return bool(re.search(r"£|\d,\d{3}\b", text)) and _is_amount(text)


def _is_amount(text: str) -> bool:
    amount = read_amount(text)
    return amount.withheld or (bool(_MONEY.search(text)) and (amount.pence is not None or bool(amount.unclear)))
