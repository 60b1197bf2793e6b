"""What changed between two versions of a pack. Pure Python."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from .parts import Held


@dataclass(frozen=True, slots=True)
class Difference:
    """added, replaced and moved are parts of the new version, removed of the old one. anew: of what was replaced, what Candour
    wrote again because somebody asked for it."""

    added: tuple[Held, ...] = ()
    removed: tuple[Held, ...] = ()
    replaced: tuple[Held, ...] = ()
    moved: tuple[Held, ...] = ()
    anew: tuple[Held, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.replaced or self.moved or self.anew)

    def told_anew(self, keys: Collection[str]) -> "Difference":
        """The same, with those of the replaced parts apart that were written anew. keys: of the parts that were."""
        anew = tuple(held for held in self.replaced if held.key in keys)
        return replace(self, replaced=tuple(held for held in self.replaced if held not in anew), anew=anew)


def difference(old: Sequence[Held], new: Sequence[Held]) -> Difference:
    """What was added, removed, replaced (by the hash of what it says and its marking) and moved.

    A part that was taken out and put in again under another key, with the same content, is one part. Moved are the
    fewest parts whose moving makes the new order of the old one.
    """
    before = {held.key: held for held in old}
    was = {held.key: before[held.key] for held in new if held.key in before}
    left = [held for held in old if held.key not in was]
    for held in new:
        same = next((one for one in left if held.key not in was and one.sha256 == held.sha256), None)
        if same:
            was[held.key] = same
            left.remove(same)
    place = {held.key: number for number, held in enumerate(old)}
    both = [held for held in new if held.key in was]
    still = _longest_rise([place[was[held.key].key] for held in both])
    return Difference(
        added=tuple(held for held in new if held.key not in was),
        removed=tuple(left),
        replaced=tuple(held for held in both if held.sha256 != was[held.key].sha256),
        moved=tuple(held for number, held in enumerate(both) if number not in still),
    )


def said(changes: Difference) -> str:
    """In a sentence for the list of versions: "Added: 5 Budget. Replaced: 3 Risk register."."""
    named = (
        ("Added", changes.added),
        ("Removed", changes.removed),
        ("Replaced", changes.replaced),
        ("Written anew", changes.anew),
        ("Moved", changes.moved),
    )
    found = " ".join(f"{word}: {', '.join(held.label for held in parts)}." for word, parts in named if parts)
    return found or "No paper changed."


def _longest_rise(places: Sequence[int]) -> set[int]:
    """The positions of a longest rising run of places."""
    ends: list[int] = []
    at: list[int] = []
    before = [-1] * len(places)
    for number, place in enumerate(places):
        where = bisect_left(ends, place)
        before[number] = at[where - 1] if where else -1
        ends[where:] = [place] if where == len(ends) else [place, *ends[where + 1 :]]
        at[where:] = [number] if where == len(at) else [number, *at[where + 1 :]]
    found: set[int] = set()
    number = at[-1] if at else -1
    while number >= 0:
        found.add(number)
        number = before[number]
    return found
