"""What every chart is made of (pure): the drawing of text and boxes, and the shape of a finished chart.

Classes not styles, so that the Content-Security-Policy holds; text from records is escaped here.
"""

from dataclasses import dataclass
from html import escape
from typing import Protocol


class Banded(Protocol):
    """What a chart needs of a band of scores: low and high are both inside it; tone is "high", "medium" or "low"."""

    @property
    def name(self) -> str: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def tone(self) -> str: ...


class Levelled(Protocol):
    """A level of impact or likelihood: its number and its word."""

    @property
    def value(self) -> int: ...
    @property
    def word(self) -> str: ...


@dataclass(frozen=True)
class Table:
    """The figures of a chart: the first cell of a row is its heading."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """An SVG (safe to print as it is), its title, and its figures."""

    svg: str
    title: str
    table: Table


TONES = {"high": "high", "medium": "med", "low": "low"}


def number(value: float) -> str:
    """A coordinate with one decimal at most: 12, 12.5."""
    return f"{value:.1f}".removesuffix(".0")


def svg(key: str, *, size: tuple[float, float], title: str, desc: str, body: list[str], role: str = "img") -> str:
    width, height = size
    return (
        f'<svg viewBox="0 0 {number(width)} {number(height)}" role="{role}" aria-labelledby="{key}-title {key}-desc" '
        f'focusable="false"><title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(desc)}</desc>'
        f"{''.join(body)}</svg>"
    )


def text(x: float, y: float, text: object, classes: str = "") -> str:
    named = f' class="{classes}"' if classes else ""
    return f'<text{named} x="{number(x)}" y="{number(y)}">{escape(str(text))}</text>'


def rect(x: float, y: float, width: float, height: float, classes: str, *, radius: int = 0) -> str:
    rounded = f' rx="{radius}"' if radius else ""
    box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect class="{classes}" {box}{rounded}/>'
