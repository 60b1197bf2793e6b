"""Every page of the demo in a real browser without its scripts: accessible, within the screen, nothing complained of."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from candour.config.demo.granted import STREAM_WEEK
from candour.config.demo.timeline import Timeline
from candour.kernel.calendar import financial_year
from tests.browser.conftest import signed_in
from tests.browser.walking import (
    AWAY,
    FILES,
    IN_SESSION,
    KEEPING,
    LATER,
    LINKED,
    OF_ROUNDS,
    UNDER_WAY,
    WALKS,
    found,
    named,
    without_scripts,
    wrong_with,
)
from tests.everywhere.asking import PATTERNS, parameters

pytestmark = pytest.mark.browser

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


def test_every_page_that_links_lead_to(browser: Browser, demo: str) -> None:
    seen: set[str] = set()
    told = []
    for role, starts in WALKS.items():
        context = signed_in(browser, demo, role)
        theirs = {kind: address for kind, address in found(context, demo, starts).items() if kind not in seen}
        seen |= set(theirs)
        page = without_scripts(context)
        told += [wrong for address in theirs.values() for wrong in wrong_with(page, demo + address)]
        context.close()
    assert told == [], "\n".join(map(str, told))
    read = {name for name, pattern in PATTERNS.items() if "GET" in pattern.callback.page.methods}
    reached = {kind.rstrip("?") for kind in seen}
    assert sorted(read - reached - FILES - AWAY - LATER - UNDER_WAY - IN_SESSION - LINKED - OF_ROUNDS - KEEPING) == []


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


# Lists whose views are kept, and what is asked of each.
KEPT = (
    ("/recommendations/", "status=Overdue"),
    ("/audits/", "state=Late"),
    ("/inspections/", "view=overdue"),
    ("/plan/activities/", "view=late"),
)


def test_every_page_of_something_under_way(browser: Browser, demo: str) -> None:
    """A view kept, a paper whose columns are not known, a scale in draft and then to come."""
    context = signed_in(browser, demo, "policy.officer")
    page = without_scripts(context)
    sent(page, f"{demo}/risks/views/save/?q=budget", {"name": "Mine"}, "Save")
    page.goto(f"{demo}/risks/views/")
    view = page.get_attribute("main a:has-text('Mine')[href*='views']", "href") or ""
    kept = []
    for of, query in KEPT:
        sent(page, f"{demo}{of}views/save/?{query}", {"name": "Late ones"}, "Save")
        page.goto(f"{demo}{of}views/")
        late = page.get_attribute("main a:has-text('Change')[href*='views']", "href") or ""
        kept += [f"{of}views/", f"{of}views/save/?{query}", late, f"{late}delete/"]
    page.goto(f"{demo}/papers-in/")
    file = {"name": "zeal.csv", "mimeType": "text/csv", "buffer": UNKNOWN.encode()}
    page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item]
    page.click("main form button:not([name])")
    columns = urlsplit(page.url).path
    sent(page, f"{demo}/scales/office/draft/new/", {"name": "Next scale"}, "Begin the draft")
    places = ["/risks/views/", "/risks/views/save/?q=budget", view, f"{view}delete/", columns]
    places += [
        *kept,
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


def test_the_pages_of_keeping_a_record(browser: Browser, demo: str) -> None:
    """A legal hold and its lifting, words looked for and asked to be removed, and the form of a disposal."""
    context = signed_in(browser, demo, "policy.officer")
    page = without_scripts(context)
    keeping = "/records/risk/office/MPC010/keeping"
    words = {"reason": "A claim was announced"}
    sent(page, f"{demo}{keeping}/hold", words, "Place the hold")
    lift = page.get_attribute("main a[href*='/lift/']", "href") or ""
    told = wrong_with(page, demo + lift)
    sent(page, demo + lift, {"reason": "The claim was settled"}, "Lift the hold")
    sent(page, f"{demo}{keeping}/remove", {"words": "ing"}, "Find them")
    page.fill("main [name=reason]", "Asked for by a member of the public")
    page.click("main button:has-text('Ask for its removal')")
    page.goto(f"{demo}/retention/removals/")
    waits = page.get_attribute("main tr a[href^='/retention/removals/']", "href") or ""
    places = (lift, waits, f"{keeping}/dispose")
    told += [wrong for place in places[1:] for wrong in wrong_with(page, demo + place)]
    assert told == [], "\n".join(map(str, told))
    assert {named(place) for place in places} == KEEPING
    context.close()


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
