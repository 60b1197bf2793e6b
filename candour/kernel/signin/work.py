"""The standing work of the door."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from candour.kernel.signin.models import Link, SignIn, Throttle

KEPT = timedelta(days=730)  # for which a sign-in can be looked at
STALE = timedelta(days=30)


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Forget sign-ins of over two years ago, counts that have run out and links long shut."""
    forgotten = SignIn.objects.filter(at__lt=at - KEPT).delete()[0]
    Throttle.objects.filter(last_at__lt=at - STALE).delete()
    Link.objects.filter(expires_at__lt=at - STALE).delete()
    return f"{forgotten} forgotten"
