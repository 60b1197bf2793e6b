"""Where what may be published comes from; apps register theirs in apps.py. Nothing is published but through one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check


@dataclass(frozen=True)
class Ready:
    """Something that may be published. key: within its source, and a part of its address. waits: why it cannot go yet."""

    key: str
    title: str
    dated: date
    waits: str = ""


@dataclass(frozen=True)
class Copy:
    """The public copy, as it would be frozen: its document, the checks of it, and the facts that lists and data show.

    files: data that is published beside the document, by name. The document tells their content or its fingerprint, so that
    what is different in them is different in it.
    """

    title: str
    dated: date
    document: Document
    checks: tuple[Check, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Source:
    """A source of what may be published.

    word: "Decision"; plural: "Decisions". permission: what an actor needs, in the organisation, to see what it is made from.
    ready(organisation number, actor, today) -> what could be published, newest first. write(organisation number, key, actor,
    at) -> the public copy; raises LookupError for a key that is none, or not ready. parts: beginnings of its keys that can
    fulfil a duty each, with their words. published(organisation number, key, actor, at) is called once it is out, in the same
    transaction, where the register itself has to know.
    """

    name: str
    word: str
    plural: str
    permission: str
    ready: Callable[[int, Actor, date], Sequence[Ready]]
    write: Callable[[int, str, Actor, datetime], Copy]
    parts: Sequence[tuple[str, str]] = ()
    published: Callable[[int, str, Actor, datetime], object] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known. Raises ValueError for a name that is taken."""
    if source.name in _sources:
        raise ValueError(f"the source {source.name!r} is registered twice")
    _sources[source.name] = source


_open_pages: list[tuple[str, str]] = []


def open_page(words: str, route: str) -> None:
    """Say that a page of open data is led to from what is published. route: the name of its address, which anyone may open."""
    _open_pages.append((words, route))


def open_pages() -> list[tuple[str, str]]:
    """Every page of open data, as (words, route), by words."""
    return sorted(_open_pages)


def sources() -> list[Source]:
    """Every source, by name."""
    return [_sources[name] for name in sorted(_sources)]


def source_named(name: str) -> Source:
    """The source of that name. Raises LookupError."""
    if name not in _sources:
        raise LookupError(f"nothing is published as {name!r}; there are: {', '.join(sorted(_sources))}")
    return _sources[name]
