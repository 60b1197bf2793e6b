"""Of verify: both files of every issued pack still have their hashes, and the seal that it names still stands."""

from candour.boards.models import Pack
from candour.kernel.evidence import store
from candour.kernel.history.models import Seal


def first_failure() -> str:
    """The first pack that is not what was issued, in words; "" when all are. Reads each file once, in small pieces."""
    roots = set(Seal.objects.values_list("root", flat=True))
    rows = Pack.objects.order_by("pk").values_list("pk", "pdf_sha256", "word_sha256", "seal_root")
    for pk, pdf, word, root in rows.iterator(chunk_size=2000):
        if not (store.holds(pdf) and store.holds(word)):
            return f"pack {pk}: its stored files are missing or are not those that were issued"
        if root and root not in roots:
            return f"pack {pk}: the seal that it names is gone"
    return ""
