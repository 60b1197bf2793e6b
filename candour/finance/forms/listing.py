"""The filters of the lists of finance."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from candour.finance.queries.registers import Register, Wanted
from candour.kernel.web.filters import Filters
from candour.kernel.web.forms import ChoiceField, TextField


class RegisterFilters(Filters):
    """Which rows a list shows. bodies: (number, code, name) of those that there are to choose from."""

    body = ChoiceField("Body", kind="select")
    state = ChoiceField("State", kind="select")
    q = TextField("Words or reference", width="wide", max_length=200)

    def __init__(
        self,
        params: QueryDict,
        *,
        register: Register,
        bodies: Sequence[tuple[int, str, str]],
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(params, today=today, **kwargs)
        self.register, self.bodies = register, bodies
        self.fields["body"].choices = [("", "Every body"), *(one[1:] for one in bodies)]
        self.fields["state"].choices = [("", "Any state"), *((name, name) for name in register.order)]

    def wanted(self, view: str) -> Wanted:
        """The filter that a valid form asks for. A view that does not exist stands for the usual one."""
        given = self.cleaned_data
        return Wanted(
            view=self.register.view(view),
            organisation=next((number for number, code, _ in self.bodies if code == given["body"]), None),
            state=given["state"],
            words=given["q"],
        )
