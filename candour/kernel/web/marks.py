"""The small marks of a register's row: tag, score, movement, due date.

Written in Python, because a page of 50 rows draws 250 of them: <c-score> and its like call these, and a long table
calls the tags of the same names, which cost a fraction of a component.
"""

from datetime import date
from typing import Any

from django.utils.html import conditional_escape as text
from django.utils.safestring import SafeString, mark_safe

from candour.kernel.calendar import say_date

SHAPES = {
    "up": "M5 1 9.5 9h-9z",
    "down": "M.5 1h9L5 9z",
    "new": "M5 0l1.4 3.3L10 3.8 7.4 6.2 8 10 5 8.1 2 10l.6-3.8L0 3.8l3.6-.5z",
    "same": "M0 3h10v1.6H0zM0 6h10v1.6H0z",
    "rescaled": "M0 3h4v1.6H0zM6 3h4v1.6H6zM0 6h4v1.6H0zM6 6h4v1.6H6z",
}
SAID = {"up": "Up", "down": "Down", "new": "New", "same": "No change", "rescaled": "Not comparable"}


def drawn(html: str) -> SafeString:
    """Markup whose every word was escaped where it was put in."""
    return mark_safe(html)  # noqa: S308  # nosec B308 B703


def tag(words: Any, tone: str = "") -> SafeString:
    """A status in words; tone red, amber, green, blue, plum, line, or none for grey."""
    toned = f" c-tag--{text(tone)}" if tone else ""
    return drawn(f'<strong class="c-tag{toned}">{text(words)}</strong>')


def score(value: Any, tone: str, band: str, *, quiet: bool = False, big: bool = False) -> SafeString:
    """A score in the colour of its band, with the band's name; quiet leaves the name to screen readers."""
    name = f'<span class="govuk-visually-hidden">{text(band)}</span>' if quiet else text(band)
    size = " c-score--big" if big else ""
    return drawn(f'<span class="c-score c-score--{text(tone)}{size}"><b>{text(value)}</b>{name}</span>')


def move(direction: str, was: Any = None, words: str = "") -> SafeString:
    """The direction with what it was; other words may be given. One that is not known is shown as no change."""
    known = direction if direction in SHAPES else "same"
    came = f" from {text(was)}" if known in {"up", "down"} and was not in (None, "") else ""
    return drawn(
        f'<span class="c-move c-move--{known}"><svg class="c-ico" viewBox="0 0 10 10" aria-hidden="true" '
        f'focusable="false"><path d="{SHAPES[known]}"/></svg>{text(words) or SAID[known] + came}</span>'
    )


def late(day: date | None, on: date) -> str:
    """ "13 days late" on a day, and nothing when it is not."""
    if not day or day >= on:
        return ""
    days = (on - day).days
    return f"{days:,} {'day' if days == 1 else 'days'} late"


def due(day: date | None, on: date, *, done: bool = False, none: str = "not yet") -> SafeString:
    """A date, in red with the days it is late; what is done is never late; `none` stands for no date."""
    if day is None:
        return drawn(text(none))
    if done or day >= on:
        return drawn(say_date(day))
    return drawn(f'<span class="c-late">{say_date(day)}<span class="c-sub c-late">{late(day, on)}</span></span>')
