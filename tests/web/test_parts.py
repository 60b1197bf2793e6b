"""Components as the house draws them: what django-cotton would draw, sign by sign."""

import re
from copy import deepcopy
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from candour.kernel.web import views
from candour.kernel.web.parts import Part

COTTON = "django_cotton.templatetags.cotton"
PIECES = (
    '<c-panel title="Figures"><p>{{ words }}</p></c-panel>',
    '<c-panel :title="nothing.at.all">{{ words }}</c-panel>',
    '<c-panel title="{{ words }} &amp; more" tone="plum" />',
    "{% cotton panel title=words %}x{% endcotton %}",
    "{% cotton panel title=plain %}x{% endcotton %}",
    '<c-section id="a" title="B"><c-slot name="aside">{% if shown %}<i>{{ words }}</i>{% endif %}</c-slot>C</c-section>',
    '<c-section title="B">{% if shown %}<c-slot name="aside"><c-tag tone="red">D</c-tag></c-slot>{% endif %}C</c-section>',
    '<c-head :title="words"><c-slot name="kicker">K</c-slot>M</c-head>',
    '<c-head title="T"><c-slot name="actions"><c-button href="/">L</c-button></c-slot></c-head>',
    '<c-past :day="day">{% for n in many %}<c-tag>{{ n }}</c-tag>{% endfor %}</c-past>',
    '<c-past what="This risk" :day="day" />',
    '<c-due :day="day" :on="later" none="no date" />',
    '<c-due :day="none" :on="later" />',
    '<c-thread-link kind="Controls" gap>{{ words }}</c-thread-link>',
    '<c-table caption="T" class="wide"><c-slot name="head"><c-th>H</c-th></c-slot><tr><td>{{ words }}</td></tr></c-table>',
    '<c-component is="tag" tone="red">{{ words }}</c-component>',
    '<c-tag :attrs="more">{{ words }}</c-tag>',
)


def drawn(piece: str) -> str:
    from datetime import date

    known = {"words": "<b> & 'c'", "shown": True, "many": [1, 2], "day": date(2026, 1, 2), "later": date(2026, 3, 4)}
    read = Template(CottonCompiler().process(piece))
    return read.render(Context(known | {"none": None, "more": {"tone": "blue"}}))


def gallery() -> str:
    html = views.components(RequestFactory().get("/components")).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


@pytest.fixture
def by_django_cotton(settings: Any) -> Any:
    """Has components read as django-cotton reads them, from the moment that it is called."""

    def change() -> None:
        templates = deepcopy(settings.TEMPLATES)
        templates[0]["OPTIONS"]["builtins"].append(COTTON)
        settings.TEMPLATES = templates

    return change


def test_the_gallery_is_drawn_as_django_cotton_draws_it(by_django_cotton: Any) -> None:
    ours = gallery()
    by_django_cotton()
    assert gallery() == ours


def test_each_way_to_write_a_component_gives_what_django_cotton_gives(by_django_cotton: Any) -> None:
    ours = {piece: drawn(piece) for piece in PIECES}
    by_django_cotton()
    assert {piece: drawn(piece) for piece in PIECES} == ours


def test_components_are_the_houses_own_save_where_they_are_told_as_they_are_drawn() -> None:
    def kinds(piece: str) -> list[bool]:
        return [isinstance(node, Part) for node in Template(CottonCompiler().process(piece)).nodelist]

    assert kinds('<c-tag tone="red">x</c-tag>') == [True]
    assert kinds('<c-component is="tag">x</c-component>') == [False]
    assert kinds('<c-tag :attrs="more">x</c-tag>') == [False]
    assert kinds("<c-tag only>x</c-tag>") == [False]


def test_what_a_page_knows_is_not_known_inside_a_component() -> None:
    assert "c-panel--plum" not in Template(CottonCompiler().process("<c-panel>x</c-panel>")).render(
        Context({"tone": "plum"})
    )
