"""Words that papers of every register say the same way. Pure Python."""

from collections.abc import Sequence
from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.papers.blocks import Paragraph, Run
from candour.kernel.papers.document import bold, words


def count(number: int, one: str, many: str, *, first: bool = True) -> tuple[Run | str, ...]:
    """(3, "risk is", "risks are") -> "3 risks are"; nought -> "No risk is"."""
    if not number:
        return (f"{'No' if first else 'no'} {one}",)
    return bold(f"{number:,}"), f" {one if number == 1 else many}"


def days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"


def listed(parts: Sequence[str], *, most: int = 0) -> str:
    """a, b and c; with more than `most` (where given) the first ones and how many are left."""
    if most and len(parts) > most:
        return f"{', '.join(parts[:most])} and {len(parts) - most:,} more"
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def lines(text: str) -> tuple[Paragraph, ...]:
    """A text of several lines as paragraphs, which every form keeps apart."""
    return tuple(Paragraph(words(line.strip())) for line in text.splitlines() if line.strip())


def short_day(day: date) -> str:
    """A date that a narrow cell may break before its year alone."""
    return say_date(day).replace(" ", "\N{NO-BREAK SPACE}", 1)
