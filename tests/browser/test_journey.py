"""The journey of the first users, without scripts: from choosing a role to a verified history."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import signed_in

pytestmark = pytest.mark.browser

PAPER = """Subject\tRisk register
Date\t14 May 2024

Appendix A: Overview

Reference\tTitle\tOwner\tImpact\tLikelihood\tScore\tPrevious Score\tStatus\tFirst Recorded\tLast Review
MPX901\tThe boiler fails in winter\tChief Executive\tHigh\tLikely\t9\t9\tManaged\t02/02/2024\t01/05/2024
MPX902\tThe tender is late\tChief Executive\tVery high\tLikely\t8\t8\tManaged\t03/03/2024\t01/05/2024

Overall Risk Score
8 - 16 High
5 - 7 Medium
1 - 4 Low
"""


def read_in(page: Page, demo: str, paper: Path) -> None:
    """Choose the paper, see what contradicts itself, decide, confirm."""
    page.goto(f"{demo}/papers-in/")
    page.set_input_files("input[type=file]", str(paper))
    page.click("main form button[type=submit], main form button:not([name])")
    expect(page.locator("main")).to_contain_text("MPX902 prints a score of 8")
    page.click("main button:has-text('Save the rows')")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Decide what to do about")
    for group in page.locator("fieldset.c-pick").all():
        if not group.locator("input:checked").count():
            group.locator("input").first.check()
    page.click("main button:has-text('Save the rows')")
    expect(page.locator("main")).to_contain_text("2 made")


def review(page: Page, demo: str) -> None:
    """Change a score with a reason; without one the form says what is missing and keeps the answers."""
    page.goto(f"{demo}/risks/office/MPX901/review/")
    page.check("input[name=likelihood][value='4']")
    page.click("button:has-text('Save this review')")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say why likelihood goes from 3 to 4")
    assert page.is_checked("input[name=likelihood][value='4']")
    page.fill("textarea[name=narrative]", "The parts are no longer made")
    page.click("button:has-text('Save this review')")
    expect(page.locator("main")).to_contain_text("The review of MPX901 is saved")
    expect(page.locator("main")).to_contain_text("The parts are no longer made")


def issue(page: Page, demo: str) -> None:
    """Issue both copies and take the panel's away in each format."""
    page.goto(f"{demo}/papers/risk-register/issue")
    reason = page.locator("textarea[name=reason]")
    if reason.count():
        reason.fill("Agreed with the chair")
    page.click("button:has-text('Issue the panel copy and the public copy')")
    expect(page.locator("main")).to_contain_text("Both copies are issued")
    for suffix, begins in ((".docx", b"PK"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE")):
        with page.expect_download() as taken:
            page.click(f"main a[href$='-panel{suffix}']")
        content = Path(taken.value.path()).read_bytes()
        assert content.lower().startswith(begins.lower())
        assert suffix != ".html" or b"MPX901" in content


def test_from_choosing_a_role_to_a_verified_history(browser: Browser, demo: str, tmp_path: Path) -> None:
    paper = tmp_path / "register.txt"
    paper.write_text(PAPER)
    context = signed_in(browser, demo, "policy.officer", java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(demo)
    expect(page.locator("h1")).to_have_text("Your desk")
    page.goto(f"{demo}/risks/")
    expect(page.locator("h1")).to_have_text("Strategic risks")
    expect(page.locator("main table").first).to_contain_text("MPC0")
    read_in(page, demo, paper)
    review(page, demo)
    issue(page, demo)
    page.goto(f"{demo}/history/verify")
    page.click("main button")
    expect(page.locator("main")).to_contain_text("Every entry holds.")
    context.close()
