"""Small numbers: what else must be hidden so that a hidden part cannot be worked out from its whole. Pure.

After the usual rules of disclosure control for tables of counts: a part that is hidden alone is the whole less the others,
so the next smallest is hidden with it; and parts that can only be the least, or the most, that is hidden tell themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

WHOLE = ""  # the name of the whole among the names of what is hidden


@dataclass(frozen=True)
class Part:
    """A part of a whole. count: what is counted, None where it is not known; suppressed: it came hidden."""

    count: Decimal | None
    suppressed: bool = False


def hidden(
    parts: Mapping[str, Part], whole: Decimal | None, *, smallest: int, whole_hidden: bool = False
) -> frozenset[str]:
    """The names of the parts not to be shown: those suppressed, and as many more as keep them from being worked out; WHOLE
    too, where no part is left for that.

    whole: the count of the whole, None where it is not known. whole_hidden: it came hidden, so that it may not be the sum of
    its parts either. smallest: numbers from 1 up to below this are hidden.
    """
    gone = {name for name, part in parts.items() if part.suppressed}
    if whole_hidden and not gone:
        least = sorted((part.count, name) for name, part in parts.items() if part.count)
        return frozenset({name for _, name in least[:1]})
    if not gone or whole is None:
        return frozenset(gone)
    own = len(gone)
    others = sorted(
        (name for name, part in parts.items() if name not in gone and part.count is not None),
        key=lambda name: (parts[name].count, name),
    )
    rest = whole - sum((parts[name].count or Decimal(0) for name in others), Decimal(0))
    told = own == 1 or rest <= own or (smallest > 1 and rest >= own * (smallest - 1))
    if not told:
        return frozenset(gone)
    for name in others:
        gone.add(name)
        if parts[name].count:  # a nought hides nothing
            return frozenset(gone)
    return frozenset({*gone, WHOLE})  # nothing is left to hide beside it
