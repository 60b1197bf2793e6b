"""Cells of CSV that no spreadsheet runs, and the same cells read back. Pure."""

from datetime import date
from typing import Any

# Wide signs too: some spreadsheets read them as they read the narrow ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what begins like a formula, apostrophes before it or not."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def unharmed(cell: str) -> str:
    """The text that harmless() was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
