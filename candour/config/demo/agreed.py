"""The demo's agreements raised, signed, ordered from and ended through the commands that people use."""

from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from candour.commissioning import commands, rules
from candour.commissioning.models import Agreement, Indicator
from candour.config.demo.agreements import AGREEMENTS, OPEN_DATA, PROVIDERS, STREAMS, AgreementTale
from candour.config.demo.stage import START, Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.calendar import add_months, financial_year, is_working_day, say_date
from candour.kernel.records.commands import share

BOARD = "Corporate Governance Board"
PUBLIC = ("grant", "contract")  # the kinds of which the law asks that they be published
ROUTES = ("open", "open", "limited", "selective", "direct")
KPIS = (
    ("Seen by a nurse within an hour", "95%"),
    ("Hours of cover kept", "98%"),
    ("Complaints answered in ten days", "90%"),
)
QUARTER = 91  # days between payments
TEMPLATES = (("4.1", WEEKS * 7), ("5.0", 48 * 7))  # version, days back from which it is used
# What may be wrong with an agreement of the demo, beside what its dates say.
FLAWS = frozenset({
    "specification", "code", "dates", "unsigned", "one signature", "copy", "template", "brackets", "blank", "kpis",
    "monitoring", "management", "stale", "no contact", "override", "over", "undecided", "decided", "ended", "restricted",
    "shared", "varied", "extended", "draft", "withheld", "large",
})  # fmt: skip
SHUT = {"unsigned", "draft", "specification", "kpis", "dates", "override", "one signature"}  # nothing is paid so


def agreements(stage: Stage) -> list[Event]:
    """Streams, providers, templates, and the life of each agreement, as events."""
    first = stage.timeline.back(WEEKS * 7)
    events = [Event(first, 3, partial(set_up, stage))]
    for version, days in TEMPLATES:
        events.append(Event(stage.timeline.back(days), 3, partial(use_template, stage, version)))
    for number, tale in enumerate(AGREEMENTS):
        events += events_of(number, tale, stage)
    return events


def begins_on(stage: Stage, tale: AgreementTale) -> date:
    return stage.timeline.back(tale.begins * 7)


def ends_on(stage: Stage, tale: AgreementTale) -> date:
    return stage.timeline.back(tale.ends * 7) - timedelta(days=1)


def set_up(stage: Stage, at: datetime) -> None:
    """The streams of the years in which their agreements begin, and the providers."""
    office = stage.bodies["office"]
    said: dict[str, Any] = {"actor": stage.actor("commissioning", at), "at": at, "reason": START}
    used = {(tale.stream, financial_year(begins_on(stage, tale))) for tale in AGREEMENTS}
    for code, name, budget, funder, conditions in STREAMS:
        for year in sorted(year for of, year in used if of == code):
            stage.streams[code, year] = commands.add_stream(
                organisation=office, code=code, name=name, year=year, budget=budget * 100, funder=funder,
                conditions=conditions, **said,
            )  # fmt: skip
    commands.set_publishing(organisation=office, **OPEN_DATA, **said)
    for key, name, charity, company in PROVIDERS:
        stage.providers[key] = commands.add_provider(
            organisation=office, name=name, charity_number=charity, company_number=company, **said
        )


def use_template(stage: Stage, version: str, at: datetime) -> None:
    said: dict[str, Any] = by(stage, at, "Agreed with legal services")
    for kind in rules.KINDS:
        commands.set_template(organisation=stage.bodies["office"], kind=kind, version=version, starts=at.date(), **said)


