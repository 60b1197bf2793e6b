"""What posts own that is still open: apps say in apps.py which of their rows a post answers for.

Everything is counted and listed through the eyes of a reader: what one may not see is neither.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from candour.kernel.access import Actor
from candour.kernel.records.kinds import kind_named

Owned = Mapping[str, int]  # by the name of a source how many


@dataclass(frozen=True)
class Source:
    """One kind of open work.

    rows: what is open on a day and an actor may see. holder: the path to the post that answers for it. record: the path to
    its record ("" where it is one), from which its body, reference, sensitivity and page are read. What has no record says
    code, reference and address instead. title, due: the paths to what it is called, and to its day where it has one.
    """

    name: str
    one: str
    many: str
    order: int
    rows: Callable[[Actor, date], QuerySet]
    holder: str
    title: str
    due: str = ""
    record: str | None = None
    code: str = ""
    reference: str = ""
    address: Callable[[str, str], str] | None = None

    def columns(self) -> dict[str, Any]:
        """What a row tells, by the names that all sources share."""
        dated: Any = F(self.due) if self.due else Cast(Value(None), DateField())
        said = {"its_name": _text(self.name), "its_title": F(self.title), "its_day": dated}
        if self.record is None:
            named = {"its_code": F(self.code), "its_reference": F(self.reference)}
            return said | named | {"its_kind": _text(""), "its_sight": _text("office")}
        paths = {"code": "organisation__code", "reference": "reference", "kind": "kind", "sight": "sensitivity"}
        return said | {f"its_{name}": F(f"{self.record}{path}") for name, path in paths.items()}

    def place(self, kind: str, code: str, reference: str) -> str:
        """Where a row is read."""
        return self.address(code, reference) if self.address else kind_named(kind).address(code, reference)


@dataclass(frozen=True)
class Work:
    """One open thing of a post."""

    what: str
    reference: str
    title: str
    address: str
    due: date | None
    restricted: bool


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind of open work known. Raises ValueError for a name that is taken."""
    if source.name in _sources:
        raise ValueError(f"open work {source.name!r} is registered twice")
    _sources[source.name] = source


def sources() -> list[Source]:
    """Every kind, in order."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))


def owned_by(posts: Iterable[int], *, actor: Actor, today: date) -> dict[int, dict[str, int]]:
    """By post how much of each kind it owns; a post that owns nothing is not there. One query."""
    numbers = list(posts)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    parts = [
        source.rows(actor, today)
        .filter(**{f"{source.holder}__in": numbers})
        .order_by()
        .annotate(its_post=F(source.holder), its_name=_text(source.name))
        .values("its_post", "its_name")
        .annotate(many=Count("pk"))
        .values_list("its_post", "its_name", "many")
        for source in sources()
    ]
    for post, name, many in _together(parts):
        found[post][name] = many
    order = [source.name for source in sources()]
    return {post: {name: kinds[name] for name in order if name in kinds} for post, kinds in found.items()}


def work_of(posts: Iterable[int], *, actor: Actor, today: date, size: int) -> list[Work]:
    """The open work of some posts, what is due first; what has no day comes last. One query."""
    numbers, known = list(posts), {source.name: source for source in sources()}
    names = ("its_name", "its_kind", "its_code", "its_reference", "its_title", "its_day", "its_sight")
    parts = [
        source.rows(actor, today)
        .filter(**{f"{source.holder}__in": numbers})
        .order_by()
        .annotate(**source.columns())
        .values_list(*names)
        for source in sources()
    ]
    ordered = _together(parts).order_by(F("its_day").asc(nulls_last=True), "its_name", "its_reference", "its_title")
    return [
        Work(
            known[name].one,
            reference if kind else "",  # what has no record of its own is called by its title alone
            title,
            known[name].place(kind, code, reference),
            due,
            sight == "restricted",
        )
        for name, kind, code, reference, title, due, sight in ordered[:size]
    ]


def in_words(owned: Owned) -> str:
    """3 risks, 1 action and 2 audits."""
    known = {source.name: source for source in sources()}
    parts = [f"{many:,} {known[name].one if many == 1 else known[name].many}" for name, many in owned.items()]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or "nothing"


def _together(parts: list[QuerySet]) -> QuerySet:
    """All in one union: nested in each other, a dozen would be more than SQLite reads."""
    return parts[0].union(*parts[1:], all=True)


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())
