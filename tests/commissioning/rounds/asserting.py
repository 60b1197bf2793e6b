"""What commands of rounds answered and recorded."""

from typing import Any

import pytest

from candour.kernel.history.models import Entry
from candour.kernel.rules import Refused


def refused(act: Any, *given: Any, **more: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as error:
        act(*given, **more)
    return error.value.field, error.value.message


def events(pk: int) -> list[str]:
    found = Entry.objects.filter(record_kind="records.record", record_id=pk)
    return list(found.order_by("sequence").values_list("event", flat=True))