def events_of(number: int, tale: AgreementTale, stage: Stage) -> list[Event]:  # noqa: PLR0912  a flaw each
    """All that happens to one agreement, in its order. Nothing happens on a day to come."""
    assert FLAWS.issuperset(tale.flaws)  # noqa: S101 a word that is no flaw would do nothing
    begins, flaws, last = begins_on(stage, tale), set(tale.flaws), stage.timeline.last_working_day()
    first = stage.timeline.back(WEEKS * 7)

    def on(day: date, act: Any, rank: int = 4) -> Event:
        day = min(max(day, first), last)
        while not is_working_day(day):
            day += timedelta(days=1)
        return Event(min(day, last), rank, partial(act, stage, number, tale))

    raised = begins - timedelta(days=42) if tale.begins > 0 else stage.timeline.back(21)
    events = [on(raised, raise_it), on(raised + timedelta(days=3), name_contact, 5)]
    if "copy" not in flaws and "draft" not in flaws:
        events.append(on(begins - timedelta(days=12), attach, 5))
    if not flaws & {"unsigned", "one signature", "draft", "override"}:
        events.append(on(begins - timedelta(days=10), sign_office, 6))
    if not flaws & {"unsigned", "draft", "override"}:
        events.append(on(begins - timedelta(days=9), sign_provider, 6))
    if flaws & {"override", "one signature"}:
        events.append(on(begins + timedelta(days=1), override, 6))
    if not flaws & {"unsigned", "draft", "specification", "kpis", "dates"}:
        events.append(on(begins + timedelta(days=2), order, 7))
    if not flaws & SHUT:
        days = [begins + timedelta(days=15 + QUARTER * quarter) for quarter in range(4)]
        events += [on(day, partial(pay_it, quarter=n), 8) for n, day in enumerate(days) if first <= day <= last]
    if "withheld" in flaws:
        events.append(on(begins - timedelta(days=8), withhold_it, 8))
    if "large" in flaws:
        events += [on(begins - timedelta(days=20), set_kpis, 5), on(begins + timedelta(days=190), rate_them, 8)]
    if "over" in flaws:
        events.append(on(begins + timedelta(days=90), order_more, 7))
    if flaws & {"extended", "varied"}:
        events.append(on(begins + timedelta(days=120), vary, 7))
    if "stale" not in flaws and "no contact" not in flaws and tale.begins > 0 and "ended" not in flaws:
        events.append(on(stage.timeline.back(60), confirm, 7))
    if flaws & {"decided"}:
        events.append(on(stage.timeline.back(28), decide, 7))
    if "shared" in flaws:
        events.append(on(begins + timedelta(days=5), share_it, 8))
    if "ended" in flaws:
        events.append(on(ends_on(stage, tale) + timedelta(days=3), end, 8))
    return events


def by(stage: Stage, at: datetime, reason: str, post: str = "commissioning") -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at, "reason": reason}


def it(stage: Stage, number: int) -> Agreement:
    rows = Agreement.objects.select_related("record__organisation", "provider", "stream__organisation")
    return rows.get(pk=stage.agreements[number])


