"""A register of any size in a database of its own, made through recordings like everything else."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path
from typing import Any

from django.db import connection

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import add_person, appoint, grant, set_up_organisation, set_up_post
from candour.kernel.people.models import Organisation, Person, Post
from candour.kernel.records.models import Record
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.risks.commands import NewRisk, raise_many
from candour.risks.models import Assessment, Control, Risk, Update

BATCH = 500
START = date(2024, 1, 1)
AT = datetime(2024, 1, 1, 9, tzinfo=UTC)
WORDS = ["grant", "fleet", "budget", "tender", "vetting", "estate", "data", "victim"]
WORDS += ["staff", "audit", "contract", "partner", "system", "plan", "custody", "radio"]
# Words come as they do in writing: the second half as often as the first, the third a third as often, and so on.
SYLLABLES = ["ba", "cor", "den", "fil", "gar", "hol", "mer", "nor", "pel", "ros", "sta", "tur", "ven", "wal"]
VOCABULARY = ["the", "of", "and", "to", "in", "is", "that", "for", "on", "by", "with", "as", "not", "be", "at", "this"]
VOCABULARY += WORDS + ["".join(three) for three in product(SYLLABLES, repeat=3)]
OFTEN = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))


MATRIX = Matrix(
    id=0,
    name="Four by four",
    impact=tuple(Level(n, word) for n, word in enumerate(("Low", "Medium", "High", "Very high"), 1)),
    likelihood=tuple(Level(n, word) for n, word in enumerate(("Rare", "Possible", "Likely", "Almost certain"), 1)),
    bands=(Band("High", 8, 16, 3, "high"), Band("Medium", 5, 7, 3, "medium"), Band("Low", 1, 4, 6, "low")),
)


@contextmanager
def own_database() -> Iterator[None]:
    """A database beside the real one, gone afterwards: a file for SQLite, test_<name> on the PostgreSQL server."""
    with tempfile.TemporaryDirectory(prefix="candour-bench-") as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def analyse() -> None:
    """What the database would know of its tables had they been there for an hour."""
    if (
        connection.vendor == "postgresql"
    ):  # which does this by itself before long; SQLite does not, and Candour never asks
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


class Register:
    """The office of the bench, with a policy officer and eight owners."""

    def __init__(self) -> None:
        said: dict[str, Any] = {"actor": CANDOUR, "at": AT, "reason": "Set up to measure"}
        self.office: Organisation = set_up_organisation(
            name="Office", short_name="The office", code="office", kind="office", **said
        )
        self.scale: Scale = bring_in_matrix(MATRIX, organisation=self.office, starts=START, **said)
        self.owners: list[Post] = [
            set_up_post(title=f"Head of {word}", organisation=self.office, **said) for word in WORDS[:8]
        ]
        post = set_up_post(title="Policy Officer", organisation=self.office, **said)
        self.person: Person = add_person(username="bench", name="Bench", password=None, **said)
        appoint(self.person, post, starts=START, **said)
        grant("policy_officer", post=post, organisation=self.office, starts=START, **said)
        self.random = random.Random(2018)
        self.made = 0

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(VOCABULARY, cum_weights=OFTEN, k=count))

    def add(self, count: int) -> None:
        """Raise so many risks, each with a score, two controls and an update."""
        for start in range(0, count, BATCH):
            self._batch(min(BATCH, count - start))

    def _batch(self, count: int) -> None:
        day = START + timedelta(days=self.random.randrange(700))
        found = [self._new(day) for _ in range(count)]
        raise_many(found, organisation=self.office, actor=CANDOUR, at=AT, effective=day, reason="Made to measure")

    def _new(self, day: date) -> NewRisk:
        record = self._record()
        risk = self._risk(record, day)
        update = Update(risk=risk, dated=day, text=self.words(40))
        return NewRisk(record, risk, [self._score(risk, day)], self._controls(risk, day), [update])

    def _record(self) -> Record:
        self.made += 1
        return Record(
            kind="risk",
            reference=f"B{self.made:06}",
            title=f"The {self.words(5)} could fail",
            organisation=self.office,
            owner=self.random.choice(self.owners),
            sensitivity="restricted" if self.made % 50 == 0 else "public",
        )

    def _risk(self, record: Record, day: date) -> Risk:
        return Risk(
            record=record,
            level="strategic",
            event=self.words(20),
            effect=self.words(12),
            responsible_officer=self.random.choice(self.owners),
            first_recorded=day,
            last_review=day + timedelta(days=self.random.randrange(60)),
        )

    def _score(self, risk: Risk, day: date) -> Assessment:
        impact, likelihood = self.random.randint(1, 4), self.random.randint(1, 4)
        return Assessment(risk=risk, scale=self.scale, impact=impact, likelihood=likelihood, scored_on=day)

    def _controls(self, risk: Risk, day: date) -> list[Control]:
        due = day + timedelta(days=self.random.randrange(1200))
        return [
            Control(risk=risk, text=self.words(10), pending=False, in_place_since=day, added_on=day),
            Control(
                risk=risk, text=self.words(10), pending=True, due=due, added_on=day, owner=risk.responsible_officer
            ),
        ]
