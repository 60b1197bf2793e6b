"""The filters of the register of decisions and of the log of actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from candour.boards.queries.acted import acting_words
from candour.boards.queries.decided import in_year, said_in
from candour.boards.rules.acting import AGES, STATE_WORDS
from candour.kernel.calendar import financial_year
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField

SHOWN = [("", "Published or not"), ("open", "Published, or to be published"), ("withheld", "Not published")]
KEYS = [("", "Key or not"), ("key", "Key decisions")]
STATES = [("", "Any state"), ("to do", "Still to do"), *STATE_WORDS.items()]
YEARS_BACK = 12


class DecisionFilters(Filters):
    """What the register of decisions is narrowed to. boards: as queries.boards_deciding gives them."""

    q = TextField("Words", width="wide", max_length=200)
    board = ChoiceField("Board", kind="select")
    year = ChoiceField("Year", kind="select")
    key = ChoiceField("Key decisions", KEYS, kind="select")
    shown = ChoiceField("Publication", SHOWN, kind="select")

    def __init__(self, params: QueryDict, *, boards: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(params, today=today, **kwargs)
        self.fields["board"].choices = [("", "Any board"), *boards]
        this = int(financial_year(today)[:4])
        years = [(str(year), financial_year(date(year, 4, 1))) for year in range(this, this - YEARS_BACK, -1)]
        self.fields["year"].choices = [("", "Any year"), *years]

    def narrow(self, rows: QuerySet) -> QuerySet:
        given = self.cleaned_data
        rows = rows.filter(said_in(given["q"]))
        if given["board"]:
            named = given["board"]
            rows = rows.filter(of=int(named)) if named.isdecimal() else rows.filter(of=None, board=named)
        if given["year"]:
            rows = rows.filter(in_year(int(given["year"])))
        if given["key"]:
            rows = rows.filter(key=True)
        return rows.filter(withheld=given["shown"] == "withheld") if given["shown"] else rows


class ActionFilters(Filters):
    """What the log of actions is narrowed to. boards, posts: (number, name)."""

    q = TextField("Words or number", width="wide", max_length=200)
    board = ChoiceField("Board", kind="select")
    owner = ChoiceField("Post", kind="select")
    state = ChoiceField("State", STATES, kind="select")
    age = ChoiceField("Past its first date", [("", "Any"), *AGES.items()], kind="select")

    def __init__(
        self,
        params: QueryDict,
        *,
        boards: Sequence[tuple[int, str]],
        posts: Sequence[tuple[int, str]],
        mine: Sequence[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(params, **kwargs)
        self.mine = list(mine)
        self.fields["board"].choices = [("", "Any board"), *boards]
        self.fields["owner"].choices = [("", "Any post"), ("mine", "My posts"), *posts]

    def narrow(self, rows: QuerySet) -> QuerySet:
        given = self.cleaned_data
        rows = rows.filter(acting_words(given["q"]))
        if given["board"]:
            rows = rows.filter(board=given["board"])
        if given["owner"]:
            rows = rows.filter(post__in=self.mine if given["owner"] == "mine" else [given["owner"]])
        if given["state"] == "to do":
            rows = rows.filter(settled=0)
        elif given["state"]:
            rows = rows.filter(state=given["state"])
        if given["age"]:
            rows = rows.filter(settled=0, age=given["age"])
        return rows