def raise_it(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    """With all that is asked for but what is its flaw."""
    begins, ends, lacks = begins_on(stage, tale), ends_on(stage, tale), set(tale.flaws)
    texts: dict[str, Any] = {
        "specification": f"{tale.service}: for whom, where and when, and what a good service looks like.",
        "kpis": "First contact within two working days: 90%\nPeople who say that they cope better: 80%",
        "monitoring": "A return by the tenth working day after each quarter, with figures and one case.",
        "management": "The lead meets the provider each quarter; risks and issues are written down there.",
    }
    dates: dict[str, Any] = {"starts": begins, "ends": ends, "last_end": add_months(ends, 24)}
    if tale.ends < 0:
        dates["notice_on"] = max(begins, ends - timedelta(days=91))
    made = commands.raise_agreement(
        kind=tale.kind,
        provider=stage.providers[tale.provider],
        stream=stage.streams[tale.stream, financial_year(begins)],
        service=tale.service,
        area=tale.area,
        owner=stage.posts[tale.lead],
        sensitivity="restricted" if "restricted" in lacks else "public" if tale.kind in PUBLIC else "office",
        awarded_on=begins - timedelta(days=30) if "unsigned" not in lacks else None,
        procedure="" if tale.kind != "contract" or "code" in lacks else ROUTES[number % len(ROUTES)],
        bids=2 + number % 5 if tale.kind == "contract" else None,
        project_code="" if "code" in lacks else f"{tale.stream}{begins:%y}{number + 1:02}",
        value=tale.value * 100,
        data_controller="The provider" if tale.kind == "grant" else "The office",
        **({} if "dates" in lacks else dates),
        **{name: text for name, text in texts.items() if name not in lacks},
        **by(stage, at, "Decided by the Commissioner, to meet the plan’s priorities"),
    )
    stage.agreements[number] = made.pk


def name_contact(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    if "no contact" in tale.flaws:
        return
    on = at.date() - timedelta(days=300 if "stale" in tale.flaws else 0)
    email = f"service.{tale.provider}@providers.example"
    commands.add_contact(it(stage, number), role="Service Director", email=email, on=on, **by(stage, at, ""))


def attach(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    """The agreement as a text, with what is its flaw."""
    agreement, flaws = it(stage, number), set(tale.flaws)
    lines = [agreement.record.title, f"This agreement is made on {say_date(at.date())}", "", f"1. {tale.service}."]
    if "brackets" in flaws:
        lines += ["2. The fee is paid on [insert date].", "3. Notice is given to [TBC]."]
    blank = "...................." if "blank" in flaws else "Chief Executive"
    lines += [f"Signed for the office: {blank}", "Signed for the provider: Service Director"]
    commands.attach(
        agreement,
        which="agreement",
        name=f"{agreement.record.reference}.txt",
        content=BytesIO("\n".join(lines).encode()),
        template="4.1" if "template" in flaws or at.date() < stage.timeline.back(TEMPLATES[1][1]) else "5.0",
        **by(stage, at, "As sent to the provider for signature"),
    )


def sign_office(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    commands.sign(it(stage, number), side="office", by="Chief Executive", on=at.date(), **by(stage, at, ""))


def sign_provider(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    commands.sign(it(stage, number), side="provider", by="Service Director", on=at.date(), **by(stage, at, ""))


def override(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    why = "The service must not stop. The signature is expected within a week."
    commands.override(it(stage, number), until=at.date() + timedelta(days=30), **by(stage, at, why, "cfo"))


def order(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    """Half of the value, once it has begun."""
    if tale.begins <= 0 or not tale.value:
        return
    number_of = f"PO{70_000 + number}"
    commands.order(
        it(stage, number),
        number=number_of,
        on=at.date(),
        value=tale.value * 50,
        **by(stage, at, "First half of the value"),
    )


def order_more(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    number_of = f"PO{71_000 + number}"
    why = "Second half, with the added clinics that no variation was recorded for"
    commands.order(it(stage, number), number=number_of, on=at.date(), value=tale.value * 60, **by(stage, at, why))


def pay_it(stage: Stage, number: int, tale: AgreementTale, at: datetime, *, quarter: int) -> None:
    """A quarter of the value, in arrears; one of them names a person, and is redacted."""
    if tale.begins <= 0 or not tale.value:
        return
    commands.pay(
        it(stage, number),
        number=f"V{80_000 + number * 10 + quarter}",
        on=at.date(),
        value=tale.value * 25,
        purpose=f"{tale.service}, quarter {quarter + 1}",
        ground="personal" if number % 13 == 5 and quarter == 1 else "",
        **by(stage, at, "Paid on invoice"),
    )


def withhold_it(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    why = "Where it is would be known from who provides it"
    commands.withhold(it(stage, number), part="supplier", ground="safety", **by(stage, at, why))


def set_kpis(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    for name, target in KPIS:
        said = by(stage, at, "Schedule of performance")
        commands.add_indicator(it(stage, number), name=name, target=target, **said)


def rate_them(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    ratings = ("good", "approaching", "improvement")
    numbers = it(stage, number).indicators.order_by("pk").values_list("pk", flat=True)
    for pk, rating in zip(list(numbers), ratings, strict=True):
        one = Indicator.objects.select_related("agreement__record").get(pk=pk)
        said = "" if rating == "good" else "Short of nurses at night from May"
        commands.rate(one, on=at.date(), rating=rating, said=said, **by(stage, at, ""))


def vary(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    agreement = it(stage, number)
    said = by(stage, at, "Referrals are a fifth above what was expected") | {"approver": BOARD, "on": at.date()}
    if "extended" in tale.flaws and agreement.ends:
        commands.vary(agreement, ground="provided", change=0, new_end=add_months(agreement.ends, 6), **said)
    else:
        commands.vary(agreement, ground="additional", change=tale.value * 10, **said)


def confirm(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    contact = it(stage, number).contacts.select_related("agreement__record").get()
    if contact.confirmed_on < at.date():
        commands.confirm_contact(contact, on=at.date(), **by(stage, at, ""))


def decide(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    why = "The need has not fallen, and the last returns were good"
    commands.decide_next(it(stage, number), follows="recommission", approver=BOARD, **by(stage, at, why))


def share_it(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    share(
        it(stage, number).record,
        organisation=stage.bodies["force"],
        **by(stage, at, "Both bodies refer to it", "policy"),
    )


def end(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    agreement = it(stage, number)
    on = min(ends_on(stage, tale), at.date())
    commands.end(agreement, on=on, **by(stage, at, "It ran to its end; what was learnt went into the next agreement"))
