"""Of verify: every issued pack is what it was, and every decision is found by the words that it has."""

from candour.boards.models import Decision, DecisionText, Pack
from candour.boards.queries.lines import decision_texts
from candour.kernel.evidence import store
from candour.kernel.history.models import Seal
from candour.kernel.history.parts import WHOLE, Part, in_part
from candour.kernel.history.rows import among
from candour.kernel.records.lines import batched


def first_failure() -> str:
    """The first pack without its files as issued or without its seal, in words, or "". Reads each file once, in pieces."""
    roots = set(Seal.objects.values_list("root", flat=True))
    rows = Pack.objects.order_by("pk").values_list("pk", "pdf_sha256", "word_sha256", "seal_root")
    for pk, pdf, word, root in rows.iterator(chunk_size=2000):
        if not (store.holds(pdf) and store.holds(word)):
            return f"pack {pk}: its stored files are missing or are not those that were issued"
        if root and root not in roots:
            return f"pack {pk}: the seal that it names is gone"
    return ""


def wrong_text(part: Part = WHOLE) -> str:
    """The first decision of a part whose search text is not what it says, in words, or ""."""
    pks = in_part(Decision.objects.all(), "pk", part).order_by("pk").values_list("pk", flat=True)
    for some in batched(pks.iterator(chunk_size=2000), 1000):
        standing = dict(DecisionText.objects.filter(among(some)).values_list("pk", "text"))
        wrong = next((pk for pk, text in sorted(decision_texts(some).items()) if standing.get(pk) != text), None)
        if wrong is not None:
            return f"decision {wrong}: its search text is not what it says"
    return ""
