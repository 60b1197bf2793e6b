"""The standing work of the limits."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from candour.kernel.limits.models import Allowance
from candour.kernel.limits.rules import minute_of

KEPT = timedelta(hours=1)


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Forget the counts of minutes long past."""
    return f"{Allowance.objects.filter(minute__lt=minute_of(at - KEPT)).delete()[0]} forgotten"
