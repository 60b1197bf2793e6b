"""The demo's care: checks of providers, steps of agreements, and the register that was kept before, brought in by batches."""

from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

from candour.commissioning import commands, rules
from candour.commissioning.commands import NewAgreement, care
from candour.commissioning.models import (
    Agreement,
    AgreementStep,
    Contact,
    DiligenceCheck,
    DiligenceKind,
    Document,
    FundingStream,
    Order,
    Provider,
)
from candour.config.demo.agreed import by
from candour.config.demo.kept import AREAS, CHECKS, FIRST, FUNDS, LEADS, MANY, NEW_CHECK, PROCESSES, SECOND, SEED, TEXTS
from candour.config.demo.stage import Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.calendar import add_months, add_working_days, financial_year, is_working_day
from candour.kernel.evidence import store
from candour.kernel.evidence.models import File
from candour.kernel.records.models import Record

BETWEEN = 91  # days between two entries of the register that was kept before
RENEWED = (700, 370, 21)  # days back from which checks were renewed
STEPPED = 12  # agreements whose steps are followed


class Kept:
    """What was kept before, as it is brought in: each batch once its agreements were signed."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.random = stage, Random(SEED)  # noqa: S311 a demo needs no secret
        self.providers: list[Provider] = []
        self.kinds: list[DiligenceKind] = []
        self.streams: dict[tuple[str, str], FundingStream] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self.made: list[Agreement] = []
        first, last = stage.timeline.back(WEEKS * 7), stage.timeline.last_working_day()
        self.days = [
            first,
            *(day for n in range(1, 9) if (day := working(stage.timeline.back(728 - BETWEEN * n))) <= last),
        ]
        self.tales = sorted((self._tale(first, last) for _ in range(MANY)), key=lambda one: one["starts"])

    def _tale(self, first: date, last: date) -> dict[str, Any]:
        """One agreement by chance: when it ran, what for, and what is wrong with it."""
        chance, fund = self.random.random, self.random.choice(FUNDS)
        begins = add_months(first.replace(day=1), self.random.randrange(-14, 26))
        if chance() < 0.55:  # most begin with the financial year
            begins = date(begins.year, 4, 1)
        begins = min(begins, add_months(last.replace(day=1), 2))
        ends = add_months(begins, 12 * self.random.choice(fund.years)) - timedelta(days=1)
        value = round(fund.low * (fund.high / fund.low) ** chance(), -2)
        flaws = {
            name for name, share in (
                ("kpis", 0.07), ("management", 0.09), ("monitoring", 0.05), ("code", 0.03), ("specification", 0.02),
                ("one signature", 0.03), ("copy", 0.08), ("contact", 0.03), ("stale", 0.12), ("undecided", 0.5), ("over", 0.02),
                ("restricted", 0.02), ("running on", 0.04),
            ) if chance() < share
        }  # fmt: skip
        return {
            "fund": fund, "kind": self.random.choice(fund.kinds), "service": self.random.choice(fund.services),
            "area": self.random.choice(AREAS), "lead": self.random.choice(LEADS), "starts": begins, "ends": ends,
            "value": int(value), "flaws": flaws, "provider": self.random.randrange(10**6),
        }  # fmt: skip

    def entered(self, tale: dict[str, Any]) -> date:
        """The day on which it was put into the register: the first after it began, the last for what is still to begin."""
        return next((day for day in self.days if day >= tale["starts"]), self.days[-1])

    def set_up(self, at: datetime) -> None:
        """Providers, streams, checks and steps, before anything is brought in."""
        stage, office = self.stage, self.stage.bodies["office"]
        said = by(stage, at, "As it was kept before Candour came into use")
        names = {
            f"{one} {two}": (f"{9_991_000 + n * 3}", "")
            for n, (one, two) in enumerate((one, SECOND[n % len(SECOND)]) for n, one in enumerate(FIRST))
        }
        self.providers = commands.bring_in_providers(names, organisation=office, **said)
        for fund, year in sorted({(one["fund"].code, financial_year(one["starts"])) for one in self.tales}):
            of = next(one for one in FUNDS if one.code == fund)
            self.streams[fund, year] = commands.add_stream(
                organisation=office, code=of.code, name=of.name, year=year, budget=of.budget * 100, funder=of.funder,
                conditions=of.conditions, ring_fence=of.ring_fence, **said,
            )  # fmt: skip
        for name, asks, kinds, months, cover in CHECKS:
            self.kinds.append(
                care.add_diligence_kind(
                    organisation=office,
                    name=name,
                    asks=asks,
                    kinds=kinds,
                    months=months,
                    cover=cover * 100 or None,
                    starts=at.date(),
                    **said,
                )
            )
        for kind, steps in PROCESSES.items():
            new = [care.NewStep(name, days, stage.posts.get(post), needs) for name, days, post, needs in steps]
            care.set_process(organisation=office, kind=kind, starts=at.date(), steps=new, **said)

    def check(self, at: datetime, *, turn: int) -> None:
        """What was seen of every provider, and of each again when it is renewed; a few are behind."""
        found, post = [], self.stage.posts["commissioning"]
        everybody = Provider.objects.filter(organisation=self.stage.bodies["office"]).order_by("pk")
        known = set(DiligenceCheck.objects.filter(provider__in=everybody).values_list("provider", "kind"))
        for place, provider in enumerate(everybody):
            for kind in self.kinds:
                late = turn and (place * 7 + kind.pk * 13 + turn * 5) % 61 < 2  # who is behind
                if late or ((provider.pk, kind.pk) in known and (kind.months or 0) > 24):
                    continue
                on = at.date() - timedelta(days=(place * 5 + kind.pk * 11) % 40)
                found.append(
                    DiligenceCheck(
                        provider=provider,
                        kind=kind,
                        on=on,
                        seen=f"{'Certificate' if kind.cover else 'Copy kept as'} {place + 101}/{turn + 1}",
                        post=post,
                        expires=add_months(on, kind.months or 12),
                        cover=kind.cover,
                    )
                )
        said = by(self.stage, at, "The yearly round of checks")
        care.bring_in_checks(found, organisation=self.stage.bodies["office"], **said)

    def ask_more(self, at: datetime) -> None:
        """A check that is new: of some providers it is still to be seen."""
        office = self.stage.bodies["office"]
        name, asks, kinds, months, cover = NEW_CHECK
        said = by(self.stage, at, "Agreed by the Corporate Governance Board")
        kind = care.add_diligence_kind(
            organisation=office, name=name, asks=asks, kinds=kinds, months=months, cover=cover, starts=at.date(), **said
        )
        chosen = list(
            Provider.objects.filter(organisation=office, agreements__kind__in=kinds).order_by("pk").distinct()
        )
        post = self.stage.posts["commissioning"]
        found = [
            DiligenceCheck(
                provider=one,
                kind=kind,
                on=at.date(),
                seen="Published on its website",
                post=post,
                expires=add_months(at.date(), 12),
            )
            for place, one in enumerate(chosen)
            if place % 5
        ]
        care.bring_in_checks(found, organisation=office, **by(self.stage, at, "The first round of the new check"))

    def bring_in(self, at: datetime) -> None:
        """Those whose day it is, with contact, order and signed copy."""
        chosen = [tale for tale in self.tales if self.entered(tale) == at.date()]
        found = [self._new(tale, at) for tale in chosen]
        if found:
            said = by(self.stage, at, "From the register that was kept before, as it was signed")
            self.made += commands.bring_in_agreements(found, organisation=self.stage.bodies["office"], **said)

    def _new(self, tale: dict[str, Any], at: datetime) -> NewAgreement:
        fund, flaws, starts = tale["fund"], tale["flaws"], tale["starts"]
        year = financial_year(starts)
        self.numbers[fund.code, year] = number = self.numbers.get((fund.code, year), 0) + 1
        provider = self.providers[tale["provider"] % len(self.providers)]
        title = rules.standard_title(tale["service"], tale["area"], provider.name, year)
        over = tale["ends"] < at.date() and "running on" not in flaws
        record = Record(
            kind="agreement", reference=f"{fund.code}-{year[:4]}-{number:02}", title=title,
            organisation=self.stage.bodies["office"], owner=self.stage.posts.get(tale["lead"]),
            sensitivity="restricted" if "restricted" in flaws else "office", closed_on=tale["ends"] if over else None,
        )  # fmt: skip
        agreement = Agreement(
            record=record, provider=provider, raised_on=min(at.date(), starts), **self._facts(tale, at)
        )
        return NewAgreement(record, agreement, record.reference, self._hung(record, agreement, tale, at))

    def _facts(self, tale: dict[str, Any], at: datetime) -> dict[str, Any]:
        fund, flaws, starts, ends = tale["fund"], tale["flaws"], tale["starts"], tale["ends"]
        year, signed = financial_year(starts), working(starts - timedelta(days=12))
        drafted = starts > at.date() or signed > at.date()
        texts = {name: "" if name in flaws else words for name, words in TEXTS.items()}
        last_end = add_months(ends, 12 * (tale["provider"] % 3))
        return texts | {
            "kind": tale["kind"], "stream": self.streams[fund.code, year], "service": tale["service"], "area": tale["area"],
            "project_code": "" if "code" in flaws else f"{fund.code}{starts:%y}{tale['provider'] % 900 + 100}",
            "starts": starts, "ends": ends, "last_end": last_end if last_end > ends else None,
            "notice_on": ends - timedelta(days=91), "value": tale["value"] * 100,
            "data_controller": "The provider" if tale["kind"] == "grant" else "The office",
            "specification": "" if "specification" in flaws else f"{tale['service']}: for whom, where and when.",
            "follows": "" if "undecided" in flaws else ("recommission", "extend", "stop", "renew")[tale["provider"] % 4],
            "office_signed_by": "" if drafted else "Chief Executive", "office_signed_on": None if drafted else signed,
            "provider_signed_by": "" if drafted or "one signature" in flaws else "Service Director",
            "provider_signed_on": None if drafted or "one signature" in flaws else signed + timedelta(days=3),
        }  # fmt: skip

    def _hung(self, record: Record, agreement: Agreement, tale: dict[str, Any], at: datetime) -> tuple[Any, ...]:
        """A contact, an order once both have signed, and the signed copy; but for what is its flaw."""
        flaws, day = tale["flaws"], at.date()
        found: list[Any] = []
        if "contact" not in flaws:
            on = day - timedelta(days=400 if "stale" in flaws else tale["provider"] % 120)
            found.append(Contact(agreement=agreement, role="Service Director", email="", confirmed_on=on))
        both = agreement.office_signed_on and agreement.provider_signed_on
        if both and tale["starts"] <= day:
            share = 130 if "over" in flaws else 100 if tale["ends"] < day else 50
            number = f"PO{40_000 + len(self.made) + tale['provider'] % 9000}"
            found.append(
                Order(
                    agreement=agreement,
                    number=number,
                    on=max(tale["starts"], agreement.provider_signed_on),
                    value=tale["value"] * share,
                )
            )
        if both and "copy" not in flaws:
            found += self._copy(record, agreement, day)
        return tuple(found)

    def _copy(self, record: Record, agreement: Agreement, day: date) -> list[Any]:
        text = "\n".join((
            record.title, "", "This agreement is made between the office and the provider named above.", "",
            f"Dated {agreement.office_signed_on:%d/%m/%Y}", "Signed for the office: Chief Executive",
            "Signed for the provider: Service Director",
        )).encode()  # fmt: skip
        digest = sha256(text).hexdigest()
        store.keep(BytesIO(text), digest)
        name = f"{record.reference}.txt"
        file = File(record=record, sha256=digest, name=name, media_type="text/plain", size=len(text), added_on=day)
        return [file, Document(agreement=agreement, file=file, which="agreement", template="5.0", on=day, checked=True)]

    def confirm(self, at: datetime) -> None:
        """The yearly round: contacts of what still runs, but for those that are let go stale."""
        rows = Contact.objects.select_related("agreement__record").filter(agreement__in=[one.pk for one in self.made])
        running = rows.filter(agreement__record__closed_on=None, left_on=None).order_by("pk")
        found = [one for number, one in enumerate(running) if number % 9]  # by place: keys differ between databases
        commands.confirm_contacts(found, on=at.date(), **by(self.stage, at, "Asked by e-mail"))

    def end(self, at: datetime) -> None:
        """Those that have come to their end since, but for a few that run on."""
        keys = {(one["starts"], one["ends"], one["service"]) for one in self.tales if "running on" in one["flaws"]}
        near = ("record__organisation", "provider", "stream")
        rows = Agreement.objects.select_related(*near).filter(
            pk__in=[one.pk for one in self.made], record__closed_on=None
        )
        for one in rows.filter(ends__lt=at.date()).order_by("ends", "pk"):
            if one.ends and (one.starts, one.ends, one.service) not in keys:
                commands.end(one, on=one.ends, **by(self.stage, at, "It ran to its end"))

    def step(self, at: datetime) -> None:
        """The steps of what began lately or is to begin: some done in time, some late, one skipped."""
        near = ("record__organisation", "record__owner", "provider", "stream")
        rows = Agreement.objects.select_related(*near).filter(process=None, kind__in=PROCESSES, record__closed_on=None)
        chosen = rows.filter(starts__gt=at.date() - timedelta(days=260)).order_by("-starts", "pk")[:STEPPED]
        for place, it in enumerate(chosen):
            care.begin_process(it, on=working(at.date() - timedelta(days=24 + place * 9)), **by(self.stage, at, ""))
            self._walk(it, at, place)

    def _walk(self, it: Agreement, at: datetime, place: int) -> None:
        """As far as it has come: what a step needs and is not there stops it."""
        steps = AgreementStep.objects.select_related("step").filter(agreement=it).order_by("step__position")
        for number, one in enumerate(steps[: 2 + place % 4]):
            one.agreement = it
            on = min(add_working_days(one.planned, (place + number) % 4 - 1), at.date())
            said = {key: value for key, value in by(self.stage, at, "").items() if key != "reason"}
            if one.step.needs:
                return
            skipped = place == 2 and number == 0
            note = "The need was assessed with the last one, a year ago" if skipped else ""
            day = max(on, it.began_on or on)
            care.record_step(one, on=day, post=self.stage.posts["commissioning"], skipped=skipped, note=note, **said)


def working(day: date) -> date:
    """The day, or the next working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def brought(stage: Stage, kept: Kept) -> list[Event]:
    """Everything of care and of what was kept before, as events."""
    last = stage.timeline.last_working_day()
    events = [Event(kept.days[0], 4, kept.set_up)]
    for turn, days in enumerate(RENEWED):
        day = min(working(stage.timeline.back(days)), last)
        events.append(Event(day, 4, partial(kept.check, turn=turn)))
    events += [Event(day, 5, kept.bring_in) for day in dict.fromkeys(kept.days)]
    events += [Event(min(working(stage.timeline.back(days)), last), 8, kept.end) for days in (364, 182, 14)]
    events.append(Event(min(working(stage.timeline.back(70)), last), 8, kept.confirm))
    events.append(Event(min(working(stage.timeline.back(45)), last), 8, kept.ask_more))
    events.append(Event(min(working(stage.timeline.back(10)), last), 9, kept.step))
    return events
