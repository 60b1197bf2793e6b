"""Checks on an update: what a liaison would send back. They prompt and never refuse."""

import re
from dataclasses import dataclass

NOTHING = frozenset({"", "-", "0", "n/a", "na", "nil", "no", "none", "nothing", "nothing left", "not applicable"})
CONDITIONAL = re.compile(
    r"\b(subject to|pending|dependent (?:up)?on|reliant (?:up)?on|provided that|once|until|in principle|should|hope|"
    r"hoped|aim|aims|intend|intends|plan to|plans to|expected|anticipated|to be confirmed|tbc)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answers:
    """What an update says: the three answers in words, whether it proposes closure, and its note of the evidence."""

    achieved: str
    left: str
    barriers: str
    proposes_closure: bool = False
    evidence: str = ""


@dataclass(frozen=True)
class Check:
    """One check on an update: what was looked at, whether it passed, and what to mend where it did not."""

    code: str
    said: str
    passed: bool


def checks(answers: Answers, *, before: Answers | None, files: int) -> tuple[Check, ...]:
    """Every check on an update. before: the last one; files: how many files there are as evidence."""
    found = [_answered(answers), _new(answers, before)]
    if answers.proposes_closure:
        found += [_evidenced(answers, files), _finished(answers), _settled(answers)]
    return tuple(found)


def sound(answers: Answers, *, before: Answers | None, files: int) -> bool:
    """Whether an update passes every check, where nobody reads what each says: of thousands that are only counted."""
    if not _whole(answers) or _copied(answers, before):
        return False
    closes = answers.proposes_closure
    return not closes or (_named(answers, files) and nothing(answers.left) and not _conditions_of(answers))


def nothing(words: str) -> bool:
    """Whether an answer says that there is nothing: empty, none, n/a ..."""
    return " ".join(words.casefold().split()).strip(" .") in NOTHING


def conditions(words: str) -> tuple[str, ...]:
    """The words that make an answer conditional, in their order, each once."""
    return tuple(dict.fromkeys(found.casefold() for found in CONDITIONAL.findall(words)))


def _answered(answers: Answers) -> Check:
    whole = _whole(answers)
    return Check("answered", "All questions answered" if whole else "A question is left without an answer", whole)


def _whole(answers: Answers) -> bool:
    return bool(answers.achieved.strip() and answers.left.strip() and answers.barriers.strip())


def _new(answers: Answers, before: Answers | None) -> Check:
    copied = _copied(answers, before)
    return Check("new", "The same words as last time" if copied else "Says something new", not copied)


def _copied(answers: Answers, before: Answers | None) -> bool:
    return before is not None and _plain(answers.achieved) == _plain(before.achieved) != ""


def _evidenced(answers: Answers, files: int) -> Check:
    held = _named(answers, files)
    return Check("evidence", "Evidence is named" if held else "Proposed closed, but no evidence", held)


def _named(answers: Answers, files: int) -> bool:
    return files > 0 or not nothing(answers.evidence)


def _finished(answers: Answers) -> Check:
    done = nothing(answers.left)
    return Check("finished", "Nothing is left to do" if done else "Proposed closed, but work is left", done)


def _settled(answers: Answers) -> Check:
    found = _conditions_of(answers)
    quoted = ", ".join(f"‘{word}’" for word in found)
    return Check("settled", f"Proposed closed on a condition: {quoted}" if found else "No conditions", not found)


def _conditions_of(answers: Answers) -> tuple[str, ...]:
    return conditions(f"{answers.achieved} {answers.left}")


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .")
