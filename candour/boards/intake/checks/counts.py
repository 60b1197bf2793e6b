"""Counts that a log states in sentences, held against its rows."""

import re
from collections.abc import Callable, Iterator

from candour.boards.intake.log import Found, Log
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import NUMBER, counted, read_number


def _late(one: Found, log: Log) -> bool:
    due = one.day("due")
    return not one.settled and due is not None and log.as_at is not None and due < log.as_at


def _moved(one: Found) -> bool:
    return not one.settled and one.record["first"] is not None and one.record["first"] != one.record["due"]


_N = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|none|{NUMBER})"
_TO_DO = r"still to do|open|outstanding|ongoing"
# What is counted, in words; how it is said; and which actions it counts. The first form that a sentence has counts.
_COUNTS: tuple[tuple[str, str, Callable[[Found, Log], bool]], ...] = (
    ("moved", r"{n} (?:of (?:them|these) )?(?:actions? )?(?:has|have) another date", lambda one, log: _moved(one)),
    (
        "late",
        r"{n} (?:of (?:them|these) )?(?:actions? )?(?:is|are) (?:past|overdue|late)\b",
        _late,
    ),
    ("late", r"{n} (?:overdue|late) actions?\b", _late),
    (
        "settled",
        r"{n} (?:of (?:them|these) )?(?:actions? )?(?:was|were|have been|has been|are|is) "
        r"(?:settled|closed|completed|done|discharged)\b",
        lambda one, log: one.settled,
    ),
    ("to do", rf"{{n}} actions? (?:is|are|remains?) (?:{_TO_DO})\b", lambda one, log: not one.settled),
    ("to do", rf"{{n}} (?:{_TO_DO}) actions?\b", lambda one, log: not one.settled),
    ("in the log", r"(?:there (?:is|are) |log (?:has|holds|contains) ){n} actions?\b", lambda one, log: True),
)
_SAID = tuple(
    (what, re.compile(r"(?<![\w-])" + form.replace("{n}", _N), re.IGNORECASE), counts) for what, form, counts in _COUNTS
)


def wrong_counts(log: Log) -> Iterator[Finding]:
    """Each count of the sentences that the rows do not bear out. A log without a day states nothing that is late."""
    sentences = [(one.place, text) for one in log.front for text in re.split(r"(?<=[.;])\s+", one.text)]
    for place, sentence in sentences:
        for what, form, counts in _SAID:
            said = form.search(sentence)
            if not said:
                continue
            if what == "late" and log.as_at is None:
                break
            stated = 0 if said["n"].casefold() == "none" else read_number(said["n"].replace(",", ""))
            listed = sum(counts(one, log) for one in log.found)
            if stated is not None and stated != listed:
                yield Finding(
                    "count-differs",
                    "error",
                    place,
                    "",
                    sentence,
                    str(listed),
                    f"The paper states {counted(stated, 'action')} {what}; its rows give {listed}",
                )
            break
