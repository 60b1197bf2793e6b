"""The way in of a live installation, in a browser: password, second step, recovery codes, an invitation, signing out."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import wait_for
from tests.browser.walking import AXE_RULES, OVERFLOW
from tests.signin.people import code_at

pytestmark = pytest.mark.browser
PASSWORD = "kingfisher by a river"
BODY = ["--body", "Office of Mereford", "--name", "First Officer", "--email", "first@mereford.example"]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a new installation with one administrator, started as an administrator starts it."""
    home = tmp_path_factory.mktemp("live")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    env |= {"CANDOUR_HOME": str(home), "DATABASE_URL": f"sqlite:///{home}/live.sqlite3", "CANDOUR_DEMO": ""}
    said = Path(home) / "said.txt"

    def candour(*words: str, given: str = "") -> None:
        subprocess.run([sys.executable, "-m", "candour", *words], env=env, input=given, text=True, check=True)  # noqa: S603

    candour("migrate")
    candour("administrator", "first.officer", *BODY, given=f"{PASSWORD}\n")
    with said.open("w") as log:
        command = [sys.executable, "-m", "candour", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)  # noqa: S603
        try:
            wait_for(f"http://127.0.0.1:{port}/help", server, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def well_made(page: Page) -> None:
    """Nothing stands over the edge of a telephone, and the checker of accessibility finds nothing."""
    assert Axe().run(page, options=AXE_RULES).response["violations"] == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate(OVERFLOW) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def gives_password(page: Page, live: str) -> None:
    page.goto(f"{live}/sign-in")
    page.fill("#username", "first.officer")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_the_first_administrator_signs_in_sets_up_the_second_step_and_comes_again(browser: Browser, live: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, told = context.new_page(), []
    page.on("console", lambda said: told.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{live}/posts/people/")
    assert page.url.endswith("/sign-in?next=%2Fposts%2Fpeople%2F")
    well_made(page)
    page.fill("#username", "first.officer")
    page.fill("#password", "wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.locator(".govuk-error-summary").inner_text().splitlines()[-1] == (
        "The user name or the password is not right: try again"
    )
    page.fill("#username", "first.officer")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.get_by_role("heading", name="Set up the second step").wait_for()
    well_made(page)
    picture = page.get_by_role("img", name="The key below, as a picture for the camera of the app")
    assert picture.evaluate("img => img.complete && img.naturalWidth > 100") is True
    secret = page.locator("main code").inner_text().replace(" ", "")
    used = datetime.now(UTC)
    page.fill("#code", code_at(used, secret))
    page.get_by_role("button", name="Set it up and sign in").click()

    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    well_made(page)
    codes = page.locator("main code").all_inner_texts()
    assert (len(codes), len(set(codes))) == (10, 10)
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("heading", name="People").wait_for()
    for place in (
        "/sign-in/mine/",
        "/sign-in/mine/password",
        "/sign-in/mine/codes",
        "/posts/sign-ins/",
        "/posts/directory/",
    ):
        page.goto(live + place)
        well_made(page)

    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    gives_password(page, live)
    page.get_by_role("heading", name="Enter the code from your app").wait_for()
    well_made(page)
    page.fill("#code", codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="My sign-in").click()
    assert "9 recovery codes left" in page.locator("main").inner_text()
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("heading", name="Do you want to sign out everywhere?").wait_for()
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()

    gives_password(page, live)
    while datetime.now(UTC) - used < timedelta(seconds=31):  # a code opens once
        sleep(1)
    page.fill("#code", code_at(datetime.now(UTC), secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="My sign-in").wait_for()
    assert told == []


def test_a_forgotten_password_is_asked_for_in_a_browser(browser: Browser, live: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{live}/sign-in")
    page.get_by_role("link", name="I forgot my password").click()
    well_made(page)
    page.fill("#username", "nobody")
    page.get_by_role("button", name="Send the letter").click()
    page.get_by_role("heading", name="Look at your e-mail").wait_for()
    well_made(page)
    page.goto(f"{live}/sign-in/link/nothing")
    page.get_by_role("heading", name="This link opens nothing").wait_for()
    well_made(page)
