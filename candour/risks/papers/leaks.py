"""The leak check of a risk paper: does a copy give away anything of a risk that its audience may not see? Pure."""

from collections.abc import Iterable

from candour.kernel.papers.leaks import Leak, Secret, document_text, secrets_told
from candour.risks.papers.words import REDACTED
from candour.risks.queries.rows import RiskRow

__all__ = ["Leak", "document_text", "find_leaks", "leaks"]


def leaks(text: str, hidden: Iterable[RiskRow], *, admitted: Iterable[str] = ()) -> list[str]:
    """What a text gives away of hidden risks, in words; empty when nothing. admitted: see find_leaks."""
    return [str(leak) for leak in find_leaks(text, hidden, admitted=admitted)]


def find_leaks(
    text: str, hidden: Iterable[RiskRow], *, admitted: Iterable[str] = (), shown: Iterable[RiskRow] = ()
) -> list[Leak]:
    """The same as facts. admitted: references that may each stand once, on a line of their own as REDACTED.

    shown: the risks of the copy; a sentence that two of them have of their own is a common one and gives nothing away.
    """
    lines = text.splitlines()
    for reference in admitted:
        line = f"{REDACTED}: {reference}"
        if line in lines:
            lines.remove(line)
    return secrets_told("\n".join(lines), map(_secret, hidden), shown=map(_secret, shown))


def _secret(row: RiskRow) -> Secret:
    said = (row.source, row.event, row.effect, row.context, row.next_key_date)
    texts = (*said, *(control.text for control in row.controls), *(update.text for update in row.updates))
    return Secret(row.reference, row.title, texts)
