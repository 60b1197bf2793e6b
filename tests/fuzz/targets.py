"""Every reader of what comes from outside: its files to begin with, and what reading one may come to."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from candour.kernel.evidence import kinds as evidence
from candour.kernel.intake.back.read import NotOurs, returned
from candour.kernel.intake.commands import read as proposed
from candour.kernel.intake.document import UnreadableFile
from candour.kernel.intake.kinds import UnknownKind
from candour.kernel.intake.sniff import read_here
from candour.kernel.intake.wire import packed, unpacked
from candour.kernel.papers.pack import look
from candour.kernel.rules import Refused
from candour.kernel.service.api.shapes import In
from candour.kernel.signin.people.reading import Unreadable, read_rows
from candour.recommendations.papers.workbook.columns import SHAPE as OF_RECOMMENDATIONS
from candour.risks.papers.workbook.columns import SHAPE as OF_RISKS
from tests.fuzz import seeds

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


@dataclass(frozen=True)
class Target:
    """A reader. read: gives in a word how an input was answered, "refused: ..." where it was; raises anything else: a find."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], str]


def paper(name: str) -> Callable[[bytes], str]:
    """From the bytes of a paper to its proposed rows, over the same JSON as from the process of its own."""

    def read(content: bytes) -> str:
        try:
            document = read_here(content, name)
        except UnreadableFile as refused:
            return f"refused: {str(refused)[:60]}"
        document = unpacked(json.loads(packed(document)), name=name, sha256="")
        try:
            reading = proposed(document)
        except UnknownKind:
            return f"read: of no kind, {_size(len(document.blocks))}"
        json.dumps(reading.as_json())
        codes = sorted({finding.code for finding in reading.findings})
        return f"read: {reading.kind}, {_size(len(reading.records))}, {codes}"

    return read


def workbook_back(content: bytes) -> str:
    """A workbook that was downloaded, edited and brought back."""
    told = []
    for shape in (OF_RISKS, OF_RECOMMENDATIONS):
        try:
            found = returned(read_here(content, "back.xlsx"), shape)
            told.append(f"read: {_size(len(found.edited))} changed, {_size(len(found.faults))} faults")
        except (UnreadableFile, NotOurs) as refused:
            told.append(f"refused: {str(refused)[:40]}")
    return "; ".join(told)


def file_of_people(content: bytes) -> str:
    try:
        return f"read: {_size(len(read_rows(content)))} rows"
    except Unreadable as refused:
        return f"refused: {str(refused)[:40]}"


def file_kept(content: bytes) -> str:
    """A file added to a record, under each ending that is taken."""
    told = []
    for ending in evidence.ENDINGS:
        try:
            told.append(evidence.look(f"a{ending}", io.BytesIO(content), size=len(content), limit=10**9).name)
        except Refused:
            told.append("-")
    return " ".join(told)


def file_in_a_pack(content: bytes) -> str:
    """A PDF of somebody's that is to go into a meeting's pack."""
    try:
        return f"read: {_size(len(look.look(content, 'a.pdf', ours=False)['pages']))} pages"
    except look.Refused as refused:
        return f"refused: {str(refused)[:40]}"


def bodies() -> Iterator[type[In]]:
    """Every shape that a request of the API can have."""
    left = [In]
    while left:
        shape = left.pop()
        left += shape.__subclasses__()
        if shape is not In:
            yield shape


def api_body(content: bytes) -> str:
    """What a script sends, read as each shape of the API."""
    told = ""
    for shape in bodies():
        try:
            shape.model_validate_json(content)
            told += "1"
        except ValidationError:
            told += "0"
    return told


def _size(count: int) -> str:
    return str(count) if count < 4 else f"{len(str(count))} digits"


def fixtures(*endings: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.suffix in endings]


def targets() -> dict[str, Target]:
    """Every reader by its name. Django and the API must be set up."""
    import candour.api.schema  # noqa: F401  so that every shape is known

    every: list[Any] = [
        ("word", seeds.word_files, paper("paper.docx")),
        ("workbook", seeds.workbooks, paper("paper.xlsx")),
        ("old-workbook", seeds.old_workbooks, paper("paper.xls")),
        ("pdf", seeds.pdfs, paper("paper.pdf")),
        ("html", seeds.web_pages, paper("paper.html")),
        ("csv", lambda: [*fixtures(".csv"), *seeds.tables()], paper("paper.csv")),
        ("text", lambda: fixtures(".txt"), paper("paper.txt")),
        ("unnamed", seeds.of_each_kind, paper("")),
        ("workbook-back", seeds.downloaded, workbook_back),
        ("people", seeds.files_of_people, file_of_people),
        ("evidence", seeds.files_kept, file_kept),
        ("pack", seeds.pdfs, file_in_a_pack),
        ("api", seeds.api_bodies, api_body),
    ]
    return {name: Target(name, begun, read) for name, begun, read in every}
