"""Minutes are taken in the meeting itself: item after item by keyboard, with a warning where there is no quorum."""

from datetime import time

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browser.conftest import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_items_are_minuted_one_after_the_other_by_keyboard_alone(browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]
    from candour.boards import commands
    from candour.boards.models import Minute
    from tests.boards.factories import BY, a_board
    from tests.factories import build_house

    house = build_house()
    board = a_board(house, code="b", name="Governance Board")
    now = BY | {"at": timezone.now()}
    meeting = commands.plan_meeting(board, held_on=a_working_day(), **now)
    for title in ("Budget", "People", "Estates"):
        commands.add_item(meeting, commands.NewItem(title), **now)
    commands.open_meeting(meeting, started=time(0, 1), **now)
    context = signed_in(browser, live_server.url, "secretary", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/boards/meetings/office/{meeting.record.reference}/minutes/")
    page.click("a:has-text('Minute it')")
    expect(page.locator("main")).to_contain_text("There is no quorum for this item. 0 are there and 2 are needed.")
    for number, title in enumerate(("Budget", "People", "Estates"), start=1):
        expect(page.locator("h1")).to_have_text(f"{number}. {title}")
        page.focus("textarea[name=text]")
        page.keyboard.type(f"{title} was noted.")
        page.focus("button[name=go][value=next]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Governance Board")
    assert list(Minute.objects.order_by("pk").values_list("text", flat=True)) == [
        "Budget was noted.",
        "People was noted.",
        "Estates was noted.",
    ]
    context.close()


def test_the_warning_goes_once_enough_are_there_and_comes_back_for_who_leaves(browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]
    from candour.boards import commands
    from tests.boards.factories import BY, a_board
    from tests.factories import build_house

    house = build_house()
    board, now = a_board(house, code="b", name="Governance Board"), BY | {"at": timezone.now()}
    meeting = commands.plan_meeting(board, held_on=a_working_day(), **now)
    item = commands.add_item(meeting, commands.NewItem("Budget"), **now)
    commands.open_meeting(meeting, started=time(0, 1), **now)
    context = signed_in(browser, live_server.url, "secretary", java_script_enabled=False)
    page = context.new_page()
    at = f"{live_server.url}/boards/meetings/office/{meeting.record.reference}"
    page.goto(f"{at}/attendance/take/")
    page.select_option(f"select[name=presence-{house.posts['chief'].pk}]", "present")
    page.click("main button:has-text('Save the attendance')")
    expect(page.locator("main")).to_contain_text("There is no quorum. 1 of 3 who count is there, and 2 are needed.")
    page.goto(f"{at}/attendance/take/")
    page.select_option(f"select[name=presence-{house.posts['finance'].pk}]", "substitute")
    page.select_option(f"select[name=by-{house.posts['finance'].pk}]", str(house.posts["reader"].pk))
    page.click("main button:has-text('Save the attendance')")
    expect(page.locator("main")).not_to_contain_text("There is no quorum")
    page.goto(f"{live_server.url}/boards/items/office/{item.record.reference}/minute/")
    expect(page.locator("main")).not_to_contain_text("There is no quorum")
    page.select_option("select[name=interest_post]", str(house.posts["chief"].pk))
    page.fill("[name=nature]", "A governor of the school")
    page.check("input[name=withdrew]")
    page.click("main button:text-is('Save'):not(.govuk-visually-hidden)")
    expect(page.locator("main")).to_contain_text("There is no quorum for this item. 1 is there and 2 are needed.")
    context.close()


def a_working_day():  # type: ignore[no-untyped-def]
    """The last working day up to today: a meeting is opened on its day or later."""
    from candour.kernel.calendar import add_working_days, is_working_day

    today = timezone.localdate()
    return today if is_working_day(today) else add_working_days(today, -1)
