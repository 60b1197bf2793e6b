"""Whether two papers, or a paper and the register, mean one audit or one recommendation. Pure."""

from candour.kernel.intake.printed import words_key

_SAME = 60  # signs of two texts that begin alike
_LEAST = 25  # a shorter text could be anybody's


def alike(audit: str, text: str, other_audit: str, other_text: str) -> bool:
    """The same name of the audit, and texts that begin alike."""
    one, other = (words_key(words)[:_SAME] for words in (text, other_text))
    return min(len(one), len(other)) >= _LEAST and one == other and called(audit, other_audit)


def called(name: str, title: str) -> bool:
    """Whether two names mean one audit: one holds all the words of the other, give or take an s or a typing error."""
    first, second = _words(name), _words(title)
    if not first or not second:
        return False
    less, more = sorted((first, second), key=len)
    return all(any(_near(one, other) for other in more) for one in less)


def _words(name: str) -> list[str]:
    small = {"and", "the", "of", "a", "audit", "review", "revisit"}
    return [word for word in words_key(name).split() if word not in small]


def _near(one: str, other: str) -> bool:
    """Equal but for an s, or for one letter in a long word."""
    if one.rstrip("s") == other.rstrip("s"):
        return True
    if min(len(one), len(other)) < 8 or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = (one[start:], other[start:])
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]
