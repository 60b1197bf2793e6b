"""What lies in the outbox."""

from collections.abc import Iterable

from candour.kernel.notices.models import Notice


def waiting() -> list[Notice]:
    """The notices that wait to be sent, oldest first, each with whom it is for. One query."""
    rows = Notice.objects.filter(sent_at=None, dropped_at=None, sending_at=None).select_related("to", "person")
    return list(rows.order_by("pk"))


def unknown() -> list[Notice]:
    """Those that a run was sending when it ended: they may have gone out or not. One query."""
    rows = Notice.objects.filter(sent_at=None, dropped_at=None).exclude(sending_at=None).select_related("to", "person")
    return list(rows.order_by("pk"))


def notices_about(about: str, numbers: Iterable[int]) -> list[Notice]:
    """The notices about some things, oldest first. One query."""
    return list(Notice.objects.filter(about=about, about_id__in=list(numbers)).order_by("pk"))
