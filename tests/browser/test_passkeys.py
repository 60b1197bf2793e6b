"""Passkeys in a browser with an authenticator of its own: added, used as the second step and as the whole sign-in, removed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.test_signing_in import PASSWORD, live, well_made
from tests.signin.people import code_at

pytestmark = pytest.mark.browser
__all__ = ["live"]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """An authenticator for a page; gives its number."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made: dict[str, Any] = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return devtools, made["authenticatorId"]


def gives_password(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.fill("#username", "first.officer")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def signs_out(page: Page) -> None:
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()


def adds(page: Page, name: str, use: str) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("heading", name="Add a passkey").wait_for()
    well_made(page)
    page.fill("#name", name)
    page.get_by_label(use).check()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text(f"The passkey “{name}” is added").wait_for()


def test_passkeys_are_added_used_and_removed_in_a_browser(browser: Browser, live: str) -> None:
    site = live.replace("127.0.0.1", "localhost")  # a passkey is bound to a name, and never to a number
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if "Content Security Policy" in said.text else None)
    devtools, authenticator = with_authenticator(page)

    # At the first sign-in, in the place of an app.
    gives_password(page, site)
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("heading", name="Add a passkey").wait_for()
    well_made(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("link", name="Enter a name by which you know it again").wait_for()
    credentials = devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert credentials == []  # none was made before the name was there
    page.fill("#name", "Laptop")
    page.get_by_label("The second step").check()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    codes = page.locator("main code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_role("heading", name="My sign-in").wait_for()
    assert "1 passkey, 10 recovery codes left" in page.locator("main").inner_text()
    well_made(page)

    # As the second step, after an authenticator that does not know the person was no help.
    signs_out(page)
    gives_password(page, site)
    page.get_by_role("heading", name="Show your passkey").wait_for()
    well_made(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_role("heading", name="My sign-in").wait_for()
    assert "Passkey: Laptop" in page.locator("main").inner_text()

    # An app beside it; and the whole sign-in, on another authenticator, as one holds one passkey a person.
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.get_by_role("heading", name="Set up an authenticator app").wait_for()
    well_made(page)
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.fill("#code", code_at(datetime.now(UTC), secret))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_text("The app is set up").wait_for()
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    adds(page, "Telephone", "The whole sign-in")
    signs_out(page)
    well_made(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_role("heading", name="My sign-in").wait_for()
    shown = page.locator("main").inner_text()
    assert ("Passkey: Telephone" in shown, "Whole sign-in" in shown) == (True, True)

    # Taken away, it opens nothing any more; nor does what was never there.
    page.get_by_role("link", name="Remove Telephone").click()
    page.get_by_role("heading", name="Do you want to remove “Telephone”?").wait_for()
    well_made(page)
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_text("The passkey is removed").wait_for()
    assert "Laptop" in page.locator("main").inner_text()
    signs_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey of yours was shown: try again").first.wait_for()
    well_made(page)
    assert told == []


def test_without_passkeys_in_the_browser_no_button_asks_for_one(browser: Browser, live: str) -> None:
    site = live.replace("127.0.0.1", "localhost")
    context = browser.new_context()
    context.add_init_script("delete window.PublicKeyCredential")
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    assert page.get_by_role("button", name="Sign in with a passkey").is_visible() is False
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/sign-in")
    assert plain.get_by_role("button", name="Sign in with a passkey").is_visible() is False
