"""Every page of the demo in a real browser without its scripts: accessible, within the screen, nothing complained of."""

import re
from collections import Counter, deque
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from candour.config.demo.granted import STREAM_WEEK
from candour.config.demo.timeline import Timeline
from candour.kernel.calendar import financial_year
from tests.browser.conftest import signed_in
from tests.browser.test_shell import OPEN_ALL, RULES
from tests.everywhere.world import PATTERNS, parameters

pytestmark = pytest.mark.browser

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
}
AWAY = {"home"}
# Pages whose links differ from one record to the next.
MANY = {"post", "person", "risk", "recommendation", "meeting", "meeting-minutes", "item", "item-minute", "decision"}
MANY |= {"meeting-packs", "agreement", "round", "application", "measure"}
STARTS = ("/risks/", "/audits/", "/scales/words/", "/papers/", "/papers-in/", "/actions/", "/history/", "/roles")
OF_POSTS = ("/posts/", "/posts/people/", "/posts/organisations/", "/roles", "/posts/mine/")
OF_AGREEMENTS = ("/agreements/", "/agreements/?view=expired", "/agreements/?view=unsigned", "/desk/")
OF_BOARDS = ("/boards/", "/publication/", "/public/", "/boards/decisions/", "/boards/actions/")
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
UNDER_WAY = {"paper-in-columns", "risk-view", "risk-views", "risk-view-save", "risk-view-remove", "scale-call-off"}
UNDER_WAY |= {f"{app}-view{more}" for app in ("recommendations", "audits") for more in ("", "s", "-save", "-remove")}
IN_SESSION = {"meeting-take-up", "meeting-close", "item-interest-back", "meeting-take-attendance", "item-minute"}
# What a stage of a grant round leads to that none of the demo is at, or another role than those that follow links: tried below.
OF_ROUNDS = {f"round-{name}" for name in ("open", "begin", "judge", "rank", "announce", "decide", "moderation")}
OF_ROUNDS |= {
    f"application-{name}" for name in ("tie", "answer", "let-in", "give", "moderate", "score", "judge", "file")
}
OF_ROUNDS |= {f"application-{name}" for name in ("withdraw", "agreement", "appeal", "conditions")} | {"scoring"}
# Rooms whose pages are looked at by people and by the tests of their apps, and not walked here yet.
NOT_WALKED = ("plan.", "inspections.", "finance.", "commissioning.views.care.", "commissioning.views.follow.")
NOT_WALKED += ("performance.views.comparing", "performance.views.sets", "performance.views.changes")
OF_ROOMS = {
    name for name, one in PATTERNS.items() if one.callback.__module__.removeprefix("candour.").startswith(NOT_WALKED)
}
LINKED = {"answer", "answer-one"}  # what an e-mailed link alone leads to, tried below
UNDER_WAY |= {f"scale-{name}" for name in ("draft", "step", "descriptions", "preview", "drop")}
# States that no link leads to: errors, nothing found, a past day, forms sent back.
STATES = ["/risks/?q=zebra", "/risks/?status=nonsense", "/risks/?as_at=tomorrow", "/risks/?as_at=2025-11-03&rows=roomy"]
STATES += ["/risks/heat-map/?as_at=2025-11-03", "/risks/?as_at=2001-01-01", "/search?q=zebra", "/search", "/nowhere"]
STATES += ["/risks/ageing/?as_at=2025-11-03", "/risks/?appetite=over&columns=reference,title,owner,score"]
STATES += ["/risks/changes/?since=2025-11-03&what=controls", "/risks/changes/?since=tomorrow", "/risks/workbook/"]
STATES += ["/risks/?register=project", "/risks/?status=Closed", "/papers/risk-register/draft?as_at=31+February"]
STATES += ["/risks/due/?why=Late", "/risks/review/", "/risks/review/?post=all&due=all", "/risks/due/?post=0"]
STATES += ["/recommendations/?q=zebra", "/recommendations/?status=nonsense", "/recommendations/?status=ended&sort=-age"]
STATES += ["/recommendations/?as_at=2025-11-03", "/recommendations/?as_at=2001-01-01", "/recommendations/mine/"]
STATES += ["/recommendations/office/IA-24-02/1/?as_at=2025-11-03", "/recommendations/office/PR-25/1/"]
STATES += ["/audits/?as_at=2026-06-01", "/audits/?q=zebra", "/audits/?state=nonsense", "/audits/?dates=planned"]
STATES += ["/audits/office/IA26-02/?as_at=2026-06-15", "/audits/office/IA26-05/", "/audits/office/IA26-05/put-back/"]
STATES += [
    "/recommendations/workbook/",
    "/audits/office/IA26-01/survey/",
    "/boards/office/cgb/forward/?year=nonsense",
    "/boards/office/pcp/forward/",
    "/boards/decisions/?words=zebra",
    "/public/?q=zebra",
    "/public/?year=nonsense",
    "/boards/office/jarap/terms/",
    "/audits/auditors/wayside/?measure=draft&outcome=missed",
]
YEAR = financial_year(Timeline(timezone.localdate()).back(STREAM_WEEK * 7))[:4]
OVER, SCORED, OPEN = (f"/agreements/rounds/office/GR-{YEAR}-0{number}/" for number in (1, 2, 3))
STATES += [
    f"{OVER}{page}"
    for page in ("", "applications/?view=late", "moderation/", "ranking/", "ranking/?budget=lots", "decide/")
]
STATES += [f"{SCORED}{page}" for page in ("", "moderation/", "ranking/", "decide/", "settle/", "announce/")]
STATES += [f"{OPEN}{page}" for page in ("", "scorers/", "judge/", "criteria/", "form/", "open/", "apply/", "load/")]
APPLICATION = f"/agreements/applications/office/GR-{YEAR}-0"
STATES += [
    f"{APPLICATION}1-005/{page}"
    for page in ("", "tie/", "conditions/", "answer/", "moderate/", "agreement/", "appeal/", "history/")
]
STATES += [f"{APPLICATION}3-001/{page}" for page in ("judge/", "let-in/", "file/", "withdraw/", "give/")]
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
    waiting.append("/risks/office/MPC010/")  # whose proposed score waits for an answer
    waiting.append("/audits/office/IA26-04/")  # still planned, so that it can be deferred or cancelled
    # Closed, proposed closed, and not answered yet: what is offered differs.
    waiting.extend(f"/recommendations/office/{each}/" for each in ("IA-24-02/1", "ICO-25/1", "IA-26-01/1"))
    seen, chosen, times = set(), {}, Counter()
    while waiting:
        address = waiting.popleft()
        name = named(address)
        kind = name + ("?" if "as_at" in dict(parse_qsl(urlsplit(address).query)) else "")
        if (
            address in seen
            or not name
            or name in FILES | AWAY | OF_ROOMS
            or times[kind] >= (MOST if kind in MANY else 1)
        ):
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


