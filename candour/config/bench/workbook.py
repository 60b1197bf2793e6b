"""A register of risks as a workbook of another office: read, checked and saved, as `candour load` does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from candour.config.bench.build import START, Register
from candour.config.bench.measure import Figure, once
from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document

ROWS = 5000
HEADINGS = ["Ref", "Risk", "Risk owner", "Impact", "Likelihood", "Score", "Controls", "Date raised", "Last reviewed"]


def measures(register: Register) -> Iterator[Figure]:
    """Rows a second: read and checked, saved, and both together, which docs/adr/0051 holds."""
    with TemporaryDirectory(prefix="candour-bench-") as folder:
        file = Path(folder) / "register.xlsx"
        write(register, file)
        found: list[Any] = []
        checked = once("", lambda: found.append(reading(file))).median
        saved = once("", lambda: save(register, found[0])).median
        yield rate("read and checked", checked)
        yield rate("saved", saved)
        yield rate("read, checked and saved", checked + saved, hold="500")


def write(register: Register, file: Path) -> None:
    """The workbook: a row a risk, scored on the bench's scale, raised and reviewed in the last years."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for number in range(1, ROWS + 1):
        impact, likelihood = register.random.randint(1, 4), register.random.randint(1, 4)
        raised = START + timedelta(days=register.random.randrange(300))
        sheet.append(
            [
                f"W{number:05}",
                f"The {register.words(5)} could fail",
                register.random.choice(register.owners).title,
                impact,
                likelihood,
                impact * likelihood,
                register.words(10),
                raised,
                raised + timedelta(days=register.random.randrange(300)),
            ]
        )
    book.save(file)


def reading(file: Path) -> Any:
    """What is read of it. Raises RuntimeError unless every row is a risk."""
    found = read(read_document(file), "risk-register")
    if len(found.records) != ROWS:
        raise RuntimeError(f"{len(found.records)} risks were read of {ROWS}")
    return found


def save(register: Register, found: Any) -> None:
    now, day = timezone.now(), timezone.localdate()
    load(found, organisation=register.office, actor=CANDOUR, at=now, effective=day, accept_findings=True)


def rate(done: str, seconds: float, *, hold: str = "") -> Figure:
    """Rows a second of one run."""
    each = round(ROWS / max(seconds, 0.01))
    return Figure(f"workbook of {ROWS:,} risks {done}", each, each, unit="rows/s", hold=hold)
