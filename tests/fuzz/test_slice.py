"""A small part of what `make fuzz` does, the same each time: every reader with its own files and some changed ones."""

from pathlib import Path

import pytest

from tests.fuzz.__main__ import one
from tests.fuzz.mutate import mutated
from tests.fuzz.runs import run
from tests.fuzz.targets import targets

COUNTS = {"api": 200, "people": 300, "csv": 60, "text": 60, "evidence": 30, "pdf": 40, "pack": 40}


# A file of the old form can ask its reader for more memory than there is, which ends the process: it has one of its own.
IN_A_PROCESS = "old-workbook"


def test_old_workbooks_are_read_or_refused_in_words_or_end_for_want_of_memory(tmp_path: Path) -> None:
    told = one(IN_A_PROCESS, seed=20261128, seconds=60, folder=tmp_path, count=40)
    assert told["finds"] == {}
    assert told["read"] + told["refused"] == told["count"]
    assert told["count"] + told["starved"] >= 40


@pytest.mark.parametrize("name", sorted(set(targets()) - {IN_A_PROCESS}))
def test_each_file_is_read_or_refused_in_words(name: str) -> None:
    target = targets()[name]
    count = len(target.seeds()) + COUNTS.get(name, 40)
    told = run(target, seed=20261128, count=count)
    assert {what: content[:80] for what, content in told.finds.items()} == {}
    assert told.count == told.read + told.refused == count


def test_the_same_seed_makes_the_same_files() -> None:
    import random

    seeds = targets()["word"].seeds()
    one, other = (mutated(seeds[0], random.Random(7), seeds) for _ in range(2))  # noqa: S311
    assert one == other
    assert one != seeds[0]
