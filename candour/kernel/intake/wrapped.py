"""Lines of a text that the end of a page's line parted: whether one carries on the one before, and both as one. Pure."""

import re

_FULL = 45  # signs from which a line may have ended because it was full
_ENDS = (".", "?", "!", ":", ";")
# What keeps its hyphen where a line ends after it.
_HYPHENED = re.compile(
    r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|self|non|co|pre|post|multi|cross|well|long|short|high|low|"
    r"mid|sub|inter|anti|ex|part|full|half|one|two|three|four|five|six|seven|eight|nine|ten|year|end|third|in|on|follow|"
    r"risk|day|face|decision|stop|peer|evidence|value)-$",
    re.IGNORECASE,
)


def carries_on(before: str, words: str) -> bool:
    """Whether a line goes on with the sentence of the line directly above it."""
    last = before.rsplit("\n", 1)[-1].rstrip()
    if not last or not words or last.endswith(_ENDS):
        return False
    return words[0].islower() or words[0].isdigit() or len(last) >= _FULL


def on_one_line(before: str, words: str) -> str:
    """Both as one line; a word that was cut between them is whole again."""
    before = before.rstrip()
    if re.search(r"[a-z]-$", before) and words[:1].islower():
        return f"{before}{words}" if _HYPHENED.search(before) else f"{before[:-1]}{words}"
    return f"{before} {words}"