def test_every_page_that_links_lead_to(browser: Browser, demo: str) -> None:
    context = signed_in(browser, demo, "policy.officer")
    addresses = found(context, demo, STARTS)
    secretary, administrator = (signed_in(browser, demo, role) for role in ("board.secretary", "administrator"))
    of_boards = {name: one for name, one in found(secretary, demo, OF_BOARDS).items() if name not in addresses}
    of_posts = {
        name: one for name, one in found(administrator, demo, OF_POSTS).items() if name not in addresses | of_boards
    }
    known = addresses | of_boards | of_posts
    commissioner = signed_in(browser, demo, "commissioning.officer")
    of_agreements = {name: one for name, one in found(commissioner, demo, OF_AGREEMENTS).items() if name not in known}
    reached = {name.rstrip("?") for name in known | of_agreements}
    read = {name for name, pattern in PATTERNS.items() if "GET" in pattern.callback.page.methods} - FILES - AWAY
    unreached = {name for name in read if name not in reached}
    assert sorted(unreached - LATER - UNDER_WAY - IN_SESSION - LINKED - OF_ROUNDS - OF_ROOMS) == []
    told = []
    by_whom = (
        (context, addresses),
        (secretary, of_boards),
        (administrator, of_posts),
        (commissioner, of_agreements),
    )
    for who, theirs in by_whom:
        page = without_scripts(who)
        told += [wrong for address in theirs.values() for wrong in wrong_with(page, demo + address)]
        who.close()
    assert told == [], "\n".join(map(str, told))


