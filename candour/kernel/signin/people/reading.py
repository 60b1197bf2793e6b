"""The file as rows (pure): a CSV file with a heading, one row for each post that somebody holds."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

HEADINGS = ("username", "name", "email", "body", "post", "from", "to")
NEEDED = ("username", "name", "body", "post")


class Unreadable(ValueError):
    """The file is none of people, in words that say how to mend it."""


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file. line: its number there, the heading being 1."""

    line: int
    username: str
    name: str
    email: str
    body: str
    post: str
    starts: str
    ends: str

    @property
    def place(self) -> str:
        return f"line {self.line}"


def read_rows(content: bytes) -> list[Row]:
    """The rows of a file in UTF-8, with commas, semicolons or tabs between. Raises Unreadable; empty lines are none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("The file is not in UTF-8: save it as CSV UTF-8") from None
    if "\x00" in text:
        raise Unreadable("The file holds nought bytes: save it as CSV UTF-8")
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=between)
    heading = [cell.strip().lower() for cell in next(lines, [])]
    if lacking := [name for name in NEEDED if name not in heading]:
        raise Unreadable(f"The heading lacks {', '.join(lacking)}: it must name {', '.join(HEADINGS)}")
    if strange := [name for name in heading if name not in HEADINGS]:
        raise Unreadable(f"The heading names {strange[0] or 'an empty column'}, which is not known: take it away")
    if len(set(heading)) < len(heading):
        raise Unreadable("The heading names a column twice: take one away")
    try:
        found = list(_rows(lines, heading))
    except csv.Error as error:
        raise Unreadable(f"The file cannot be read as CSV: {error}") from None
    if not found:
        raise Unreadable("The file has no rows: it would stop everybody")
    return found


def _rows(lines: Iterator[list[str]], heading: list[str]) -> Iterator[Row]:
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heading):
            raise Unreadable(f"A row that ends on line {lines.line_num} has {len(cells)} cells, not {len(heading)}")  # type: ignore[attr-defined]
        said = dict(zip(heading, (" ".join(cell.split()) for cell in cells), strict=True))
        yield Row(
            line=lines.line_num,  # type: ignore[attr-defined]
            username=said["username"],
            name=said["name"],
            email=said.get("email", ""),
            body=said["body"],
            post=said["post"],
            starts=said.get("from", ""),
            ends=said.get("to", ""),
        )
