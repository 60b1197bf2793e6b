"""What a process has loaded for good, set apart from what a request makes."""

import gc

from django.urls import get_resolver


def set_apart() -> None:
    """Load every page and keep the collector from walking it: it would do so while somebody waits."""
    get_resolver().url_patterns  # noqa: B018  reading them imports the pages
    gc.collect()
    gc.freeze()
