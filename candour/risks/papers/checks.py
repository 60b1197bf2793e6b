"""The checks of a risk paper before it is issued. What can be recounted is recounted from the document as printed. Pure."""

from collections.abc import Sequence

from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.say import listed
from candour.risks.papers.detail import said_of_review
from candour.risks.papers.front import late_reviews
from candour.risks.papers.leaks import Leak, document_text, find_leaks
from candour.risks.papers.recount import figures_against_tables, wrong_scores
from candour.risks.papers.stock import Copy, Stock, copy_of
from candour.risks.queries.rows import RiskRow


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Every check of one copy. Only a reference or title of a hidden risk stops its issue."""
    copy = copy_of(stock, audience)
    shown = (*copy.live, *copy.closed, *copy.left)
    leaks = leak_checks(document, audience, hidden=copy.hidden, shown=shown, admitted=copy.redacted)
    return (*_figures(document), *leaks, *_register(copy))


def _figures(document: Document) -> tuple[Check, ...]:
    agree, differ = figures_against_tables(document)
    wrong = wrong_scores(document)
    return (
        Check(not differ, "Figures agree with the tables", "; ".join(differ) if differ else f"{agree} of {agree}"),
        Check(not wrong, "Every score is impact times likelihood", "; ".join(wrong)),
    )


def leak_checks(
    document: Document,
    audience: str,
    *,
    hidden: Sequence[RiskRow],
    shown: Sequence[RiskRow],
    admitted: Sequence[str] = (),
) -> tuple[Check, ...]:
    """Whether a copy gives anything away of the risks that its audience may not see. The panel may see all."""
    if audience == "panel":
        return ()
    found = find_leaks(document_text(document), hidden, admitted=admitted, shown=shown)
    named = [leak for leak in found if leak.what != "words"]
    said = [leak for leak in found if leak.what == "words"]
    return (
        Check(
            not named,
            "Leak check: references, titles and links",
            _where(named, "Take it out of the other risk’s texts first") if named else "",
            stops=True,
        ),
        Check(
            not said,
            "Leak check: sentences of hidden risks",
            _where(said, "See whether the sentence gives it away") if said else "",
        ),
    )


def _where(found: list[Leak], what_to_do: str) -> str:
    said = listed([str(leak) for leak in found], most=6)
    return f"{said[0].upper()}{said[1:]}. {what_to_do}"


def _register(copy: Copy) -> tuple[Check, ...]:
    late = late_reviews(copy)
    unowned = [row.reference for row in copy.live if not row.owner]
    unscored = [row.reference for row in copy.live if row.band is None]
    risks = f"{len(late)} risk{'s' if len(late) > 1 else ''} not reviewed in time"
    return (
        Check(not late, risks if late else "Every risk was reviewed in time", said_of_review(late)),
        Check(
            not unowned, "Every risk has an owner" if not unowned else "A risk has no owner", listed(unowned, most=6)
        ),
        Check(
            not unscored, "Every risk is scored" if not unscored else "A risk is not scored", listed(unscored, most=6)
        ),
    )
