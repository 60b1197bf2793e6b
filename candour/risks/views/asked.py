"""What the address of a list, heat map, ageing or changes asks for, read once for the whole page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation
from candour.kernel.records.queries import bodies
from candour.kernel.scales.queries import ScaleBook, scale_book
from candour.kernel.scales.rules import Band, Matrix
from candour.kernel.web.asat import AsAt, Choice, as_at_of
from candour.kernel.web.forms import Problem
from candour.kernel.web.kept import answered
from candour.kernel.web.page import Request
from candour.kernel.web.tables import query_string
from candour.risks.access import RiskPermission
from candour.risks.forms import RiskFilters
from candour.risks.models import Level
from candour.risks.queries import RiskFilter, open_register
from candour.risks.queries.sources import LiveRegister, Source
from candour.risks.views.frame import Since, since_asked
from candour.risks.views.saved import register_asked


@dataclass
class Asked:
    """What the address asks for: whose register, which level, which day, and compared with which day."""

    request: Request
    as_at: AsAt
    bodies: list[Organisation]
    body: Organisation | None
    level: str
    book: ScaleBook
    texts: bool = False  # wording, controls and updates too, where a past day is read

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @property
    def day(self) -> date:
        return self.as_at.day or self.request.today

    @cached_property
    def compared(self) -> Since:
        return since_asked(self.request, self.day)

    @property
    def since(self) -> date:
        return self.compared.day

    @property
    def problems(self) -> list[Problem]:
        """What of the address cannot be read; nothing is shown until it is mended."""
        return [*self.as_at.problems, *self.compared.problems, *self.form.problems]

    @property
    def base(self) -> RiskFilter:
        return RiskFilter(level=self.level, organisation=self.body.pk if self.body else None)

    @cached_property
    def source(self) -> Source:
        return open_register(
            self.actor,
            self.base,
            today=self.day,
            as_at=self.as_at.day,
            since=self.since,
            book=self.book,
            texts=self.texts,
        )

    @property
    def matrices(self) -> list[Matrix]:
        """The scales in force on the day, of the bodies whose register is shown."""
        shown = [self.body] if self.body else self.bodies
        found = (self.book.on(each.pk, self.day) for each in shown)
        return list({matrix.id: matrix for matrix in found if matrix}.values())

    def body_of(self, matrix: Matrix) -> str:
        """The body whose scale it is, where the register shows several; empty for one body, or one not known here."""
        owner = next((scale.organisation_id for scale in self.book.scales if scale.pk == matrix.id), None)
        return (
            next((each.name for each in self.bodies if self.body is None and each.pk == owner), "")
            if len(self.bodies) > 1
            else ""
        )

    @property
    def bands(self) -> list[Band]:
        """The bands of those scales, highest first, each name once."""
        bands = sorted((band for matrix in self.matrices for band in matrix.bands), key=lambda band: -band.high)
        return list({band.name: band for band in bands}.values())

    @property
    def band_names(self) -> list[str]:
        """Every band of any scale, gravest first: by how much of its scale's highest score it begins at."""
        found = {
            band.name: band.low / matrix.scores[-1] for matrix in self.book.matrices.values() for band in matrix.bands
        }
        return sorted(found, key=lambda name: -found[name])

    @property
    def level_word(self) -> str:
        return str(Level(self.level).label)

    @cached_property
    def form(self) -> RiskFilters:
        bands = [(band.name, f"{band.name} {band.low} to {band.high}") for band in self.bands]
        question = ("risk owners", self.base, self.as_at.day)
        owners = answered(self.request, question, self.source.owners)
        if isinstance(self.source, LiveRegister):
            self.source.in_use = owners
        return RiskFilters(self.request.GET, owners=owners, bands=bands, today=self.day)

    @property
    def registers(self) -> list[Choice]:
        """The three levels, as a switch that keeps body, day and density."""
        return [
            Choice(
                str(label), self.elsewhere(register=None if value == Level.STRATEGIC else value), value == self.level
            )
            for value, label in Level.choices
        ]

    @property
    def body_choices(self) -> list[Choice]:
        if len(self.bodies) < 2:
            return []
        chosen = [Choice(each.short_name, self.elsewhere(body=each.code), each == self.body) for each in self.bodies]
        return [
            *chosen,
            Choice("Both" if len(self.bodies) == 2 else "All", self.elsewhere(body="all"), self.body is None),
        ]

    def elsewhere(self, **changes: object) -> str:
        """This page without its filters, with some parameters changed."""
        return query_string(self.request.GET, **(dict.fromkeys([*RiskFilters.base_fields, "page", "view"]) | changes))

    @property
    def download(self) -> str:
        return reverse("risk-download") + query_string(self.request.GET, page=None)

    @property
    def workbook(self) -> str:
        return reverse("risk-workbook") + query_string(self.request.GET, page=None)


def asked_of(request: Request, *, texts: bool = False) -> Asked:
    """Read the address. An organisation or register that it does not know is the actor's own, the strategic one."""
    seen = bodies(request.actor, RiskPermission.SEE)
    body, level = register_asked(request.GET, seen)
    return Asked(request, as_at_of(request), seen, body, level, scale_book(), texts)
