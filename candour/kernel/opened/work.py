"""The standing work of the log of openings."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from candour.kernel.opened.models import Opening


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Forget openings older than they are kept."""
    return f"{Opening.objects.filter(at__lt=at - timedelta(days=settings.OPENED_DAYS)).delete()[0]} forgotten"
