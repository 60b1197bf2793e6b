"""What of returns and issues a post answers for, while it is open."""

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Issue, Schedule
from candour.kernel.establishment.work import Source
from candour.kernel.records.models import visible

RECORD = "agreement__record__"
SOURCES = (
    Source(
        name="returns",
        one="agreement whose returns it assesses",
        many="agreements whose returns it assesses",
        order=62,
        rows=lambda actor, today: Schedule.objects.filter(
            visible(actor, CommissioningPermission.SEE, RECORD), ended_on=None, agreement__record__closed_on=None
        ),
        holder="assessor",
        record=RECORD,
        title=f"{RECORD}title",
    ),
    Source(
        name="issue",
        one="issue of an agreement",
        many="issues of agreements",
        order=63,
        rows=lambda actor, today: Issue.objects.filter(
            visible(actor, CommissioningPermission.SEE, RECORD), resolved_on=None
        ),
        holder="owner",
        record=RECORD,
        title=f"{RECORD}title",
        due="due",
    ),
)
