"""What a process has loaded for good, set apart from what a request makes."""

import gc

from django.urls import get_resolver


def set_apart() -> None:
    """Load every page and keep the collector from walking it: it would do so while somebody waits."""
    get_resolver().url_patterns  # noqa: B018  reading them imports the pages
    gc.collect()
    spare_the_collector()


def spare_the_collector() -> None:
    """Keep the collector from what there is: the pages of a server, or all that was read of a file to load."""
    gc.freeze()
    # A page makes thousands of rows that no circle holds: looking for circles among them at every 700th is time lost.
    gc.set_threshold(50_000, 20, 20)
