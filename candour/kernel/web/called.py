"""What pages are called in plain words where a log names them: apps say it of theirs by how the names of addresses begin."""

from collections.abc import Mapping

_called: dict[str, str] = {}


def call(pages: Mapping[str, str]) -> None:
    """Say what pages are called whose names are, or begin with, these: {"board": "A board"} names board-forward too."""
    _called.update(pages)


def called(name: str) -> str:
    """The page of a name in words: as it is called, with what else its name says; "Another page: ..." where nobody said."""
    begun = name
    while begun and begun not in _called:
        begun = begun.rpartition("-")[0]
    rest = name[len(begun) :].strip("-").replace("-", " ")
    words = _called.get(begun, "Another page")
    return f"{words}: {rest}" if rest else words
