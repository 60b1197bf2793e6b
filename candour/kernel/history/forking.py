"""What must not be taken along into a process that is forked: open databases, and the threads that keep pools of them."""

from django.db import connections


def before_fork() -> None:
    """Close every connection and every pool; whoever asks next opens its own."""
    connections.close_all()
    for each in connections.all(initialized_only=True):
        if each.vendor == "postgresql":
            each.close_pool()  # type: ignore[attr-defined]
