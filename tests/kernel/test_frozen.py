"""A frozen dataclass that is made quickly is the dataclass that it would be otherwise."""

import inspect
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, field, replace
from pickle import dumps, loads

import pytest

from candour.kernel.frozen import quick


@dataclass(frozen=True)
class Slow:
    """A thing."""

    name: str
    size: int = 3
    parts: tuple[str, ...] = field(default=())


@quick
@dataclass(frozen=True)
class Quick:
    """A thing."""

    name: str
    size: int = 3
    parts: tuple[str, ...] = field(default=())


def test_what_is_made_is_what_it_would_be() -> None:
    for given in (("a",), ("a", 4), ("a", 4, ("b",))):
        made, slow = Quick(*given), Slow(*given)
        assert vars(made) == vars(slow)
        assert repr(made) == repr(slow).replace("Slow", "Quick")
        assert hash(made) == hash(slow)
    assert Quick("a", parts=("b",)) == Quick(name="a", size=3, parts=("b",))
    assert Quick("a") != Quick("b")
    assert str(inspect.signature(Quick)).replace("_size", "3") == str(inspect.signature(Slow))


def test_it_is_frozen_replaced_copied_and_kept_alike() -> None:
    made = Quick("a")
    with pytest.raises(FrozenInstanceError):
        made.size = 4  # type: ignore[misc]
    assert replace(made, size=5) == Quick("a", 5)
    assert copy(made) == loads(dumps(made)) == made  # noqa: S301


def test_what_is_not_given_is_refused() -> None:
    for given, named in (((), {}), (("a", 1, (), 2), {}), (("a",), {"colour": "red"})):
        with pytest.raises(TypeError):
            Quick(*given, **named)  # type: ignore[arg-type]


def test_what_it_does_not_do_is_refused() -> None:
    @dataclass(frozen=True)
    class ByFactory:
        parts: list[str] = field(default_factory=list)

    @dataclass(frozen=True, kw_only=True)
    class ByName:
        name: str

    @dataclass(frozen=True, slots=True)
    class Slotted:
        name: str

    @dataclass(frozen=True)
    class Finished:
        name: str

        def __post_init__(self) -> None:
            pass

    for odd in (ByFactory, ByName, Slotted, Finished):
        with pytest.raises(TypeError):
            quick(odd)
