"""Turns a page whose words stand on their side, as a wide table does on a tall page, so that they stand upright. Pure."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from .sheet import Box, Fill, Rule, Sheet, Word

_MOST = 0.8  # of the letters of a page: with fewer that stand one way, only some of its words were turned
_Turn = Callable[[float, float], tuple[float, float]]


def upright(sheet: Sheet) -> Sheet:
    """The page as it is read: turned, if nearly all its letters stand on their side or their head."""
    letters: Counter[int] = Counter()
    for word in sheet.words:
        letters[word.angle] += len(word.text)
    angle, most = letters.most_common(1)[0] if letters else (0, 0)
    if not angle or most < _MOST * letters.total():
        return sheet
    wide, high = sheet.width, sheet.height
    turns: dict[int, _Turn] = {
        90: lambda x, y: (high - y, x),
        180: lambda x, y: (wide - x, high - y),
        270: lambda x, y: (y, wide - x),
    }
    turn = turns[angle]
    return replace(
        sheet,
        width=wide if angle == 180 else high,
        height=high if angle == 180 else wide,
        words=[_word(word, angle, turn) for word in sheet.words],
        outside=[_word(word, angle, turn) for word in sheet.outside],
        rules=[_rule(rule, turn) for rule in sheet.rules],
        fills=[Fill(_box(fill.box, turn), fill.colour) for fill in sheet.fills],
    )


def _box(box: Box, turn: _Turn) -> Box:
    (a, b), (c, d) = turn(box[0], box[1]), turn(box[2], box[3])
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _word(word: Word, angle: int, turn: _Turn) -> Word:
    x0, y0, x1, y1 = _box((word.x0, word.y0, word.x1, word.y1), turn)
    turned = (word.angle - angle) % 360
    x, y = turn(word.base, word.base)
    # The base is a y of upright words and an x of those on their side, before the turn and after it.
    base = (y, x)[turned in (90, 270)]
    return replace(word, x0=x0, y0=y0, x1=x1, y1=y1, angle=turned, base=base)


def _rule(rule: Rule, turn: _Turn) -> Rule:
    ends = (rule.start, rule.at, rule.end, rule.at) if rule.flat else (rule.at, rule.start, rule.at, rule.end)
    x0, y0, x1, y1 = _box(ends, turn)
    return Rule(True, y0, x0, x1) if x1 - x0 > y1 - y0 else Rule(False, x0, y0, y1)
