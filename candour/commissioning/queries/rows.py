"""The frozen rows that the pages of agreements read, from plain values: of the live tables, or of a past day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.commissioning import rules
from candour.commissioning.rules import Finding

LINE_FIELDS = tuple(rules.Line.__dataclass_fields__)
KEYS = ("organisation", "provider", "stream")
CARED = ("owed_from", "checked_until", "diligence")  # of its provider: kept on the line, not among its own facts
FACTS = tuple(name for name in rules.Facts.__dataclass_fields__ if name not in (*KEYS, *CARED))
TEXTS = ("specification", "kpis", "monitoring", "management")

SIGNERS = ("office_signed_by", "provider_signed_by")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Hanging:
    """What hangs on one agreement, as plain values of each table."""

    variations: tuple[Values, ...] = ()
    orders: tuple[Values, ...] = ()
    contacts: tuple[Values, ...] = ()
    documents: tuple[Values, ...] = ()
    returns: tuple[Values, ...] = ()
    payments: tuple[Values, ...] = ()
    servings: tuple[Values, ...] = ()


@dataclass(frozen=True)
class AgreementRow:
    """An agreement as it stood on a day. texts: its long texts and who signed it, by name, where they were read."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    sensitivity: str
    provider: str
    stream: str
    stream_code: str
    year: str
    line: rules.Line
    state: str
    health: tuple[Finding, ...]
    shared: bool = False
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def kind(self) -> str:
        return rules.KINDS[self.line.kind]

    @property
    def serves(self) -> tuple[int, ...]:
        """The numbers of the priorities that it serves; whoever shows them asks which ones may be seen."""
        return tuple(map(int, filter(None, self.line.serves.split(","))))

    @property
    def failing(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.health if one.result == "fail")

    @property
    def warning(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.health if one.result == "warn")

    @property
    def passing(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.health if one.result == "pass")

    @property
    def follows(self) -> str:
        return rules.NEXT.get(self.line.follows, "")

    @property
    def value(self) -> str:
        return rules.pounds(self.line.value)

    @property
    def ordered(self) -> str:
        return rules.pounds(self.line.ordered)


def attached(hanging: Hanging) -> rules.Attached:
    """What hangs on an agreement as the rules know it."""
    by_day = sorted(hanging.variations, key=lambda one: (one["on"], one["id"]))
    return rules.Attached(
        variations=[rules.Variation(one["on"], one["change"], one["new_end"]) for one in by_day],
        orders=[rules.Order(one["on"], one["value"]) for one in hanging.orders],
        confirmed=[one["confirmed_on"] for one in hanging.contacts if one["left_on"] is None],
        documents=[
            rules.Document(**{name: one[name] for name in rules.Document.__dataclass_fields__})
            for one in sorted(hanging.documents, key=lambda one: one["id"])
        ],
        returns=[
            rules.Returned(one["due"], one["received_on"], one["assess_by"], one["verdict"])
            for one in hanging.returns
            if one["dropped_on"] is None
        ],
        paid=sum(one["amount"] for one in hanging.payments),
        serves=[one["priority"] for one in hanging.servings if one["removed_on"] is None],
    )


def line_of(values: Values, hanging: Hanging) -> rules.Line:
    """The read line of an agreement from its record, its row, what hangs on it and the care of its provider."""
    facts = rules.Facts(
        **{name: values[f"{name}_id"] for name in KEYS},
        **{name: values[name] or _empty(name, values) for name in FACTS},
        **{name: values[name] for name in CARED},
    )
    return rules.line(facts, attached(hanging))


def _empty(name: str, values: Values) -> Any:
    """A text whose words were removed from the history counts as none."""
    return "" if name in TEXTS else values[name]


def agreement_row(values: Values, line: rules.Line, *, today: date) -> AgreementRow:
    """One row from plain values and its line. State and health are worked out here, on `today`."""
    return AgreementRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        sensitivity=values["sensitivity"],
        provider=values["provider_label"],
        stream=values["stream_name"],
        stream_code=values["stream_code"],
        year=values["stream_year"],
        line=line,
        state=rules.state(line, today),
        health=rules.health(line, today),
        shared=bool(values.get("shared")),
        texts={name: values.get(name) or "" for name in (*TEXTS, *SIGNERS)},
    )


def hanging_on(pk: int, tables: Mapping[str, Mapping[int, Iterable[Values]]]) -> Hanging:
    """What hangs on an agreement out of whole tables, by the names of Hanging."""
    return Hanging(**{name: tuple(rows.get(pk, ())) for name, rows in tables.items()})
