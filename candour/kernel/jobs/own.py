"""The standing work of the lowest floors."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from candour.kernel.history.commands import seal
from candour.kernel.history.models import Sent
from candour.kernel.history.verify import note_verified, verify
from candour.kernel.jobs.models import Job
from candour.kernel.jobs.works import Failed

KEPT = timedelta(days=30)  # for which an ended job can be looked at


def seal_history(at: datetime, given: Mapping[str, Any]) -> str:
    """Seal all entries since the last seal."""
    made = seal(at=at)
    return f"{made.entries:,} entries sealed, root {made.root}" if made else "Nothing to seal"


def verify_history(at: datetime, given: Mapping[str, Any]) -> str:
    """Verify everything. Raises Failed with the first thing that does not hold."""
    verdict = verify()
    note_verified(verdict, by="Candour", at=at)
    if not verdict.holds:
        raise Failed(f"The history does not hold. {verdict.failure}")
    return f"Every entry holds: {verdict.entries:,} entries, last root {verdict.root or 'none yet'}"


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Forget jobs that ended over thirty days ago, and forms that were sent before that."""
    Sent.objects.filter(at__lt=at - KEPT).delete()
    return f"{Job.objects.filter(ended_at__lt=at - KEPT).delete()[0]} forgotten"
