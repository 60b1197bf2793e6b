"""The pictures of the guides, taken from the demonstration as it runs: `make pictures`, which needs Chromium.

Each picture is one line below: its name, who is signed in, the address, how wide the screen is, and what to do before it is
taken. The demonstration is made anew for it, so that two runs show the same register.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "guides" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDE, PHONE = (1280, 860), (390, 844)


def nothing(page: Page) -> None:
    """The page as it opens."""


def send_empty(page: Page) -> None:
    """Send the form as it stands, so that it says what is missing."""
    page.locator("main form[method=post] button").last.click()


def paper_read_in(page: Page) -> None:
    """Choose the invented paper of the tests and have it read."""
    paper = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "risks" / "harbour.txt"
    page.set_input_files("input[type=file]", str(paper))
    page.click("main form button[type=submit], main form button:not([name])")


def next_meeting(page: Page) -> None:
    """The meeting of a board that comes next."""
    page.click("#meetings tbody a >> nth=0")


def first_row(page: Page) -> None:
    """What the first row of a list leads to."""
    page.click("main tbody th a >> nth=0")


def first_post(page: Page) -> None:
    """The first post of a list."""
    page.click("main tbody th a[href^='/posts/'] >> nth=0")


def end_first_post(page: Page) -> None:
    """Try to end the first post of a list, which owns something."""
    first_post(page)
    page.click("text=End it")
    page.fill("[name=reason]", "The estate passes to the force")
    send_empty(page)


def role_for_first_post(page: Page) -> None:
    """The form that gives the first post of a list a role, with what one of them permits."""
    first_post(page)
    page.click("text=Give it a role")
    page.click("main details summary:has-text('Reader')")


def first_agreement(page: Page) -> None:
    """The first agreement of a register."""
    page.click("main table.c-table--wide tbody a >> nth=0")


def last_packs(page: Page) -> None:
    """The packs of the last meeting of a board."""
    page.click("#past tbody a >> nth=0")
    page.click("nav[aria-label=Meeting] >> text=Pack")


@dataclass(frozen=True)
class Picture:
    name: str
    role: str
    address: str
    screen: tuple[int, int] = WIDE
    first: Callable[[Page], None] = nothing


PICTURES = (
    Picture("desk", "chief.executive", "/desk/"),
    Picture("desk-owner", "head.communications", "/desk/"),
    Picture("register", "policy.officer", "/risks/"),
    Picture("register-phone", "head.communications", "/risks/", PHONE),
    Picture("columns", "policy.officer", "/risks/columns/"),
    Picture("heat-map", "chief.executive", "/risks/heat-map/"),
    Picture("ageing", "chief.executive", "/risks/ageing/"),
    Picture("risk", "policy.officer", "/risks/office/MPC001/"),
    Picture("review", "head.communications", "/risks/office/MPC013/review/"),
    Picture("review-refused", "policy.officer", "/risks/office/MPC001/review/", first=send_empty),
    Picture("due", "policy.officer", "/risks/due/?post=all"),
    Picture("bulk", "policy.officer", "/risks/review/?post=all&due=all"),
    Picture("changes", "policy.officer", "/risks/changes/?since=2025-11-03"),
    Picture("tracker", "policy.officer", "/recommendations/"),
    Picture("recommendation", "policy.officer", "/recommendations/office/IA-24-02/1/"),
    Picture("audit-plan", "chief.executive", "/audits/"),
    Picture("auditor", "chief.executive", "/audits/auditors/wayside/"),
    Picture("measures", "performance.manager", "/performance/"),
    Picture("measure", "performance.manager", "/performance/office/M-007/"),
    Picture("agreements", "commissioning.officer", "/agreements/"),
    Picture("agreement", "commissioning.officer", "/agreements/?view=expired&stream=VS", first=first_agreement),
    Picture("forward-plan", "board.secretary", "/boards/office/cgb/forward/"),
    Picture("agenda", "board.secretary", "/boards/office/cgb/", first=next_meeting),
    Picture("pack", "board.secretary", "/boards/office/cgb/", first=last_packs),
    Picture("scheme", "board.secretary", "/publication/scheme/"),
    Picture("posts", "administrator", "/posts/"),
    Picture("post", "administrator", "/posts/?q=director+commissioning", first=first_post),
    Picture("post-end", "administrator", "/posts/?q=estates", first=end_first_post),
    Picture("role", "administrator", "/posts/?q=estates", first=role_for_first_post),
    Picture("roles", "administrator", "/roles"),
    Picture("person", "administrator", "/posts/people/?q=secretary", first=first_row),
    Picture("paper-in", "policy.officer", "/papers-in/", first=paper_read_in),
    Picture("papers", "policy.officer", "/papers/"),
    Picture("draft", "policy.officer", "/papers/risk-register/draft"),
    Picture("past-day", "auditor", "/risks/?as_at=2025-11-03"),
    Picture("history", "auditor", "/risks/office/MPC001/history/"),
    Picture("verify", "auditor", "/history/verify", first=lambda page: page.click("main button")),
    Picture("panel", "panel.member", "/papers/"),
    Picture("scales", "policy.officer", "/scales/"),
    Picture("appetite", "policy.officer", "/scales/office/appetite/"),
)


def take(browser: Browser, demo: str, picture: Picture) -> None:
    """One picture, in 128 colours: text stays sharp and the file small."""
    width, height = picture.screen
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{demo}/sign-in")
    page.click(f'button[value="{picture.role}"]')
    answer = page.goto(demo + picture.address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{picture.address} answered {answer and answer.status} for {picture.role}")
    picture.first(page)
    page.wait_for_load_state("load")
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{picture.name}.png", optimize=True)
    context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"CANDOUR_HOME": home}
        command = [sys.executable, "-m", "candour", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            wait_for(f"http://127.0.0.1:{port}")
            with sync_playwright() as playwright:
                chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                for picture in PICTURES:
                    take(browser, f"http://127.0.0.1:{port}", picture)
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/help", timeout=5)  # noqa: S310
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demonstration did not come up.")


if __name__ == "__main__":
    main()
