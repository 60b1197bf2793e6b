"""Slips in the words of a tracker: names twice in a split, bands that leave values out. Pure."""

from collections.abc import Iterator

from candour.audits.intake.prose import left_out, named_twice, shared_twice
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import listed

from ..paper import Paper


def check(paper: Paper) -> Iterator[Finding]:
    """Line by line; bands over the lines of an entry."""
    for one in paper.told:
        for line in one.entry.lines:
            for name, said in dict.fromkeys([*shared_twice(line.words), *named_twice(line.words)]):
                message = f"{one.key} names {name} twice in one list."
                yield Finding("group-twice", "warning", line.place, one.key, said, "each once", message)
        for bands, values in left_out([line.words for line in one.entry.lines]):
            place = next(line.place for line in one.entry.lines if line.words.startswith(bands.partition(",")[0]))
            message = f"{one.key} states bands that leave out {listed(values)}."
            yield Finding("threshold-gap", "warning", place, one.key, bands, "bands that meet", message)
