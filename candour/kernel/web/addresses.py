"""Addresses of pages, each worked out once: a page has some fifty, and most of them stand on every page."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.template import Context, Node
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as read_url
from django.urls import NoReverseMatch, get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

KEPT = 8192  # addresses in the memory of a process, some 200 bytes each


def address(name: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> str:
    """The address of a page by its name. Raises NoReverseMatch for one that there is not."""
    words = [*args, *(kwargs or {}).values()]
    if ":" in name or not all(isinstance(word, str | int) for word in words):
        return reverse(name, args=args, kwargs=dict(kwargs or {}))
    named = tuple((key, str(word)) for key, word in (kwargs or {}).items())
    return _worked_out(get_resolver(get_urlconf()), get_script_prefix(), name, tuple(map(str, args)), named)


@lru_cache(maxsize=KEPT)
def _worked_out(_urls: Any, _prefix: str, name: str, args: tuple[str, ...], kwargs: tuple[tuple[str, str], ...]) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


class Address(URLNode):
    """{% url %}, of an address that is worked out once."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        kwargs = {key: value.resolve(context) for key, value in self.kwargs.items()}
        try:
            found = address(name, [arg.resolve(context) for arg in self.args], kwargs)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def url(parser: Parser, token: Token) -> Node:
    """The tag {% url %}."""
    read: Any = read_url(parser, token)
    return Address(read.view_name, read.args, read.kwargs, read.asvar)