def test_every_state_that_no_link_leads_to(browser: Browser, demo: str) -> None:
    context = signed_in(browser, demo, "chief.executive")
    page = without_scripts(context)
    assert [wrong for address in STATES for wrong in wrong_with(page, demo + address)] == []
    context.close()


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("", ["/sign-in", "/help"]),
        ("reader", ["/risks/", "/recommendations/", "/papers/", "/actions/"]),
        ("panel.member", ["/risks/", "/recommendations/", "/papers/", "/history/"]),
    ],
)
def test_the_first_pages_of_other_roles(browser: Browser, demo: str, role: str, places: list[str]) -> None:
    context = signed_in(browser, demo, role)
    page = without_scripts(context)
    assert [wrong for address in places for wrong in wrong_with(page, demo + address)] == []
    context.close()


UNKNOWN = """Code,What might go wrong,Who,Zeal
R1,The boiler fails in winter,Chief Executive,warm
R2,The tender is late,Chief Executive,cool
"""


def sent(page: Page, address: str, fields: dict[str, str], button: str) -> None:
    """Fill a form as a person would, and be led on from it."""
    page.goto(address)
    for name, text in fields.items():
        page.fill(f"main [name={name}]", text)
    page.click(f"main button:has-text('{button}')")
    assert page.locator(".govuk-error-summary").count() == 0, page.inner_text(".govuk-error-summary")


def test_every_page_of_something_under_way(browser: Browser, demo: str) -> None:
    """A view kept, a paper whose columns are not known, a scale in draft and then to come."""
    context = signed_in(browser, demo, "policy.officer")
    page = without_scripts(context)
    sent(page, f"{demo}/risks/views/save/?q=budget", {"name": "Mine"}, "Save")
    page.goto(f"{demo}/risks/views/")
    view = page.get_attribute("main a:has-text('Mine')[href*='views']", "href") or ""
    sent(page, f"{demo}/recommendations/views/save/?status=Overdue", {"name": "Late ones"}, "Save")
    page.goto(f"{demo}/recommendations/views/")
    late = page.get_attribute("main a:has-text('Change')[href*='views']", "href") or ""
    sent(page, f"{demo}/audits/views/save/?state=Late", {"name": "Late audits"}, "Save")
    page.goto(f"{demo}/audits/views/")
    plan = page.get_attribute("main a:has-text('Change')[href*='views']", "href") or ""
    page.goto(f"{demo}/papers-in/")
    file = {"name": "zeal.csv", "mimeType": "text/csv", "buffer": UNKNOWN.encode()}
    page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item]
    page.click("main form button:not([name])")
    columns = urlsplit(page.url).path
    sent(page, f"{demo}/scales/office/draft/new/", {"name": "Next scale"}, "Begin the draft")
    places = ["/risks/views/", "/risks/views/save/?q=budget", view, f"{view}delete/", columns]
    places += ["/recommendations/views/", "/recommendations/views/save/?q=budget", late, f"{late}delete/"]
    places += ["/audits/views/", "/audits/views/save/?state=Late", plan, f"{plan}delete/"]
    places += [
        "/scales/",
        "/scales/office/draft/",
        "/scales/office/draft/descriptions/1/",
        "/scales/office/draft/drop/",
    ]
    places += [f"/scales/office/draft/change/{step}/" for step in ("size", "words", "bands", "intervals", "categories")]
    places += ["/scales/office/draft/preview/"]
    told = [wrong for place in places for wrong in wrong_with(page, demo + place)]
    starts = {"starts": "1 January 2090", "reason": "Agreed at the panel"}
    sent(page, f"{demo}/scales/office/draft/preview/", starts, "Put it in force")
    away = page.get_attribute("main a:has-text('Call it off')", "href") or ""
    told += [wrong for place in ("/scales/", away) for wrong in wrong_with(page, demo + place)]
    tried = {named(place) for place in (*places, away)}
    sent(page, demo + away, {"reason": "Not needed after all"}, "Call it off")
    context.close()
    assert told == [], "\n".join(map(str, told))
    assert UNDER_WAY - tried == set()


