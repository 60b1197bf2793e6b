"""The risks that the invented papers of strangers print, and what a reading of them must say, field by field. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Levels = tuple[int, int]  # impact, likelihood


@dataclass(frozen=True)
class Known:
    """A risk as its writer knows it: everything that some paper prints of it."""

    reference: str
    title: str
    owner: str
    inherent: Levels
    now: Levels
    target: Levels
    before: int
    first: date
    last: date
    next: date
    controls: tuple[str, ...]
    actions: tuple[str, ...]
    updates: tuple[tuple[date, str], ...]
    cause: str = ""
    effect: str = ""

    @property
    def score(self) -> int:
        return self.now[0] * self.now[1]

    @property
    def arrow(self) -> str:
        return "→" if self.score == self.before else "↑" if self.score > self.before else "↓"


@dataclass(frozen=True)
class Stranger:
    """A paper as a file, and the fields that it prints of each risk, in the order printed."""

    name: str
    content: bytes
    records: Sequence[Mapping[str, Any]]
    findings: tuple[str, ...] = ()
    dated: str | None = None
    aside: tuple[str, ...] = field(default=())

    @property
    def form(self) -> str:
        return self.name.rpartition(".")[2]


RISKS = (
    Known(
        "{p}01", "Loss of the control room in a power cut", "Director of Operations", (5, 4), (5, 3), (5, 1), 15,
        date(2022, 3, 14), date(2025, 8, 20), date(2025, 11, 20),
        ("Generator tested every Monday", "Second site kept ready at the training centre"),
        ("Replace the batteries by 31 January 2026",),
        ((date(2025, 8, 20), "Generator ran for two hours without fault"), (date(2025, 5, 12), "Fuel contract renewed")),
        "The mains supply is fed from one substation", "Calls are not answered and lives are put at risk",
    ),
    Known(
        "{p}02", "Savings in the medium term plan are not made", "Chief Finance Officer", (4, 5), (4, 4), (3, 3), 12,
        date(2023, 6, 1), date(2025, 9, 2), date(2025, 12, 2),
        ("Monthly budget report to the leadership team", "Reserve held for late savings", "Star chamber each autumn"),
        ("Agree the estates plan by 28 February 2026", "Bring forward the vacancy freeze by 15 December 2025"),
        ((date(2025, 9, 2), "Forecast gap has grown since June"), (date(2025, 6, 3), "Two schemes slipped a quarter")),
        "Pay awards run ahead of the grant", "Services are cut at short notice",
    ),
    Known(
        "{p}03", "Personal data are sent to the wrong recipient", "Head of Information", (4, 4), (3, 3), (3, 2), 12,
        date(2021, 11, 9), date(2025, 7, 30), date(2025, 10, 30),
        ("Training for every new starter", "Checks by a second person before disclosure"),
        ("Block external forwarding by 30 November 2025",),
        ((date(2025, 7, 30), "No incidents this quarter"),),
        "Staff copy addresses from old messages", "A fine and loss of trust",
    ),
    Known(
        "{p}04", "Too few applicants for specialist posts", "Director of People", (3, 5), (3, 4), (2, 3), 12,
        date(2024, 1, 22), date(2025, 8, 8), date(2025, 11, 8),
        ("Market supplement for analysts", "Apprentices taken on with the college"),
        ("Publish a workforce plan by 1 March 2026",),
        ((date(2025, 8, 8), "Three offers made and two accepted"), (date(2025, 4, 4), "Advert withdrawn after one reply")),
        "Pay in the private sector is higher", "Projects are late",
    ),
    Known(
        "{p}05", "Contractor for cleaning fails", "Head of Estates", (3, 3), (2, 2), (2, 1), 6,
        date(2024, 9, 2), date(2025, 9, 15), date(2026, 3, 15),
        ("Performance meetings each month",),
        ("Write an exit plan by 19 December 2025",),
        ((date(2025, 9, 15), "Credit check came back clear"),),
        "The firm has lost two large contracts", "Sites close for a day",
    ),
)  # fmt: skip


def risks(prefix: str, number: int = 5) -> list[Known]:
    """The first so many, their references with this prefix."""
    from dataclasses import replace

    return [replace(one, reference=one.reference.format(p=prefix)) for one in RISKS[:number]]


def expect(one: Known, names: str) -> dict[str, Any]:
    """The fields of a risk by name, as `read_of` reads them from a record."""
    known: dict[str, Any] = {
        "reference": one.reference,
        "title": one.title,
        "owner": one.owner,
        "levels": one.now,
        "score": one.score,
        "inherent": (*one.inherent, one.inherent[0] * one.inherent[1]),
        "target": (*one.target, one.target[0] * one.target[1]),
        "inherent_score": one.inherent[0] * one.inherent[1],
        "target_score": one.target[0] * one.target[1],
        "previous": one.before,
        "direction": {"→": "same", "↑": "up", "↓": "down"}[one.arrow],
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "next": one.next.isoformat(),
        "controls": list(one.controls),
        "actions": list(one.actions),
        "updates": [(day.isoformat(), words) for day, words in one.updates],
        "cause": one.cause,
        "effect": one.effect,
    }
    return {name: known[name] for name in names.split()}


def read_of(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The same fields of a record that was read."""
    controls = [(one["text"], bool(one.get("pending"))) for one in record["controls"]]
    triples = {name: record.get(name) or {} for name in ("inherent", "target")}
    found: dict[str, Any] = {
        "levels": (record["impact_value"], record["likelihood_value"]),
        "previous": record["previous_score"],
        "first": record["first_recorded"],
        "last": record["last_review"],
        "next": record["next_review"],
        "controls": [text for text, pending in controls if not pending],
        "actions": [text for text, pending in controls if pending],
        "updates": [(one["date"], one["text"]) for one in record["updates"]],
        "cause": record.get("source", ""),
        "effect": record.get("effect", ""),
        **{f"{name}_score": triple.get("score") for name, triple in triples.items()},
        **{
            name: (triple.get("impact_value"), triple.get("likelihood_value"), triple.get("score"))
            for name, triple in triples.items()
        },
    }
    return {name: found[name] if name in found else record[name] for name in names}
