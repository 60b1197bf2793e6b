"""The pages that belong to no app, as a browser shows them: accessible, within the screen, and within the policy."""

import gzip
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/help", "/accessibility", "/privacy", "/components", "/components?due=soon&owner=ce", "/nowhere"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OPEN_ALL = "document.querySelectorAll('details:not([data-menu])').forEach(one => one.open = true)"


@pytest.fixture(params=[1280, 390, 320])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else None)
    yield page
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_fits_its_screen(screen: Page, live_server, address: str) -> None:
    screen.goto(live_server.url + address)
    screen.evaluate(OPEN_ALL)
    found = Axe().run(screen, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert screen.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert [said for said in screen.complaints if "404" not in said] == []


def test_a_menu_closes_with_escape_and_gives_the_focus_back(browser: Browser, live_server) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/components")
    page.click(".c-asat > summary")
    assert page.eval_on_selector(".c-asat", "one => one.open") is True
    page.keyboard.press("Escape")
    assert page.eval_on_selector(".c-asat", "one => one.open") is False
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.close()


def test_a_first_visit_weighs_at_most_90_kb_compressed(browser: Browser, live_server) -> None:
    page = browser.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # a method of a list has no code to wrap
    page.goto(f"{live_server.url}/components")
    page.wait_for_load_state("networkidle")
    bodies = [answer.body() for answer in answers]
    assert len(bodies) >= 4
    assert sum(len(gzip.compress(body, 9)) for body in bodies) <= 90_000
    page.close()
