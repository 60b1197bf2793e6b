"""Every address at which somebody might come across the secret."""

import itertools
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from candour.risks.queries.lists import SORTS
from candour.risks.rules import STATUS_WORDS
from tests.everywhere.asking import PATTERNS, address_of, names_a_record, parameters
from tests.everywhere.secret import DAYS, MARK, REFERENCE, WORDS, Open
from tests.everywhere.world import World


def queries_of(world: World) -> Iterator[str]:
    """What may stand after the address of a list: every filter with every value, every order, every day."""
    yield ""
    choices = {"status": list(STATUS_WORDS), "band": ["High", "Medium", "Low"], "sensitivity": ["public", "restricted"]}
    choices |= {"movement": ["changed", "up", "down", "new", "same"], "register": ["operational", "project"]}
    choices |= {"owner": [str(post.pk) for post in world.house.posts.values()], "body": ["force", "all"]}
    choices |= {"as_at": DAYS, "rows": ["roomy"], "page": ["2"], "impact": ["4"], "likelihood": ["4"]}
    choices |= {"q": [REFERENCE, "ZQ", MARK, "some", "something here", WORDS["title"], WORDS["control"]]}
    for name, values in choices.items():
        yield from (f"?{urlencode({name: value})}" for value in values)
    yield from (f"?sort={sign}{column}" for column, sign in itertools.product(SORTS, ("", "-")))
    yield from (
        f"?as_at={DAYS[1]}&{more}" for more in ("sort=reference", "band=High", "q=something", "movement=changed")
    )


REVIEWS = ["?post=all", "?post=all&due=all", "?post=all&why=Late"]
AUDITS = ["", "?state=Final", "?state=Late", "?sort=-state", "?q=something", f"?q={MARK}", f"?as_at={DAYS[3]}"]
AUDITS += [f"?as_at={DAYS[2]}&state=Planned", "?year=2031/32", "?dates=planned", "?provider=assurers", "?body=office"]
AGREEMENTS = ["", "?view=all", "?view=failing", "?view=expired", "?view=restricted", "?view=ended", "?sort=-value"]
AGREEMENTS += [f"?view=all&as_at={day}" for day in DAYS] + [
    "?check=next",
    "?state=Running+expired",
    f"?view=all&q={MARK}",
]
INSPECTIONS = ["", "?view=all", "?view=overdue", "?view=restricted", "?sort=-state", f"?view=all&q={MARK}"]
INSPECTIONS += [f"?view=all&as_at={day}" for day in DAYS] + ["?state=Step+overdue", "?inspectorate=hmi"]
MEASURES = ["", "?view=all", "?view=exceptions", "?view=ask", "?view=asked", "?view=restricted", "?sort=-state"]
MEASURES += [f"?view=all&as_at={day}" for day in DAYS] + ["?state=Explanation+asked", f"?view=all&q={MARK}"]
PAST = [f"?view=all&as_at={day}" for day in DAYS]
PLANS = [
    "",
    "?view=all",
    "?view=risk",
    "?view=late",
    "?view=proposed",
    "?view=restricted",
    "?view=stopped",
    "?sort=-due",
]
PLANS += [f"?view=all&as_at={day}" for day in DAYS] + ["?plan=Q0001&objective=Q0001", f"?view=all&q={MARK}"]
SAMPLE = ["", "?register=operational", f"?as_at={DAYS[1]}", f"?q={MARK}", "?band=High", "?movement=changed"]