EMPTY = [
    "/risks/",
    "/risks/heat-map/",
    "/risks/ageing/",
    "/risks/changes/",
    "/risks/workbook/",
    "/risks/columns/",
    "/risks/views/",
    "/recommendations/",
    "/recommendations/mine/",
    "/recommendations/workbook/",
    "/recommendations/new/",
    "/recommendations/views/",
    "/recommendations/cycles/",
    "/recommendations/cycles/open/",
    "/recommendations/age/",
    "/recommendations/slips/",
    "/recommendations/closures/",
    "/recommendations/dates/",
    "/audits/views/",
    "/risks/new/",
    "/audits/",
    "/audits/new/",
    "/scales/words/",
    "/scales/words/new/",
    "/scales/",
    "/actions/",
    "/history/",
    "/history/verify",
    "/papers/",
    "/papers-in/",
    "/boards/",
    "/boards/decisions/",
    "/boards/actions/",
    "/boards/limits/",
    "/publication/",
    "/publication/scheme/",
    "/public/",
    "/public/scheme/",
    "/search?q=a",
    "/roles",
    "/papers/risk-register/draft",
]


@pytest.mark.django_db(transaction=True)
def test_every_list_while_there_is_nothing(browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]
    from tests.factories import build_house

    build_house()
    context = signed_in(browser, live_server.url, "policy")
    page = without_scripts(context)
    assert [wrong for address in EMPTY for wrong in wrong_with(page, live_server.url + address)] == []
    context.close()


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_meeting_in_session(browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]
    from candour.boards import commands
    from tests.boards.factories import BY, a_board, a_meeting, a_sitting
    from tests.factories import build_house

    house = build_house()
    board = a_board(house, code="b")
    meeting, items = a_sitting(board, budget=False, secret=True)
    commands.add_standing(board, commands.StandingFacts("People"), **BY)
    chief = house.posts["chief"]
    interest = commands.declare_interest(items["budget"], post=chief, nature="A governor", withdrew=True, **BY)
    to_come = a_meeting(board)
    code, reference = "office", items["budget"].record.reference
    places = [
        reverse(name, args=[code, meeting.record.reference]) for name in ("meeting-close", "meeting-take-attendance")
    ]
    places += [reverse("meeting-take-up", args=[code, to_come.record.reference])]
    places += [reverse("item-minute", args=[code, reference])]
    places += [reverse("item-interest-back", args=[code, reference, interest.pk])]
    context = signed_in(browser, live_server.url, "secretary")
    page = without_scripts(context)
    assert [wrong for place in places for wrong in wrong_with(page, live_server.url + place)] == []
    assert {named(place) for place in places} == IN_SESSION
    context.close()


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_an_e_mailed_link(browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]
    from candour.kernel.access import CANDOUR
    from candour.recommendations.commands import open_cycle
    from candour.recommendations.models import Ask
    from tests.factories import build_house
    from tests.recommendations.cycling import asked_about, token

    house = build_house()
    asked_about(house, "A1", "owner", title="Service the fleet")
    asked_about(house, "A2", "owner", title="Map the key posts")
    due = timezone.localdate() + timedelta(days=7)
    cycle = open_cycle(organisation=house.office, name="This month", due=due, actor=CANDOUR, at=timezone.now())
    way = reverse("answer", args=[token(cycle, house, "owner")])
    one = reverse("answer-one", args=[token(cycle, house, "owner"), Ask.objects.order_by("pk")[0].pk])
    never = reverse("answer", args=["0" * 43])
    context = signed_in(browser, live_server.url, "")
    page = without_scripts(context)
    assert [wrong for place in (way, one, never) for wrong in wrong_with(page, live_server.url + place)] == []
    assert {named(way), named(one)} == LINKED
    context.close()


def test_the_names_of_pages_are_still_those_listed_here() -> None:
    assert sorted(FILES | AWAY) == sorted(name for name in FILES | AWAY if name in PATTERNS)
    assert parameters("risk") == {"organisation", "reference"}
