"""How the pages of the demo are walked: who follows links from where, which differ, and what is wrong with a page."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

from tests.browser.test_shell import OPEN_ALL, RULES

LINK = re.compile(r'href="([^"#]+)')
MOST = 20  # pages of one kind that are read for their links; the first of them is tried
FILES = {
    "risk-download",
    "risk-workbook",
    "risk-history-file",
    "recommendation-history-file",
    "recommendations-download",
    "recommendations-workbook",
    "seals",
    "paper-in-reading",
    "paper-draft-file",
    "paper-file",
    "file",
    "public-file",
    "pack-file",
    "agreements-workbook",
    "agreements-csv",
    "round-workbook",
    "round-report",
    "round-report-pdf",
    "application-letter",
    "application-letter-pdf",
    "meeting-pack-draft",
    "public-data",
    "public-data-file",
    "public-latest",
    "open-measure-about",
    "open-measure-csv",
    "measures-workbook",
    "measures-csv",
    "calendar-feed",
    "activities-workbook",
    "activities-csv",
    "inspections-workbook",
    "inspections-csv",
    "agreement-steps-word",
    "agreement-steps-pdf",
    "api-openapi",
    "health-live",
    "health-ready",
}
AWAY = {"home"}
# Pages whose links differ from one record to the next.
MANY = {"post", "person", "risk", "recommendation", "meeting", "meeting-minutes", "item", "item-minute", "decision"}
MANY |= {"meeting-packs", "agreement", "round", "application", "measure"}
MANY |= {"agreement-returns", "agreement-meetings", "agreement-money", "agreement-outcomes", "provider", "stream"}
MANY |= {"activity", "objective", "plan", "inspection", "statement-item", "finance-scheme", "project", "collaboration"}
MANY |= {"budget", "agreement-steps"}
# Who follows links from where. What one role has seen, those after it need not see again.
WALKS = {
    "policy.officer": (
        *("/risks/", "/audits/", "/scales/words/", "/papers/", "/papers-in/", "/actions/", "/history/", "/roles"),
        "/risks/office/MPC010/",  # whose proposed score waits for an answer
        "/audits/office/IA26-04/",  # still planned, so that it can be deferred or cancelled
        # Closed, proposed closed, and not answered yet: what is offered differs.
        *(f"/recommendations/office/{each}/" for each in ("IA-24-02/1", "ICO-25/1", "IA-26-01/1")),
    ),
    "board.secretary": ("/boards/", "/publication/", "/public/", "/boards/decisions/", "/boards/actions/"),
    "administrator": ("/posts/", "/posts/people/", "/posts/organisations/", "/roles", "/posts/mine/"),
    "commissioning.officer": ("/agreements/", "/agreements/?view=expired", "/agreements/?view=unsigned", "/desk/"),
}
# What begins with a paper read in, a closed risk, no cycle open, or nobody signed in; the second set is tried below.
LATER = {
    "recommendations-cycle-open",
    "paper-in",
    "paper-in-discard",
    "risk-reopen",
    "audit-reinstate",
    "audit-survey",
    "sign-in",
    "components",
    "file-remove",
    "search",
    "person-restore",
    "meeting-pack-supplement",
    "meeting-pack-matches",
    "clearance-end",
    "agreement-publish-again",
}
# What follows an underspend asked back, an inspection answered together, a report without its step, or a break of limits.
LATER |= {"agreement-carry", "agreement-settle", "inspection-alone", "inspection-copy", "inspection-invite"}
LATER |= {"measure-join", "plan-publish"}
# What a password, a second step or a directory leads to, of which the demonstration has none: test_signing_in.py.
LATER |= {f"sign-in-{name}" for name in ("second", "set-up", "codes", "forgotten", "written", "link")}
LATER |= {"my-password", "my-codes", "my-app", "person-unlock", "person-second", "unmap"}
LATER |= {"sign-in-again", "sign-in-set-up-passkey", "my-passkey-add", "my-passkey-remove", "my-sign-in-end"}
LATER |= {"openid_connect_login", "openid_connect_callback"}
UNDER_WAY = {"paper-in-columns", "risk-view", "risk-views", "risk-view-save", "risk-view-remove", "scale-call-off"}
UNDER_WAY |= {
    f"{of}-view{more}"
    for of in ("recommendations", "audits", "inspections", "activities")
    for more in ("", "s", "-save", "-remove")
}
IN_SESSION = {"meeting-take-up", "meeting-close", "item-interest-back", "meeting-take-attendance", "item-minute"}
# What a stage of a grant round leads to that none of the demo is at, or another role than those that follow links: tried below.
OF_ROUNDS = {f"round-{name}" for name in ("open", "begin", "judge", "rank", "announce", "decide", "moderation")}
OF_ROUNDS |= {
    f"application-{name}" for name in ("tie", "answer", "let-in", "give", "moderate", "score", "judge", "file")
}
OF_ROUNDS |= {f"application-{name}" for name in ("withdraw", "agreement", "appeal", "conditions")} | {"scoring"}
# What a hold, a removal that waits and a record that is due lead to, of which the demo has none: tried below.
KEEPING = {"retention-hold-lift", "retention-removal", "record-dispose"}
LINKED = {"answer", "answer-one"}  # what an e-mailed link alone leads to, tried below
UNDER_WAY |= {f"scale-{name}" for name in ("draft", "step", "descriptions", "preview", "drop")}
WIDE = """[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right >
    document.documentElement.clientWidth).slice(0, 4).map(one => one.tagName + '.' + one.className)"""
AXE_RULES = RULES | {"resultTypes": ["violations"], "preload": False, "elementRef": False}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def named(address: str) -> str:
    """The name of the page at an address, "" for a file of the site or another site."""
    parts = urlsplit(address)
    try:
        return resolve(parts.path).url_name or ""
    except Resolver404:
        return ""


def found(context: BrowserContext, demo: str, starts: tuple[str, ...]) -> dict[str, str]:
    """One address of each page that links lead to, one more as it stood on a past day, from where it starts."""
    waiting = deque(starts)
    seen, chosen, times = set(), {}, Counter()
    while waiting:
        address = waiting.popleft()
        name = named(address)
        kind = name + ("?" if "as_at" in dict(parse_qsl(urlsplit(address).query)) else "")
        if address in seen or not name or name in FILES | AWAY or times[kind] >= (MOST if kind in MANY else 1):
            continue
        seen.add(address)
        answer = context.request.get(demo + address)
        if answer.status != 200:
            continue
        times[kind] += 1
        chosen.setdefault(kind, address)
        links = (urlsplit(urljoin(address, unescape(link))) for link in LINK.findall(answer.text()))
        waiting.extend(link._replace(scheme="", netloc="").geturl() for link in links if not link.netloc)
    return chosen


def wrong_with(page: Page, address: str) -> list[object]:
    """What axe and the screen say at each width."""
    told: list[object] = []
    page.complaints.clear()  # type: ignore[attr-defined]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address, wait_until="load")
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE_SCRIPT)
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if over := page.evaluate(OVERFLOW):
            told.append((address, width, f"{over} pixels too wide", page.evaluate(WIDE)))
        if width > 320:
            violations = page.evaluate("rules => axe.run(rules).then(found => found.violations)", AXE_RULES)
            told += [(address, width, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations]
    return told + [(address, said) for said in page.complaints if "40" not in said and ".js" not in said]  # type: ignore[attr-defined]


def without_scripts(context: BrowserContext) -> Page:
    """A page to which the site's scripts never come; axe itself still runs in it."""
    page = context.new_page()
    # Blocked by the browser itself: a handler here would have to be awake for every request, also while a page closes.
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setBlockedURLs", {"urls": ["*.js"]})
    page.complaints = []  # type: ignore[attr-defined]
    page.on(
        "console",
        lambda said: (
            page.complaints.append(f"{said.text} {said.location}") if said.type in {"error", "warning"} else None
        ),
    )  # type: ignore[attr-defined]
    return page
