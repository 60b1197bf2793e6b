"""What is planned of a board's year is dragged from one meeting to another, as a person does it."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import signed_in

pytestmark = pytest.mark.browser


def test_what_is_planned_is_dragged_to_another_meeting(browser: Browser, demo: str) -> None:
    context = signed_in(browser, demo, "board.secretary")
    page = context.new_page()
    at = f"{demo}/boards/office/cgb/forward/"
    page.goto(at)
    years = [link.inner_text() for link in page.locator("a[href*='year=']").all()]
    for year in reversed(years):  # which year has something that can be moved depends on the day
        page.goto(f"{at}?year={year}")
        if page.locator("[draggable=true]").count():
            break
    held = page.locator("[draggable=true]").first
    row = held.locator("xpath=ancestor::tr")
    title = row.locator("th").inner_text().splitlines()[0]
    to = held.locator("input[name=to]").first.get_attribute("value")
    with page.expect_navigation():
        held.drag_to(row.locator(f"td[data-meeting='{to}']"))
    cell = page.locator(f"tr:has(th:text('{title}')) td[data-meeting='{to}']").first
    assert "Planned" in cell.inner_text()
    context.close()


def test_what_is_planned_is_moved_by_keyboard_alone_and_the_next_key_goes_on_from_its_row(
    browser: Browser, demo: str
) -> None:
    context = signed_in(browser, demo, "board.secretary", java_script_enabled=False)
    page = context.new_page()
    at = f"{demo}/boards/office/cgb/forward/"
    page.goto(at)
    years = [link.inner_text() for link in page.locator("a[href*='year=']").all()]
    for year in reversed(years):
        page.goto(f"{at}?year={year}")
        if page.locator("button:has-text('to a later meeting')").count():
            break
    button = page.locator("button:has-text('to a later meeting')").first
    row = button.locator("xpath=ancestor::tr")
    key, to = row.get_attribute("id"), button.locator("xpath=..").locator("input[name=to]").get_attribute("value")
    words = button.inner_text()
    for _ in range(400):  # Tab alone leads to it
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words:
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"#{key}")
    assert "Planned" in page.locator(f"#{key} td[data-meeting='{to}']").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('tr').id") == key
    context.close()
