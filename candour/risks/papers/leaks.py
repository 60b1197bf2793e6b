"""What the kernel's leak check needs to know of risks, and the same check said of risks. Pure."""

from collections.abc import Iterable

from candour.kernel.papers import leaks as kernel
from candour.kernel.papers.leaks import Leak, document_text, reference_pattern
from candour.risks.queries.rows import RiskRow

__all__ = ["Leak", "document_text", "find_leaks", "leaks", "reference_pattern", "told"]


def told(row: RiskRow) -> kernel.Told:
    """What a risk says in words."""
    said = [row.source, row.event, row.effect, row.context, row.next_key_date]
    said += [control.text for control in row.controls] + [update.text for update in row.updates]
    return kernel.Told(row.reference, row.title, tuple(said))


def leaks(text: str, hidden: Iterable[RiskRow], *, admitted: Iterable[str] = ()) -> list[str]:
    """What a text gives away of hidden risks, in words; empty when nothing. admitted: see find_leaks."""
    return [str(leak) for leak in find_leaks(text, hidden, admitted=admitted)]


def find_leaks(
    text: str, hidden: Iterable[RiskRow], *, admitted: Iterable[str] = (), shown: Iterable[RiskRow] = ()
) -> list[Leak]:
    """The same as facts."""
    return kernel.find_leaks(text, map(told, hidden), admitted=admitted, shown=map(told, shown))
