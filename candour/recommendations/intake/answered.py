"""A management response that names within itself who answers for it and by when. Pure."""

import re
from collections.abc import Sequence

from candour.audits.intake.days import due_days

_MOST = 7  # words of a post
_WHO = (
    r"(?:responsible|accountable|lead|action|named)\s+(?:officer|person|owner|manager|post|lead|director)s?|responsibility|owner|"
    r"lead|by whom|action by"
)
_WHEN = (
    r"(?:due|target|implementation|completion|agreed|expected)\s*(?:implementation |completion )?(?:date|by)?|"
    r"deadline|timescales?|"
    r"timeframe|by when|to be (?:completed|implemented) by"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[.;,)])\s+|\s+)(?:(?P<who>{_WHO})|(?P<when>{_WHEN}))(?:\s*(?:/|and|&)\s*(?:{_WHO}|{_WHEN}))?\s*[:–]\s*",
    re.IGNORECASE,
)


# "Agreed. Head of Exchequer, 31 August 2025": who and by when stand behind the answer.
_SIGNED = re.compile(r"^(?P<said>.*[.;])\s+(?P<who>[A-Z][\w’'&/ -]{3,60}?)\s*[,–-]\s*(?P<when>[^,.;]{4,30})\.?$")


def _signed(words: str) -> tuple[str, str, str] | None:
    """(the answer, who, by when) of an answer that ends with both; None for any other."""
    found = _SIGNED.match(words)
    days = due_days(found["when"]) if found else []
    if not found or not days or days[0].start != 0 or len(found["who"].split()) > _MOST:
        return None
    return found["said"].strip(), found["who"].strip(), found["when"].strip()


def within_response(lines: Sequence[str]) -> tuple[list[str], str, str]:
    """(the response itself, who answers, by when) of the lines of a cell; "" for what is not labelled there."""
    kept: list[str] = []
    said = {"who": "", "when": ""}
    for line in lines:
        labels = list(_LABEL.finditer(line))
        before = line[: labels[0].start()].strip() if labels else line
        if before:
            kept.append(before)
        if not labels and (signed := _signed(before)):
            kept[-1], said["who"], said["when"] = signed
        for hit, following in zip(labels, [*labels[1:], None], strict=False):
            words = line[hit.end() : following.start() if following else len(line)].strip(" .;,")
            name = "who" if hit["who"] else "when"
            said[name] = said[name] or words
    return kept, said["who"], said["when"]
