"""The root of rows that stand outside the history: one fingerprint over them all, in their order (ADR 0028)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

FOUR = Decimal("0.0001")


class Root:
    """SHA-256 over a line a row; decimals to four places, so that both databases give the same."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = sha256()

    def add(self, row: Sequence[Any]) -> None:
        """Take one row in. row: its values, always in the same order."""
        self._hash.update(("\t".join(map(_said, row)) + "\n").encode())
        self.count += 1

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return f"{value.quantize(FOUR):f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).replace("\t", " ").replace("\n", " ")
