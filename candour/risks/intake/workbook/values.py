"""What a cell of a workbook may say, and what it means to the commands. Pure beside the actor and the record it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.intake.back.read import quoted
from candour.kernel.records.models import Record
from candour.kernel.scales.rules import Matrix
from candour.risks.commands.workbook import WORDING, RiskChange
from candour.risks.papers.workbook.columns import LEVELS, NOBODY, level_words
from candour.risks.queries import RiskRow
from candour.risks.queries.export import BodyLists

TITLE, TEXT = 300, 8000  # letters, as the pages allow
POSTS = {"owner": "owner", "officer": "responsible_officer"}


@dataclass(frozen=True)
class Setting:
    """In whose hands a change is: the actor, the record, and what its body offers to choose from."""

    actor: Actor
    record: Record
    lists: BodyLists


def faulty(key: str, text: str, by: Setting) -> str:
    """How to mend what a cell says; "" where nothing is wrong with it."""
    if key == "title" and not text:
        return "Enter a title that says what could happen"
    if key in WORDING:
        most = TITLE if key == "title" else TEXT
        return f"This has {len(text):,} letters. Enter {most:,} at most" if len(text) > most else ""
    if key == "level":
        return "" if _level(text) else f"{quoted(text)} is no register. Choose {_or(list(LEVELS.values()))}"
    if key in POSTS:
        return _post_fault(text, by.lists)
    return _score_fault(key, text, by.lists.matrix, by.lists.name)


def half_scored(taken: Mapping[str, str], risk: RiskRow, by: Setting) -> dict[str, str]:
    """By axis how to mend a score of which only the other level was entered, where what stands is not on the scale."""
    told = {}
    for axis, other in (("impact", "likelihood"), ("likelihood", "impact")):
        standing = level_words(risk, axis)
        if other in taken and axis not in taken and _number(by.lists.matrix, axis, standing) is None:
            said = f"{quoted(standing)} is of an older scale" if standing else "The risk has no score yet"
            told[axis] = f"{said}. Choose the {axis} too"
    return told


def typed(taken: Mapping[str, str], risk: RiskRow, by: Setting) -> RiskChange:
    """The change that the commands are asked for, of cells in which nothing is wrong."""
    score = None
    if "impact" in taken or "likelihood" in taken:
        cell = [
            _number(by.lists.matrix, axis, taken.get(axis, level_words(risk, axis)))
            for axis in ("impact", "likelihood")
        ]
        score = (cell[0] or 0, cell[1] or 0)
    return RiskChange(
        risk.pk,
        by.record.head_sequence,
        wording={name: taken[name] for name in WORDING if name in taken},
        hands={POSTS[key]: _post(taken[key], by.lists) for key in POSTS if key in taken},
        level=_level(taken["level"]) if "level" in taken else "",
        score=score,
    )


def _level(text: str) -> str:
    return next((key for key, words in LEVELS.items() if words.casefold() == text.casefold()), "")


def _post(text: str, lists: BodyLists) -> int | None:
    return next((pk for pk, title in lists.posts if title.casefold() == text.casefold()), None)


def _post_fault(text: str, lists: BodyLists) -> str:
    if text in ("", NOBODY):
        return ""
    standing = [title for _, title in lists.posts if title.casefold() == text.casefold()]
    if not standing:
        return f"{lists.name} has no post {quoted(text)}. Choose one from the list"
    return (
        f"{lists.name} has {len(standing)} posts {quoted(text)}. Hand the risk over in Candour" if standing[1:] else ""
    )


def _score_fault(axis: str, text: str, matrix: Matrix | None, body: str) -> str:
    if matrix is None:
        return f"{body} has no risk matrix, so nothing can be scored. Put this back"
    offered: Any = sorted(matrix.levels(axis), key=lambda level: level.value)  # type: ignore[arg-type]
    if _number(matrix, axis, text) is not None:
        return ""
    said = f"{quoted(text)} is not on {matrix.name}" if text else "A score cannot be taken away"
    return f"{said}. Choose {_or([f'{one.value} {one.word}' for one in offered])}"


def _number(matrix: Matrix | None, axis: str, text: str) -> int | None:
    """The level that a cell names: "3 High", "3" or "High"."""
    for level in matrix.levels(axis) if matrix else ():  # type: ignore[arg-type]
        if text.casefold() in (f"{level.value} {level.word}".casefold(), str(level.value), level.word.casefold()):
            return level.value
    return None


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
