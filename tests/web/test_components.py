import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory

import candour
from candour.kernel.web import views

PACKAGE = Path(candour.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
COMPONENTS = sorted((PACKAGE / "kernel/web/templates/cotton").glob("*.html"))


def gallery(query: str = "") -> str:
    return views.components(RequestFactory().get(f"/components{query}")).content.decode()


def used(template: Path) -> set[str]:
    return set(re.findall(r"<c-([a-z-]+)", template.read_text())) - {"slot", "vars"}


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_is_in_the_gallery_or_inside_one_that_is(component) -> None:
    shown = used(PACKAGE / "kernel/web/templates/web/components.html") | used(
        PACKAGE / "kernel/web/templates/web/page.html"
    )
    inside = {name for path in COMPONENTS for name in used(path)}
    assert component.stem.replace("_", "-") in shown | inside | {"date"}


@pytest.mark.parametrize("query", ["", "?sort=reference&owner=ce&q=x", "?due=soon", "?page=25", "?page=9999&sort=x"])
def test_the_gallery_draws_every_component_whole(query) -> None:
    html = gallery(query)
    assert re.findall(r"<c-[a-z]|\{\{|\{%", html) == []
    assert "OFFICIAL-SENSITIVE" in html


def test_no_two_parts_of_the_gallery_have_the_same_id() -> None:
    ids = re.findall(r' id="([^"]*)"', gallery())
    assert sorted(ids) == sorted(set(ids))
    assert "" not in ids


def test_every_description_and_label_of_the_gallery_points_at_something() -> None:
    html = gallery()
    ids = set(re.findall(r' id="([^"]+)"', html))
    pointed = " ".join(re.findall(r' (?:for|aria-describedby|aria-labelledby)="([^"]+)"', html)).split()
    assert set(pointed) <= ids


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_has_a_style_or_script_of_its_own(template) -> None:
    text = template.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|hx-on", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_prints_attributes_unescaped(template) -> None:
    assert re.findall(r"\{\{ *attrs *\}\}|\|safe|autoescape off", template.read_text()) == []


def drawn(component: str, **context) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return " ".join(Template(CottonCompiler().process(component)).render(Context(context)).split())


def test_a_component_escapes_what_it_is_given() -> None:
    html = drawn('<c-find severity="error" :title="bad" :says="bad" should="{{ bad }}" />', bad='"><script>')
    assert "<script>" not in html
    assert html.count("&quot;&gt;&lt;script&gt;") == 3


def test_a_component_does_not_see_the_variables_of_its_page() -> None:
    assert drawn("<c-tag>Open</c-tag>", tone="red") == '<strong class="c-tag">Open</strong>'


@pytest.mark.parametrize(
    ("component", "said"),
    [
        ('<c-move direction="up" was="8" />', "Up from 8"),
        ('<c-move direction="down" was="0" />', "Down from 0"),
        ('<c-move direction="up" />', "Up"),
        ('<c-move direction="same" was="8" />', "No change"),
        ('<c-move direction="new" />', "New"),
        ('<c-move direction="same" words="Same since May" />', "Same since May"),
    ],
)
def test_a_movement_is_said_in_words(component, said) -> None:
    assert re.sub(r"<[^>]+>", "", drawn(component)) == said
