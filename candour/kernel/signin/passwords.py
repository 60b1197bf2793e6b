"""What a password may not be made of: the words that anybody would try first at this place."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from candour.kernel.people.models import Organisation

# Of the trade and of the system; the names of the bodies come from the register. docs/rules/sign-in.md lists them.
WORDS = {"candour", "police", "policing", "crime", "commissioner", "opcc", "constabulary", "force", "panel", "password"}
LEFT = 8  # letters and figures that must be left without them
FIGURES = str.maketrans("01345@$!", "oleasasi")  # as words are dressed up


class WordsOfThePlace:
    """Refuses a password of which little is left without such words: "Constabulary2026!"."""

    def validate(self, password: str, user: Any = None) -> None:
        left = re.sub(r"[^a-z0-9]", "", password.lower())
        plain = left.translate(FIGURES)
        for word in sorted(words_of_the_place(), key=len, reverse=True):
            plain = plain.replace(word, "")
        if len(plain) < min(LEFT, len(left)) and len(plain) < len(left):
            raise ValidationError(self.get_help_text(), code="words_of_the_place")

    def get_help_text(self) -> str:
        return "Your password is made of words that anybody would try first here: take other words"


def words_of_the_place() -> set[str]:
    """The words above and those of the bodies' names, of four letters or more. One query."""
    named = " ".join(Organisation.objects.values_list("name", flat=True)).lower()
    return WORDS | {word for word in re.findall(r"[a-z]+", named) if len(word) >= 4}
