"""How often a page asks the database does not grow with what there is: the same at 1, 3 and 3,000 rows, 12 at most."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.urls import reverse

from candour.audits.commands import NewAudit, plan_many
from candour.audits.models import Audit, Stage
from candour.commissioning.commands.rounds import receive_many
from candour.commissioning.models import Agreement, Order
from candour.finance.commands import NewAmount
from candour.finance.commands import load_figures as load_amounts
from candour.finance.models import Collaboration, Project, Scheme
from candour.inspections.models import Asked, Grade, Inspection, Progress, StatementItem, StepRow
from candour.inspections.rules import clock
from candour.kernel.access import CANDOUR
from candour.kernel.access.models import Grant
from candour.kernel.actions.models import Action
from candour.kernel.calendar import add_months
from candour.kernel.evidence.models import File
from candour.kernel.history.recording import recording_many
from candour.kernel.intake.models import Staged
from candour.kernel.people.models import Appointment, Cover, Person, Post
from candour.kernel.records.models import Link, Record
from candour.kernel.retention.commands import set_period
from candour.kernel.retention.models import Hold, Period, Removal
from candour.performance.commands import NewFigure, load_figures
from candour.performance.models import Measure
from candour.plan.models import Activity
from candour.recommendations.commands import NewRecommendation, Owner
from candour.recommendations.commands import raise_many as raise_recommendations
from candour.risks.commands import NewRisk, raise_many
from candour.risks.models import Assessment, Control, Risk, Update
from tests.commissioning.rounds.factories import again, new
from tests.everywhere.asking import PATTERNS, address_of, ask, names_a_record, parameters
from tests.everywhere.building import build_world
from tests.everywhere.looking import drafts
from tests.everywhere.world import World
from tests.factories import NOW

MOST = 12
SIZES = (1, 3, 3000)
ON_ONE = 60  # controls, updates, actions and files of one record, where the register holds thousands
DAY = date(2026, 1, 10)
NOT_OF_POLICY = {
    "board-set-up",
    "limit-set",
    "agreement-override",
    "agreement-carry",
    "round-decide",
    "application-let-in",
    "application-tie",
    "application-answer",
    "application-score",
    "scoring",
    "inspection-approve",
    "service-tokens",
    "files",
    "retention-period-new",
    "service-token-new",
    "system",
    "system-letters",
    "opened",
    "opened-record",
    "sign-ins",
    "mapped",
    "map-value",
    "directory-messages",
    "person-sign-in",
    "person-invite",
    "person-unlock",
    "person-second",
    "person-out",
}  # pages that the policy officer, who reads them all here, may not open
pytestmark = pytest.mark.django_db

FOLLOWED = ("agreement-returns", "agreement-money", "agreement-meetings", "agreement-outcomes")


def more_risks(world: World, first: int, count: int) -> None:
    """So many more risks of the office, each with two scores, controls, an update."""
    house, made = world.house, []
    for number in range(first, first + count):
        record = Record(
            kind="risk", reference=f"N{number:05}", title=f"The plan {number} could fail", organisation=house.office
        )
        record.owner = house.posts["policy" if number % 2 else "chief"]
        record.sensitivity = ("public", "office", "restricted")[number % 3]
        level = ("strategic", "operational", "project")[number % 3]
        risk = Risk(record=record, level=level, responsible_officer=house.posts["policy"], first_recorded=DAY)
        scores = [
            Assessment(risk=risk, scale=house.scale, impact=1 + number % 4, likelihood=likelihood, scored_on=day)
            for likelihood, day in ((2, DAY), (1 + number % 3, DAY + timedelta(days=90)))
        ]
        pending = Control(risk=risk, text="Do it", due=DAY + timedelta(days=number % 400), added_on=DAY)
        standing = Control(risk=risk, text="Done", pending=False, in_place_since=DAY, added_on=DAY)
        made.append(NewRisk(record, risk, scores, [pending, standing], [Update(risk=risk, dated=DAY, text="Said")]))
    raise_many(made, organisation=house.office, actor=CANDOUR, at=NOW, reason="Many", effective=DAY)
    numbers = [new.record for new in made]
    with recording_many("action.added", numbers, actor=CANDOUR, at=NOW):
        Action.objects.bulk_create(action_on(world, record, number) for number, record in enumerate(numbers))


def action_on(world: World, record: Record, number: int) -> Action:
    due = date(2026, 10, 1) + timedelta(days=number % 200)
    owner = world.house.posts["policy"]
    return Action(record=record, text=f"Act {number}", owner=owner, added_on=DAY, original_due=due, due=due)


def more_audits(world: World, first: int, count: int) -> None:
    """So many more audits of the office in the plan of this year, each reached as far as a draft."""
    house, made, provider = world.house, [], world.audits["seen"].provider
    for number in range(first, first + count):
        record = Record(kind="audit", reference=f"N{number:05}", title=f"The plan {number}", organisation=house.office)
        record.sensitivity = ("public", "office", "restricted")[number % 3]
        audit = Audit(record=record, provider=provider, year="2026/27", days=3, planned_on=DAY)
        dates = {"exit": DAY, "draft": DAY + timedelta(days=number % 30)}
        stages = [
            Stage(audit=audit, which=which, planned=day, first_planned=day, actual=day) for which, day in dates.items()
        ]
        made.append(NewAudit(record, audit, stages))
    plan_many(made, organisation=house.office, actor=CANDOUR, at=NOW, reason="Many", effective=DAY)


def more_agreements(world: World, first: int, count: int) -> None:
    """So many more agreements of the office, in one stream with one provider, each with an order."""
    like, made = world.agreements["seen"], []
    for number in range(first, first + count):
        record = Record(kind="agreement", reference=f"N{number:05}", title=f"The plan {number}")
        record.organisation, record.sensitivity = world.house.office, ("public", "office", "restricted")[number % 3]
        days = {"starts": DAY, "ends": DAY + timedelta(days=number % 400), "raised_on": DAY}
        made.append(Agreement(record=record, kind="grant", provider=like.provider, stream=like.stream, value=1, **days))
    with recording_many("agreement.raised", [], actor=CANDOUR, at=NOW, reason="Many"):
        Record.objects.bulk_create([each.record for each in made])
        Agreement.objects.bulk_create(made)
        Order.objects.bulk_create(Order(agreement=each, number="1", on=DAY, value=1) for each in made)


def more_measures(world: World, first: int, count: int) -> None:
    """So many more measures of the office, each with six figures of one load; and as many more figures of the one seen."""
    made = []
    for number in range(first, first + count):
        record = Record(kind="measure", reference=f"N{number:05}", title=f"The plan {number}")
        record.organisation, record.sensitivity = world.house.office, ("public", "office", "restricted")[number % 3]
        made.append(Measure(record=record, counts="Things", unit="number", better="higher", defined_on=DAY))
    with recording_many("measure.defined", [], actor=CANDOUR, at=NOW, reason="Many"):
        Record.objects.bulk_create([each.record for each in made])
        Measure.objects.bulk_create(made)
    months = [add_months(date(2026, 5, 1), -n) for n in range(6)]
    figures = [NewFigure(each, month, value=Decimal(month.month)) for each in made for month in months]
    seen = world.measures["seen"]
    figures += [NewFigure(seen, date(2026, 5, 1), f"Area {n}", value=Decimal(n)) for n in range(first, first + count)]
    load_figures(
        figures, organisation=world.house.office, file_name="", sha256="", actor=CANDOUR, at=NOW, reason="Many"
    )


def more_inspections(world: World, first: int, count: int) -> None:
    """So many more inspections of the office whose clock runs, and items of the statement; and more that the one seen asks."""
    house, seen = world.house, world.inspections["seen"]
    out = date(2026, 5, 4)
    said = {"actor": CANDOUR, "at": NOW, "effective": DAY, "reason": "Many"}
    records, made, stated = [], [], []
    for number in range(first, first + count):
        like = {"reference": f"N{number:05}", "title": f"Inspection {number}", "organisation": house.office}
        like |= {"owner": house.posts["policy"], "sensitivity": ("public", "office", "restricted")[number % 3]}
        records += [Record(kind=kind, **like) for kind in ("inspection", "statement-item")]
        made.append(
            Inspection(
                record=records[-2], kind="peel", inspectorate=seen.inspectorate, entered_on=DAY, published_on=out
            )
        )
        stated.append(StatementItem(record=records[-1], year="2026/27", section="Custody", due=DAY, entered_on=DAY))
    with recording_many("inspection.entered", [], **said):
        Record.objects.bulk_create(records)
        Inspection.objects.bulk_create(made)
        StepRow.objects.bulk_create(StepRow(inspection=it, which=s.which, due=s.due) for it in made for s in clock(out))
        Grade.objects.bulk_create(Grade(inspection=it, position=1, area="Preventing crime") for it in made)
        StatementItem.objects.bulk_create(stated)
        Progress.objects.bulk_create(Progress(item=it, dated=DAY, said="at risk", text="Late") for it in stated)
    more = min(count, ON_ONE)
    new = [
        NewRecommendation(
            reference=f"NI{number:04}", title=f"Do {number}", source="inspection", came_from=seen.record,
            owners=[Owner(house.posts["policy"])],
        )
        for number in range(first, first + more)
    ]  # fmt: skip
    asked = raise_recommendations(new, organisation=house.office, actor=CANDOUR, at=NOW, reason="Many")
    world.review.refresh_from_db()
    with recording_many("inspection.review_opened", [world.review], **said):
        Asked.objects.bulk_create(
            Asked(review=world.review, item=one.record, inspection=seen, post=one.record.owner) for one in asked
        )


def more_finance(world: World, first: int, count: int) -> None:
    """So many more schemes, projects and collaborations of the office, and as many more headings of the budget that is seen."""
    made: dict[str, list] = {"finance-scheme": [], "project": [], "collaboration": []}  # type: ignore[type-arg]

    def record(kind: str, number: int, reference: str) -> Record:
        sight = ("public", "office", "restricted")[number % 3]
        return Record(
            kind=kind,
            reference=reference,
            title=f"The plan {reference}",
            organisation=world.house.office,
            sensitivity=sight,
        )

    for number in range(first, first + count):
        named = f"N{number:05}"
        for sort in ("saving", "capital"):
            its = record("finance-scheme", number, f"{named}{sort[0]}")
            made["finance-scheme"].append(Scheme(record=its, sort=sort, added_on=DAY))
        made["project"].append(Project(record=record("project", number, named), begun_on=DAY))
        joint = record("collaboration", number, named)
        made["collaboration"].append(Collaboration(record=joint, lead="Us", review_due=DAY, entered_on=DAY))
    for kind, rows in made.items():
        with recording_many(f"{kind}.entered", [], actor=CANDOUR, at=NOW, reason="Many"):
            Record.objects.bulk_create([each.record for each in rows])
            type(rows[0]).objects.bulk_create(rows)
    year, seen = date(2024, 4, 1), world.budgets["seen"].record
    amounts = [NewAmount(each.record, each.sort, year, "budget", 100) for each in made["finance-scheme"]]
    amounts += [NewAmount(seen, "revenue", year, "budget", 5, f"Heading {n}") for n in range(first, first + count)]
    said = {"file_name": "", "sha256": "", "actor": CANDOUR, "at": NOW, "reason": "Many"}
    load_amounts(amounts, organisation=world.house.office, position=date(2026, 5, 1), **said)


def more_activities(world: World, first: int, count: int) -> None:
    """So many more activities of the objective that is seen, a few of them rated red, each linked to its risk."""
    objective, made = world.objectives["seen"], []
    for number in range(first, first + count):
        record = Record(kind="activity", reference=f"N{number:05}", title=f"The plan {number}", owner=None)
        record.organisation, record.sensitivity = world.house.office, ("public", "office", "restricted")[number % 3]
        days = {"due": DAY + timedelta(days=number % 400), "original_due": DAY, "added_on": DAY}
        made.append(Activity(record=record, objective=objective, number=str(number), rating=1 + number % 5, **days))
    with recording_many("activity.added", [], actor=CANDOUR, at=NOW, reason="Many"):
        Record.objects.bulk_create([each.record for each in made])
        Activity.objects.bulk_create(made)


def more_applications(world: World, first: int, count: int) -> None:
    """So many more applications to a round of the office."""
    found = [
        new(f"Group {number}", reference=f"N{number:05}", sensitivity=("public", "office", "restricted")[number % 3])
        for number in range(first, first + count)
    ]
    receive_many(again(world.rounds["seen"]), found=found, actor=CANDOUR, at=NOW)


def more_on_one(world: World, first: int, count: int) -> None:
    """So many more of everything that hangs on a risk, on the one that is seen, each with an entry of its own."""
    risk = world.risks["seen"]
    to = list(Record.objects.filter(reference__startswith="N", linked_from=None)[:count])
    for number in range(first, first + count):
        with recording_many("risk.updated", [risk.record], actor=CANDOUR, at=NOW, reason="More"):
            Control.objects.create(risk=risk, text=f"Control {number}", added_on=DAY, due=date(2027, 1, 1))
            Update.objects.create(risk=risk, dated=DAY, text=f"Update {number}")
            action_on(world, risk.record, number).save()
            File.objects.create(
                record=risk.record, sha256=f"{number:064}", name="a.txt", media_type="text/plain", size=1, added_on=DAY
            )
            if number - first < len(to):
                Link.objects.create(record=risk.record, to=to[number - first])
    with recording_many("paper.read_in", [], actor=CANDOUR, at=NOW):
        Staged.objects.bulk_create(another(world.staged) for _ in range(count))


def more_posts(world: World, first: int, count: int) -> None:
    """So many more posts of the office in a few directorates, each held by somebody and covered by another."""
    office, said = world.house.office, {"actor": CANDOUR, "at": NOW, "reason": "Many"}
    posts = [
        Post(title=f"Post {n:05}", organisation=office, directorate=f"D{n % 7}") for n in range(first, first + count)
    ]
    people = [Person(username=f"p{n}", name=f"Person {n:05}", password="!") for n in range(first, first + count)]
    with recording_many("post.set_up", [], **said):
        Post.objects.bulk_create(posts)
    with recording_many("person.added", [], **said):
        Person.objects.bulk_create(people)
    with recording_many("post.appointed", posts, effective=DAY, **said):
        Appointment.objects.bulk_create(
            Appointment(person=person, post=post, starts=DAY) for person, post in zip(people, posts, strict=True)
        )
        Cover.objects.bulk_create(Cover(post=post, by=world.house.posts["chief"], starts=DAY) for post in posts)
        Grant.objects.bulk_create(Grant(post=post, role="reader", organisation=office, starts=DAY) for post in posts)


def another(staged: Staged) -> Staged:
    return Staged(
        organisation=staged.organisation, kind=staged.kind, file_name="b.txt", sha256="", reading=staged.reading
    )


def addresses(world: World) -> dict[str, str]:
    """Each page that reads, by the name of its address and what may stand after it."""
    reads = [name for name in PATTERNS if "GET" in PATTERNS[name].callback.page.methods]
    reads = [
        name for name in reads if not name.startswith("item-paper-") and name not in NOT_OF_POLICY
    ]  # of a paper, which the item does not have
    found = {name: address_of(name, world.targets["seen"]) for name in reads if names_a_record(name)}
    found["decision"] = reverse("decision", args=[world.items["seen"].decisions.get().pk])
    plain = [name for name in PATTERNS if not parameters(name) and "GET" in PATTERNS[name].callback.page.methods]
    found |= {name: reverse(name) for name in plain if name not in NOT_OF_POLICY}
    found |= {
        f"papers-in {name}": f"/papers-in/{world.staged.pk}/{name}"
        for name in ("", "columns", "discard", "reading.json")
    }
    past = {
        name: f"{found[name]}?as_at=2026-05-01"
        for name in (
            "risks",
            "risk-heat-map",
            "risk-download",
            "risk-workbook",
            "risk-changes",
            "risk",
            "audit-changes",
        )
    }
    found |= {f"{name} as at": address for name, address in past.items()}
    of_scales = ("draft/", "draft/preview/", "draft/change/bands/", "appetite/", f"{world.house.scale.pk}/")
    found |= {f"scales {name}": f"/scales/office/{name}" for name in of_scales}
    more = (
        "q=plan",
        "appetite=over",
        "status=Awaiting+Review",
        "band=High",
        "movement=changed",
        "register=operational",
        "sort=owner",
    )
    found |= {f"risks {query}": f"{found['risks']}?{query}" for query in more}
    found |= {f"{name} of all": f"{reverse(name)}?post=all&due=all" for name in ("risk-due", "risk-review-many")}
    found |= {
        f"{name} with a proposal": address_of(name, world.targets["proposed"]) for name in ("risk", "risk-proposed")
    }
    found |= {
        "auditor": "/audits/auditors/assurers/?measure=draft",
        "audit as at": f"{found['audit']}?as_at=2026-06-15",
    }
    found |= {
        f"audits {query}": f"/audits/?{query}" for query in ("state=Draft", "q=plan", "sort=state", "as_at=2026-06-15")
    }
    views = ("view=failing", "view=expired&sort=state", "q=plan", "check=value", "as_at=2026-06-14")
    found |= {f"agreements {query}": f"/agreements/?{query}" for query in views}
    views = ("view=exceptions", "view=late&sort=owner", "q=plan", "state=Steady")
    found |= {f"measures {query}": f"/performance/?{query}" for query in views}
    views = ("view=risk", "view=update&sort=due", "q=plan", "plan=Q0001&objective=Q0001", "as_at=2026-06-14")
    found |= {f"activities {query}": f"/plan/activities/?{query}" for query in views}
    found |= {f"{name} as at": f"{found[name]}?as_at=2026-06-14" for name in ("plan", "objective", "activity")}
    found["measure as at"] = f"{found['measure']}?as_at=2026-06-14"
    found |= {f"inspections {view}": f"/inspections/?view={view}" for view in ("open", "overdue", "all")}
    found |= {
        "inspection as at": f"{found['inspection']}?as_at=2026-06-14",
        "inspections as at": "/inspections/?as_at=2026-06-14",
    }
    found |= {
        name: reverse(name, args=["office", "2026-06"]) for name in ("inspection-review", "inspection-review-close")
    }
    found["statement item as at"] = f"{found['statement-item']}?as_at=2026-06-14"
    open_data = ("open-measure-csv", "open-measure-about")
    found |= {name: reverse(name, args=["office", world.targets["seen"].reference]) for name in open_data}
    lists = ("savings", "capital", "projects", "collaborations")
    found |= {f"{name} {query}": f"/finance/{name}/?{query}" for name in lists for query in ("view=trouble", "q=plan")}
    of_finance = ("budget", "finance-scheme", "project", "collaboration")
    found |= {f"{name} as at": f"{found[name]}?as_at=2026-06-14" for name in (*of_finance, *lists)}
    found["agreement as at"] = f"{found['agreement']}?as_at=2026-06-14"
    found["provider"] = reverse("provider", args=[world.agreements["seen"].provider_id])
    found["provider-check"] = reverse("provider-check", args=[world.agreements["seen"].provider_id])
    found["stream"] = reverse("stream", args=[world.agreements["seen"].stream_id])
    found |= {f"{name} as at": f"{found[name]}?as_at=2026-06-14" for name in (*FOLLOWED, "round", "plan-priority")}
    found["steps of one"] = f"{reverse('agreements-duties')}?post={world.house.posts['chief'].pk}"
    found["agreements of a priority"] = f"/agreements/?priority={world.targets['seen'].priority}&sort=provider"
    found["late of one"] = f"{reverse('agreements-late')}?post={world.house.posts['chief'].pk}"
    found |= {f"{name} ": reverse(name, args=["assurers"]) for name in ("auditor-promise", "auditor-progress")}
    found |= of_people(world)
    found |= {"search found": "/search?q=plan", "risk-issue": "/papers/risk-register/issue"}
    found |= {f"draft {number}": address for number, address in enumerate(drafts()[:2])}
    found |= {f"issued {each}": f"/papers/risk-register/office/2026-06-15/{each}/" for each in ("panel", "public")}
    return found


def of_people(world: World) -> dict[str, str]:
    """Pages of a post that owns a register, and of who holds it; lists narrowed."""
    chief, person = world.house.posts["chief"].pk, world.house.people["chief"].pk
    found = {
        f"post {name}": f"/posts/{chief}/{name}" for name in ("", "history/", "appoint/", "cover/", "move/", "end/")
    }
    found |= {f"person {name}": f"/posts/people/{person}/{name}" for name in ("", "history/", "stop/")}
    narrowed = ("shown=vacant", "shown=ended", "directorate=D0", "q=person")
    found |= {f"posts {query}": f"/posts/?{query}" for query in narrowed}
    found |= {f"people {query}": f"/posts/people/?{query}" for query in ("state=none", "q=post")}
    return found | {"organisation": "/posts/organisations/office/"}


def more_kept(world: World, first: int, count: int) -> None:
    """So many more risks that are due for disposal, others under a hold, and removals that wait."""
    if not Period.objects.exists():
        given = {"kind": "risk", "years": 1, "starts": DAY, "basis": "The schedule"}
        set_period(world.house.office, **given, actor=CANDOUR, at=NOW)
    named = [f"N{number:05}" for number in range(first, first + count)]
    records = list(Record.objects.filter(kind="risk", reference__in=named).order_by("pk"))
    said = {"actor": CANDOUR, "at": NOW, "reason": "Many"}
    with recording_many("risk.closed", records, **said):
        Record.objects.filter(pk__in=[each.pk for each in records]).update(closed_on=date(2020, 1, 1))
    held = records[::2]
    asked = {"why": "It names somebody", "asked_on": DAY, "asked_by": "Somebody", "asker_kind": "system", "asker": 0}
    with recording_many("retention.held", held, **said):
        Hold.objects.bulk_create(Hold(record=each, why="A claim", placed_on=DAY, placed_by="Us") for each in held)
        Removal.objects.bulk_create(Removal(record=each, **asked) for each in held)


def more_of_everything(world: World, there: int, size: int) -> None:
    """So many of everything, where there are fewer already."""
    count = size - there
    more_risks(world, there, count)
    more_audits(world, there, count)
    more_posts(world, there, count)
    more_agreements(world, there, count)
    more_measures(world, there, count)
    more_inspections(world, there, count)
    more_finance(world, there, count)
    more_activities(world, there, count)
    more_applications(world, there, count)
    more_kept(world, there, count)
    more_on_one(world, min(there, ON_ONE), min(size, ON_ONE) - min(there, ON_ONE))


def learn() -> None:
    """Within one transaction PostgreSQL learns nothing by itself of how many rows there are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, list[int]]]:  # type: ignore[no-untyped-def]
    """The number of queries of each page, at each size."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            world = build_world()
            more_risks(world, 90_000, 3)  # one of each level, so that no page is empty at the first size
            where, found, there = addresses(world), {}, 0
            client = world.client("policy")
            for size in SIZES:
                more_of_everything(world, there, size)
                there = size
                learn()
                for name, address in where.items():
                    answer = ask(client, "GET", address)
                    assert answer.status in {200, 302}, (name, answer.status)
                    found.setdefault(name, []).append(answer.queries)
            yield found
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def test_the_number_of_queries_does_not_grow(counted: dict[str, list[int]]) -> None:
    assert {name: counts for name, counts in counted.items() if len(set(counts)) > 1} == {}


def test_no_page_asks_more_than_twelve_times(counted: dict[str, list[int]]) -> None:
    assert {name: max(counts) for name, counts in counted.items() if max(counts) > MOST} == {}
