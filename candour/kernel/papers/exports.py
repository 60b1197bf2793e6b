"""The registers that apps can write out as files of rows: workbook, CSV, JSON."""

from collections.abc import Callable
from dataclasses import dataclass


class UnknownExport(ValueError):
    """No app writes out a register of this name, or not as a file of this kind; the message says what there is."""


@dataclass(frozen=True)
class Export:
    """A register that an app writes out.

    write(actor, organisation=, as_at=, at=, suffix=) gives the bytes of the file. permission: what an actor needs in the
    organisation. suffixes: the files it can be, the usual one first.
    """

    name: str
    label: str
    permission: str
    suffixes: tuple[str, ...]
    write: Callable[..., bytes]


_exports: dict[str, Export] = {}


def register(export: Export) -> None:
    """Make an export known. Raises ValueError for a name that is taken."""
    if export.name in _exports:
        raise ValueError(f"the export {export.name!r} is registered twice")
    _exports[export.name] = export


def export_named(name: str, suffix: str | None = None) -> Export:
    """The export of that name, which can be a file of that kind; of its usual kind without one. Raises UnknownExport."""
    known = ", ".join(sorted(_exports)) or "none yet"
    if name not in _exports:
        raise UnknownExport(f"there is no export {name!r}; there are: {known}")
    found = _exports[name]
    if suffix is not None and suffix not in found.suffixes:
        files = ", ".join(found.suffixes)
        raise UnknownExport(f"{name} is written as {files}, not as {suffix or 'a file without an ending'}")
    return found
