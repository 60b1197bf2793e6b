"""Printed words that mean the same in every kind of paper: nothing, as above, numbers as words; and how findings list things.

Pure.
"""

import re
from collections.abc import Sequence

_BLANK = re.compile(r"^(?:[-–—.]*|n/?a|none|nil|not applicable|not comparable|tbc|tba)$", re.IGNORECASE)
LONGEST_BLANK = len("not applicable")  # characters of a blank that is no row of dashes
_DITTO = re.compile(r"^(?:[\"”“″〃]{1,2}|''|-?\s?(?:[\"”]|'')\s?-?|ditto|do\.|as above|same as above)$", re.IGNORECASE)
_TO_NINETEEN = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
_ONES = _TO_NINETEEN.split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: n for n, word in enumerate(_ONES)} | {"nil": 0, "zero": 0}
_VALUES |= {ten: 20 + 10 * n for n, ten in enumerate(_TENS)}
_VALUES |= {f"{ten}-{one}": 20 + 10 * n + k for n, ten in enumerate(_TENS) for k, one in enumerate(_ONES[1:10], 1)}
# A number in figures or in words, as a part of a longer pattern.
NUMBER = rf"\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|nil|zero|{'|'.join(reversed(_ONES))}"


def blank(text: str) -> bool:
    """Nothing printed, or a sign for nothing: a dash, n/a, TBC."""
    text = text.strip()
    return (len(text) <= LONGEST_BLANK or text[0] in "-–—.") and bool(_BLANK.match(text))


def is_ditto(text: str) -> bool:
    """Signs that repeat what stands in the cell above."""
    return bool(_DITTO.match(text.strip()))


def words_key(text: str) -> str:
    """What two printings of the same words share: letters and digits, without case, dashes or spacing."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def read_number(text: str) -> int | None:
    """28 from "28", "twenty-eight" or "twenty eight"; None for anything else."""
    words = "-".join(text.casefold().split())
    return int(words) if words.isdecimal() else _VALUES.get(words)


def listed(words: Sequence[str]) -> str:
    """OPCC005, OPCC039 and OPCC034."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 risk, 2 risks."""
    return f"{number} {one if number == 1 else many or one + 's'}"
