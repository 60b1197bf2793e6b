"""The standing work of the door."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from candour.kernel.signin.models import Link, Message, Shown, SignIn, Throttle
from candour.kernel.signin.rules import ANSWERED_WITHIN

KEPT = timedelta(days=730)  # for which a sign-in can be looked at
STALE = timedelta(days=30)


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Forget sign-ins and messages of over two years ago, counts that have run out, links long shut, challenges too old."""
    forgotten = SignIn.objects.filter(at__lt=at - KEPT).delete()[0]
    Throttle.objects.filter(last_at__lt=at - STALE).delete()
    Link.objects.filter(expires_at__lt=at - STALE).delete()
    Shown.objects.filter(at__lt=at - ANSWERED_WITHIN).delete()
    Message.objects.filter(at__lt=at - KEPT).delete()
    return f"{forgotten} forgotten"
