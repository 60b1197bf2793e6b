"""What a workbook of a body can name: its schemes, its budgets, its posts and the words of its scale."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from candour.finance.access import FinancePermission
from candour.finance.models import Budget, Scheme
from candour.finance.queries.rated import rating_scale
from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.models import visible
from candour.kernel.scales.rules import Words


class Named:
    """The rows of a body by the names that a workbook gives them."""

    def __init__(self, schemes: list[Scheme], budgets: list[Budget], posts: list[Post], words: Words | None) -> None:
        self._schemes: dict[tuple[str, str], Scheme] = {}
        self._budgets = {one.year: one for one in budgets}
        self._posts = {one.title.casefold(): one for one in posts}
        self._words = words
        for one in schemes:
            self.take(one)

    def take(self, it: Scheme | Budget) -> None:
        """A row that was just made."""
        if isinstance(it, Budget):
            self._budgets[it.year] = it
            return
        self._schemes.setdefault((it.sort, it.record.title.casefold()), it)
        self._schemes[it.sort, it.record.reference.casefold()] = it

    def scheme(self, record: Mapping[str, Any], sort: str) -> Scheme | None:
        """The scheme that a row names by its reference, or else by its title."""
        found = self._schemes.get((sort, str(record["scheme"]).casefold())) if record["scheme"] else None
        return found or self._schemes.get((sort, str(record["title"]).casefold()))

    def budget(self, year: date) -> Budget | None:
        return self._budgets.get(year)

    def post(self, title: str) -> Post | None:
        return self._posts.get(" ".join(title.split()).casefold())

    def own(self, posts: Collection[int]) -> Post | None:
        """A post of the body among some, the first by title: who loads a budget answers for it, until somebody else does."""
        return next((one for _, one in sorted(self._posts.items()) if one.pk in posts), None)

    @property
    def scale(self) -> int | None:
        return self._words.id if self._words else None

    def step(self, word: str) -> int | None:
        """The step of a word; None where the scale has none, or there is no scale."""
        found = self._words.named(word) if self._words else None
        return found.value if found else None


def named_in(organisation: Organisation, actor: Actor, *, day: date | None) -> Named:
    """What can be named of a body on a day, of what an actor may see and has not ended. Four queries or five."""
    seen = visible(actor, FinancePermission.SEE, "record__")
    of = {"record__organisation": organisation, "record__closed_on": None}
    schemes = list(Scheme.objects.filter(seen, **of).select_related("record"))
    budgets = list(Budget.objects.filter(seen, **of).select_related("record").order_by("year"))
    words = rating_scale(organisation.pk, day or date.max)
    return Named(schemes, budgets, posts_of(organisation.pk), words)
