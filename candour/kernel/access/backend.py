"""Signing in with a user name and password, and finding the person of a session together with the posts they hold."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from candour.kernel.access.queries import held_now


class PostBackend(ModelBackend):
    """Finds a person and what they hold today in one query, because every page needs both."""

    def get_user(self, user_id: int) -> Any:
        """The person, with `held` as queries.held_now gives it, for pages that are kept.

        None for nobody, or for one whose sign-in was stopped.
        """
        held = held_now(int(user_id), timezone.localdate())
        person: Any = held[0].person if held else super().get_user(user_id)
        if person is None or not person.is_active:
            return None
        person.held = held
        return person
