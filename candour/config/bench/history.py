"""A history of many entries: risks that were raised and since said something of, nine times each."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from candour.config.bench.build import AT, BATCH, START, Register, analyse
from candour.config.bench.measure import Figure, once
from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.verify import verify
from candour.kernel.records.lines import together
from candour.risks.commands import Said, say_many
from candour.risks.models import Risk, Update

TIMES = 9  # so that a tenth of all entries raises a risk
FIRST = START + timedelta(days=800)  # after every risk was raised


def measures(register: Register, rows: int) -> Iterator[Figure]:
    """So many entries, and how long it takes to verify them."""
    register.add(max(rows // (TIMES + 1), 1))
    for time in range(TIMES):
        go_on(register, FIRST + timedelta(days=30 * time), reviewed=time % 2 == 1)
    analyse()
    yield from verified()


def go_on(register: Register, day: date, *, reviewed: bool) -> None:
    """An entry for every risk on a day: an update of it or, reviewed, that it was reviewed."""
    pks = list(Risk.objects.order_by("pk").values_list("pk", flat=True))
    at = AT + (day - START)
    with together():
        for start in range(0, len(pks), BATCH):
            some = Risk.objects.filter(pk__in=pks[start : start + BATCH]).select_related("record")
            said = [
                Said(risk, day, "Made to measure", reviewed=True)
                if reviewed
                else Said(risk, day, "Made to measure", (Update(risk=risk, dated=day, text=register.words(30)),))
                for risk in some
            ]
            say_many(said, actor=CANDOUR, at=at)


def verified() -> Iterator[Figure]:
    """How long it takes to verify all that was made: in one process, and in as many as the command takes."""

    def check(workers: int) -> None:
        if failure := verify(workers=workers).failure:
            raise RuntimeError(failure)

    entries, states, workers = Entry.objects.count(), Snapshot.objects.count(), os.cpu_count() or 1
    name = f"verify {entries:,} entries of {states:,} states"
    yield once(name, partial(check, 1))
    if workers > 1:
        yield once(f"{name} in {workers} processes", partial(check, workers), hold="30" if entries >= 1_000_000 else "")