def addresses(world: World, opened: Open) -> list[str]:
    """Every address that reads, with what may stand after it."""
    found = [reverse("risks") + query for query in queries_of(world)]
    found += [reverse(name) + query for name in ("risk-due", "risk-review-many") for query in REVIEWS]
    found += [reverse(name) + query for name in ("risk-heat-map", "risk-download", "risk-workbook") for query in SAMPLE]
    found += [reverse("audits") + query for query in AUDITS]
    found += [
        reverse("auditor", args=["assurers"]) + query for query in ("", "?measure=draft&outcome=met", "?measure=brief")
    ]
    found += [
        reverse(name) + query
        for name in ("agreements", "agreements-workbook", "agreements-csv")
        for query in AGREEMENTS
    ]
    found += [reverse("returns") + query for query in ("?view=all", "?view=owed", f"?view=all&q={MARK}")]
    found += [reverse(name) + query for name in ("measures", "measures-workbook", "measures-csv") for query in MEASURES]
    found += [
        reverse(name) + query
        for name in ("inspections", "inspections-workbook", "inspections-csv")
        for query in INSPECTIONS
    ]
    found += [f"{reverse('plan-slippage')}?plan=Q0001"]
    found += [reverse("statement") + query for query in ("", "?view=all", "?year=2026/27", f"?q={MARK}")]
    found += [reverse(f"inspection-review{more}", args=["office", "2026-06"]) for more in ("", "-close")]
    found += [
        reverse(name) + query
        for name in ("savings", "capital", "projects", "collaborations")
        for query in (*("?view=all", "?view=trouble", "?view=restricted", "?sort=-state", f"?view=all&q={MARK}"), *PAST)
    ]
    found += [f"/finance/budgets/office/{each}/" for each in ("ZQ40", "Q0001", "Q0001/?as_at=2026-06-15")]
    found += [
        reverse(name) + query for name in ("activities", "activities-workbook", "activities-csv") for query in PLANS
    ]
    found += [f"{reverse('plans')}?as_at={day}" for day in DAYS] + [f"{reverse('plan-gaps')}?plan=Q0001"]
    found += [f"{reverse('plan-dives')}?shown={shown}" for shown in ("owed", "answered", "all")]
    found += [f"/plan/{part}/office/Q0001/?as_at={DAYS[2]}" for part in ("plans", "objectives", "activities")]
    ends = (".csv", ".csv-metadata.json")
    found += [f"/public/measures/office/{each}{end}" for each in ("ZQ50", "Q0001") for end in ends]
    found.append(reverse("provider", args=[world.agreements["seen"].provider_id]))
    found += [reverse("risk-changes") + f"?since={DAYS[0]}{query}" for query in ("", f"&as_at={DAYS[1]}", "&body=all")]
    found += [
        reverse("audit-changes") + f"?since={DAYS[0]}{query}" for query in ("", f"&as_at={DAYS[2]}", "&what=moved")
    ]
    found += [
        reverse("agreements-changes") + f"?since={day}{query}"
        for day in (DAYS[0], "2026-01-01")
        for query in ("", f"&as_at={DAYS[2]}", "&what=health")
    ]
    found += [
        reverse("measures-changes") + f"?since={day}{query}"
        for day in (DAYS[0], "2026-01-01")
        for query in ("", f"&as_at={DAYS[2]}", "&what=state")
    ]
    found += [
        reverse("search") + f"?q={word}" for word in (REFERENCE, "ZQ77", "zq", "zqti", "something", *WORDS.values())
    ]
    taken = {
        "risks",
        "risk-heat-map",
        "risk-download",
        "risk-workbook",
        "search",
        "home",
        "components",
        "risk-history-file",
        "agreements-workbook",
        "agreements-csv",
        "measures-workbook",
        "measures-csv",
        "activities-workbook",
        "activities-csv",
        "inspections-workbook",
        "inspections-csv",
    }
    found += [reverse(name) for name in PATTERNS if not parameters(name) and name not in taken]
    for target in (world.targets["seen"], world.targets["shared"]):
        found += [address_of(name, target) for name in PATTERNS if names_a_record(name)]
    for risk in (opened.risks[0], opened.lifted):
        place = {"organisation": risk.record.organisation.code, "reference": risk.record.reference}
        home = reverse("risk", kwargs=place)
        found += [home, *(f"{home}?as_at={day}" for day in DAYS)]
        history = reverse("risk-history", kwargs=place)
        found += [history, f"{history}?order=effective", f"{history}?kind=score", f"{history}?first=1/3/2026"]
        found += [reverse("risk-review", kwargs=place), reverse("risk-history-file", kwargs=place)]
    found += [
        f"/performance/sets/{world.measure_set.pk}/",
        *(f"/performance/office/Q0001/compare/?as_at={day}" for day in DAYS),
    ]
    meeting = "/boards/meetings/office/ZB-2026-01/"
    found += [meeting, *(f"{meeting}{name}/" for name in ("attendance", "minutes", "actions", "open"))]
    found += [
        f"/boards/items/office/ZB-2026-01.{number}/{more}" for number in (1, 2) for more in ("", "minute/", "correct/")
    ]
    found += [f"/boards/decisions/?{query}" for query in ("q=something", f"q={MARK}", "shown=withheld", "key=key")]
    found += [f"/boards/actions/?{query}" for query in ("q=something", f"q={MARK}", "state=late", "age=over", "q=ZB")]
    found += [*drafts(), *(f"/papers/risk-register/office/2026-06-15/{audience}/" for audience in ("panel", "public"))]
    return list(dict.fromkeys(found))


def drafts() -> list[str]:
    """The paper for each audience, on two days, as page and as what can be compared letter by letter."""
    days = [{}, {"as_at": "2026-06-15", "since": "2026-01-15"}, {"as_at": "2026-04-15", "since": "2026-02-15"}]
    found = []
    kinds = (
        "risk-register",
        "risk-changes",
        "audit-plan-changes",
        "board-actions",
        "agreements",
        "agreement-changes",
        "commissioning",
        "value-for-money",
        "performance",
        "inspections",
        "finance",
        "plan-delivery",
        "round",
    )
    for kind, audience, when in itertools.product(kinds, ("panel", "office", "public"), days):
        query = urlencode({"audience": audience} | when)
        found.append(f"{reverse('paper-draft', args=[kind])}?{query}")
        found += [f"{reverse('paper-draft-file', args=[kind, each])}?{query}" for each in (".txt", ".json")]
    return found
