"""Where letters about letters lead."""

from datetime import datetime

from django.urls import reverse


def my_letters(number: int, at: datetime) -> str | None:
    """The page of one's own letters that did not arrive."""
    return reverse("my-letters")
