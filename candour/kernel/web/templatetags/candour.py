"""Filters for dates, numbers and money, and the tags that print charts. Built in: no template needs to load them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from candour.kernel.calendar import say_date
from candour.kernel.money import pounds
from candour.kernel.web import charts, marks, tables

register = template.Library()


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """26 October 2023, in the time of the office."""
    return "" if not value else say_date(_day(value))


@register.filter
def iso(value: date | datetime | None) -> str:
    """2023-10-26, for the datetime attribute."""
    return "" if not value else _day(value).isoformat()


@register.filter
def times(value: datetime | None) -> str:
    """14:05, in the time of the office."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%H:%M")


register.filter(marks.late)
register.filter(pounds)
register.simple_tag(marks.tag)
register.simple_tag(marks.score)
register.simple_tag(marks.move)


@register.filter
def number(value: Any) -> str:
    """1,204; nought is 0 and a missing number is "none"."""
    if value is None or value == "":
        return "none"
    if isinstance(value, str):  # a component's attribute written in the template: count="2"
        return f"{int(value):,}" if value.isascii() and value.isdigit() else value
    return f"{value:,}"


@register.filter
def percent(value: Any, of: Any = None) -> str:
    """74.9% with one place, of a percentage or as value|percent:whole; "none" when there is no whole."""
    if value is None or value == "" or (of is not None and not of):
        return "none"
    share = Decimal(str(value)) * 100 / Decimal(str(of)) if of is not None else Decimal(str(value))
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}".removesuffix(".0") + "%"


@register.filter
def money(value: Any) -> str:
    """£27,225, and the pence only when there are any."""
    if value is None or value == "":
        return "none"
    amount = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = "−" if amount < 0 else ""
    return f"{sign}£{abs(amount):,}".removesuffix(".00")


@register.filter
def plural(value: Any, words: str) -> str:
    """The word for a count: 3|plural:"risk,risks"."""
    one, many = words.split(",")
    return one if value == 1 else many


@register.simple_tag(takes_context=True)
def due(context: template.Context, day: date | None, on: date | None = None, **kwargs: Any) -> SafeString:
    """A date and how late it is on a day, today unless another is given."""
    return marks.due(day or None, on or context["today"], **kwargs)


@register.simple_tag
def svg(chart: charts.Chart) -> SafeString:
    """The drawing of a chart."""
    return marks.drawn(chart.svg)


@register.simple_tag
def spark(scores: Sequence[int], top: int) -> SafeString:
    """The last five scores as a line."""
    return marks.drawn(charts.spark(scores, top=top))


@register.simple_tag
def bar(parts: Sequence[tuple[str, int]], label: str) -> SafeString:
    """One bar of parts of a whole."""
    return marks.drawn(charts.bar(parts, label=label))


@register.simple_tag
def sort_link(sort: tables.Sort, column: str, first: str = "") -> str:
    """The address that sorts a list by a column."""
    return sort.link(column, first=first)


@register.simple_tag
def sort_state(sort: tables.Sort, column: str) -> str:
    return sort.state(column)


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: Any) -> str:
    """This page's query with some parameters changed: {% here page=2 %}."""
    return tables.query_string(context["request"].GET, **changes)
