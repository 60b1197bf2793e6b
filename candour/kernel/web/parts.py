"""Components drawn with less ado than django-cotton draws them: a page is put together from fifty (docs/adr/0051).

What a component is, how it is written and what it sees stay django-cotton's: it reads the templates, and this draws what it
has read. A component of ours sees its own attributes, its slots, and what the page's context processors give.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.template.loader import get_template
from django_cotton.templatetags import Attrs, UnprocessableDynamicAttr
from django_cotton.templatetags._component import AttrKind, CottonComponentNode, cotton_component
from django_cotton.templatetags._slot import CottonSlotNode
from django_cotton.templatetags._vars import CottonVarsNode
from django_cotton.utils import get_cotton_data

MISSING = object()  # what an attribute gives that cannot be told: it is as if it had not been written


def component(parser: Parser, token: Token) -> CottonComponentNode:
    """The tag that <c-name ...> is read as. One whose name or attributes are told only as it is drawn is django-cotton's."""
    read = cotton_component(parser, token)
    if read.component_name == "component" or read.only or ":attrs" in read.attrs:
        return read
    return Part(read.component_name, read.nodelist, read.attrs, read.only, read.active_library)


class Part(CottonComponentNode):
    """A component whose template and attributes are known when the page is read."""

    @cached_property
    def attributes(self) -> tuple[dict[str, Any], list[tuple[str, Callable[[Context], Any]]]]:
        """(those that are always the same, those that are asked of the page)."""
        fixed: dict[str, Any] = {}
        asked = []
        for attr in self._prepared_attrs:
            if attr.kind in (AttrKind.DYNAMIC, AttrKind.UNQUOTED):
                otherwise = MISSING if attr.kind == AttrKind.DYNAMIC else attr.value
                asked.append((attr.key.replace("-", "_"), resolving(attr.compiled, otherwise)))
            elif attr.kind == AttrKind.ESCAPED and attr.compiled:
                asked.append((attr.key.replace("-", "_"), attr.compiled.nodelist.render))
            else:
                fixed[attr.key.replace("-", "_")] = attr.value
        return fixed, asked

    @cached_property
    def drawing(self) -> tuple[Any, NodeList, list[CottonVarsNode]]:
        """The component's template, what of it is drawn, and where it says what stands for an attribute that is not given."""
        template: Any = get_template(self._generate_component_template_path(self.component_name, None)).template  # type: ignore[attr-defined]
        defaults = [node for node in template.nodelist if isinstance(node, CottonVarsNode)]
        return template, NodeList(node for node in template.nodelist if node not in defaults), defaults

    @cached_property
    def has_slots(self) -> bool:
        return bool(self.nodelist.get_nodes_by_type(CottonSlotNode))

    def render(self, context: Context) -> Any:
        template, drawn, defaults = self.drawing
        fixed, asked = self.attributes
        given = dict(fixed)
        for name, ask in asked:
            if (value := ask(context)) is not MISSING:
                given[name] = value
        slots: dict[str, Any] = {}
        slot = self.filled(context, slots) if self.has_slots else self.nodelist.render(context)
        held: dict[str, Any] = {}
        for node in defaults:
            held |= node.extract_vars(context, Attrs(given), slots)
        shared = self._get_processor_snapshot(context)
        inner: Any = Context()
        if shared is not None:
            inner.dicts.append(shared)
        inner.dicts.append({**held, **slots, **given, "slot": slot})
        inner._cotton_processor_snapshot = shared
        inner.template = template
        return drawn.render(inner)

    def filled(self, context: Context, slots: dict[str, Any]) -> Any:
        """What stands between the tags outside any slot; that of each slot is put into slots."""
        stack = get_cotton_data(context)["stack"]
        stack.append({"key": self.component_name, "slots": slots})
        slot = self.nodelist.render(context)
        stack.pop()
        return slot


def resolving(value: Any, otherwise: Any) -> Callable[[Context], Any]:
    """How an attribute is asked of the page. otherwise: what it is where the page does not know it."""

    def ask(context: Context) -> Any:
        try:
            return value.resolve(context)
        except UnprocessableDynamicAttr:
            return otherwise

    return ask
