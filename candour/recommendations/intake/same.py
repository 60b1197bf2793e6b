"""Whether two papers, or a paper and the register, mean one recommendation. Pure."""

from candour.kernel.intake.printed import words_key

from .paper import called

_SAME = 60  # signs of two texts that begin alike
_LEAST = 25  # a shorter text could be anybody's


def alike(audit: str, text: str, other_audit: str, other_text: str) -> bool:
    """The same name of the audit, and texts that begin alike."""
    one, other = (words_key(words)[:_SAME] for words in (text, other_text))
    return min(len(one), len(other)) >= _LEAST and one == other and called(audit, other_audit)
