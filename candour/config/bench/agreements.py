"""A register of agreements of any size beside the others, and how long its pages take."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client

from candour.commissioning import commands
from candour.commissioning.commands import NewAgreement, care
from candour.commissioning.models import Agreement, AgreementStep, DiligenceCheck, Process, Provider
from candour.config.bench.build import AT, BATCH, START, WORDS, Register, analyse
from candour.config.bench.measure import Figure, after_another, again, once, page, timed
from candour.config.bench.save import Answers, answers_of, save
from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record

LIST = "/agreements/"
YEARS = ("2023/24", "2024/25", "2025/26")
PROVIDERS = 200
turn = count(1)


class Agreements:
    """The agreements of the bench: two hundred providers, eight streams of three years, one in fifty restricted.

    Three checks are asked of each provider, and one in nine is behind; one agreement in five is amid four steps.
    """

    def __init__(self, register: Register) -> None:
        self.register, self.random, self.made = register, register.random, 0
        self.processes: dict[str, Process] = {}
        office = register.office
        said: dict[str, Any] = {"organisation": office, "actor": CANDOUR, "at": AT, "reason": "Set up to measure"}
        names = {f"Provider {number} {register.words(1)}": ("", "") for number in range(PROVIDERS)}
        self.providers = commands.bring_in_providers(names, **said)
        self.streams = [
            commands.add_stream(code=f"S{n}", name=f"Fund for {word}", year=year, budget=10**12, **said)
            for n, word in enumerate(WORDS[:8])
            for year in YEARS
        ]
        self._care(said)

    def _care(self, said: dict[str, Any]) -> None:
        """What was seen of each provider, and the steps of each kind of agreement."""
        facts: dict[str, Any] = {"asks": "", "kinds": (), "months": 12, "cover": None, "starts": START}
        for name in ("Accounts", "Insurance", "Safeguarding"):
            kind = care.add_diligence_kind(name=name, **facts, **said)
            found = [
                DiligenceCheck(
                    provider=one,
                    kind=kind,
                    on=START,
                    seen="At the office",
                    post=self.register.owners[0],
                    expires=START + timedelta(days=600 if place % 9 == 0 else 9000),
                )
                for place, one in enumerate(self.providers)
            ]
            care.bring_in_checks(found, **said)
            self.providers = list(Provider.objects.filter(organisation=self.register.office).order_by("pk"))
        steps = [care.NewStep(f"Step {number}", 15 * number) for number in range(1, 5)]
        for of in ("contract", "grant", "service"):
            self.processes[of] = care.set_process(kind=of, starts=START, steps=steps, **said)
        self.steps = {of: list(one.steps.order_by("position")) for of, one in self.processes.items()}

    def add(self, many: int) -> None:
        """So many agreements, in batches of one day each."""
        for start in range(0, many, BATCH):
            day = START + timedelta(days=self.random.randrange(700))
            found = [self._new(day) for _ in range(min(BATCH, many - start))]
            commands.bring_in_agreements(
                found, organisation=self.register.office, actor=CANDOUR, at=AT, effective=day, reason="Made to measure"
            )

    def _new(self, day: date) -> NewAgreement:
        self.made += 1
        words, chance = self.register.words, self.random.random
        reference = f"A{self.made:06}"
        record = Record(
            kind="agreement",
            reference=reference,
            title=f"Service of {words(4)}",
            organisation=self.register.office,
            owner=self.random.choice(self.register.owners),
            sensitivity="restricted" if self.made % 50 == 0 else "public",
            closed_on=day + timedelta(days=400) if self.made % 4 == 0 else None,
        )
        signed = day if chance() < 0.9 else None
        agreement = Agreement(
            record=record,
            kind=self.random.choice(("contract", "grant", "contract", "service")),
            provider=self.random.choice(self.providers),
            stream=self.random.choice(self.streams),
            service=words(3),
            project_code=f"P{self.made}",
            starts=day,
            ends=day + timedelta(days=self.random.randrange(200, 1400)),
            value=self.random.randrange(1, 200_000) * 100,
            specification=words(30),
            kpis=words(10) if chance() < 0.8 else "",
            monitoring=words(10),
            management=words(10) if chance() < 0.7 else "",
            raised_on=day,
            office_signed_by="Chief Executive",
            office_signed_on=signed,
            provider_signed_by="Director",
            provider_signed_on=signed,
        )
        return NewAgreement(record, agreement, reference, self._begun(agreement, day) if self.made % 5 == 0 else ())

    def _begun(self, agreement: Agreement, day: date) -> tuple[AgreementStep, ...]:
        """The steps of an agreement, planned around today."""
        began = day + timedelta(days=self.random.randrange(300, 1000))
        agreement.process, agreement.began_on = self.processes[agreement.kind], began
        steps = self.steps[agreement.kind]
        found = [
            AgreementStep(agreement=agreement, step=step, planned=began + timedelta(days=21 * step.position))
            for step in steps
        ]
        agreement.step, agreement.step_due = steps[0].name, found[0].planned
        return tuple(found)


def measures(register: Register, rows: int) -> Iterator[Figure]:
    """Every figure of agreements, as it is measured."""
    agreements = Agreements(register)
    making = once("making", lambda: agreements.add(rows))
    analyse()
    rate = round(rows / making.median)
    yield Figure("agreements brought in, of 2 recorded rows each", rate, rate, unit="records/s")
    client = Client()
    client.force_login(register.person)
    yield page(client, "agreements: list of 50", LIST)
    yield again(client, "agreements: list of 50", LIST)
    for name, query in QUERIES.items():
        yield page(client, f"agreements: {name}", f"{LIST}?{query}")
    yield after_another(client, "agreements: sort by value", LIST, f"{LIST}?sort=-value")
    far = 100 if rows >= 10000 else 2
    yield page(client, f"agreements: page {far}", f"{LIST}?page={far}")
    yield page(client, f"agreements: sort by state, page {far}", f"{LIST}?sort=state&page={far}")
    yield page(client, "agreements: what ends when", f"{LIST}pipeline/")
    yield page(client, "agreements: what is late", f"{LIST}late/")
    yield page(client, "agreements: due diligence", f"{LIST}diligence/")
    yield page(client, "agreements: a stream", f"{LIST}streams/{agreements.streams[0].pk}/")
    yield page(client, "agreement: status sheet", f"{LIST}office/A000005/steps/")
    yield page(client, "agreements: a provider", f"{LIST}providers/{agreements.providers[0].pk}/")
    yield page(client, "agreement: detail", f"{LIST}office/A000007/")
    yield page(client, "agreement: payments and KPIs", f"{LIST}office/A000007/published/")
    yield page(client, "agreements: open data", f"{LIST}open-data/")
    forms = [opened(client) for _ in range(32)]  # two to warm up
    median, p95 = timed(lambda: save(client, forms.pop()), 30)
    yield Figure("agreement: save its facts", median, p95, hold="100")


QUERIES = {
    "filter by stream": "stream=S1&year=2025/26",
    "filter by state": "state=Running",
    "filter by words": "q=custody+radio",
    "filter by what is wrong": "check=kpis",
    "filter by due diligence": "check=lapsed",
    "filter by late steps": "check=step",
    "view of failing": "view=failing",
    "sort by provider": "sort=provider",
    "sort by end": "sort=ends",
    "sort by state": "sort=state",
    "sort by reference": "sort=reference",
    "sort by title": "sort=title",
}


def opened(client: Client) -> Answers:
    """Open the facts of the next agreement that has not ended."""
    response = None
    while response is None or response.status_code != 200:
        number = next(turn)
        if number % 4 == 0:
            continue
        address = f"{LIST}office/A{number:06}/change/"
        response = client.get(address)
        if response.status_code == 404:
            raise RuntimeError(f"{address} answered 404")
    said = {"data_controller": f"The office, {number}", "reason": "Measured", "service": "Plain words"}
    return address, answers_of(response.content.decode()) | said
