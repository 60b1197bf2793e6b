"""A management response that names within itself who answers for it and by when. Pure."""

import re
from collections.abc import Sequence

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


def within_response(lines: Sequence[str]) -> tuple[list[str], str, str]:
    """(the response itself, who answers, by when) of the lines of a cell; "" for what is not labelled there."""
    kept: list[str] = []
    said = {"who": "", "when": ""}
    for line in lines:
        labels = list(_LABEL.finditer(line))
        before = line[: labels[0].start()].strip() if labels else line
        if before:
            kept.append(before)
        for hit, following in zip(labels, [*labels[1:], None], strict=True):
            words = line[hit.end() : following.start() if following else len(line)].strip(" .;,")
            name = "who" if hit["who"] else "when"
            said[name] = said[name] or words
    return kept, said["who"], said["when"]
