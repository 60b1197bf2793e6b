"""What the log would hold, line by line."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from candour.kernel.logs.lines import formatter


class Lined:
    """Every line that was written in the block."""

    def __init__(self, text: StringIO) -> None:
        self.stream = text

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["event"] == event]


@contextmanager
def lined(level: int = logging.INFO, *, words: bool = False) -> Iterator[Lined]:
    """What is logged in the block by anybody at a level or above it, as it would be written."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter(words=words))
    named = [logging.getLogger(), logging.getLogger("candour"), logging.getLogger("candour.request")]
    named += [logging.getLogger("django"), logging.getLogger("django.request")]
    before = [(each, each.level) for each in named]
    logging.getLogger().addHandler(handler)
    for each in named:
        each.setLevel(level)
    try:
        yield Lined(handler.stream)
    finally:
        logging.getLogger().removeHandler(handler)
        for each, its in before:
            each.setLevel(its)
