"""A real browser, found where Debian and most others put it or named by CHROMIUM."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo, started as its users start it, on a database of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    env["CANDOUR_HOME"] = str(tmp_path_factory.mktemp("demo"))
    said = Path(env["CANDOUR_HOME"]) / "said.txt"
    with said.open("w") as log:
        command = [sys.executable, "-m", "candour", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)  # noqa: S603
        try:
            wait_for(f"http://127.0.0.1:{port}/help", server, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, server: "subprocess.Popen[bytes]", said: Path) -> None:
    for _ in range(1500):  # five minutes: other tests may have the machine too
        assert server.poll() is None, said.read_text()
        try:
            urllib.request.urlopen(address, timeout=10)  # noqa: S310
            return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(said.read_text())


def signed_in(browser: Browser, address: str, role: str, **options: object) -> BrowserContext:
    """A browser of one's own in which a role of the demo was chosen; "" for nobody."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    if role:
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        page.click(f'button[value="{role}"]')
        # The page is left open: closing one whose form is still on its way can wait for ever.
        page.wait_for_url(lambda url: "/sign-in" not in url)
    return context
